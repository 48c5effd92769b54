"""Every chart form with all that must come with it: text alternative, source line, limits, table twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.map import MAP_CONFIG
from language import Words
from metrics.answer import Result
from ui import filters, method, results
from ui.results import Look, Picture
from ui.showing import pictures, tables
from warehouse.selection import Selection


def area_map(w: Words, result: Result, key: str) -> None:
    """Choropleth of provinces or of regencies and cities; a click opens the unit."""
    _draw(results.picture(pictures.area_map, _look(w), result), key, opens=True)
    method.credit(w)


def tile_grid(w: Words, result: Result, key: str) -> None:
    """Every regency and city as a square of equal size; a click opens the unit."""
    _draw(results.picture(pictures.tile_grid, _look(w), result), key, opens=True)


def interval_list(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """A row per unit with its interval; `whole` is drawn as the line the units belong to."""
    answers = (result,) if whole is None else (result, whole)
    _draw(results.picture(pictures.interval_list, _look(w), *answers), key)
    told(w, result, key)


def side_by_side(w: Words, answers: tuple[Result, Result], units: tuple[str, ...], whole: Result) -> None:
    """A few units of two answers, groups apart and together."""
    result = pictures.only(pictures.together(*answers), units)
    _draw(pictures.interval_list(_look(w), result, whole), "compared")
    told(w, result, "compared")


def trend_line(w: Words, result: Result, key: str) -> None:
    """The estimate by election, on the day of voting."""
    _draw(results.picture(pictures.trend_line, _look(w), result), key)
    told(w, result, key)


def shares(w: Words, result: Result, key: str) -> None:
    """A share with its interval: along time for elections, else a row per unit."""
    draw = trend_line if result.period == "election" else interval_list
    draw(w, result, key)


def severity_bars(w: Words, result: Result, key: str) -> None:
    """Persons by severity, or by another group, as parts of a bar per unit or per election."""
    _draw(results.picture(pictures.severity_bars, _look(w), result), key)
    told(w, result, key)


def severity_matrix(w: Words, result: Result, key: str) -> None:
    """What was recommended against what was imposed, a cell per pair of severities."""
    _draw(results.picture(pictures.severity_matrix, _look(w), result), key)
    told(w, result, key)


def evidence_map(w: Words, rows: pd.DataFrame, key: str) -> None:
    """Where figures have been published; a click narrows the table to the region."""
    _draw(pictures.evidence_map(_look(w), rows), key, opens=True)
    method.credit(w)


def evidence_dots(w: Words, rows: pd.DataFrame, key: str) -> None:
    """Every published figure as a dot of its own, by election and stage."""
    _draw(pictures.evidence_dots(_look(w), rows), key)


def plain(w: Words, draw: Callable[..., Picture], selection: Selection, key: str, *choices: str) -> None:
    """A figure of something that is no answer to a metric: what `draw` makes of a look, the selection and choices."""
    _draw(results.plain_picture(draw, _look(w), selection, *choices), key)


def told(w: Words, result: Result, key: str) -> None:
    """What stands under a chart: sources and limits, and its table, computed and sent only when it is opened."""
    method.foot(w, result)
    name = w("ui.table.title", name=result.definition.title.of(w.lang))
    table = st.expander(name, key=f"{key}_table", on_change="rerun")
    if table.open:
        with table:
            tables.draw(w, tables.of_result(w, result), key)


def _look(w: Words) -> Look:
    """Language and palette of the page the reader sees; light until the browser says otherwise."""
    return Look(w.lang, "dark" if st.context.theme.type == "dark" else "light")


def _draw(picture: Picture, key: str, *, opens: bool = False) -> None:
    drawn, alt = picture
    # Drawn by charts and checked there; checking again would cost more than all the rest of the page.
    figure = go.Figure(data=drawn["data"], layout=drawn["layout"], _validate=False)
    follow: Any = filters.open_unit(key) if opens else "ignore"
    st.plotly_chart(
        figure, key=key, theme=None, config=MAP_CONFIG, alt=alt, on_select=follow, selection_mode="points",
    )  # fmt: skip

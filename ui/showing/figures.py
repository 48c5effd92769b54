"""Every chart form with all that must come with it: text alternative, source line, limits, table twin."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from charts.drawing import Ready
from charts.map import MAP_CONFIG
from language import Words
from metrics.answer import Result
from ui import filters, method, results
from ui.results import Look, Picture
from ui.showing import pictures, tables
from ui.topics import differences, judgements
from warehouse.selection import Selection


def area_map(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """Choropleth of provinces or of regencies and cities; a click opens the unit.

    A rate is shown by evidence where the `whole` group is given, everything else by value.
    """
    _places(w, pictures.area_map, result, key, whole)
    method.credit(w)


def tile_grid(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """Every regency and city as a square of equal size; a click opens the unit. Shown as `area_map` shows."""
    _places(w, pictures.tile_grid, result, key, whole)


def interval_list(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """A row per unit with its interval; `whole` is drawn as the line the units belong to."""
    answers = (result,) if whole is None else (result, whole)
    _draw(results.picture(pictures.interval_list, look(w), *answers), key)
    told(w, result, key)


def side_by_side(w: Words, answers: tuple[Result, Result], units: tuple[str, ...], whole: Result) -> None:
    """A few units of two answers, groups apart and together."""
    result = pictures.only(pictures.together(*answers), units)
    _draw(pictures.interval_list(look(w), result, whole), "compared")
    told(w, result, "compared")


def apart(w: Words, units: Result, whole: Result, picked: tuple[str, ...], against: str) -> None:
    """The picked units against the first of them or the rest: ratio, difference, and whether it could be seen."""
    pairs = differences.of(units, whole, picked, against)
    if not pairs:
        st.markdown(w("comparing.one_more"))
        return
    _draw(pictures.ratios(look(w), units, pairs), "ratios")
    lines = "".join(f"<li>{escape(line)}</li>" for line in differences.sentences(w, pairs))
    st.html(f"<ul class='netra-told'>{lines}</ul>")
    method.foot(w, units)
    table = st.expander(w("comparing.table.title"), key="ratios_table", on_change="rerun")
    if table.open:
        with table:
            tables.draw(w, differences.table(w, pairs, units), "ratios")
            st.markdown(w("comparing.how"))


def trend_line(w: Words, result: Result, key: str) -> None:
    """The estimate by election, on the day of voting."""
    _draw(results.picture(pictures.trend_line, look(w), result), key)
    told(w, result, key)


def shares(w: Words, result: Result, key: str) -> None:
    """A share with its interval: along time for elections, else a row per unit."""
    draw = trend_line if result.period == "election" else interval_list
    draw(w, result, key)


def severity_bars(w: Words, result: Result, key: str) -> None:
    """Persons by severity, or by another group, as parts of a bar per unit or per election."""
    _draw(results.picture(pictures.severity_bars, look(w), result), key)
    told(w, result, key)


def severity_matrix(w: Words, result: Result, key: str) -> None:
    """What was recommended against what was imposed, a cell per pair of severities."""
    _draw(results.picture(pictures.severity_matrix, look(w), result), key)
    told(w, result, key)


def ready(picture: Picture, key: str) -> None:
    """A picture as it was made."""
    _draw(picture, key)


def area(w: Words, picture: Picture, key: str) -> None:
    """A map as it was made, with the credit of its boundaries; a click narrows the page to the region."""
    _draw(picture, key, opens=True)
    method.credit(w)


def plain(w: Words, draw: Callable[..., Picture], selection: Selection, key: str, *choices: str) -> None:
    """A figure of something that is no answer to a metric: what `draw` makes of a look, the selection and choices."""
    _draw(results.remembered(draw, look(w), selection, *choices), key)


def told(w: Words, result: Result, key: str) -> None:
    """What stands under a chart: sources and limits, and its table, computed and sent only when it is opened."""
    method.foot(w, result)
    name = w("ui.table.title", name=result.definition.title.of(w.lang))
    table = st.expander(name, key=f"{key}_table", on_change="rerun")
    if table.open:
        with table:
            tables.draw(w, tables.of_result(w, result), key)


def _places(w: Words, draw: Callable[..., Picture], result: Result, key: str, whole: Result | None) -> None:
    if whole is None or result.definition.kind != "rate":
        _draw(results.picture(draw, look(w), result), key, opens=True)
        return
    picture = results.picture(draw, look(w), result, whole)
    _draw(picture, key, opens=True)
    st.html(f"<p class='netra-told'>{escape(picture[1])}</p>")
    table = st.expander(w("evidence.table.title"), key=f"{key}_evidence", on_change="rerun")
    if table.open:
        with table:
            tables.draw(w, judgements.table(w, result, whole), f"{key}_evidence")


def look(w: Words) -> Look:
    """Language and palette of the page the reader sees; light until the browser says otherwise."""
    return Look(w.lang, "dark" if st.context.theme.type == "dark" else "light")


def _draw(picture: Picture, key: str, *, opens: bool = False) -> None:
    drawn, alt = picture
    figure = Ready(drawn)
    follow: Any = filters.open_unit(key) if opens else "ignore"
    st.plotly_chart(
        figure, key=key, theme=None, config=MAP_CONFIG, alt=alt, on_select=follow, selection_mode="points",
    )  # fmt: skip

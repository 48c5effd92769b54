"""Every chart form with all that must come with it: text alternative, source line, limits, table twin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

import charts.map as area
from charts import intervals, published, severity, tiles, trend
from charts.intervals import Reference
from charts.measure import Measure
from charts.theme import Theme, theme
from language import Words
from metrics.answer import Result
from ui import filters, method, results
from ui.showing import boundaries, tables
from ui.topics import evidence


def area_map(w: Words, result: Result, key: str) -> None:
    """Choropleth of provinces or of regencies and cities; a click opens the unit."""
    frame, how = _on_map(result), tables.measure(w, result)
    layer = boundaries.layer(result.by, _selected(result))
    figure = area.figure(frame, words=w, theme=page_theme(), measure=how, layer=layer)
    _draw(figure, area.alt(frame, words=w, measure=how), key, opens=True)
    method.foot(w, result, is_map=True)


def tile_grid(w: Words, result: Result, key: str) -> None:
    """Every regency and city as a square of equal size; a click opens the unit."""
    frame, how = _on_map(result), tables.measure(w, result)
    places = {
        code: tiles.Tile(row.tile_row, row.tile_col, row.short_name)
        for code, row in results.regions().items()
        if row.tile_row is not None and row.tile_col is not None
    }
    grid = tiles.Grid(places, _selected(result))
    figure = tiles.figure(frame, words=w, theme=page_theme(), measure=how, grid=grid)
    _draw(figure, tiles.alt(frame, words=w, measure=how), key, opens=True)


def interval_list(w: Words, result: Result, key: str, whole: Result | None = None) -> None:
    """A row per unit with its interval; `whole` is drawn as the line the units belong to."""
    how = tables.measure(w, result)
    reference = _reference(w, whole)
    figure = intervals.figure(result.frame, words=w, theme=page_theme(), measure=how, reference=reference)
    _draw(figure, intervals.alt(result.frame, words=w, measure=how), key)
    method.foot(w, result)
    twin(w, result, key)


def trend_line(w: Words, result: Result, key: str) -> None:
    """The estimate by election, on the day of voting."""
    how = tables.measure(w, result)
    # Elections in which none of these places voted would only say "no data".
    seen = set(result.frame.loc[result.frame["refusal"] != "scope", "period"])
    occasions = [
        trend.Occasion(code, row.name(w.lang), row.voting_on)
        for code, row in results.election_days().items()
        if code in seen
    ]
    figure = trend.figure(result.frame, words=w, theme=page_theme(), measure=how, occasions=occasions)
    _draw(figure, trend.alt(result.frame, words=w, measure=how), key)
    method.foot(w, result)
    twin(w, result, key)


def shares(w: Words, result: Result, key: str) -> None:
    """A share with its interval: along time for elections, else a row per unit."""
    draw = trend_line if result.period == "election" else interval_list
    draw(w, result, key)


def severity_bars(w: Words, result: Result, key: str) -> None:
    """Persons by severity, or by another group, as parts of a bar per unit or per election."""
    how = tables.measure(w, result)
    periods = None
    if result.period == "election":
        periods = {code: row.name(w.lang) for code, row in results.election_days().items()}
    figure = severity.figure(result.frame, words=w, theme=page_theme(), measure=how, periods=periods)
    _draw(figure, severity.alt(result.frame, words=w, measure=how), key)
    method.foot(w, result)
    twin(w, result, key)


def evidence_map(w: Words, rows: pd.DataFrame, key: str) -> None:
    """Where figures have been published; a click narrows the table to the region."""
    how = Measure("count", w("pages.published.map_title"), w("pages.published.map_unit"), suppress_below=1)
    frame = evidence.by_region(rows)
    figure = area.figure(
        frame, words=w, theme=page_theme(), measure=how, layer=boundaries.layer("government")
    )
    _draw(figure, area.alt(frame, words=w, measure=how), key, opens=True)
    method.credit(w)


def evidence_dots(w: Words, rows: pd.DataFrame, key: str) -> None:
    """Every published figure as a dot of its own, by election and stage."""
    figure = published.figure(rows, words=w, theme=page_theme())
    _draw(figure, published.alt(rows, words=w), key)


def twin(w: Words, result: Result, key: str) -> None:
    """The table of a chart, computed and sent only when it is opened."""
    name = w("ui.table.title", name=result.definition.title.of(w.lang))
    table = st.expander(name, key=f"{key}_table", on_change="rerun")
    if table.open:
        with table:
            tables.draw(w, tables.of_result(w, result), key)


def only(result: Result, units: tuple[str, ...]) -> Result:
    """The rows of some units, in the order asked."""
    parts = [result.frame[result.frame["unit_id"] == unit] for unit in units]
    return replace(result, frame=pd.concat(parts, ignore_index=True) if parts else result.frame.iloc[:0])


def together(first: Result, second: Result) -> Result:
    """One answer with the rows of two, for groups apart and together."""
    return replace(second, frame=pd.concat([first.frame, second.frame], ignore_index=True))


def page_theme() -> Theme:
    """Palette of the page the reader sees, light until the browser says otherwise."""
    return theme(st.context.theme.type)


def _draw(figure: go.Figure, alt: str, key: str, *, opens: bool = False) -> None:
    follow: Any = filters.open_unit(key) if opens else "ignore"
    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=area.MAP_CONFIG,
        alt=alt,
        on_select=follow,
        selection_mode="points",
    )


def _on_map(result: Result) -> pd.DataFrame:
    """Rows that have a place on the map: a provincial government is an employer, not an area."""
    level = "province" if result.by == "province" else "regency"
    areas = [code for code, row in results.regions().items() if row.level == level]
    return result.frame[result.frame["unit_id"].isin(areas)].reset_index(drop=True)


def _selected(result: Result) -> str | None:
    chosen = result.selection.provinces if result.by == "province" else result.selection.governments
    return chosen[0] if len(chosen) == 1 else None


def _reference(w: Words, whole: Result | None) -> Reference | None:
    if whole is None or whole.frame.empty or whole.frame["estimate"].isna().all():
        return None
    row = whole.frame.iloc[0]
    return Reference(row["estimate"], w("ui.figure.whole"), row["lower"], row["upper"])

"""What a figure is made of: pure functions of answers and a look, so that a figure drawn once can be kept."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

import charts.comparing.ratios as ratio_list
import charts.map as area
from charts import intervals, published, severity, tiles, trend
from charts.intervals import Reference
from charts.measure import Measure
from charts.severity import matrix
from charts.theme import Theme, theme
from language import Words, is_missing, words
from metrics.comparing.evidence import judged
from metrics.comparing.pairs import Difference
from metrics.comparing.reference import reference_rate
from metrics.frame import Rows
from metrics.result import Result
from ui import results
from ui.results import Look, Picture
from ui.showing import boundaries, tables
from ui.topics import differences, evidence


def area_map(look: Look, result: Result, whole: Result | None = None) -> Picture:
    """Choropleth of provinces or of regencies and cities; by evidence where the `whole` group is given."""
    w, how, rows = _words(look), _measure(look, result), on_map(result, whole)
    chosen = result.selection
    everything = not (chosen.provinces or chosen.governments or chosen.agencies)
    layer = boundaries.layer(result.by, _selected(result), whole=everything)
    figure = area.figure(rows, words=w, theme=_theme(look), measure=how, layer=layer)
    return figure.to_dict(), area.alt(rows, words=w, measure=how)


def tile_grid(look: Look, result: Result, whole: Result | None = None) -> Picture:
    """Every regency and city as a square of equal size; by evidence where the `whole` group is given."""
    w, how, rows = _words(look), _measure(look, result), on_map(result, whole)
    places = {
        code: tiles.Tile(row.tile_row, row.tile_col, row.short_name)
        for code, row in results.regions().items()
        if row.tile_row is not None and row.tile_col is not None
    }
    grid = tiles.Grid(places, _selected(result))
    figure = tiles.figure(rows, words=w, theme=_theme(look), measure=how, grid=grid)
    return figure.to_dict(), tiles.alt(rows, words=w, measure=how)


def interval_list(look: Look, result: Result, whole: Result | None = None) -> Picture:
    """A row per unit with its interval; `whole` is the line the units belong to."""
    w, how = _words(look), _measure(look, result)
    reference = _reference(w, whole)
    figure = intervals.figure(result.rows, words=w, theme=_theme(look), measure=how, reference=reference)
    return figure.to_dict(), intervals.alt(result.rows, words=w, measure=how)


def trend_line(look: Look, result: Result) -> Picture:
    """The estimate by election, on the day of voting."""
    w, how = _words(look), _measure(look, result)
    # Elections in which none of these places voted would only say "no data".
    seen = {row["period"] for row in result.rows if row["refusal"] != "scope"}
    occasions = [
        trend.Occasion(code, row.name(w.lang), row.voting_on)
        for code, row in results.election_days().items()
        if code in seen
    ]
    figure = trend.figure(result.rows, words=w, theme=_theme(look), measure=how, occasions=occasions)
    return figure.to_dict(), trend.alt(result.rows, words=w, measure=how)


def severity_bars(look: Look, result: Result) -> Picture:
    """Persons by severity, or by another group, as parts of a bar per unit or per election."""
    w, how, periods = _words(look), _measure(look, result), None
    if result.period == "election":
        periods = {code: row.name(w.lang) for code, row in results.election_days().items()}
    figure = severity.figure(result.rows, words=w, theme=_theme(look), measure=how, periods=periods)
    return figure.to_dict(), severity.alt(result.rows, words=w, measure=how)


def severity_matrix(look: Look, result: Result) -> Picture:
    """What was recommended against what was imposed, a cell per pair of severities."""
    w, how = _words(look), _measure(look, result)
    figure = matrix.figure(result.rows, words=w, theme=_theme(look), measure=how)
    return figure.to_dict(), matrix.alt(result.rows, words=w, measure=how)


def evidence_map(look: Look, rows: pd.DataFrame) -> Picture:
    """Where figures have been published."""
    w = _words(look)
    how = Measure("count", w("pages.published.map_title"), w("pages.published.map_unit"), suppress_below=1)
    frame = evidence.by_region(rows)
    layer = boundaries.layer("government", whole=frame["unit_id"].astype(str).str[:2].nunique() > 1)
    figure = area.figure(frame, words=w, theme=_theme(look), measure=how, layer=layer)
    return figure.to_dict(), area.alt(frame, words=w, measure=how)


def evidence_dots(look: Look, rows: pd.DataFrame) -> Picture:
    """Every published figure as a dot of its own, by election and stage."""
    figure = published.figure(rows, words=_words(look), theme=_theme(look))
    return figure.to_dict(), published.alt(rows, words=_words(look))


def on_map(result: Result, whole: Result | None = None) -> Rows:
    """Rows that have a place on the map: a provincial government is an employer, not an area.

    Judged against the `whole` group, provincial governments included, where it is given.
    """
    level = "province" if result.by == "province" else "regency"
    areas = {code for code, row in results.regions().items() if row.level == level}
    rows = result.rows if whole is None else judged(result, whole)
    return [row for row in rows if row["unit_id"] in areas]


def ratios(look: Look, result: Result, pairs: Sequence[Difference]) -> Picture:
    """A few pairs of units with the ratio of their rates."""
    w = _words(look)
    marks = differences.marks(w, pairs)
    figure = ratio_list.figure(marks, words=w, theme=_theme(look), simulated=result.is_simulated)
    return figure.to_dict(), differences.alt(w, pairs)


def only(result: Result, units: tuple[str, ...]) -> Result:
    """The rows of some units, in the order asked."""
    parts = [result.frame[result.frame["unit_id"] == unit] for unit in units]
    return result.shown_as(pd.concat(parts, ignore_index=True) if parts else result.frame.iloc[:0])


def together(first: Result, second: Result) -> Result:
    """One answer with the rows of two, for groups apart and together."""
    return second.shown_as(pd.concat([first.frame, second.frame], ignore_index=True))


def _words(look: Look) -> Words:
    return words(look.lang)


def _theme(look: Look) -> Theme:
    return theme(look.theme)


def _measure(look: Look, result: Result) -> Measure:
    return tables.measure(_words(look), result)


def _selected(result: Result) -> str | None:
    chosen = result.selection.provinces if result.by == "province" else result.selection.governments
    return chosen[0] if len(chosen) == 1 else None


def _reference(w: Words, whole: Result | None) -> Reference | None:
    row, value = (whole.head, _middle(whole)) if whole else (None, None)
    if row is None or value is None:
        return None
    return Reference(value, w("ui.figure.whole"), row["lower"], row["upper"])


def _middle(whole: Result) -> float | None:
    row = whole.head
    if row is None or whole.definition.kind == "rate":
        return reference_rate(whole)
    return None if is_missing(row["estimate"]) else float(row["estimate"])

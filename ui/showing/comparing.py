"""Figures of compared units with all that must come with them: sentence, sources, table twin, explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from charts.comparing import caterpillar as ratios
from charts.comparing import funnel as funnels
from charts.comparing import spine as spines
from charts.comparing import words as telling
from charts.measure import reason
from charts.theme import theme
from language import Words, words
from metrics.between import strata
from metrics.between.compared import Compared
from metrics.between.limits import lines
from metrics.frame import ALL, WHOLE
from metrics.result import Result
from ui import method, results
from ui.explaining import answers, methods
from ui.explaining.methods import Method
from ui.explaining.parts import Explanation
from ui.results import Look, Picture
from ui.showing import drawing, tables
from ui.showing.drawing import Behind, Beside
from ui.showing.tables import Table

_HEAD: Final = (
    "unit", "headcount", "observed", "expected", "ratio", "interval", "position", "smoothed", "drawn_in", "rank", "note",
)  # fmt: skip


def funnel(w: Words, units: Result, key: str) -> None:
    """The ratio of every unit over what was expected, between limits of 95 % and 99.8 %."""
    if tables.is_silent(units):
        st.markdown(w("refusal.not_published"))
        return
    picture = results.portrait(draw_funnel, drawing.look(w), units)
    drawing.chart(w, picture, key, behind(w, units, methods.STANDARDISED), Beside(foot=method.foot(w, units)))


def caterpillar(w: Words, units: Result, key: str) -> None:
    """Standardised ratios with intervals, what smoothing makes of them, and ranks as intervals."""
    if tables.is_silent(units):
        st.markdown(w("refusal.not_published"))
        return
    picture = results.portrait(draw_caterpillar, drawing.look(w), units)
    under = behind(w, units, methods.STANDARDISED, methods.RANKS)
    drawing.chart(w, picture, key, under, Beside(foot=method.foot(w, units)))


def spine(w: Words, frame: pd.DataFrame, key: str, under: Behind, *, simulated: bool) -> None:
    """The main measures of a unit as multiples of its group; `frame` as charts.comparing.spine has it."""
    beside = Beside([". ".join(row["told"]) + "." for row in frame.to_dict("records")])
    if not spines.has_mark(frame):
        drawing.unpictured(w, key, under, beside)
        return
    figure = spines.figure(frame, words=w, theme=theme(drawing.look(w).theme), simulated=simulated)
    drawing.chart(w, (figure.to_dict(), spines.alt(frame, words=w)), key, under, beside)


def behind(w: Words, units: Result, *used: Method) -> Behind:
    """What may be opened under a comparison; its table is computed only then."""

    def explained() -> list[Explanation]:
        asked = results.ask(strata.asked, units.definition.metric_id, units.by)
        return [answers.of(w, units, *used, queries=asked)]

    return Behind(w("between.table"), lambda: [as_table(w, units, results.compared(units))], explained)


def draw_funnel(look: Look, units: Result, found: Compared) -> Picture:
    """The funnel plot of a comparison."""
    w = words(look.lang)
    figure = funnels.figure(found.frame, words=w, theme=theme(look.theme), lines=lines(found))
    return figure.to_dict(), funnels.alt(found.frame, words=w)


def draw_caterpillar(look: Look, units: Result, found: Compared) -> Picture:
    """The caterpillar plot of a comparison."""
    w = words(look.lang)
    figure = ratios.figure(
        found.placed, as_tidy(units, found), words=w, theme=theme(look.theme), field=found.ranked
    )
    return figure.to_dict(), ratios.alt(found.placed, words=w)


def as_tidy(units: Result, found: Compared) -> pd.DataFrame:
    """The comparison in the columns of the tidy frame, the ratio as its estimate."""
    frame = found.frame
    return units.frame.assign(
        period=WHOLE,
        group=ALL,
        events=frame["observed"].to_numpy(),
        estimate=frame["ratio"].to_numpy(),
        lower=frame["lower"].to_numpy(),
        upper=frame["upper"].to_numpy(),
        suppressed=frame["suppressed"].to_numpy(),
        refusal=frame["refusal"].to_numpy(),
    )


def as_table(w: Words, units: Result, found: Compared) -> Table:
    """The table twin of both figures: every number of a unit, or the reason why it has none."""
    how = tables.measure(w, units)
    head = tuple(w(f"between.columns.{name}") for name in _HEAD)
    rows = tuple(_row(w, row, found.ranked, how) for row in found.placed.to_dict("records"))
    return Table(w("between.table"), head, rows, frozenset({1, 2, 3, 4, 5, 7, 8}))


def _row(w: Words, row: Mapping[Any, Any], field: int, how: Any) -> tuple[str, ...]:
    told = row["refusal"] == "none"
    zero = w("ui.table.zero") if told and row["observed"] == 0 else ""
    return (
        str(row["unit_name"]),
        w.number(row["headcount"]),
        how.hidden(w, row) if row["suppressed"] else w.number(row["observed"]),
        w.number(row["expected"], 1),
        telling.ratio(w, row["ratio"]),
        telling.span(w, row),
        telling.place(w, row) if told else w.number(None),
        telling.ratio(w, row["smoothed"]),
        telling.drawn_in(w, row),
        telling.rank(w, row, field) if told else w.number(None),
        zero if told else reason(w, how, row["refusal"], row),
    )

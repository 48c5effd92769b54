"""The figures of the follow-up clock, each with its sentence and its table twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from charts.followup import curves, standing
from charts.followup.curves import Line
from charts.theme import theme
from language import Words, words
from metrics.followup.standing import FollowUp
from stats.waiting.waits import SPANS, STILL
from ui import filters, results
from ui.explaining import methods
from ui.explaining.methods import Method
from ui.followup import counts, statutes, told
from ui.results import Look, Picture
from ui.showing import drawing, tables
from ui.showing.drawing import Behind, Beside
from ui.showing.tables import Table
from warehouse.selection import Selection
from warehouse.tables import Query


def stages(w: Words, found: FollowUp) -> None:
    """Where persons stand, by stage; or why that is not published."""
    if not found.is_published:
        st.markdown(told.standing(w, found))
        return
    name = w("followup.table.standing", day=found.as_of)
    under = _under(w, found.query, (name, lambda: told.stages(w, found)), methods.STAGES)
    _chart(w, standing_picture, "standing", [told.standing(w, found)], under)


def spans(w: Words, found: FollowUp) -> None:
    """From the report to each step: cumulative incidence beside the other ends."""
    _waits(w, found, SPANS, "spans")


def waiting(w: Words, found: FollowUp) -> None:
    """How long recommendations wait for a decision: Kaplan and Meier's curve."""
    _waits(w, found, STILL, "waiting")


def governments(w: Words, found: FollowUp) -> None:
    """Who waits, by government; or why that is not published."""
    rows = told.governments(w, found)
    if rows.rows or found.waiting is not None or not found.is_registered:
        tables.draw(w, rows, "overdue_governments")
    else:
        st.markdown(counts.unpublished(w, found.hindering))


def law(w: Words) -> None:
    """Which stages have a limit and which have none, and, folded, every limit with its source."""
    rows = told.law_rows()
    st.markdown(statutes.limits(w, rows))
    part = st.expander(
        w("ui.table.title", name=w("followup.law.title")), key="limits_table", on_change="rerun"
    )
    if part.open:
        with part:
            tables.draw(w, statutes.table(w, rows), "limits")


def _waits(w: Words, found: FollowUp, names: tuple[str, ...], key: str) -> None:
    waited = told.waited(filters.current())
    waits = [waited.waits[name] for name in names if name in waited.waits]
    if not waits:
        st.markdown(counts.unpublished(w, waited.hindering))
        return
    name = w(f"followup.{key}")
    sentences = [told.waits_told(w, waited, name, found.k) for name in names]
    under = _under(w, waited.query, (name, lambda: told.risk(w, waits, name)), methods.WAITS)
    _chart(w, PICTURES[key], key, sentences, under)


def _chart(w: Words, draw: Callable[..., Picture], key: str, sentences: Sequence[str], under: Behind) -> None:
    picture = results.remembered(draw, drawing.look(w), filters.current())
    drawing.chart(w, picture, key, under, Beside(sentences))


def _under(w: Words, query: Query, twin: tuple[str, Callable[[], Table]], method: Method) -> Behind:
    name, table = twin
    return Behind(name, lambda: [table()], lambda: [told.explained(w, query, method)])


def standing_picture(look: Look, selection: Selection) -> Picture:
    """Bars of the stages."""
    found = told.of(selection)
    w = words(look.lang)
    figure = standing.figure(found.stages, words=w, theme=theme(look.theme), simulated=found.is_simulated)
    return figure.to_dict(), standing.alt(found.stages, words=w)


def spans_picture(look: Look, selection: Selection) -> Picture:
    """Curves since the report."""
    return _curves(look, selection, SPANS, "followup.spans_axis")


def waiting_picture(look: Look, selection: Selection) -> Picture:
    """Curve since the recommendation."""
    return _curves(look, selection, STILL, "followup.waiting_axis")


def _curves(look: Look, selection: Selection, names: tuple[str, ...], title: str) -> Picture:
    w, waits = words(look.lang), told.waited(selection).waits
    lines = [Line(w(f"followup.wait.{name}"), waits[name].steps) for name in names if name in waits]
    figure = curves.figure(
        lines, words=w, theme=theme(look.theme), title=w(title), simulated=told.of(selection).is_simulated
    )
    return figure.to_dict(), curves.alt(lines, words=w, title=w(title))


PICTURES: Final = {"spans": spans_picture, "waiting": waiting_picture}

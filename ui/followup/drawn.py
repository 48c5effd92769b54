"""The figures of the follow-up clock, each with its sentence and its table twin."""

from __future__ import annotations

from typing import Final

import streamlit as st

from charts.followup import curves, standing
from charts.followup.curves import Line
from charts.theme import theme
from language import Words, words
from metrics.followup.asked import FollowUp
from metrics.followup.waits import SPANS, STILL
from ui import filters
from ui.followup import told
from ui.results import Look, Picture
from ui.showing import figures, tables
from warehouse.selection import Selection


def stages(w: Words, found: FollowUp) -> None:
    """Where persons stand, by stage."""
    figures.plain(w, standing_picture, filters.current(), "standing")
    st.markdown(told.standing(w, found))
    twin(w, told.stages(w, found), "standing")


def spans(w: Words, found: FollowUp) -> None:
    """From the report to each step: cumulative incidence beside the other ends."""
    _told(w, found, SPANS, "spans")


def waiting(w: Words, found: FollowUp) -> None:
    """How long recommendations wait for a decision: Kaplan and Meier's curve."""
    _told(w, found, STILL, "waiting")


def law(w: Words) -> None:
    """Which stages have a limit and which have none, and, folded, every limit with its source."""
    rows = told.law_rows()
    st.markdown(told.limits(w, rows))
    twin(w, told.law(w, rows), "limits")


def how(w: Words, found: FollowUp) -> None:
    """How the clock is computed and what the engine was asked, folded away."""
    more = st.expander(w("followup.how"), key="followup_how", on_change="rerun")
    if more.open:
        with more:
            st.markdown(w("followup.how_text", k=found.k))
            for sql in found.sql:
                st.code(sql, language="sql", wrap_lines=True)


def _told(w: Words, found: FollowUp, names: tuple[str, ...], key: str) -> None:
    figures.plain(w, PICTURES[key], filters.current(), key)
    for name in names:
        st.markdown(told.wait(w, found.waits[name], found.k))
    waits = [found.waits[name] for name in names]
    twin(w, told.risk(w, waits, found.k, w(f"followup.{key}")), key)


def standing_picture(look: Look, selection: Selection) -> Picture:
    """Bars of the stages."""
    found = told.of(selection)
    w = words(look.lang)
    figure = standing.figure(
        found.stages, words=w, theme=theme(look.theme), k=found.k, simulated=found.is_simulated
    )
    return figure.to_dict(), standing.alt(found.stages, words=w)


def spans_picture(look: Look, selection: Selection) -> Picture:
    """Curves since the report."""
    return _curves(look, told.of(selection), SPANS, "followup.spans_axis")


def waiting_picture(look: Look, selection: Selection) -> Picture:
    """Curve since the recommendation."""
    return _curves(look, told.of(selection), STILL, "followup.waiting_axis")


def _curves(look: Look, found: FollowUp, names: tuple[str, ...], title: str) -> Picture:
    w = words(look.lang)
    lines = [Line(w(f"followup.wait.{name}"), found.waits[name].steps) for name in names]
    figure = curves.figure(
        lines, words=w, theme=theme(look.theme), title=w(title), simulated=found.is_simulated
    )
    return figure.to_dict(), curves.alt(lines, words=w, title=w(title))


PICTURES: Final = {"spans": spans_picture, "waiting": waiting_picture}


def twin(w: Words, table: tables.Table, key: str) -> None:
    """The table twin of a figure, folded away."""
    part = st.expander(w("ui.table.title", name=table.caption), key=f"{key}_table", on_change="rerun")
    if part.open:
        with part:
            tables.draw(w, table, key)

"""The wait for a decision by examining body: curves, risk table, the test and what it cannot say."""

from __future__ import annotations

from typing import Final

import streamlit as st

from charts.followup import curves
from charts.followup.curves import Line
from charts.theme import theme
from language import Words, words
from metrics.followup.bodies import bodies
from metrics.followup.laid import BODIES, Bodies
from ui import filters, results
from ui.access import own
from ui.explaining import methods, shown
from ui.followup import counts, told
from ui.results import Look, Picture
from ui.showing import drawing
from ui.showing.drawing import Behind, Beside
from ui.topics.differences import probability
from warehouse.selection import Selection

KEY: Final = "bodies"


def of(selection: Selection) -> Bodies:
    """The wait for a decision by examining body, for one selection."""
    return own.ask(bodies, selection)


def show(w: Words, found: Bodies) -> None:
    """The curves where any body has one, a sentence for each, the test, its caveat, and the table below."""
    if not found.waits:
        st.markdown(counts.unpublished(w, found.hindering))
        return
    lines, under = [*sentences(w, found), w("followup.bodies.caveat")], _behind(w, found)
    if any(own.is_drawn for own in found.waits.values()):
        made = results.remembered(picture, drawing.look(w), filters.current())
        drawing.chart(w, made, KEY, under, Beside(lines))
        return
    st.markdown("  \n".join(lines))
    drawing.twin(w, KEY, under)
    shown.fold(w, KEY, under.name, under.explained)


def _behind(w: Words, found: Bodies) -> Behind:
    title, names = w("followup.bodies.title"), [_name(w, body) for body in BODIES]
    waits = [found.waits[body] for body in BODIES]
    return Behind(
        title,
        lambda: [told.risk(w, waits, title, names)],
        lambda: [methods.of(w, methods.BODIES, filters.current(), (found.query,))],
    )


def picture(look: Look, selection: Selection) -> Picture:
    """A curve of those still waiting for each body that has enough persons."""
    found, w = of(selection), words(look.lang)
    title = w("followup.waiting_axis")
    lines = [Line(_name(w, body), found.waits[body].steps) for body in BODIES]
    figure = curves.figure(lines, words=w, theme=theme(look.theme), title=title, simulated=found.is_simulated)
    return figure.to_dict(), curves.alt(lines, words=w, title=title)


def sentences(w: Words, found: Bodies) -> list[str]:
    """What each curve says, whether they differ by more than chance, and how many persons have no body."""
    lines = [told.wait(w, found.waits[body], found.k, _name(w, body)) for body in BODIES]
    return [
        *lines,
        _tested(w, found),
        w("followup.bodies.unknown", n=counts.rounded(w, found.unknown, found.k)),
    ]


def _tested(w: Words, found: Bodies) -> str:
    if found.test is None:
        return w("followup.bodies.refused", k=found.k, twice=2 * found.k)
    key = "found" if found.test.is_apart else "none"
    shown = {"statistic": w.number(found.test.statistic, 2), "p": probability(w, found.test.p)}
    return w(f"followup.bodies.{key}", **shown)


def _name(w: Words, body: str) -> str:
    return w("followup.bodies.examined", body=w(f"followup.holder.{body}"))

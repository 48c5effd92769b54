"""Parts of the ledger that are computed and sent only when a reader opens them: a table, and how it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from language import Words
from ui import download, results
from ui.explaining import methods, shown
from ui.explaining.methods import Method
from ui.results import Look, Picture
from ui.showing import drawing, tables
from ui.showing.tables import Table
from warehouse.rows import asked_of
from warehouse.selection import Selection

EXPLAINED: Final[Mapping[str, tuple[Method, tuple[str, ...]]]] = {
    "published": (methods.PUBLISHED, ("core_published_figure", "core_published_overlap")),
    "timeline": (methods.KNOWN, ("mart_published_figure",)),
    "compared": (methods.LEDGER, ("mart_published_comparison",)),
    "loaded": (methods.LOADED, ("mart_published_figure",)),
    "sums": (methods.SUMS, ("mart_published_arithmetic",)),
    "coverage": (methods.COVERAGE, ("mart_published_coverage",)),
    "workforce": (methods.WORKFORCE, ("core_published_workforce",)),
    "prevention": (methods.PREVENTION, ("core_prevention",)),
    "activities": (methods.PREVENTION, ("core_prevention",)),
}
"""The method of every part, and the tables that it reads whole."""
FOLD: Final = "_fold"
HOMES: Final = {
    "published_map": "published",
    "published_dots": "published",
    "timeline_chart": "timeline",
    "coverage": "coverage",
    "prevention_chart": "prevention",
}
"""The part that holds the table and the explanation of a chart which stands outside of it."""


def table(
    w: Words, title: str, key: str, make: Callable[[Words, Selection], Table], selection: Selection
) -> None:
    """A table behind its title with its explanation; made only when it is open."""
    part = st.expander(_label(w, title, key), key=f"{key}{FOLD}", on_change="rerun")
    if part.open:
        with part:
            tables.draw(w, make(w, selection), key)
            _explain(w, key, selection)


def explained(
    w: Words, key: str, make: Callable[[Words, Selection], Table], selection: Selection, file: str = ""
) -> None:
    """A table of the ledger behind its title, under the sentences on how it is read; `file` names its download."""
    part = st.expander(_label(w, w(f"ledger.{key}.open"), key), key=f"{key}{FOLD}", on_change="rerun")
    if part.open:
        with part:
            st.markdown(w(f"ledger.{key}.lead"))
            made = make(w, selection)
            if file:
                download.table(w, made, file)
            tables.draw(w, made, key)
            _explain(w, key, selection)


def twin(
    w: Words,
    key: str,
    draw: Callable[[Look, Selection], Picture],
    make: Callable[[Words, Selection], Table],
    selection: Selection,
) -> None:
    """A large figure of the ledger and its table behind one title, made only when it is open."""
    part = st.expander(_label(w, w(f"ledger.{key}.open"), key), key=f"{key}{FOLD}", on_change="rerun")
    if part.open:
        with part:
            drawing.figure(results.remembered(draw, drawing.look(w), selection), key)
            tables.draw(w, make(w, selection), f"{key}_table")
            _explain(w, key, selection)


def _label(w: Words, title: str, key: str) -> str:
    return w("explain.with", title=title) if key in EXPLAINED else title


def _explain(w: Words, key: str, selection: Selection) -> None:
    if key in EXPLAINED:
        method, names = EXPLAINED[key]
        shown.draw(w, [methods.of(w, method, selection, results.ask(asked_of, *names))])

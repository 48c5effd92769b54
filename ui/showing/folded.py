"""Parts of a page that are computed and sent only when a reader opens them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from language import Words
from ui import download, results
from ui.results import Look, Picture
from ui.showing import figures, tables
from ui.showing.tables import Table
from warehouse.selection import Selection


def table(
    w: Words, title: str, key: str, make: Callable[[Words, Selection], Table], selection: Selection
) -> None:
    """A table behind its title; made only when it is open."""
    part = st.expander(title, key=f"{key}_fold", on_change="rerun")
    if part.open:
        with part:
            tables.draw(w, make(w, selection), key)


def explained(
    w: Words, key: str, make: Callable[[Words, Selection], Table], selection: Selection, file: str = ""
) -> None:
    """A table of the ledger behind its title, under the sentences on how it is read; `file` names its download."""
    part = st.expander(w(f"ledger.{key}.open"), key=f"{key}_fold", on_change="rerun")
    if part.open:
        with part:
            st.markdown(w(f"ledger.{key}.lead"))
            made = make(w, selection)
            if file:
                download.table(w, made, file)
            tables.draw(w, made, key)


def twin(
    w: Words,
    key: str,
    draw: Callable[[Look, Selection], Picture],
    make: Callable[[Words, Selection], Table],
    selection: Selection,
) -> None:
    """A large figure of the ledger and its table behind one title, made only when it is open."""
    part = st.expander(w(f"ledger.{key}.open"), key=f"{key}_fold", on_change="rerun")
    if part.open:
        with part:
            figures.ready(results.remembered(draw, figures.look(w), selection), key)
            tables.draw(w, make(w, selection), f"{key}_table")

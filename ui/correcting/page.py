"""The corrections, one below the other: what was wrong, what is right, since when, and what it touches."""

from __future__ import annotations

from html import escape

import streamlit as st

from language import Words
from ui import layout, results
from ui.correcting import told
from ui.showing import tables
from warehouse.corrections import Correction, corrections


def listed(w: Words) -> None:
    """All corrections, the latest first; that there are none does not say that all is right."""
    found = results.ask(corrections)
    layout.section(w("corrections.list"))
    if not found:
        layout.text(w("corrections.none"))
        return
    layout.text(w("corrections.count", n=len(found)))
    for one in found:
        _draw(w, one)


def _draw(w: Words, one: Correction) -> None:
    with st.container(key=f"correction_{one.correction_id}"):
        st.subheader(f"{one.correction_id} · {one.text('title', w.lang)}", anchor=False)
        lines = [
            f"<strong>{escape(w(f'corrections.{part}'))}</strong> {escape(one.text(part, w.lang))}"
            for part in ("was", "now")
        ]
        st.html("".join(f"<p>{line}</p>" for line in (escape(told.span(w, one)), *lines)))
        with st.expander(w("corrections.touches"), key=f"touches_{one.correction_id}"):
            st.html(tables.as_html(told.touched(w, one)))

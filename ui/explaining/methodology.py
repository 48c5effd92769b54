"""The methodology and the glossary as the method page shows them: the same texts that explain single figures."""

from __future__ import annotations

from html import escape

import streamlit as st

from language import Words
from language import glossary as terms
from ui.explaining.methods import METHODS, TOLD, Method
from ui.frame.address import SECTIONS
from ui.showing.tables import Table


def sections(w: Words) -> dict[str, str]:
    """The parts of the method page."""
    return {code: w(f"pages.method.sections.{code}") for code in SECTIONS}


def draw(w: Words) -> None:
    """Every method with what it does, its formula, how sure it is and its limits."""
    for method in METHODS:
        st.html(_as_html(w, method))


def glossary(w: Words) -> Table:
    """Terms and meanings."""
    head = (w("glossary.head.term"), w("glossary.head.meaning"))
    return Table(w("pages.method.glossary"), head, terms.entries(w.lang))


def _as_html(w: Words, method: Method) -> str:
    told = [
        f"<dt>{escape(w(f'explain.part.{part}'))}</dt><dd>{escape(method.line(w, part))}</dd>"
        for part in TOLD[method.kind]
        if part != "sql" and part not in method.without
    ]
    return f"<section class='netra-explained'><h3>{escape(method.title(w))}</h3><dl>{''.join(told)}</dl></section>"

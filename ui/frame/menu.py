"""The frame around every page: document, navigation whose links carry the filters, language switch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.navigation.page import Page

from language import Words
from ui import filters
from ui.access import control, run
from ui.frame import edition
from ui.frame.pages import CASES, PAGES, Entry, offered

ICON: Final = Path(__file__).resolve().parents[2] / "static" / "netra.svg"


def open_page(w: Words) -> tuple[Entry, Page]:
    """Configure the document, draw the head of the page and return the page the address asks for."""
    entries = offered()
    pages = [_page(w, entry) for entry in entries]
    # The built-in menu would drop the filters from the address; links of our own carry them.
    page = st.navigation(pages, position="hidden")
    entry = entries[pages.index(page)]
    st.set_page_config(
        page_title=f"{w(f'pages.{entry.name}.menu')} · {w('app.name')}",
        page_icon=str(ICON),
        layout="wide",
    )
    _head(w, entries, pages)
    return entry, page


def title(w: Words, entry: Entry) -> None:
    """The page's name and its question; drawn before anything that can fail."""
    st.title(w(f"pages.{entry.name}.title"), anchor=False)
    st.markdown(w(f"pages.{entry.name}.lead"))


def foot(w: Words) -> None:
    """Which build is looked at and what this is, at the end of every page."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in (edition.line(w), w("app.about")))
    st.html(f"<footer class='netra-foot netra-end'>{lines}</footer>")


def link(w: Words, name: str, label: str) -> None:
    """A link to another page that keeps the filters."""
    entry = next(entry for entry in PAGES if entry.name == name)
    st.page_link(_page(w, entry), label=label, query_params=filters.carried())


def offer(text: str, governments: Mapping[str, str]) -> None:
    """Links (name: code) that narrow this page to one government."""
    st.markdown(text)
    with st.container(horizontal=True, key="offer", gap="small"):
        for name, code in governments.items():
            st.button(name, key=f"offer_{code}", on_click=filters.choose_government, args=(code,))


def _page(w: Words, entry: Entry) -> Page:
    # A run says on its page whether it may be called, so every run has its own.
    return copy(_made(w, entry))


@cache
def _made(w: Words, entry: Entry) -> Page:
    """A page of the menu in one language, no number on it; making one looks for its file."""
    return st.Page(
        entry.file, title=w(f"pages.{entry.name}.menu"), url_path=entry.path, default=not entry.path
    )


def _head(w: Words, entries: Sequence[Entry], pages: Sequence[Page]) -> None:
    carried = filters.carried()
    with st.container(horizontal=True, key="head", vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content", gap=None):
            st.markdown(f"**{w('app.name')}**")
        with st.container(horizontal=True, key="menu", gap="xxsmall", width="stretch"):
            for entry, page in zip(entries, pages, strict=True):
                if entry != CASES or run.scope().has_places:
                    st.page_link(page, query_params=carried)
        control.button(w)
        with st.container(key="language", width="content"):
            filters.language_switch(w)

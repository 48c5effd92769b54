"""The link from a page to the fact sheet of what it shows: a plain address, so that a sheet is made only when somebody asks."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from language import LANGUAGES, Words
from ui import results
from ui.downloading.page import ROOT
from ui.frame.address import LANGUAGE
from ui.sheet import places
from warehouse.selection import Selection


def offer(w: Words, selection: Selection) -> None:
    """The link, to the build and in the language that the reader sees."""
    name = places.shown(selection)[0].name(w, selection)
    label = escape(w("sheet.link", place=name))
    st.html(f"<p><a class='netra-file' href='{escape(address(w, selection))}'>{label}</a></p>")


def address(w: Words, selection: Selection) -> str:
    """The stable address of the sheet, relative to a page."""
    place, rest = places.shown(selection)
    asked = rest if w.lang == LANGUAGES[0] else {LANGUAGE: w.lang, **rest}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{ROOT}/{results.build().build_id}/lembar/{place.code}.pdf{query}"

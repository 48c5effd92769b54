"""Notices above a page: simulated data, and parts of the address that were not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st

from language import Words
from metrics.scope import is_registered
from ui import filters, results
from warehouse.selection import Selection

FIGURELESS: Final = ("loading", "audit", "corrections")
"""Pages that show no figure of the build; what they say is real."""

# An address may hold thousands of words; a reader is helped by the first few.
MOST_NAMED: Final = 8


@dataclass(frozen=True)
class Way:
    """A wider selection in which more can be said: what is told of it, its button, and the selection itself."""

    told: str
    label: str
    to: Selection


def simulated(w: Words, page: str) -> None:
    """Say that figures are simulated; pages with figures of their own say which ones are."""
    own = {"published": "published", **dict.fromkeys(FIGURELESS, "loading")}.get(page, "simulated")
    with st.container(key="notice"):
        st.markdown(w(f"ui.notice.{own}"))


def ignored(w: Words, parts: tuple[str, ...]) -> None:
    """Name the parts of the address that were ignored; nothing if all was understood."""
    if parts:
        # Written by whoever made the address: shown as code so that no mark-up of theirs takes effect.
        named = [f"`{part.replace('`', '')}`" for part in parts[:MOST_NAMED]]
        if len(parts) > MOST_NAMED:
            named.append(w("selection.others", n=len(parts) - MOST_NAMED))
        st.info(w("ui.notice.ignored", parts=", ".join(named)))


def unknown(w: Words, page: str, selection: Selection) -> None:
    """Say that nothing is known where no register is loaded; pages with figures of their own know something."""
    if page not in ("published", "loading") and not results.ask(is_registered, selection):
        warn(w("unknown.selection"), "unknown")


def warn(text: str, place: str = "page") -> None:
    """A calm warning that belongs to the page; a page with several names their places."""
    with st.container(key=f"warning_{place}"):
        st.markdown(text)


def say(text: str, place: str = "page", way: Way | None = None) -> None:
    """What the figures of the page allow to be said, and the way to where more can be; a page with several names their places."""
    with st.container(key=f"said_{place}"):
        st.markdown(text)
        if way:
            with st.container(horizontal=True, key=f"way_{place}", vertical_alignment="center"):
                st.markdown(way.told, width="content")
                st.button(way.label, key=f"way_on_{place}", on_click=filters.clear, args=(way.to,))


def alert(lines: Sequence[str]) -> None:
    """What stopped the reader just now, in plain text; a screen reader says it at once."""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f"<div class='netra-fault' role='alert'>{told}</div>")


def status(text: str) -> None:
    """What has been done, in plain text; a screen reader says it when it pauses."""
    st.html(f"<div class='netra-said' role='status'><p>{escape(text)}</p></div>")

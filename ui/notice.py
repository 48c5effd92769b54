"""Notices above a page: simulated data, and parts of the address that were not understood."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from language import Words

# An address may hold thousands of words; a reader is helped by the first few.
MOST_NAMED: Final = 8


def simulated(w: Words, page: str) -> None:
    """Say that figures are simulated; pages with figures of their own say which ones are."""
    own = page if page in ("published", "loading") else "simulated"
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


def warn(text: str, place: str = "page") -> None:
    """A calm warning that belongs to the page; a page with several names their places."""
    with st.container(key=f"warning_{place}"):
        st.markdown(text)


def say(text: str, place: str = "page") -> None:
    """What the figures of the page allow to be said; a page with several sayings names their places."""
    with st.container(key=f"said_{place}"):
        st.markdown(text)


def alert(lines: Sequence[str]) -> None:
    """What stopped the reader just now, in plain text; a screen reader says it at once."""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f"<div class='netra-fault' role='alert'>{told}</div>")


def status(text: str) -> None:
    """What has been done, in plain text; a screen reader says it when it pauses."""
    st.html(f"<div class='netra-said' role='status'><p>{escape(text)}</p></div>")

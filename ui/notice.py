"""Notices above a page: simulated data, and parts of the address that were not understood."""

from __future__ import annotations

import streamlit as st

from language import Words


def simulated(w: Words, page: str) -> None:
    """Say that figures are simulated; the page of published figures says which figures are real."""
    with st.container(key="notice"):
        st.markdown(w("ui.notice.published" if page == "published" else "ui.notice.simulated"))


def ignored(w: Words, parts: tuple[str, ...]) -> None:
    """Name the parts of the address that were ignored; nothing if all was understood."""
    if parts:
        # Written by whoever made the address: shown as code so that no mark-up of theirs takes effect.
        st.info(w("ui.notice.ignored", parts=", ".join(f"`{part.replace('`', '')}`" for part in parts)))


def warn(text: str) -> None:
    """A calm warning that belongs to the page."""
    with st.container(key="warning"):
        st.markdown(text)


def say(text: str) -> None:
    """What the figures of the page allow to be said."""
    with st.container(key="said"):
        st.markdown(text)

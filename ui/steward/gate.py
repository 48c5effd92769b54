"""Signing in and out: the typed key is compared and forgotten."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import settings
from language import Words
from ui import notice
from ui.steward.door import DOOR


def passed(w: Words) -> bool:
    """Whether this session is signed in; if not, ask for the key."""
    key = settings.read().steward_key
    if key and DOOR.is_open(_session()):
        return True
    with st.form("steward_door", clear_on_submit=True):
        typed = st.text_input(
            w("loading.door.key"), type="password", key="steward_key", autocomplete="current-password"
        )
        sent = st.form_submit_button(w("loading.door.enter"))
    if sent and key:
        if DOOR.enter(_session(), typed, key):
            st.rerun()
        notice.alert([w("loading.door.wrong")])
    return False


def way_out(w: Words) -> None:
    """The button that ends the sign-in."""
    st.button(w("loading.door.leave"), key="steward_leave", on_click=DOOR.leave, args=(_session(),))


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""

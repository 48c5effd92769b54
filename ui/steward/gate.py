"""Signing in and out: the typed key is compared and forgotten."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import settings
from audit import record
from language import Words
from ui import notice
from ui.stays import STAYS, Stay
from ui.stays.stays import visit
from ui.steward.door import DOOR

EVERY_FAILURE: Final = 8


def passed(w: Words) -> bool:
    """Whether this session is signed in; if not, ask for the key."""
    key = settings.read().steward_key
    is_open = bool(key) and DOOR.is_open(_session())
    tell_idle()
    if is_open:
        return True
    with st.form("steward_door", clear_on_submit=True):
        typed = st.text_input(
            w("loading.door.key"), type="password", key="steward_key", autocomplete="current-password"
        )
        sent = st.form_submit_button(w("loading.door.enter"))
    if sent and key:
        tried = DOOR.enter(_session(), typed, key)
        if tried.stay is not None:
            _tell_entered(tried.stay)
            st.rerun()
        _tell_refused(tried.failures)
        notice.alert([w("loading.door.wrong")])
    return False


def way_out(w: Words) -> None:
    """The button that ends the sign-in."""
    st.button(w("loading.door.leave"), key="steward_leave", on_click=_leave)


def tell_idle() -> None:
    """Sessions that ended by not being used are signed out in the log too; whoever asks the door first sees to it."""
    for stay in DOOR.idle():
        STAYS.end(stay, "idle")


def _leave() -> None:
    stay = DOOR.leave(_session())
    if stay is not None:
        STAYS.end(stay, "left")


def _tell_entered(stay: str) -> None:
    """Nobody is signed in without an entry in the log."""
    try:
        STAYS.begin(stay, Stay("steward", "key"))
    except BaseException:
        # Whatever stopped the entry, a rerun of Streamlit too: the door must not stay open without it.
        DOOR.leave(_session())
        raise


def _tell_refused(count: int) -> None:
    """The first eight failures in a row, then each doubling: nobody can fill the disk by guessing."""
    if count <= EVERY_FAILURE or count.bit_count() == 1:
        who = visit(_session())
        record(settings.read(), "sign_in_refused", account="steward", method="key", visit=who, count=count)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""

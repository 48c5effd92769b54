"""Signing in and out: the typed key is compared and forgotten."""

from __future__ import annotations

import hashlib
import logging
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import settings
from audit import record
from errors import AppError
from language import Words
from ui import notice
from ui.steward.door import DOOR

log = logging.getLogger("netra.app")

EVERY_FAILURE: Final = 8


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
            _tell_entered()
            st.rerun()
        _tell_refused(DOOR.failures)
        notice.alert([w("loading.door.wrong")])
    return False


def way_out(w: Words) -> None:
    """The button that ends the sign-in."""
    st.button(w("loading.door.leave"), key="steward_leave", on_click=_leave)


def _leave() -> None:
    DOOR.leave(_session())
    try:
        _tell("sign_out")
    except AppError as fault:  # nobody stays signed in because a disk is full
        log.error("a sign-out is missing in the audit log: %s", type(fault).__name__)


def _tell_entered() -> None:
    """Nobody is signed in without an entry in the log."""
    try:
        _tell("sign_in")
    except AppError:
        DOOR.leave(_session())
        raise


def _tell(kind: str, **more: int) -> None:
    """The visit is a hash of the session, which stays as secret as it is."""
    visit = hashlib.sha256(f"visit {_session()}".encode()).hexdigest()[:8]
    record(settings.read(), kind, account="steward", method="key", visit=visit, **more)


def _tell_refused(count: int) -> None:
    """The first eight failures in a row, then each doubling: nobody can fill the disk by guessing."""
    if count <= EVERY_FAILURE or count.bit_count() == 1:
        _tell("sign_in_refused", count=count)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""

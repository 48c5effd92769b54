"""Publishing and the way back: what readers see, what is loaded, and who decides about it."""

from __future__ import annotations

import streamlit as st

from language import Words
from ui import layout, notice
from ui.frame import edition
from ui.steward import outcome
from ui.steward.running.desk import Desk
from ui.steward.running.order import Order


def draw(w: Words, at: Desk) -> None:
    """Publish what is loaded, list it, or go back to the build before."""
    layout.section(w("loading.builds.title"))
    layout.text(edition.line(w))
    with st.container(horizontal=True, key="steward_builds", gap="small"):
        publish = st.button(w("loading.builds.publish"), key="steward_publish")
        sources = st.button(w("loading.builds.sources"), key="steward_list")
    if publish:
        outcome.hand_in(w, at, outcome.BUILD)
    if sources:
        outcome.hand_in(w, at, Order("sources", ("sources",)))
    with st.expander(w("loading.builds.back"), key="steward_back"):
        _back(w, at)


def _back(w: Words, at: Desk) -> None:
    layout.text(w("loading.builds.back_note"))
    with st.form("steward_rollback"):
        sure = st.checkbox(w("loading.builds.sure"), key="steward_sure")
        sent = st.form_submit_button(w("loading.builds.back"))
    if sent and sure:
        outcome.hand_in(w, at, Order("rollback", ("rollback",)))
    elif sent:
        notice.alert([w("loading.builds.unsure")])

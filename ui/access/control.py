"""What a page says of the sign-in: the button, the banner, and who may see what."""

from __future__ import annotations

import streamlit as st

from language import Words
from ui import results
from ui.access import offered, run, session
from ui.access.visit import Visit

LOST = ("expired", "ended", "foreign", "no_token", "mixed", "unconfirmed")


def button(w: Words) -> None:
    """Sign in or out; nothing where the server has no provider."""
    state = session.current().state
    if state == "off":
        return
    with st.container(key="sign_in", width="content"):
        if state not in ("in", "unconfirmed"):
            _ways_in(w)
        else:
            st.button(w("access.sign_out"), key="access_out", on_click=session.leave)


def _ways_in(w: Words) -> None:
    """One button, or a choice where there are several providers."""
    there = session.providers()
    if len(there) == 1:
        st.button(w("access.sign_in"), key="access_in", on_click=st.login, args=_asked(*there))
        return
    with st.popover(w("access.sign_in"), key="access_ways"):
        for name, settings in there.items():
            label = w("access.sign_in_with", name=offered.title(name, settings))
            st.button(label, key=f"access_in_{name}", on_click=st.login, args=_asked(name))


def _asked(name: str) -> tuple[str, ...]:
    return () if name == offered.DEFAULT else (name,)


def banner(w: Words) -> None:
    """As whom the reader is signed in and what was not understood of it, or why the sign-in no longer holds."""
    visit = session.current()
    told = _told(w, visit)
    if told:
        with st.container(key="said_access"):
            st.markdown("  \n".join(told))


def explained(w: Words) -> None:
    """Who may see what, and whether this server lets sign in."""
    st.header(w("access.explained.title"), anchor=False)
    st.markdown(w("access.explained.who"))
    hours = run.chosen().sign_in.hours
    is_on = session.current().state != "off"
    st.markdown(w("access.explained.turned_on", hours=hours) if is_on else w("access.explained.turned_off"))


def _told(w: Words, visit: Visit) -> list[str]:
    if visit.state in LOST:
        return [w(f"access.state.{visit.state}")]
    if visit.state != "in":
        return []
    doubts = [w(f"access.doubt.{why}", text=_code(text)) for why, text in visit.doubts]
    if visit.scope.has_places:
        return [w("access.as_official", places=w.listed(_places(w))), *doubts]
    return [w("access.as_role", role=w(f"access.role.{visit.scope.role}")), *doubts]


def _places(w: Words) -> list[str]:
    known, scope = results.known(w.lang), session.current().scope
    return [
        *(known.provinces[code] for code in scope.provinces),
        *(known.governments[code] for code in scope.governments),
        *(known.agencies[code] for code in scope.agencies),
    ]


def _code(text: str) -> str:
    # Written by the provider: shown as code so that no mark-up takes effect.
    return f"`{text.replace('`', '')}`" if text else "–"

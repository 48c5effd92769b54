"""The sign-in of this run: read from Streamlit, judged, and held to for the rest of the run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Final

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from audit import record
from errors import AppError, StorageError
from ui import results
from ui.access import run
from ui.access.provider import PROVIDER
from ui.access.visit import Desk, SignIns, Visit
from warehouse import reference
from warehouse.access.claims import Places

log = logging.getLogger("netra.app")
ENDED: Final = SignIns()
NEEDED: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET: Final = 32
"""Characters of the secret that signs the cookies; whoever guesses it can sign in as anybody."""
_VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)
_SEEN: Final = SignIns()
_NOBODY: Final = Visit("off")


def enter() -> Visit:
    """Judges the sign-in anew and holds the rest of this run to what it lets see; any fault is the public."""
    section = auth()
    # Without a provider nobody can have signed in.
    user, given = (claimed(), token()) if section else ({}, None)
    try:
        found = Desk(section, run.chosen().sign_in, PROVIDER, ENDED).visit(user, given, places)
    except AppError as error:
        # Told by the page itself; there is nothing to see beyond the public without a warehouse.
        log.warning("the sign-in was not judged: %s", type(error).__name__)
        found = Visit("out")
    if found.state == "in" and user not in _SEEN and not noted("sign_in", found):
        found = Visit("out")
    _VISIT.set(found)
    if found.state == "in":
        _SEEN.add(user)
        run.see_as(found.scope)
    return found


def current() -> Visit:
    """The visit of this run."""
    return _VISIT.get() or _NOBODY


def leave() -> None:
    """Sign out here, in every tab and for every copy of the cookie, and at the provider."""
    ENDED.add(claimed())
    noted("sign_out", current())
    st.logout()


def noted(event: str, visit: Visit) -> bool:
    """Writes a sign-in or sign-out with account id and role, nothing else, into the audit log; whether it could be.

    Who cannot be noted is the public: an official's figures without a trace of who saw them are worse than none.
    """
    log.info("%s as %s", event, visit.scope.role)
    more = {"scope": visit.scope.role} if event == "sign_in" else {}
    try:
        record(run.chosen(), event, account=visit.account or "unknown", method="oidc", **more)
    except StorageError as error:
        log.warning("the audit log could not be written: %s", type(error).__name__)
        return False
    return True


def auth() -> Mapping[str, Any]:
    """The section `auth` of the secrets; empty where it is not there, not whole or weak, and sign-in is then off."""
    # `st.secrets` itself would write a fault onto the page where there is no file.
    section = get_secrets_auth_section()
    found = dict(section) if section else {}
    is_whole = all(found.get(name) for name in NEEDED)
    return found if is_whole and len(str(found["cookie_secret"])) >= SHORTEST_SECRET else {}


def claimed() -> dict[str, Any]:
    """What the cookie of this session claims; signed by this server, and no more than a claim."""
    return dict(st.user.to_dict())


def token() -> str | None:
    """The access token of the session, where `expose_tokens` gives it to the app."""
    return st.user.tokens.get("access")


def places() -> Places:
    """The places of the build of this run; an agency that was renamed or merged is none."""
    opened = results.warehouse()
    return Places(
        {row.region_code for row in reference.regions(opened) if row.level == "province"},
        {row.government_code for row in reference.governments(opened)},
        {row.agency_id for row in reference.agencies(opened) if row.successor_id is None},
    )

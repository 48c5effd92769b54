"""The sign-in of this run: read from Streamlit, judged, and held to for the rest of the run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Final

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from errors import AppError
from ui import results
from ui.access import offered, run
from ui.access.provider import PROVIDER
from ui.access.visit import Desk, SignIns, State, Visit, ends, fingerprint
from ui.stays import STAYS, Reason, Stay
from warehouse import reference
from warehouse.access.claims import Places

log = logging.getLogger("netra.app")
ENDED: Final = SignIns()
ENDS: Final[Mapping[State, Reason]] = {
    "expired": "expired", "ended": "withdrawn", "foreign": "foreign",
}  # fmt: skip
"""Sign-ins that no longer hold, and why. A provider that does not answer for a while ends none, nor does a tab whose own
cookies lack the sign-in's token: another tab may have it."""
_VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)
_NOBODY: Final = Visit("off")


def enter() -> Visit:
    """Judges the sign-in anew and holds the rest of this run to what it lets see; any fault is the public."""
    known = providers()
    # Without a provider nobody can have signed in.
    user, given = (claimed(), token()) if known else ({}, None)
    if not known:
        # The last provider was taken out of the secrets: its sign-ins end as those of any other that is.
        for name in STAYS.of("oidc"):
            STAYS.end(name, "foreign")
    try:
        found = Desk(known, run.chosen().sign_in, PROVIDER, ENDED).visit(user, given, places)
    except AppError as error:
        # Told by the page itself; there is nothing to see beyond the public without a warehouse.
        log.warning("the sign-in was not judged: %s", type(error).__name__)
        found = Visit("out")
    found = _noted(user, found)
    _VISIT.set(found)
    if found.state == "in":
        run.see_as(found.scope)
    return found


def current() -> Visit:
    """The visit of this run."""
    return _VISIT.get() or _NOBODY


def leave() -> None:
    """Sign out here, in every tab, for every copy of the cookie and at the provider; and wherever else the account is signed in.

    Two tabs that were opened before signing in hold two sign-ins, of which nobody knows; who signs out means both.
    """
    user = claimed()
    names = [fingerprint(user), *STAYS.of("oidc", offered.account_of(user))]
    for name in names:
        ENDED.add(name)
    for name in names:
        STAYS.end(name, "left")
    st.logout()


def _noted(user: Mapping[str, Any], visit: Visit) -> Visit:
    """The visit as the audit log knows it: account id and role at its beginning, the reason at its end.

    Who cannot be noted is the public: an official's figures without a trace of who saw them are worse than none. So is who
    was signed out while the provider was asked or the entry written.
    """
    name = fingerprint(user)
    # Whoever signs out tells the end, and first takes the sign-in in here.
    if visit.state in ENDS and name not in ENDED:
        if visit.state == "ended":
            # Over for good, or two tabs with tokens of two sign-ins could begin and end it with every click.
            ENDED.add(name)
        STAYS.end(name, ENDS[visit.state])
    if visit.state != "in":
        return visit
    try:
        until = ends(user, run.chosen().sign_in)
        stay = Stay(visit.account or "unknown", "oidc", until, visit.scope.role)
        holds = STAYS.begin(name, stay, lambda: name not in ENDED)
    except AppError as error:
        log.warning("the audit log could not be written: %s", type(error).__name__)
        return Visit("out")
    return visit if holds else Visit("ended")


def providers() -> Mapping[str, offered.Settings]:
    """The providers of the secrets by name; none where the section `auth` is not there, not whole or weak: sign-in is then off."""
    # `st.secrets` itself would write a fault onto the page where there is no file.
    section = get_secrets_auth_section()
    return offered.providers(section) if section else {}


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

"""Whether a sign-in still holds, and what it lets see. Every doubt ends at the public."""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from settings import SignIn
from ui.access import offered
from ui.access.provider import Provider, RefusedError, UnreachableError
from warehouse.access.claims import Doubt, Places, understood
from warehouse.access.scope import PUBLIC, Scope

State = Literal["off", "out", "in", "expired", "ended", "foreign", "no_token", "mixed", "unconfirmed"]
SKEW_SECONDS: Final = 60
MOST: Final = 4096


@dataclass(frozen=True)
class Visit:
    """How a reader comes: the state of the sign-in, the account, and what it lets see.

    `off`: no provider; `out`: nobody signed in; `in`: signed in. All others are sign-ins that no longer hold: too old; signed
    out or withdrawn by the provider; issued by or for somebody else; without an access token; with that of somebody else; the
    provider does not answer.
    """

    state: State
    account: str = ""
    scope: Scope = PUBLIC
    doubts: tuple[tuple[Doubt, str], ...] = ()


class SignIns:
    """The last sign-ins of a kind by their fingerprints, so without the names of accounts.

    Those that were signed out here are such a kind: the cookie of one would otherwise open it again, in this browser or another.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, None] = OrderedDict()
        self._guard = threading.Lock()

    def add(self, name: str) -> None:
        """Takes a sign-in in."""
        with self._guard:
            self._kept[name] = None
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def __contains__(self, name: object) -> bool:
        with self._guard:
            return name in self._kept


@dataclass(frozen=True)
class Desk:
    """What a sign-in is judged by: the settings of each provider, their answers, the rules, and the clock."""

    providers: Mapping[str, offered.Settings]
    rules: SignIn
    provider: Provider
    ended: SignIns
    clock: Callable[[], float] = time.time

    def visit(self, user: Mapping[str, Any], token: str | None, known: Callable[[], Places]) -> Visit:
        """How a reader comes who shows the claims `user` and, if the app holds one, an access token."""
        if not self.providers:
            return Visit("off")
        if user.get("is_logged_in") is not True:
            return Visit("out")
        if fingerprint(user) in self.ended:
            return Visit("ended")
        if not self._is_fresh(user):
            return Visit("expired")
        if not token:
            return Visit("no_token")
        return self._confirmed(user, token, known)

    def _confirmed(self, user: Mapping[str, Any], token: str, known: Callable[[], Places]) -> Visit:
        name = str(user.get("provider", offered.DEFAULT))
        chosen = self.providers.get(name)
        # One provider's people are not another's: all that follows is asked of the one that they signed in with.
        if chosen is None:
            return Visit("foreign")
        address = str(chosen["server_metadata_url"])
        try:
            if not offered.is_of(user, chosen, self.provider.metadata(address)):
                return Visit("foreign")
            now = self.provider.claims(address, token, self.rules.recheck_seconds)
        except RefusedError:
            return Visit("ended")
        except UnreachableError:
            return Visit("unconfirmed")
        if not user.get("sub") or now.get("sub") != user["sub"]:
            return Visit("mixed")
        found = understood(now, self.rules, known())
        return Visit("in", offered.account_of(user), found.scope, found.doubts)

    def _is_fresh(self, user: Mapping[str, Any]) -> bool:
        return _moment(user.get("iat")) - SKEW_SECONDS <= self.clock() < ends(user, self.rules)


def ends(user: Mapping[str, Any], rules: SignIn) -> float:
    """When a sign-in ends by itself, in seconds since 1970; one that says it wrongly is never in time."""
    until, latest = _moment(user.get("exp")), _moment(user.get("iat")) + rules.hours * 3600
    return min(until, latest) if not math.isnan(until + latest) else math.nan


def fingerprint(user: Mapping[str, Any]) -> str:
    """One sign-in of one account, without its name."""
    parts = (str(user.get(name)) for name in ("iss", "sub", "iat", "nonce", "sid"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _moment(value: Any) -> float:
    """Seconds since 1970; what is none lies at no time at all."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan

"""Who is signed in according to the audit log: one entry when a stay begins, one when it ends, however it ends."""

from __future__ import annotations

import hashlib
import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import settings
from audit import record
from errors import AppError

log = logging.getLogger("netra.app")
Method = Literal["key", "oidc"]
Reason = Literal["left", "idle", "expired", "withdrawn", "foreign", "role", "stopped"]
"""Why a stay ended: signed out by the person; not used; its time was up; no longer known to the provider; meant for another
app; in another role from now on; the server was stopped."""


@dataclass(frozen=True)
class Stay:
    """Who came how, until when at most (seconds since 1970), and in which role where there are roles."""

    account: str
    method: Method
    until: float = math.inf
    scope: str | None = None


class _Held(NamedTuple):
    """A stay, and whether its beginning stands in the log already."""

    stay: Stay
    is_noted: bool


class Stays:
    """The stays whose end is not in the log yet, by a secret name each: of the session, or of the sign-in.

    Nothing here grows without an entry in the log, and what has ended is gone.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._stays: dict[str, _Held] = {}
        self._untold: list[tuple[str, Stay, Reason]] = []
        # Held while an entry is written, so that two tabs write one; who is known already does not wait for it.
        self._guard = threading.Lock()

    def begin(self, name: str, stay: Stay, holds: Callable[[], bool] = lambda: True) -> bool:
        """Notes a sign-in, once; in another role than before, the end of the old stay too. AppError if it cannot be noted.

        Ends of that name which the log would not take are noted before it, or it is refused: each end stands before the next
        beginning. What `holds` says of the sign-in when all is written is the answer; one that no longer holds is not noted. So whoever
        ends a sign-in first makes `holds` say so and then calls `end`.
        """
        if not self._is_known(name, stay):
            with self._guard:
                if not self._is_known(name, stay):
                    self._begin(name, stay, holds)
        return holds()

    def end(self, name: str, reason: Reason) -> None:
        """Notes the end of a stay; nothing where none began or its end was noted. It is over even if the log is full."""
        if name in self._stays:
            with self._guard:
                self._end(name, reason)

    def of(self, method: Method, account: str) -> list[str]:
        """The names of the stays of an account, those that are being noted among them; it waits for nobody."""
        held = list(self._stays.items())
        return [name for name, (stay, _) in held if (stay.method, stay.account) == (method, account)]

    def tell(self) -> None:
        """Notes the ends that nobody was there to see, and those that the log would not take before."""
        with self._guard:
            late, self._untold = self._untold, []
            for name, stay, reason in late:
                self._write_end(name, stay, reason)
            now = self._clock()
            for name in [name for name, held in self._stays.items() if held.stay.until <= now]:
                self._end(name, "expired")

    def stop(self) -> None:
        """Notes the end of all stays: the server forgets them."""
        self.tell()
        with self._guard:
            for name in list(self._stays):
                self._end(name, "stopped")

    def _begin(self, name: str, stay: Stay, holds: Callable[[], bool]) -> None:
        # Its name is there before anything is written, and all the time: who ends it meanwhile waits and is not lost.
        coming = _Held(stay, is_noted=False)
        old = self._stays.setdefault(name, coming)
        try:
            if not holds():
                return
            if old.is_noted:
                self._stays[name] = coming
                self._untold.append((name, old.stay, "role"))
            self._tell_of(name)
            _write("sign_in", name, stay, {"scope": stay.scope} if stay.scope else {})
            self._stays[name] = _Held(stay, is_noted=True)
        finally:
            if self._stays[name] is coming:
                del self._stays[name]

    def _tell_of(self, name: str) -> None:
        for end in [end for end in self._untold if end[0] == name]:
            _, stay, reason = end
            _write("sign_out", name, stay, {"reason": reason})
            self._untold.remove(end)

    def _is_known(self, name: str, stay: Stay) -> bool:
        held = self._stays.get(name)
        return held is not None and held.is_noted and held.stay.scope == stay.scope

    def _end(self, name: str, reason: Reason) -> None:
        held = self._stays.pop(name, None)
        if held:
            self._write_end(name, held.stay, reason)

    def _write_end(self, name: str, stay: Stay, reason: Reason) -> None:
        try:
            _write("sign_out", name, stay, {"reason": reason})
        except (AppError, OSError) as fault:
            log.warning("a sign-out is not in the audit log yet: %s", type(fault).__name__)
            self._untold.append((name, stay, reason))


def visit(name: str) -> str:
    """What the log calls a stay: short, the same at its beginning and end, and no way back to the name."""
    return hashlib.sha256(f"visit {name}".encode()).hexdigest()[:8]


def _write(kind: str, name: str, stay: Stay, more: Mapping[str, str]) -> None:
    record(settings.read(), kind, account=stay.account, method=stay.method, visit=visit(name), **more)


STAYS: Final = Stays()

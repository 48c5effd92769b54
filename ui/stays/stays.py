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
from errors import AppError, StorageError

log = logging.getLogger("netra.app")
PATIENCE_SECONDS: Final = 5.0
"""How long a beginning waits for the entries of others."""
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


_End = tuple[str, Stay, Reason]


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
        self._untold: list[_End] = []
        self._is_closed = False
        # Held while an entry is written, so that two tabs write one; who is known already does not wait for it.
        self._guard = threading.Lock()

    def begin(self, name: str, stay: Stay, holds: Callable[[], bool] = lambda: True) -> bool:
        """Notes a sign-in, once; in another role than before, the end of the old stay too. AppError if it cannot be noted.

        Ends of that name which the log would not take are noted before it, or it is refused: each end stands before the next
        beginning. What `holds` says of the sign-in when all is written is the answer; one that no longer holds is not
        noted. So whoever ends a sign-in first makes `holds` say so and then calls `end`.
        """
        if not self._is_known(name, stay):
            # A lock that is stuck is waited for by one: all others are refused meanwhile, and not each after the one before.
            if not self._guard.acquire(timeout=PATIENCE_SECONDS):
                raise _refused("catatan audit sedang ditunggu / the audit log is waited for")
            try:
                if not self._is_known(name, stay):
                    self._begin(name, stay, holds)
            finally:
                self._guard.release()
        return holds()

    def end(self, name: str, reason: Reason) -> None:
        """Notes the end of a stay; nothing where none began or its end was noted. It is over even if the log is full."""
        if name in self._stays:
            with self._guard:
                self._over(name, reason)
                self._write_untold()

    def of(self, method: Method, account: str | None = None) -> list[str]:
        """The names of the stays of an account or of all, those that are being noted among them; it waits for nobody."""
        held = list(self._stays.items())
        return [name for name, (stay, _) in held if stay.method == method and account in (None, stay.account)]

    def tell(self) -> None:
        """Notes the ends that nobody was there to see, and those that the log would not take before."""
        with self._guard:
            self._expire()
            self._write_untold()

    def stop(self) -> None:
        """Notes the end of all stays, since the server forgets them. Nobody's begins after that: it would have no end."""
        with self._guard:
            self._is_closed = True
            self._expire()
            for name in list(self._stays):
                self._over(name, "stopped")
            self._write_untold()

    def _begin(self, name: str, stay: Stay, holds: Callable[[], bool]) -> None:
        if self._is_closed:
            raise _refused("server dihentikan / the server is stopped")
        # Its name is there before anything is written, and all the time: who ends it meanwhile waits and is not lost.
        coming = _Held(stay, is_noted=False)
        old = self._stays.setdefault(name, coming)
        try:
            if not holds():
                return
            if old.is_noted:
                self._stays[name] = coming
                self._untold.append((name, old.stay, "role"))
            for end in [end for end in self._untold if end[0] == name]:
                self._write_end(end)
            _write("sign_in", name, stay, {"scope": stay.scope} if stay.scope else {})
            self._stays[name] = _Held(stay, is_noted=True)
        finally:
            if self._stays[name] is coming:
                del self._stays[name]

    def _is_known(self, name: str, stay: Stay) -> bool:
        held = self._stays.get(name)
        return held is not None and held.is_noted and held.stay.scope == stay.scope

    def _expire(self) -> None:
        now = self._clock()
        for name in [name for name, held in self._stays.items() if held.stay.until <= now]:
            self._over(name, "expired")

    def _over(self, name: str, reason: Reason) -> None:
        held = self._stays.pop(name, None)
        if held:
            self._untold.append((name, held.stay, reason))

    def _write_untold(self) -> None:
        """In order; the first that the log refuses lets all others wait: a stuck lock would take half a minute for each."""
        try:
            while self._untold:
                self._write_end(self._untold[0])
        except (AppError, OSError) as fault:
            log.warning(
                "%s sign-outs are not in the audit log yet: %s", len(self._untold), type(fault).__name__
            )

    def _write_end(self, end: _End) -> None:
        name, stay, reason = end
        _write("sign_out", name, stay, {"reason": reason})
        self._untold.remove(end)


def visit(name: str) -> str:
    """What the log calls a stay: short, the same at its beginning and end, and no way back to the name."""
    return hashlib.sha256(f"visit {name}".encode()).hexdigest()[:8]


def _refused(reason: str) -> StorageError:
    return StorageError(
        f"Masuk tidak dapat dicatat ({reason}). / The sign-in cannot be noted.", None, "Ulangi nanti."
    )


def _write(kind: str, name: str, stay: Stay, more: Mapping[str, str]) -> None:
    record(settings.read(), kind, account=stay.account, method=stay.method, visit=visit(name), **more)


STAYS: Final = Stays()

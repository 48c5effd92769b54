"""Who may use the page of the data steward: sessions that typed the key, for as long as they are used.

The list is kept by the server and not by the session, because uploads arrive outside any run of a page and must be
refused for everybody else.
"""

from __future__ import annotations

import hmac
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

log = logging.getLogger("netra.app")

IDLE_SECONDS: Final = 2 * 60 * 60
FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 8.0


@dataclass(frozen=True)
class Tried:
    """What came of a key: true where it was right, with the name of the stay; else how many were wrong in a row up to this one."""

    stay: str | None = None
    failures: int = 0

    def __bool__(self) -> bool:
        return self.stay is not None


class _Open(NamedTuple):
    """A session's stay by its name, and when it was last used."""

    stay: str
    used: float


class Door:
    """Lets sessions in by key; a wrong key costs the one who typed it a delay that grows with every failure.

    Each entering is a stay with a name of its own, so that the end of one is never taken for that of the next: the first of a
    session is called as the session is, later ones by their number behind it.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._failures = 0
        self._open: dict[str, _Open] = {}
        self._entered: Counter[str] = Counter()
        self._idle: list[str] = []
        self._guard = threading.Lock()

    def enter(self, session: str, typed: str, key: str) -> Tried:
        """Try a key; the right one is never delayed, so that nobody can lock the steward out."""
        if hmac.compare_digest(typed.encode(), key.encode()):
            with self._guard:
                self._failures = 0
                stay = self._let_in(session)
            log.info("the data steward signed in")
            return Tried(stay)
        with self._guard:
            self._failures += 1
            count = self._failures
        log.warning("a wrong steward key was typed, %s in a row", count)
        self._sleep(min(FIRST_DELAY * 2 ** min(count - 1, 10), LONGEST_DELAY))
        return Tried(failures=count)

    def is_open(self, session: str) -> bool:
        """Whether a session has signed in and been used since; asking counts as use."""
        now = self._clock()
        with self._guard:
            self._close(now)
            if session not in self._open:
                return False
            self._open[session] = self._open[session]._replace(used=now)
            return True

    def idle(self) -> list[str]:
        """The stays that ended by not being used, since this was last asked: each is given once."""
        with self._guard:
            self._close(self._clock())
            found, self._idle = self._idle, []
            return found

    def leave(self, session: str) -> str | None:
        """Sign a session out; gives the name of the stay that this ends, if there is one."""
        with self._guard:
            held = self._open.pop(session, None)
            return held.stay if held else None

    def _let_in(self, session: str) -> str:
        now = self._clock()
        self._close(now)
        held = self._open.get(session)
        if not held:
            self._entered[session] += 1
            count = self._entered[session]
            held = _Open(session if count == 1 else f"{session} {count}", now)
        self._open[session] = held._replace(used=now)
        return held.stay

    def _close(self, now: float) -> None:
        for session, held in list(self._open.items()):
            if now - held.used >= IDLE_SECONDS:
                self._idle.append(held.stay)
                del self._open[session]


DOOR: Final = Door()

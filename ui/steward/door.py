"""Who may use the page of the data steward: sessions that typed the key, for as long as they are used.

The list is kept by the server and not by the session, because uploads arrive outside any run of a page and must be
refused for everybody else.
"""

from __future__ import annotations

import hmac
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

log = logging.getLogger("netra.app")

IDLE_SECONDS: Final = 2 * 60 * 60
FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 8.0


@dataclass(frozen=True)
class Tried:
    """What came of a key: true where it was right; else how many were wrong in a row, this one the last."""

    is_right: bool
    failures: int = 0

    def __bool__(self) -> bool:
        return self.is_right


class Door:
    """Lets sessions in by key; a wrong key costs the one who typed it a delay that grows with every failure."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._failures = 0
        self._used: dict[str, float] = {}
        self._idle: list[str] = []
        self._guard = threading.Lock()

    def enter(self, session: str, typed: str, key: str) -> Tried:
        """Try a key; the right one is never delayed, so that nobody can lock the steward out."""
        if hmac.compare_digest(typed.encode(), key.encode()):
            with self._guard:
                self._failures = 0
                self._used[session] = self._clock()
            log.info("the data steward signed in")
            return Tried(is_right=True)
        with self._guard:
            self._failures += 1
            count = self._failures
        log.warning("a wrong steward key was typed, %s in a row", count)
        self._sleep(min(FIRST_DELAY * 2 ** min(count - 1, 10), LONGEST_DELAY))
        return Tried(is_right=False, failures=count)

    def is_open(self, session: str) -> bool:
        """Whether a session has signed in and been used since; asking counts as use."""
        now = self._clock()
        with self._guard:
            self._close(now)
            if session not in self._used:
                return False
            self._used[session] = now
            return True

    def idle(self) -> list[str]:
        """The sessions that ended by not being used, since this was last asked: each is given once."""
        with self._guard:
            self._close(self._clock())
            found, self._idle = self._idle, []
            return found

    def leave(self, session: str) -> None:
        """Sign a session out."""
        with self._guard:
            self._used.pop(session, None)

    def _close(self, now: float) -> None:
        over = [name for name, last in self._used.items() if now - last >= IDLE_SECONDS]
        self._idle += over
        for name in over:
            del self._used[name]


DOOR: Final = Door()

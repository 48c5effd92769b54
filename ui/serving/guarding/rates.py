"""Token buckets: how much each visitor may ask for in a while, in a bounded amount of memory."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

log = logging.getLogger("netra.server")

MOST_VISITORS = 20_000


class Rates:
    """One bucket per visitor: filled at `per_second`, never beyond `burst`; the longest unseen are forgotten first."""

    def __init__(
        self,
        per_second: float,
        burst: float,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST_VISITORS,
    ) -> None:
        self.per_second, self.burst = per_second, burst
        self._clock, self._most = clock, most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, visitor: str) -> bool:
        """Take one token if there is one."""
        now = self._clock()
        tokens = self._tokens(visitor, now)
        taken = tokens >= 1
        self._keep(visitor, tokens - taken, now)
        return taken

    def wait(self, visitor: str) -> float:
        """Take one token, on credit if need be; seconds until it is there."""
        now = self._clock()
        tokens = self._tokens(visitor, now) - 1
        self._keep(visitor, tokens, now)
        return max(0.0, -tokens / self.per_second)

    def __len__(self) -> int:
        return len(self._held)

    def _tokens(self, visitor: str, now: float) -> float:
        tokens, seen = self._held.get(visitor, (self.burst, now))
        return min(self.burst, tokens + (now - seen) * self.per_second)

    def _keep(self, visitor: str, tokens: float, now: float) -> None:
        self._held[visitor] = (tokens, now)
        self._held.move_to_end(visitor)
        while len(self._held) > self._most:
            self._held.popitem(last=False)


class Complaints:
    """Lines in the log on visitors who ask for too much: one a minute each, so that nobody can fill it."""

    def __init__(self) -> None:
        self._rates = Rates(1 / 60, 1)

    def tell(self, visitor: str, what: str) -> None:
        """Write it down unless this visitor was written down a moment ago."""
        if self._rates.take(visitor):
            log.warning("%s %s", visitor, what)

"""Files that were checked and may be loaded next, kept in memory for a while so that nobody uploads them twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from ui.steward.running.order import Order

MINUTES: Final = 30
PLACES: Final = 3


class Shelf:
    """A few orders with their files; each leaves after half an hour, or when a younger one needs its place."""

    def __init__(self, seconds: float = MINUTES * 60) -> None:
        self._orders: OrderedDict[str, tuple[Order, threading.Timer]] = OrderedDict()
        self._guard = threading.Lock()
        self._seconds = seconds

    def put(self, job_id: str, order: Order) -> None:
        """Keep an order for the job that follows it."""
        timer = threading.Timer(self._seconds, self.drop, (job_id,))
        timer.daemon = True
        with self._guard:
            self._orders[job_id] = (order, timer)
            oldest = list(self._orders)[:-PLACES]
        timer.start()
        for name in oldest:
            self.drop(name)

    def find(self, job_id: str) -> Order | None:
        """The order of a job, as long as it is kept."""
        with self._guard:
            found = self._orders.get(job_id)
        return found[0] if found else None

    def drop_file(self, job_id: str) -> None:
        """Forget the file of a job, and with it every order for the same file."""
        found = self.find(job_id)
        if found:
            with self._guard:
                same = [name for name, (order, _) in self._orders.items() if order.parcel is found.parcel]
            for name in same:
                self.drop(name)

    def drop(self, job_id: str) -> None:
        """Forget the order of a job."""
        with self._guard:
            found = self._orders.pop(job_id, None)
        if found:
            found[1].cancel()

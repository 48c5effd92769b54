"""How much each roster snapshot weighs in a period: headcount on a straight line between snapshots.

Pure calendar arithmetic. Headcount is constant before the first and after the last snapshot of a government.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

DAYS_PER_YEAR: Final = 365.25
REACH_DAYS: Final = 548  # 18 months, contract section 4

Span = tuple[date, date]
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Coverage:
    """How many governments of the question have a usable roster, of how many it is about."""

    governments_with_roster: int
    governments_total: int


@dataclass(frozen=True)
class Weights:
    """Days of a period by the snapshot they lean on.

    `days` adds up to the length of the period; `nearest` and `farthest` are the distances in days between the
    period's days and their closest snapshot; `last` is the snapshot closest to the period's last day.
    """

    days: tuple[tuple[date, float], ...]
    length: int
    nearest: int
    farthest: int
    last: date

    @property
    def usable(self) -> bool:
        """Whether a snapshot lies within 18 months of the period."""
        return self.nearest <= REACH_DAYS


def union(spans: Iterable[Span]) -> Spans:
    """Spans of days, both ends included, in order and without overlap; a span that ends before it starts is none."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] <= span[1]):
        if merged and start.toordinal() <= merged[-1][1].toordinal() + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=4096)
def weights(snapshots: tuple[date, ...], spans: Spans) -> Weights:
    """Weights of ordered snapshots over disjoint, ordered spans; neither may be empty."""
    assert snapshots and spans, "weights need a snapshot and a day"
    known = np.array([day.toordinal() for day in snapshots])
    days = np.concatenate([np.arange(a.toordinal(), b.toordinal() + 1) for a, b in spans])
    after = np.searchsorted(known, days, side="right")
    left = np.maximum(after - 1, 0)
    right = np.minimum(after, len(known) - 1)
    gap = known[right] - known[left]
    share = np.where(gap > 0, (days - known[left]) / np.maximum(gap, 1), 0.0)
    leaning = np.bincount(left, 1.0 - share, len(known)) + np.bincount(right, share, len(known))
    distance = np.minimum(np.abs(days - known[left]), np.abs(known[right] - days))
    last = spans[-1][1]
    return Weights(
        days=tuple(
            (day, float(weight)) for day, weight in zip(snapshots, leaning, strict=True) if weight > 0
        ),
        length=len(days),
        nearest=int(distance.min()),
        farthest=int(distance.max()),
        last=min(snapshots, key=lambda day: (abs((day - last).days), day)),
    )

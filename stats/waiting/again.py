"""Which days and rows of a curve of waiting may be told by whom others have been told before.

From whole shares, their intervals, the days of steps and the table below, whoever has two builds computes how many persons got
there, ended otherwise or were followed no longer between any two days that both tell: for fewer than a hundred persons exactly,
for more nearly so. So each of these counts is held to the rule of the numbers that it stands for: it is that of every earlier
release, or differs by k persons at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stats.disclosure import small
from stats.protecting.release import Ints
from stats.waiting.waits import spread

Span = tuple[int | None, int | None]


@dataclass(frozen=True)
class Ends:
    """The days on which persons got there, ended otherwise, and were followed last, in order; and how many have no usable days."""

    days: tuple[Ints, Ints, Ints]
    undated: int

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Ends:
        """Of rows (state, days, persons)."""
        kept = list(rows)
        days, cause = spread(kept)
        by_cause = (np.sort(days[cause == 1]), np.sort(days[cause == 2]), np.sort(days[cause == 0]))
        return cls(by_cause, sum(row["persons"] for row in kept) - len(days))

    def up_to(self, day: int) -> list[int]:
        """How many by each way of ending, up to a day."""
        return [len(days) for days in self.within((None, day))]

    def within(self, span: Span) -> list[Ints]:
        """The days after the first day of a span up to its last; None is before all days, and after all."""
        first, last = span
        return [
            days[
                (days > first if first is not None else True)
                & (days <= last if last is not None else days >= 0)
            ]
            for days in self.days
        ]


Pair = tuple[Ends, Sequence[Ends]]
"""Some persons now, and the same ones in the earlier releases."""


def points_after(
    pairs: Sequence[Pair], days: Iterable[int], marks: Iterable[int], k: int
) -> tuple[list[int], list[int]] | None:
    """Those of `days` on which a curve may step, and those of `marks` before which its counts may stand below it.

    None where not even how many got there, ended otherwise, wait still or lack dates may be told.
    """
    if any(small(abs(now.undated - then.undated), k) for now, before in pairs for then in before):
        return None
    if not _may_follow(pairs, (None, None), k):
        return None
    steps: list[int] = []
    for day in sorted(days):
        spans: list[Span] = [(start, day) for start in (None, *steps)]
        if all(_may_follow(pairs, span, k) for span in [*spans, (day, None)]):
            steps.append(day)
    told, points = [], list(steps)
    for mark in marks:
        around: list[Span] = [(None, mark - 1), (mark - 1, None)]
        around += [(min(mark - 1, point), max(mark - 1, point)) for point in points]
        if all(_may_follow(pairs, span, k) for span in around):
            told.append(mark)
            points.append(mark - 1)
    return steps, told


def _may_follow(pairs: Sequence[Pair], span: Span, k: int) -> bool:
    """Whether every count between two days, and all of them together, is the same as before or differs by k at least."""
    for now, before in pairs:
        counts = [len(days) for days in now.within(span)]
        for then in before:
            change = np.array(counts) - np.array([len(days) for days in then.within(span)])
            if small(np.abs(change), k).any() or small(abs(int(change.sum())), k):
                return False
    return True

"""Persons along days beside what is told of their phases and kinds: groups of days that each stand for k persons.

Phases and groups overlap: a group that ends shortly after a phase does would tell how few lie between the two. So a step is taken
away as long as the attack narrows any small count by phase, kind and group inside 1 to k-1.

Where timelines were told before, the attacker has those, too. Days are then a subset of those that every earlier release told that
tells any, so that all that can be subtracted is persons of the same days; and between any two of them, or before or after one, a
count that is told differs from that of every earlier release by nobody or by k persons at least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stats.disclosure import small
from stats.protecting.release import Ints, Release
from stats.waiting.courses import Course, Linked, Persons

Steps = tuple[tuple[int, int], ...]
"""Day, and how many persons there are up to it. Every step adds k persons at least; the last one is all of them."""


@dataclass(frozen=True)
class Seen:
    """What an earlier release told of which persons, and with which k; without steps it told nothing of days."""

    who: Persons
    told: Release
    steps: Steps
    k: int

    @property
    def course(self) -> Course:
        """As the attack has it."""
        return Course(self.who, self.told, tuple(day for day, _ in self.steps))


def timeline(who: Persons, told: Release, end: int, k: int, earlier: Sequence[Seen] = ()) -> Steps:
    """The steps that may be told beside `told`: what readers know of the total, of every phase and of every kind.

    `end` is the last day of the election's window, `earlier` what was told before, in its order. Empty for fewer than k persons,
    and where less than two steps may follow the earlier ones, or phases that are other days now.
    """
    if len(who.days) < k or told.lower[0] < told.upper[0]:
        return ()
    last = max(end, int(who.days.max()))
    if earlier:
        return _timeline_after(who, told, earlier, (last, k))
    cuts = tuple(_cuts(who.days, last, k))
    # Where the last day comes before whole phases, it says that they hold nobody, and they might guard others.
    is_early = bool(Linked.of(Course(who, told, cuts[-1:])).betrayed(k))
    return _steps(Course(who, told, (*cuts[:-1], last) if is_early else cuts), (), k)


def gathered(days: Ints, persons: Ints, k: int) -> list[tuple[int, int]]:
    """The days by which k more persons have come since the last such day, each with all persons up to it."""
    steps, total, more = [], 0, 0
    for day in np.unique(days):
        more += int(persons[days == day].sum())
        if more >= k:
            total, more = total + more, 0
            steps.append((int(day), total))
    return steps


def _timeline_after(who: Persons, told: Release, seen: Sequence[Seen], how: tuple[int, int]) -> Steps:
    last, k = how
    if any(one.who.bands != who.bands or one.who.kinds != who.kinds for one in seen):
        return ()
    for one in reversed(seen):
        # The same persons are told as they were: nobody learns anything from that.
        if one.k == k and _are_same(one.who, who) and _is_same(one.told, told):
            return one.steps
    earlier = [one.course for one in seen]
    ends = {course.cuts[-1] for course in earlier if course.cuts}
    # Where the last day is not that of all windows, it says that nobody came after it.
    natural = int(who.days.max())
    days = _days_after(who, earlier, natural if ends == {natural} else last, k)
    found = _steps(Course(who, told, tuple(days)), earlier, k) if len(days) > 1 else ()
    return found if len(found) > 1 else ()


def _steps(told: Course, earlier: Sequence[Course], k: int) -> Steps:
    """Those steps that the attack leaves."""
    cuts, betrayed = told.cuts, Linked.of(told, earlier).betrayed_by_days(k)
    while betrayed:
        # What gives somebody away may lie far from where it shows: that day goes which leaves the least to mend.
        trials = []
        for gone in range(len(cuts) - 1):
            fewer = cuts[:gone] + cuts[gone + 1 :]
            left = Linked.of(Course(told.who, told.told, fewer), earlier).betrayed_by_days(k)
            trials.append((len(left), gone, fewer, left))
        assert trials, "all days together tell no more than phases and kinds do"
        _, _, cuts, betrayed = min(trials, key=lambda trial: trial[:2])
    return tuple((cut, told.who.up_to(cut)) for cut in cuts)


def _cuts(days: Ints, end: int, k: int) -> list[int]:
    """Last days of groups of k persons at least; what is left of fewer belongs to the last group, which then ends on `end`."""
    steps = gathered(days, np.ones(len(days), dtype=np.int64), k)
    cuts = [day for day, _ in steps]
    return cuts if steps[-1][1] == len(days) else [*cuts[:-1], end]


def _are_same(one: Persons, other: Persons) -> bool:
    """Whether as many persons are on the same days in the same phases, of the same kinds."""
    mine, theirs = (
        sorted(zip(who.days.tolist(), who.phase.tolist(), who.kind.tolist(), strict=True))
        for who in (one, other)
    )
    return mine == theirs


def _is_same(one: Release, other: Release) -> bool:
    return np.array_equal(one.lower, other.lower) and np.array_equal(one.upper, other.upper)


def _days_after(who: Persons, earlier: Sequence[Course], last: int, k: int) -> list[int]:
    """Last days of groups of k persons at least, of days that all `earlier` releases told that tell any, whose counts may be subtracted.

    The last one is `last`. Empty where not even the total may.
    """
    told = [set(course.cuts) for course in earlier if course.tells_days]
    days = sorted(day for day in (set.intersection(*told) if told else set(who.days.tolist())) if day < last)
    if not _may_follow(who, earlier, (None, None), k):
        return []
    cuts: list[int] = []
    for day in days:
        starts = (None, *cuts)
        if (
            all(_may_follow(who, earlier, (start, day), k) for start in starts)
            and _may_follow(who, earlier, (day, None), k)
            and _between(who, (cuts[-1] if cuts else None, day)) >= k
        ):
            cuts.append(day)
    if cuts and _between(who, (cuts[-1], None)) < k:
        cuts.pop()
    return [*cuts, last]


def _between(who: Persons, ends: tuple[int | None, int | None]) -> int:
    """Persons after the first day up to the second; None is before all days, and after all."""
    first, last = ends
    return (len(who.days) if last is None else who.up_to(last)) - (0 if first is None else who.up_to(first))


def _may_follow(who: Persons, earlier: Sequence[Course], ends: tuple[int | None, int | None], k: int) -> bool:
    """Whether the persons between two days are as many as in every earlier release that tells of them, or differ by k at least."""
    now = _between(who, ends)
    told = [
        course for course in earlier if course.tells_days or (ends == (None, None) and course.tells_total)
    ]
    return not any(small(abs(now - _between(course.who, ends)), k) for course in told)

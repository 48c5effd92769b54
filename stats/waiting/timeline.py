"""Persons along days in two cuts that are told together: phases, and groups of days that each stand for k persons.

Phases and groups overlap: a group that ends shortly after a phase does would tell how few lie between the two. So small phases
are guarded like cells of a table, and a step is taken away as long as the attack narrows a small count of a phase, or of what a
phase and a group have in common, inside 1 to k-1. Where timelines were told before, the attacker has those, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stats.protecting.release import FEW, PUBLISHED, WITHHELD, Ints, Release, States, System, narrowed
from stats.protecting.suppression import Protected, protect
from stats.waiting.courses import Course, Linked, Persons
from stats.waiting.succeeding import days_after, phases_after

# The total is told already, so no detour may run through it.
_FIXED = 1_000_000


@dataclass(frozen=True)
class Timeline:
    """What may be told beside the total: for every phase its state and the range that follows (`least` to `most`), and
    `steps`: day, and how many persons there are up to it. Every step adds k persons at least; the last one is all of them."""

    states: States
    least: Ints
    most: Ints
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Seen:
    """A timeline that was told in an earlier release, of which persons, and with which k."""

    who: Persons
    told: Timeline
    k: int

    @property
    def course(self) -> Course:
        """As the attack has it."""
        whole = np.array([len(self.who.days)])
        ranges = Release(
            np.concatenate([whole, self.told.least]),
            np.concatenate([whole, self.told.most]),
        )
        return Course(self.who, ranges, tuple(day for day, _ in self.told.steps))


def timeline(who: Persons, end: int, k: int, earlier: Sequence[Seen] = ()) -> Timeline | None:
    """The timeline of persons; `end` is the last day of the election's window.

    `earlier` are the timelines that were told before, in their order. None for fewer than k persons: their total is not told
    either; and where less than two steps may follow the earlier ones, or phases that are other days now.
    """
    if len(who.days) < k:
        return None
    last = max(end, int(who.days.max()))
    if earlier:
        return _timeline_after(who, earlier, last, k)
    told, cuts = _phases(who, k).release(), tuple(_cuts(who.days, last, k))
    # Where the last day comes before whole phases, it says that they hold nobody, and they might guard others.
    is_early = bool(Linked.of(Course(who, told, cuts[-1:])).betrayed(k))
    return _timeline(Course(who, told, (*cuts[:-1], last) if is_early else cuts), (), k)


def gathered(days: Ints, persons: Ints, k: int) -> list[tuple[int, int]]:
    """The days by which k more persons have come since the last such day, each with all persons up to it."""
    steps, total, more = [], 0, 0
    for day in np.unique(days):
        more += int(persons[days == day].sum())
        if more >= k:
            total, more = total + more, 0
            steps.append((int(day), total))
    return steps


def _timeline_after(who: Persons, seen: Sequence[Seen], last: int, k: int) -> Timeline | None:
    if any(one.who.bands != who.bands for one in seen):
        return None
    for one in reversed(seen):
        # The same persons are told as they were: nobody learns anything from that.
        if one.k == k and _are_same(one.who, who):
            return one.told
    earlier = [one.course for one in seen]
    ends = {course.cuts[-1] for course in earlier}
    # Where the last day is not that of all windows, it says that nobody came after it.
    natural = int(who.days.max())
    days = days_after(who, earlier, natural if ends == {natural} else last, k)
    told = phases_after(who, _phases(who, k), earlier, tuple(days)) if len(days) > 1 else None
    if told is None:
        return None
    found = _timeline(Course(who, told, tuple(days)), earlier, k)
    return found if len(found.steps) > 1 else None


def _timeline(told: Course, earlier: Sequence[Course], k: int) -> Timeline:
    """What follows from phases and those steps that the attack leaves."""
    kept = _kept(told, earlier, k)
    alone = Linked.of(kept)
    known = narrowed(alone.system, alone.release)
    inside = slice(1, 1 + len(told.who.bands))
    is_exact, is_few = told.told.lower == told.told.upper, told.told.upper == k - 1
    is_few &= told.told.lower == 0
    states = np.where(is_exact, PUBLISHED, np.where(is_few, FEW, WITHHELD)).astype(np.int8)
    steps = tuple((cut, told.who.up_to(cut)) for cut in kept.cuts)
    return Timeline(states[inside], known.lower[inside], known.upper[inside], steps)


def _phases(who: Persons, k: int) -> Protected:
    """Total and phases, protected as if nothing had been told before."""
    counts = np.concatenate([[len(who.days)], who.in_phases()])
    system = System.of(len(counts), [(0, list(range(1, len(counts))))])
    found = protect(system, counts, (k, np.concatenate([[_FIXED], counts[1:] + 2])))
    assert found.states[0] == PUBLISHED, "a small phase has others beside it that can guard it"
    return found


def _cuts(days: Ints, end: int, k: int) -> list[int]:
    """Last days of groups of k persons at least; what is left of fewer belongs to the last group, which then ends on `end`."""
    steps = gathered(days, np.ones(len(days), dtype=np.int64), k)
    cuts = [day for day, _ in steps]
    return cuts if steps[-1][1] == len(days) else [*cuts[:-1], end]


def _kept(told: Course, earlier: Sequence[Course], k: int) -> Course:
    """The course with those cuts that the attack leaves."""
    cuts, betrayed = told.cuts, Linked.of(told, earlier).betrayed(k)
    while betrayed and len(cuts) > 1:
        # The group where it shows is joined to a neighbour: to that which leaves less to mend, the earlier where both do.
        group, trials = betrayed[0], []
        for gone in {max(group - 1, 0), min(group, len(cuts) - 2)}:
            fewer = cuts[:gone] + cuts[gone + 1 :]
            left = Linked.of(Course(told.who, told.told, fewer), earlier).betrayed(k)
            trials.append((len(left), gone, fewer, left))
        _, _, cuts, betrayed = min(trials, key=lambda trial: trial[:2])
    assert not betrayed, "all days together tell no more than the phases do"
    return Course(told.who, told.told, cuts)


def _are_same(one: Persons, other: Persons) -> bool:
    """Whether as many persons are on the same days in the same phases."""
    mine, theirs = (sorted(zip(who.days.tolist(), who.phase.tolist(), strict=True)) for who in (one, other))
    return mine == theirs

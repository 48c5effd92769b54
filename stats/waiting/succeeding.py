"""What may be told of persons along days by whom others have been told before: phases and days.

Days are a subset of those that every earlier release told that tells any, so that all that can be subtracted is persons of the
same days; and between any two of them, or before or after one, a count that is told differs from that of every earlier release
by nobody or by k persons at least. Phases that cannot hold this are told as the range that they had, or that follows from the
number they had.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stats.disclosure import small
from stats.protecting.release import BOUNDLESS, Release
from stats.protecting.suppression import Protected
from stats.waiting.courses import Course, Linked, Persons

Bounds = tuple[int, int]


def phases_after(
    who: Persons, alone: Protected, earlier: Sequence[Course], cuts: tuple[int, ...]
) -> Release | None:
    """What is told of total and phases so that the attack on all releases narrows nothing, while no days are told but the last.

    `alone` is what may be told where nothing was told before. None where even ranges of all phases would be narrowed.
    """
    ladders = [_ladder(place, alone, earlier) for place in range(len(alone.counts))]
    rung = [0] * len(ladders)

    def told(steps: Sequence[int]) -> Release:
        bounds = [ladder[step] for ladder, step in zip(ladders, steps, strict=True)]
        least, most = zip(*bounds, strict=True)
        return Release(np.array(least, dtype=np.int64), np.array(most, dtype=np.int64))

    def narrow(steps: Sequence[int]) -> int:
        return len(Linked.of(Course(who, told(steps), cuts[-1:]), earlier).betrayed(alone.k))

    left = narrow(rung)
    while left:
        trials = []
        for place, ladder in enumerate(ladders):
            if rung[place] + 1 < len(ladder):
                steps = [*rung[:place], rung[place] + 1, *rung[place + 1 :]]
                trials.append((narrow(steps), int(alone.counts[place]), steps))
        if not trials:
            return None
        left, _, rung = min(trials)
    return told(rung)


def days_after(who: Persons, earlier: Sequence[Course], last: int, k: int) -> list[int]:
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


def _ladder(place: int, alone: Protected, earlier: Sequence[Course]) -> list[Bounds]:
    """What may be told of the total (place 0) or a phase, from the most to the least."""
    count, k, rungs = int(alone.counts[place]), alone.k, []
    if place == 0:
        return [(count, count)]
    before = [int(course.who.in_phases()[place - 1]) for course in earlier]
    lower, upper = (int(bound[place]) for bound in (alone.release().lower, alone.release().upper))
    if lower < upper or not small(np.abs(np.array(before) - count), k).any():
        rungs.append((lower, upper))
    rungs += [*_near(count, (earlier[-1], place), k), (0, BOUNDLESS)]
    return list(dict.fromkeys(rungs))


def _near(count: int, before: tuple[Course, int], k: int) -> list[Bounds]:
    """The range that was told before, or the one that begins or ends with the number that was."""
    course, place = before
    least, most = int(course.told.lower[place]), int(course.told.upper[place])
    if least < most:
        return [(least, most)] if least <= count <= most else []
    if not small(abs(count - least), k):
        return []
    return [(least, least + k - 1) if count > least else (max(0, least - k + 1), least)]


def _between(who: Persons, ends: tuple[int | None, int | None]) -> int:
    """Persons after the first day up to the second; None is before all days, and after all."""
    first, last = ends
    return (len(who.days) if last is None else who.up_to(last)) - (0 if first is None else who.up_to(first))


def _may_follow(who: Persons, earlier: Sequence[Course], ends: tuple[int | None, int | None], k: int) -> bool:
    """Whether the persons between two days are as many as in every earlier release that tells of them, or differ by k at least."""
    now = _between(who, ends)
    told = [course for course in earlier if course.tells_days or ends == (None, None)]
    return not any(small(abs(now - _between(course.who, ends)), k) for course in told)

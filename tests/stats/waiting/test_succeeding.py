"""Timelines one after the other: whoever has kept them all finds no small change by subtracting, and by no sum either."""

import itertools
import random

import numpy as np
import pytest

from stats.protecting.attack import attack
from stats.protecting.release import Release, System
from stats.waiting.timeline import Seen, timeline
from tests.stats.waiting.test_timeline import BANDS, LAST, K, narrowed, persons, who

ENDS = (-10_000, 10_000)


def follow(*registers):
    """Persons of one register after the other, and what is told of each (None where nothing is)."""
    seen, told = [], []
    for days, phases in registers:
        found = timeline(who(days, phases), LAST, K, seen)
        told.append(((days, phases), found))
        if found:
            seen.append(Seen(who(days, phases), found, K))
    return told


def registers(seed, many=90):
    """Three registers: persons come in bulk somewhere or singly, and a few go or have another day."""
    dice = random.Random(seed)
    days, phases = persons(seed, many)
    found = [(days, phases)]
    for _ in range(2):
        gone = [place for place in range(len(days)) if dice.random() < dice.choice((0, 0, 0.01))]
        days, phases = np.delete(days, gone), np.delete(phases, gone)
        more = [persons(dice.randint(0, 999), few)] if (few := dice.choice((0, 2, 9))) else []
        if dice.random() < 0.8:
            at = dice.randint(-300, -4)
            phase = next(p for p, band in enumerate(BANDS.values()) if band and band[0] <= at <= band[1])
            crowd = dice.randint(5, 25)
            more.append((np.full(crowd, at), np.full(crowd, phase)))
        days = np.concatenate([days, *(part[0] for part in more)])
        phases = np.concatenate([phases, *(part[1] for part in more)])
        found.append((days, phases))
    return found


def up_to(told, day):
    """Persons up to a day, as the last step before it tells them."""
    return max((n for at, n in told.steps if at <= day), default=0)


def within(cells, phase, span):
    """The cells of a phase in the pieces of a span of days."""
    return [
        cell
        for (p, first, last), cell in cells.items()
        if p == phase and span[0] <= first and last <= span[1]
    ]


def is_whole(change):
    return change == 0 or abs(change) >= K


def subtracted(before, now):
    """What a reader finds by subtracting: changes of less than K between two days that both told, or of a phase."""
    ends = [day for day, _ in now.steps[:-1]]
    if len(before.steps) == 1:
        ends = []
    assert set(ends) <= {day for day, _ in before.steps}, "only days that were told before"
    spans = itertools.combinations([ENDS[0], *ends, ENDS[1]], 2)
    found = [
        (first, last)
        for first, last in spans
        if not is_whole(up_to(now, last) - up_to(now, first) - (up_to(before, last) - up_to(before, first)))
    ]
    exact = (before.least == before.most) & (now.least == now.most)
    return found + [
        p for p in np.flatnonzero(exact).tolist() if not is_whole(int(now.least[p] - before.least[p]))
    ]


class _Told:
    """Cells of phases in the finest pieces of days of all tellings, and whatever is told of sums of them."""

    def __init__(self, tellings):
        self.counts, self.lower, self.upper, self.sums = [], [], [], []
        edges = sorted({day for _, told in tellings for day, _ in told.steps[:-1]})
        self.pieces = list(itertools.pairwise([ENDS[0], *edges, ENDS[1]]))
        self.releases = [self._release(*telling) for telling in tellings]

    def cell(self, count, low, high):
        for column, value in ((self.counts, count), (self.lower, low), (self.upper, high)):
            column.append(value)
        return len(self.counts) - 1

    def _release(self, register, told):
        """The cells of a telling by phase and piece, those of phases, and those of phases in its groups of days."""
        days, phases = register
        fine = {}
        for p, band in enumerate(BANDS.values()):
            for first, last in self.pieces:
                n = int(((phases == p) & (days > first) & (days <= last)).sum())
                if n or band is None or (band[0] <= last and band[1] > first):
                    fine[p, first, last] = self.cell(n, 0, len(days))
        whole = {
            p: self.cell(int((phases == p).sum()), int(told.least[p]), int(told.most[p]))
            for p in range(len(BANDS))
        }
        self.sums += [(cell, within(fine, p, ENDS)) for p, cell in whole.items()]
        groups, ends = {}, [ENDS[0], *(day for day, _ in told.steps[:-1]), ENDS[1]]
        for span in itertools.pairwise(ends):
            n = up_to(told, span[1]) - up_to(told, span[0])
            self.sums.append((self.cell(n, n, n), [cell for p in whole for cell in within(fine, p, span)]))
            for p in whole:
                parts = within(fine, p, span)
                groups[p, *span] = self.cell(sum(self.counts[part] for part in parts), 0, len(days))
                self.sums.append((groups[p, *span], parts))
        return fine, whole, groups

    def changes(self, before, now):
        """Of every phase, and of what it has in common with a group of the later telling, each with its direction."""
        (older, of_phase, _), (_, whole, groups) = self.releases[before], self.releases[now]
        pairs = [(cell, [of_phase[p]]) for p, cell in whole.items()]
        pairs += [(cell, within(older, p, span)) for (p, *span), cell in groups.items()]
        for cell, parts in pairs:
            then = sum(self.counts[part] for part in parts)
            both = self.cell(then, 0, 1000)
            change = self.cell(abs(self.counts[cell] - then), 0, 1000)
            is_grown = self.counts[cell] >= then
            self.sums += [(both, parts), (cell, [both, change]) if is_grown else (both, [cell, change])]
            yield change

    def narrowed(self):
        """Small changes of which the attack on everything told rules out 1 or K-1."""
        many = len(self.releases)
        found = [
            cell for then, now in itertools.combinations(range(many), 2) for cell in self.changes(then, now)
        ]
        targets = np.zeros(len(self.counts), dtype=bool)
        targets[[cell for cell in found if 0 < self.counts[cell] < K]] = True
        known = Release(np.array(self.lower), np.array(self.upper))
        reached = attack(System.of(len(self.counts), self.sums), known, targets)
        return int(targets.sum()), int((targets & ((reached.least > 1) | (reached.most < K - 1))).sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_small_change_is_found_by_subtracting_three_releases(seed):
    told = [(row, found) for row, found in follow(*registers(seed)) if found]
    for (_, before), (_, now) in itertools.combinations(told, 2):
        assert not subtracted(before, now)
    for (days, phases), found in told:
        counts = np.bincount(phases, minlength=len(BANDS))
        assert ((found.least <= counts) & (counts <= found.most)).all()
        assert [n for _, n in found.steps] == [int((days <= day).sum()) for day, _ in found.steps]
        assert found.steps[-1][1] == len(days)
        assert narrowed(days, phases, list(zip(found.least, found.most, strict=True)), found.steps) == 0
    assert _Told(told).narrowed()[1] == 0


def test_the_lots_hold_something_to_find_and_something_is_still_told():
    """Releases that know nothing of each other betray small changes, and after one release others are told."""
    caught, after = 0, 0
    for seed in range(1, 7):
        rows = registers(seed)
        alone = [(row, timeline(who(*row), LAST, K)) for row in rows[:2]]
        caught += _Told(alone).narrowed()[1] > 0
        told = [(row, found) for row, found in follow(*rows) if found]
        after += len(told) > 1 and _Told(told).narrowed()[0] > 0
    assert caught >= 3 and after >= 3


def crowd(*parts):
    """Days and phases of so many persons on a day."""
    days = np.concatenate([np.full(n, day) for day, n in parts])
    own = [next(p for p, band in enumerate(BANDS.values()) if band[0] <= day <= band[1]) for day in days]
    return days, np.array(own)


def test_one_person_more_before_a_day_that_was_told_takes_the_day_away():
    first, after = (found for _, found in follow(
        crowd((-200, 10), (-100, 10), (-30, 10)), crowd((-200, 11), (-100, 10), (-30, 16))
    ))  # fmt: skip
    assert first.steps == ((-200, 10), (-100, 20), (-30, 30))
    assert first.least[0] == first.most[0] == 20
    # Seven more in all: one and six would be told apart by the step of any day between them.
    assert after is None


def test_days_that_hold_it_stay_and_phases_become_the_range_they_had():
    first, after = (found for _, found in follow(
        crowd((-200, 10), (-70, 10), (-30, 10), (2, 10)), crowd((-200, 10), (-70, 11), (-30, 16), (2, 10))
    ))  # fmt: skip
    assert after.steps == ((-200, 10), (-30, 37), (2, 47)), "the day between one and six more is gone"
    assert (first.least[0], first.most[0]) == (20, 20)
    assert (after.least[0], after.most[0]) == (20, 24) and (after.least[2], after.most[2]) == (13, 17)
    assert after.least[5] == after.most[5] == 10


def test_a_date_that_is_corrected_shows_nowhere():
    before, after = crowd((-200, 10), (-100, 10), (-30, 10)), crowd((-200, 9), (-100, 11), (-30, 10))
    (_, first), (_, second) = follow(before, after)
    assert first.steps == ((-200, 10), (-100, 20), (-30, 30))
    assert second.steps == ((-100, 20), (-30, 30))


def test_who_goes_and_comes_back_with_one_more_is_held_against_both():
    start = crowd((-200, 10), (-100, 10), (-30, 10))
    without, one_more = crowd((-200, 10), (-30, 10)), crowd((-200, 10), (-100, 11), (-30, 10))
    first, second, third = (found for _, found in follow(start, without, one_more))
    assert second.steps == ((-200, 10), (-30, 20))
    # Eleven more than in the release before, yet one more than in the first.
    assert third is None
    again = follow(start, without, start)[2][1]
    assert again.steps == first.steps


def test_phases_that_are_other_days_now_are_not_told():
    days, phases = persons(1, 60)
    seen = Seen(who(days, phases), timeline(who(days, phases), LAST, K), K)
    assert timeline(seen.who, LAST, K, [seen])
    assert timeline(who(days, phases, {**BANDS, "quiet": None}), LAST, K, [seen]) is None


def test_a_greater_threshold_does_not_tell_again_what_is_small_now():
    ((register, found),) = follow(crowd((-200, 6), (-30, 30)))
    assert timeline(who(*register), LAST, 2 * K, [Seen(who(*register), found, K)]) is None


def test_two_changes_that_make_a_small_one_together_are_not_told_apart():
    """Six more before one day and five less before the next: one more before the next."""
    start, moved = crowd((-200, 10), (-100, 10), (-30, 30)), crowd((-200, 16), (-100, 5), (-30, 40))
    (_, first), (_, second) = follow(start, moved)
    assert [day for day, _ in first.steps] == [-200, -100, -30]
    assert [day for day, _ in second.steps] == [-200, -30]


@pytest.mark.parametrize("seed", range(4))
def test_an_election_that_begins_with_a_few_gets_its_days_when_many_have_come(seed):
    """Of the first persons nothing is told but how many they are, so that no day of theirs can be subtracted."""
    days, phases = persons(seed, 120)
    whole = follow((days[:7], phases[:7]), (days[:60], phases[:60]), (days, phases))
    told = [(register, found) for register, found in whole if found]
    assert len(told[0][1].steps) == 1 and len(told) > 1
    for (_, before), (_, now) in itertools.combinations(told, 2):
        assert not subtracted(before, now)
    assert _Told(told).narrowed()[1] == 0

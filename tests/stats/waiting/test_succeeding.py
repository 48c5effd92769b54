"""Timelines one after the other: whoever has kept them all finds no small change by subtracting, and by no sum either."""

import itertools
from functools import cache

import numpy as np
import pytest

from stats.waiting.timeline import Seen, timeline
from tests.stats.waiting.reading import (
    BANDS,
    ENDS,
    LAST,
    K,
    Reader,
    crowd,
    follow,
    persons,
    registers,
    up_to,
    who,
)


def is_whole(change):
    return change == 0 or abs(change) >= K


def subtracted(before, now):
    """What a reader finds by subtracting: changes of less than K between two days that both told, or of a phase."""
    ends = [day for day, _ in now.steps[:-1]]
    if len(before.steps) <= 1:
        ends = []
    assert set(ends) <= {day for day, _ in before.steps}, "only days that were told before"
    spans = itertools.combinations([ENDS[0], *ends, ENDS[1]], 2)
    found = [
        (first, last)
        for first, last in spans
        if before.steps
        and now.steps
        and not is_whole(up_to(now, last) - up_to(now, first) - (up_to(before, last) - up_to(before, first)))
    ]
    exact = (before.told.lower == before.told.upper) & (now.told.lower == now.told.upper)
    change = now.told.lower - before.told.lower
    return found + [place for place in np.flatnonzero(exact).tolist() if not is_whole(int(change[place]))]


@cache
def told_of(seed):
    """What is told of the three registers of a lot."""
    return follow(*registers(seed))


@pytest.mark.parametrize("seed", range(12))
def test_no_small_change_is_found_by_subtracting_three_releases(seed):
    told = told_of(seed)
    for before, now in itertools.combinations(told, 2):
        assert not subtracted(before, now)
    for one in told:
        days = one.register.days
        assert [n for _, n in one.steps] == [int((days <= day).sum()) for day, _ in one.steps]
        assert not one.steps or one.steps[-1][1] == len(days)
        assert Reader(one).narrowed()[1] == 0
    assert Reader(*told).narrowed()[1] == 0


def test_the_lots_hold_something_to_find_and_something_is_still_told():
    """Releases that know nothing of each other betray small changes, and after one release others are told."""
    caught, after = 0, 0
    for seed in range(1, 7):
        alone = follow(*registers(seed)[:2], remembers=False)
        caught += Reader(*alone).narrowed()[1] > 0
        after += bool(told_of(seed)[1].steps)
    assert caught >= 3 and after >= 3


def test_one_person_more_before_a_day_that_was_told_takes_the_day_away():
    first, after = follow(
        crowd((-200, 10), (-100, 10), (-30, 10)), crowd((-200, 11), (-100, 10), (-30, 16))
    )  # fmt: skip
    assert first.steps == ((-200, 10), (-100, 20), (-30, 30)) and first.phases[0] == (20, 20)
    # Seven more in all: one and six would be told apart by the step of any day between them.
    assert after.steps == ()
    least, most = after.phases[0]
    assert most - least >= K - 1


def test_days_that_hold_it_stay_and_phases_become_ranges():
    first, after = follow(
        crowd((-200, 10), (-70, 10), (-30, 10), (2, 10)), crowd((-200, 10), (-70, 11), (-30, 16), (2, 10))
    )
    assert after.steps == ((-200, 10), (-30, 37), (2, 47)), "the day between one and six more is gone"
    assert first.phases[0] == (20, 20) and after.phases[5] == (10, 10)
    assert all(most - least >= K - 1 for least, most in (after.phases[0], after.phases[2]))


def test_a_date_that_is_corrected_shows_nowhere():
    before, after = crowd((-200, 10), (-100, 10), (-30, 10)), crowd((-200, 9), (-100, 11), (-30, 10))
    first, second = follow(before, after)
    assert first.steps == ((-200, 10), (-100, 20), (-30, 30))
    assert second.steps == ((-100, 20), (-30, 30))


def test_who_goes_and_comes_back_with_one_more_is_held_against_both():
    start = crowd((-200, 10), (-100, 10), (-30, 10))
    without, one_more = crowd((-200, 10), (-30, 10)), crowd((-200, 10), (-100, 11), (-30, 10))
    first, second, third = follow(start, without, one_more)
    assert second.steps == ((-200, 10), (-30, 20))
    # Eleven more than in the release before, yet one more than in the first.
    assert third.steps == ()
    assert follow(start, without, start)[2].steps == first.steps


def test_phases_that_are_other_days_now_tell_no_days():
    (told,) = follow(persons(1, 60))
    seen = Seen(who(told.register), told.told, told.steps, K)
    assert timeline(seen.who, told.told, LAST, K, [seen]) == told.steps
    assert timeline(who(told.register, {**BANDS, "quiet": None}), told.told, LAST, K, [seen]) == ()


def test_a_greater_threshold_does_not_tell_again_what_is_small_now():
    (told,) = follow(crowd((-200, 6), (-30, 30)))
    seen = Seen(who(told.register), told.told, told.steps, K)
    assert told.steps and timeline(who(told.register), told.told, LAST, 2 * K, [seen]) == ()


def test_two_changes_that_make_a_small_one_together_are_not_told_apart():
    """Six more before one day and five less before the next: one more before the next."""
    start, moved = crowd((-200, 10), (-100, 10), (-30, 30)), crowd((-200, 16), (-100, 5), (-30, 40))
    first, second = follow(start, moved)
    assert [day for day, _ in first.steps] == [-200, -100, -30]
    assert [day for day, _ in second.steps] == [-200, -30]


@pytest.mark.parametrize("seed", range(4))
def test_an_election_that_begins_with_a_few_gets_its_days_when_many_have_come(seed):
    """Of the first persons nothing is told but how many they are, so that no day of theirs can be subtracted."""
    days, phases, kinds = persons(seed, 120)
    told = follow(*(type(persons(seed, 1))(days[:n], phases[:n], kinds[:n]) for n in (7, 60, 120)))
    assert len(told[0].steps) == 1 and any(len(one.steps) > 1 for one in told[1:])
    for before, now in itertools.combinations(told, 2):
        assert not subtracted(before, now)
    assert Reader(*told).narrowed()[1] == 0

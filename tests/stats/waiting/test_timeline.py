"""Steps of an election beside its phases and kinds, against a reader who knows nothing but what is told of them."""

import numpy as np
import pytest

from stats.protecting.release import Release
from stats.waiting.timeline import gathered, timeline
from tests.stats.waiting.reading import (
    LAST,
    K,
    Reader,
    Register,
    Telling,
    crowd,
    follow,
    persons,
    who,
)


def exactly(register):
    """Total, phases and kinds as they are."""
    counts = np.concatenate([
        [len(register.days)], np.bincount(register.phases, minlength=7), np.bincount(register.kinds, minlength=4)
    ])  # fmt: skip
    return Release(counts, counts)


@pytest.mark.parametrize("many", [5, 9, 23, 60, 140])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_told_is_true_and_pins_down_nobody(seed, many):
    register = persons(seed, many)
    (told,) = follow(register)
    counts = exactly(register).lower
    assert ((told.told.lower <= counts) & (counts <= told.told.upper)).all()
    before = 0
    for day, up_to in told.steps:
        assert up_to == (register.days <= day).sum() and up_to - before >= K
        before = up_to
    assert before == many
    assert Reader(told).narrowed()[1] == 0


def test_steps_at_will_beside_phases_would_be_found_out():
    """The planted weakness: every day by which five more have come, beside the same phases."""
    caught = 0
    for seed in range(6):
        (told,) = follow(persons(seed, 60))
        steps = gathered(told.register.days, np.ones(60, dtype=np.int64), K)
        steps = (*steps[:-1], (LAST, 60))
        caught += Reader(Telling(told.register, told.told, steps)).narrowed()[1] > 0
    assert caught >= 3


def test_a_phase_and_the_code_of_ethics_together_would_be_found_out():
    """The planted weakness: nine acts before candidates are set, seven of them against the code of ethics, both told."""
    register = crowd((-200, 9), (-30, 23))
    register.kinds[:2] = 1
    assert Reader(Telling(register, exactly(register), ())).narrowed()[1] > 0
    (told,) = follow(register)
    assert Reader(told).narrowed()[1] == 0
    assert told.phases[0] != (9, 9) or told.told.lower[8] < told.told.upper[8]


def test_steps_that_say_how_few_of_a_phase_are_of_another_kind_are_not_told():
    """Ethics is told as 7, the phase as a range, and nine have come by a day that lies in the phase."""
    register = crowd((-200, 9), (-100, 5), (-30, 21))
    register.kinds[[0, 1, 9, 10, 11, 12, 13]] = 1
    told = exactly(register)
    lower, upper = told.lower.copy(), told.upper.copy()
    for phase in (1, 3):
        lower[phase], upper[phase] = 0, 35
    told = Release(lower, upper)
    assert Reader(Telling(register, told, ())).narrowed()[1] == 0
    assert Reader(Telling(register, told, ((-200, 9), (-100, 14), (LAST, 35)))).narrowed()[1] > 0
    steps = timeline(who(register), told, LAST, K)
    assert len(steps) > 1 and Reader(Telling(register, told, steps)).narrowed()[1] == 0


def test_nothing_is_told_of_a_few_and_where_the_total_is_not_told():
    register = persons(1, 4)
    assert timeline(who(register), exactly(register), LAST, K) == ()
    many = crowd((-200, 9), (-30, 12))
    told = exactly(many)
    assert timeline(who(many), told, LAST, K)
    assert timeline(who(many), Release(told.lower, told.upper + 1), LAST, K) == ()


def test_without_small_phases_everything_is_told():
    register = crowd((-200, 9), (-30, 12), (3, 7))
    (told,) = follow(register)
    assert all(least == most for least, most in told.phases)
    assert told.steps == ((-200, 9), (-30, 21), (3, 28))


def test_a_phase_that_guards_others_is_not_ruled_out_by_the_last_day():
    """Nobody comes after day -30, yet a later phase is told as 0 to 4, so that the four of a phase are not narrowed."""
    register = Register(
        np.repeat([-70, -30], [14, 6]), np.repeat([0, 2, 6], [14, 4, 2]), np.repeat([0, 1, 3], [14, 4, 2])
    )
    (told,) = follow(register)
    assert told.steps[-1] == (LAST, 20)
    assert Reader(told).narrowed()[1] == 0

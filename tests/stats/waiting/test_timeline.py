"""Phases and steps of an election against an attack that is built from nothing but what is told of them."""

import itertools
import random

import numpy as np
import pytest

from stats.protecting.attack import attack
from stats.protecting.release import Release, System
from stats.waiting.courses import Persons
from stats.waiting.timeline import gathered, timeline

K = 5
BANDS = {
    "before": (-300, -61),
    "set": (-60, -58),
    "campaign": (-57, -4),
    "quiet": (-3, -1),
    "voting": (0, 0),
    "after": (1, 30),
    "unknown": None,
}
LAST = 30


def persons(seed, many):
    """Days and phases, a few of them of no known phase."""
    dice = random.Random(seed)
    days = [dice.choice((dice.randint(-300, 30), dice.randint(-70, 2))) for _ in range(many)]
    phases = []
    for day in days:
        own = [place for place, band in enumerate(BANDS.values()) if band and band[0] <= day <= band[1]]
        phases.append(own[0] if dice.random() < 0.97 else len(BANDS) - 1)
    return np.array(days), np.array(phases)


def who(days, phases, bands=BANDS):
    return Persons(days, phases, tuple(bands.values()))


def narrowed(days, phases, told, steps):
    """Small counts of a phase, or of what a phase and a group of days have in common, that the attack pins down inside 1 to 4."""
    cells, sums, lower, upper, counts = [], [], [], [], []

    def cell(count, low, high):
        cells.append(None)
        counts.append(count)
        lower.append(low)
        upper.append(high)
        return len(cells) - 1

    whole = cell(len(days), len(days), len(days))
    of_phase = [cell(int((phases == p).sum()), *bounds) for p, bounds in enumerate(told)]
    edges = [-10_000, *(day for day, _ in steps)]
    groups = list(itertools.pairwise(edges))
    inside = [int(((days > first) & (days <= last)).sum()) for first, last in groups]
    of_group = [cell(n, n, n) for n in inside]
    sums += [(whole, of_phase), (whole, of_group)]
    by_phase, by_group = {p: [] for p in range(len(told))}, {g: [] for g in range(len(groups))}
    for p, band in enumerate(BANDS.values()):
        for g, (first, last) in enumerate(groups):
            n = int(((phases == p) & (days > first) & (days <= last)).sum())
            if band is None or (band[0] <= last and band[1] > first):
                at = cell(n, 0, len(days))
                by_phase[p].append(at)
                by_group[g].append(at)
    sums += [(of_phase[p], parts) for p, parts in by_phase.items()]
    sums += [(of_group[g], parts) for g, parts in by_group.items()]
    small = np.array([0 < n < K for n in counts])
    reached = attack(System.of(len(cells), sums), Release(np.array(lower), np.array(upper)), small)
    return int((small & ((reached.least > 1) | (reached.most < K - 1))).sum())


@pytest.mark.parametrize("many", [5, 9, 23, 60, 140])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_told_is_true_and_pins_down_nobody(seed, many):
    days, phases = persons(seed, many)
    found = timeline(who(days, phases), LAST, K)
    counts = np.bincount(phases, minlength=len(BANDS))
    assert ((found.least <= counts) & (counts <= found.most)).all()
    assert (found.most[(counts > 0) & (counts < K)] >= K - 1).all()
    before = 0
    for day, up_to in found.steps:
        assert up_to == (days <= day).sum() and up_to - before >= K
        before = up_to
    assert before == many
    assert narrowed(days, phases, list(zip(found.least, found.most, strict=True)), found.steps) == 0


def test_steps_at_will_beside_phases_would_be_found_out():
    """The planted weakness: every day by which five more have come, beside the same phases."""
    caught = 0
    for seed in range(6):
        days, phases = persons(seed, 60)
        found = timeline(who(days, phases), LAST, K)
        steps = gathered(days, np.ones(len(days), dtype=np.int64), K)
        steps = [*steps[:-1], (LAST, len(days))]
        caught += narrowed(days, phases, list(zip(found.least, found.most, strict=True)), steps) > 0
    assert caught >= 3


def test_nothing_is_told_of_a_few():
    days, phases = persons(1, 4)
    assert timeline(who(days, phases), LAST, K) is None


def test_without_small_phases_everything_is_told():
    days = np.repeat([-200, -30, 3], [9, 12, 7])
    phases = np.repeat([0, 2, 5], [9, 12, 7])
    found = timeline(who(days, phases), LAST, K)
    assert (found.least == found.most).all() and found.steps == ((-200, 9), (-30, 21), (3, 28))


def test_a_phase_that_guards_others_is_not_ruled_out_by_the_last_day():
    """Nobody comes after day -30, yet a later phase is told as 0 to 4, so that the four of a phase are not narrowed."""
    days, phases = np.repeat([-70, -30], [14, 6]), np.repeat([0, 2, 6], [14, 4, 2])
    found = timeline(who(days, phases), LAST, K)
    assert found.steps == ((-70, 14), (LAST, 20))
    assert narrowed(days, phases, list(zip(found.least, found.most, strict=True)), found.steps) == 0

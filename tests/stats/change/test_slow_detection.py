"""The change detector against one written out step by step: no arrays, its own draws, every sum by hand."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.change import detect
from stats.change.detection import RATIO


def sums(counts, expected, ratio):
    total, found = 0.0, []
    for count, mean in zip(counts, expected, strict=True):
        total = max(0.0, total + count * math.log(ratio) - (ratio - 1.0) * mean)
        found.append(round(total, 9))
    return found


def courses(counts, course):
    scale = sum(counts) / sum(course)
    expected = [value * scale for value in course]
    return sums(counts, expected, RATIO), sums(counts, expected, 1.0 / RATIO)


def changed(counts, course, limits):
    """Direction, first and last place of the stretch that exceeds its limit by the larger factor, or None."""
    found = []
    for direction, run, limit in zip(("up", "down"), courses(counts, course), limits, strict=True):
        highest = max(run)
        last = run.index(highest)
        if highest >= limit:
            first = max((place + 1 for place in range(last) if run[place] == 0), default=0)
            found.append((highest / limit, direction, first, last))
    return max(found)[1:] if found else None


def alarms(total, shares, course, limits, times, seed):
    """Share of series drawn case by case that reach a limit."""
    dice, hits = random.Random(seed), 0
    for _ in range(times):
        counts = [0] * len(shares)
        for place in dice.choices(range(len(shares)), weights=shares, k=total):
            counts[place] += 1
        up, down = courses(counts, course)
        hits += max(up) >= limits[0] or max(down) >= limits[1]
    return hits / times


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.integers(0, 3), st.integers(0, 400)), st.one_of(st.just(0.0), st.floats(0.1, 9))
        ),
        min_size=1,
        max_size=30,
    )
)
def test_the_stretch_is_that_of_the_slow_way(series):
    # A month in which nothing is expected of anybody is not judged.
    counts, course = [n if mean else 0 for n, mean in series], [mean for _, mean in series]
    found = detect(counts, course, 0.05, draws=200)
    if not sum(counts) or not sum(course):
        assert found.change is None
        return
    slow = changed(counts, course, found.limits)
    fast = (found.change.direction, found.change.first, found.change.last) if found.change else None
    assert fast == slow


@pytest.mark.parametrize(
    ("total", "course"), [(20, [1.0] * 24), (60, [1, 1, 4, 4, 1, 1] * 6), (12, [0.5, 8.0] * 9)]
)
def test_limits_alarm_as_often_as_they_say(total, course):
    """4,000 series of the slow way: three standard errors of a share of 0.1 are 0.014."""
    counts = [total // len(course)] * (len(course) - 1)
    found = detect([*counts, total - sum(counts)], course, 0.1)
    share = alarms(total, course, course, found.limits, 4000, seed=7)
    assert abs(share - found.false_alarm) < 0.025
    assert share < 0.1 + 0.02
    half = np.cumsum(course) / sum(course)
    later = [value * (RATIO if at > 0.5 else 1.0) for value, at in zip(course, half, strict=True)]
    assert abs(alarms(total, later, course, found.limits, 4000, seed=8) - found.power) < 0.03

"""Weights of snapshots: their sum is the period, their meaning a straight line between snapshots."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.exposure import union, weights

DAY0 = date(2024, 1, 1)
dates = st.integers(0, 400).map(lambda n: DAY0 + timedelta(days=n))
snapshots = st.sets(dates, min_size=1, max_size=5).map(lambda found: tuple(sorted(found)))
some_spans = st.lists(st.tuples(dates, dates), min_size=1, max_size=4).map(
    lambda pairs: union((min(pair), max(pair)) for pair in pairs)
)


def day(n):
    return DAY0 + timedelta(days=n)


def test_ten_days_on_a_line_between_two_snapshots():
    found = weights((day(0), day(10)), ((day(0), day(9)),))
    # Shares of the later snapshot: 0.0, 0.1, … 0.9 on the ten days.
    assert dict(found.days) == pytest.approx({day(0): 5.5, day(10): 4.5})
    assert (found.length, found.nearest, found.farthest, found.last) == (10, 0, 5, day(10))


def test_headcount_stays_as_it_is_outside_the_snapshots():
    found = weights((day(100), day(110)), ((day(0), day(4)), (day(200), day(201))))
    assert dict(found.days) == {day(100): 5, day(110): 2}
    assert (found.nearest, found.farthest) == (90, 100)


def test_a_snapshot_without_weight_is_not_named():
    assert [when for when, _ in weights((day(0), day(50), day(100)), ((day(60), day(70)),)).days] == [
        day(50),
        day(100),
    ]


def test_between_two_equally_near_snapshots_the_earlier_stands_for_the_end():
    assert weights((day(0), day(10)), ((day(1), day(5)),)).last == day(0)


@pytest.mark.parametrize(("distance", "usable"), [(548, True), (549, False)])
def test_eighteen_months_are_548_days(distance, usable):
    assert weights((day(0),), ((day(distance), day(distance + 3)),)).usable is usable


def test_spans_are_merged_when_they_touch_and_dropped_when_empty():
    assert union([(day(5), day(9)), (day(0), day(4)), (day(20), day(10)), (day(11), day(12))]) == (
        (day(0), day(9)),
        (day(11), day(12)),
    )


def test_weights_need_a_snapshot_and_a_day():
    with pytest.raises(AssertionError, match="a snapshot and a day"):
        weights((), ((day(0), day(1)),))


@given(snapshots, some_spans)
def test_weights_add_up_to_the_days(known, spans):
    found = weights(known, spans)
    assert sum(weight for _, weight in found.days) == pytest.approx(found.length)
    assert found.length == sum((end - start).days + 1 for start, end in spans)
    assert 0 <= found.nearest <= found.farthest


@given(snapshots, some_spans, st.floats(-5, 5), st.floats(0, 1000))
def test_a_straight_growth_is_found_exactly_between_the_snapshots(known, spans, slope, start):
    inside = union(
        (max(a, known[0]), min(b, known[-1])) for a, b in spans if a <= known[-1] and b >= known[0]
    )
    if inside:
        heads = {when: start + slope * (when - DAY0).days for when in known}
        found = sum(weight * heads[when] for when, weight in weights(known, inside).days)
        days = [a + timedelta(days=n) for a, b in inside for n in range((b - a).days + 1)]
        assert found == pytest.approx(sum(start + slope * (when - DAY0).days for when in days), abs=1e-6)


@given(snapshots, st.lists(st.tuples(dates, dates), max_size=5))
def test_a_union_holds_each_day_once(known, pairs):
    days = {a + timedelta(days=n) for a, b in pairs for n in range((b - a).days + 1)}
    spans = union(pairs)
    assert sum((b - a).days + 1 for a, b in spans) == len(days)
    assert all(later[0] > earlier[1] for earlier, later in pairwise(spans))

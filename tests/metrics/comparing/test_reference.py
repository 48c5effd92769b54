"""What units are held against where the group's number is told as a range: its middle if it is narrow, else nothing."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.between.profile import spine
from metrics.comparing.evidence import judged
from metrics.comparing.reference import (
    NARROW,
    is_withheld,
    reference_ends,
    reference_range,
    reference_rate,
    reference_rates,
    reference_total,
)
from tests.metrics.comparing.answers import rates
from tests.metrics.comparing.test_evidence import ROWS

EXPOSURE = 200_000
STATES = ("suppressed", "no_roster", "no_report", "outside")


def whole(least, most=None, refusal="none"):
    return rates([((least, least if most is None else most), EXPOSURE, refusal)], "kalimantan")


@pytest.mark.parametrize(
    ("ends", "total"),
    [
        ((278, 278), 278),
        ((278, 282), 280),
        ((89, 93), 91),
        ((20, 21), 20.5),
        ((20, 24), None),
        ((0, 4), None),
        ((100, math.nan), None),
    ],
)
def test_a_range_stands_for_its_middle_only_where_it_is_narrow(ends, total):
    found = reference_total(whole(*ends))
    assert math.isnan(found) if total is None else found == total


@given(st.integers(1, 5_000), st.integers(0, 300), st.integers(0, 300))
def test_the_middle_is_never_further_away_than_half_the_tolerance(least, width, inside):
    found = reference_total(whole(least, least + width))
    true = least + min(inside, width)
    assert math.isnan(found) or abs(found - true) <= NARROW * true / 2


def test_without_a_number_for_another_reason_there_is_nothing_to_hold_against():
    assert math.isnan(reference_total(whole(278, refusal="no_roster")))
    assert math.isnan(reference_total(rates([], "kalimantan")))


def test_a_clear_class_stays_where_the_group_is_a_narrow_range_and_nothing_is_judged_against_a_wide_one():
    told, hidden = judged(rates(ROWS), whole(120)), judged(rates(ROWS), whole(118, 122))
    known = [row["evidence"] for row in hidden if row["refusal"] == "none"]
    assert known == [row["evidence"] for row in told if row["refusal"] == "none"]
    assert [row["expected"] for row in told] == [row["expected"] for row in hidden]
    wide = judged(rates(ROWS), whole(100, 140))
    shown = [row["evidence"] for row in wide if row["refusal"] == "none"]
    assert set(shown) == {"group_suppressed"} and len(shown) == 6
    assert {row["evidence"] for row in wide} - {"group_suppressed"} <= set(STATES)


def test_nothing_is_held_against_a_group_only_where_its_number_is_withheld():
    assert (
        is_withheld(whole(100, 140))
        and is_withheld(whole(0, 4))
        and is_withheld(whole(0, refusal="not_published"))
    )
    told = whole(120), whole(0), whole(118, 122), whole(9, refusal="no_roster"), rates([], "kalimantan")
    assert not any(map(is_withheld, told))


groups = st.integers(20, 400).flatmap(
    lambda least: st.tuples(st.just(least), st.integers(1, max(1, least // 20)))
)
units = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60_000)), min_size=1, max_size=5)


@settings(deadline=None, max_examples=80)
@given(groups, units)
def test_a_class_is_kept_only_where_every_number_of_the_group_gives_it(group, counts):
    least, width = group
    rows = [(events if events >= 5 else 0, exposure, "none") for events, exposure in counts]
    found = [row["evidence"] for row in judged(rates(rows), whole(least, least + width))]
    every = [
        [row["evidence"] for row in judged(rates(rows), whole(n))] for n in range(least, least + width + 1)
    ]
    for verdict, classes in zip(found, zip(*every, strict=True), strict=True):
        assert verdict == (classes[0] if len(set(classes)) == 1 else "group_suppressed")


def test_a_class_near_the_border_is_not_told_of_the_middle_alone():
    counts = [(n, 22_300, "none") for n in range(5, 32)]
    middle = [row["evidence"] for row in judged(rates(counts), whole(120))]
    ends = [row["evidence"] for row in judged(rates(counts), whole(118, 122))]
    assert "group_suppressed" in ends and "group_suppressed" not in middle
    assert all(end in (one, "group_suppressed") for one, end in zip(middle, ends, strict=True))


@settings(deadline=None, max_examples=80)
@given(groups, st.integers(0, 20), st.integers(1, 40), st.integers(1, 60_000))
def test_a_withheld_unit_is_judged_over_both_ranges(group, low, spread, exposure):
    (least, width), ends = group, (low, low + spread)
    found = judged(rates([(ends, exposure, "none")]), whole(least, least + width))[0]["evidence"]
    every = {
        judged(rates([((n, n), exposure, "none")]), whole(total))[0]["evidence"]
        for total in range(least, least + width + 1)
        for n in range(ends[0], min(ends[1], total) + 1)
    }
    assert found == (every.pop() if len(every) == 1 else "suppressed")


def test_a_profile_is_drawn_against_the_middle():
    unit, field = rates([ROWS[0]]), rates(ROWS)
    assert spine(unit, whole(118, 122), field, None) == spine(unit, whole(120), field, None)
    assert spine(unit, whole(100, 140), field, None).state == "group_suppressed"


def test_the_rate_of_the_group_is_that_of_the_middle_and_the_range_is_told():
    narrow = whole(118, 122)
    assert reference_rate(narrow) == reference_rate(whole(120)) == pytest.approx(1000 * 120 / EXPOSURE)
    assert reference_range(narrow) == (118, 122)
    assert reference_range(whole(120)) is reference_range(whole(100, 140)) is None
    assert reference_rates(narrow) == pytest.approx((1000 * 118 / EXPOSURE, 1000 * 122 / EXPOSURE))
    assert reference_rates(whole(120)) == (reference_rate(whole(120)),) * 2
    assert reference_ends(whole(120)) == (120, 120) and reference_ends(whole(100, 140)) is None
    assert reference_rate(whole(100, 140)) is reference_rate(rates([], "kalimantan")) is None

"""What units are held against where the group's number is told as a range: its middle if it is narrow, else nothing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.between.profile import spine
from metrics.comparing.evidence import judged
from metrics.comparing.reference import NARROW, reference_range, reference_rate, reference_total
from tests.metrics.comparing.answers import rates
from tests.metrics.comparing.test_evidence import ROWS

EXPOSURE = 200_000


def whole(least, most=None, refusal="none"):
    return rates([((least, least if most is None else most), EXPOSURE, refusal)], "kalimantan")


@pytest.mark.parametrize(
    ("ends", "total"),
    [
        ((278, 278), 278),
        ((278, 282), 280),
        ((89, 93), 91),
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
    assert math.isnan(found) or abs(found - true) <= NARROW * true / 2 + 1


def test_without_a_number_for_another_reason_there_is_nothing_to_hold_against():
    assert math.isnan(reference_total(whole(278, refusal="no_roster")))
    assert math.isnan(reference_total(rates([], "kalimantan")))


def test_units_are_judged_as_against_the_middle():
    told, hidden = judged(rates(ROWS), whole(120)), judged(rates(ROWS), whole(118, 122))
    assert [row["evidence"] for row in told] == [row["evidence"] for row in hidden]
    assert [row["expected"] for row in told] == [row["expected"] for row in hidden]
    wide = judged(rates(ROWS), whole(100, 140))
    assert {row["evidence"] for row in wide} <= {"too_few", "suppressed", "no_roster", "no_report", "outside"}


def test_a_profile_is_drawn_against_the_middle():
    unit, field = rates([ROWS[0]]), rates(ROWS)
    assert spine(unit, whole(118, 122), field, None) == spine(unit, whole(120), field, None)
    assert spine(unit, whole(100, 140), field, None).state == "group_suppressed"


def test_the_rate_of_the_group_is_that_of_the_middle_and_the_range_is_told():
    narrow = whole(118, 122)
    assert reference_rate(narrow) == reference_rate(whole(120)) == pytest.approx(1000 * 120 / EXPOSURE)
    assert reference_range(narrow) == (118, 122)
    assert reference_range(whole(120)) is reference_range(whole(100, 140)) is None
    assert reference_rate(whole(100, 140)) is reference_rate(rates([], "kalimantan")) is None

"""The curve where data are few, tied, empty or all censored; and laws that hold for every data set."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.duration import at, kaplan_meier, median, numbers_at_risk

subjects = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=40)


def split(pairs):
    return [days for days, _ in pairs], [ended for _, ended in pairs]


@pytest.mark.parametrize(
    ("days", "ended"), [([], []), ([4, 0, 9], [0, 0, 0])], ids=["nobody", "all censored"]
)
def test_without_an_end_the_curve_is_empty_and_knows_how_long_it_looked(days, ended):
    curve = kaplan_meier(days, ended)
    assert (len(curve.days), curve.subjects, curve.last_day) == (0, len(days), max(days, default=None))
    assert median(curve) == median(kaplan_meier([], []))
    assert median(curve).days is None
    assert at(curve.days, curve.share, [0, 100], start=1.0).tolist() == [1.0, 1.0]


def test_an_end_on_day_zero_counts():
    curve = kaplan_meier([0, 0, 5], [1, 0, 1])
    assert curve.days.tolist() == [0, 5]
    assert curve.at_risk.tolist() == [3, 1]
    assert curve.share == pytest.approx([2 / 3, 0.0])


def test_one_who_is_censored_on_a_day_was_at_risk_on_it():
    assert kaplan_meier([5, 5], [1, 0]).share == pytest.approx([0.5])


def test_the_median_is_reached_exactly_at_one_half():
    found = median(kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]))
    assert found.days == 2


def test_a_step_function_holds_its_value_until_the_next_day():
    assert at([2, 5], [0.7, 0.4], [1, 2, 4, 5, 99], start=1.0).tolist() == [1.0, 0.7, 0.7, 0.4, 0.4]


@pytest.mark.parametrize(
    ("days", "ended", "reason"),
    [
        ([-1], [1], "before it starts"),
        ([1.5], [1], "whole days"),
        ([1, 2], [1], "for each subject"),
        ([1], [2], "cause"),
    ],
)
def test_impossible_durations_are_refused(days, ended, reason):
    with pytest.raises(AssertionError, match=reason):
        kaplan_meier(days, ended)


@given(subjects)
def test_without_censoring_the_curve_is_the_share_not_yet_ended(pairs):
    days = [day for day, _ in pairs]
    curve = kaplan_meier(days, [1] * len(days))
    assert curve.share == pytest.approx([np.mean(np.array(days) > day) for day in curve.days], abs=1e-12)


@given(subjects)
def test_the_curve_falls_within_its_bounds(pairs):
    curve = kaplan_meier(*split(pairs))
    assert np.all(np.diff(curve.share) < 0)
    known = ~np.isnan(curve.lower)
    assert np.all((curve.lower <= curve.share + 1e-12)[known] & (curve.share <= curve.upper + 1e-12)[known])
    assert np.all(known == (curve.share > 0))


@given(subjects, st.lists(st.integers(0, 40), max_size=5))
def test_the_risk_table_accounts_for_everyone(pairs, when):
    days, ended = split(pairs)
    table = numbers_at_risk(days, ended, when)
    assert np.all(table.at_risk + table.ended.sum(axis=0) + table.censored == len(days))
    assert table.at_risk.tolist() == [sum(day >= moment for day in days) for moment in when]

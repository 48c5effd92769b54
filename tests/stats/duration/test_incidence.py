"""Competing ends: against statsmodels, against Kaplan and Meier, and where data are few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.duration import cumulative_incidence, kaplan_meier, numbers_at_risk
from stats.duration.incidence import _variance

subjects = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), max_size=40)


def test_the_example_of_statsmodels_own_tests_comes_out():
    # statsmodels/duration/tests/test_survfunc.py, test_incidence: shares and standard errors, from R's cmprsk.
    days = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    cause = [1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    found = cumulative_incidence(days, cause, causes=3)
    assert found.days.tolist() == [1, 2, 4, 6, 7]
    assert found.share[:, -1] == pytest.approx([0.17037037, 0.20740741, 0.26666667], abs=5e-9)
    error = np.sqrt(_variance(found.share, found.at_risk, found.ended))
    assert error[:, -1] == pytest.approx([0.08976251, 0.10610391, 0.12787781], abs=5e-9)


def test_the_variance_agrees_with_statsmodels_where_that_has_one():
    from statsmodels.duration.survfunc import CumIncidenceRight

    generator = np.random.default_rng(7)
    days, cause = generator.integers(0, 40, 60), generator.integers(0, 3, 60)
    days, cause = np.append(days, 50), np.append(cause, 0)  # the last subject is censored
    found, theirs = cumulative_incidence(days, cause, causes=2), CumIncidenceRight(days, cause)
    place = np.searchsorted(theirs.times, found.days)
    error = np.sqrt(_variance(found.share, found.at_risk, found.ended))
    assert error == pytest.approx(np.vstack(theirs.cinc_se)[:, place], abs=1e-12)


def test_without_censoring_the_variance_is_the_binomial_one():
    found = cumulative_incidence([1, 2, 2, 3], [1, 1, 2, 2], causes=2)
    assert found.share[:, -1] == pytest.approx([0.5, 0.5])
    assert _variance(found.share, found.at_risk, found.ended)[:, -1] == pytest.approx([0.25 / 4, 0.25 / 4])


def test_a_cause_that_never_happened_is_a_row_of_zeros_without_interval():
    found = cumulative_incidence([3, 4], [1, 0], causes=3)
    assert found.share.tolist() == [[0.5], [0.0], [0.0]]
    assert np.isnan(found.lower[1:]).all() and np.isnan(found.upper[1:]).all()


@pytest.mark.parametrize(("days", "cause"), [([], []), ([3, 8], [0, 0])], ids=["nobody", "all censored"])
def test_without_an_end_there_is_nothing_to_draw(days, cause):
    found = cumulative_incidence(days, cause, causes=2)
    assert found.share.shape == found.lower.shape == found.ended.shape == (2, 0)
    assert (found.subjects, found.last_day) == (len(days), max(days, default=None))


@given(subjects)
def test_shares_and_those_waiting_make_one_and_the_waiting_are_kaplan_and_meiers(pairs):
    days, cause = [day for day, _ in pairs], np.array([kind for _, kind in pairs], dtype=int)
    found, curve = cumulative_incidence(days, cause, causes=3), kaplan_meier(days, cause > 0)
    assert found.days.tolist() == curve.days.tolist()
    assert found.waiting == pytest.approx(curve.share, abs=1e-9)
    assert found.waiting + found.share.sum(axis=0) == pytest.approx(np.ones(len(curve.days)))
    known = ~np.isnan(found.lower)
    assert np.all((found.lower <= found.share + 1e-12)[known] & (found.share <= found.upper + 1e-12)[known])


@given(subjects)
def test_the_risk_table_counts_each_cause(pairs):
    days, cause = [day for day, _ in pairs], [kind for _, kind in pairs]
    table = numbers_at_risk(days, cause, [0, 21], causes=3)
    assert table.ended[:, 0].tolist() == [0, 0, 0]
    assert table.ended[:, 1].tolist() == [cause.count(kind) for kind in (1, 2, 3)]
    assert table.censored.tolist() == [0, cause.count(0)]


@pytest.mark.parametrize("many", [5, 6, 10, 14, 60])
def test_where_all_have_ended_no_interval_is_made_of_a_rounding(many):
    """Shares of a tenth each need not add up to one; warnings are errors here."""
    found = cumulative_incidence(np.arange(1, many + 1), np.ones(many, dtype=np.int64), 2)
    assert found.share[0][-1] == pytest.approx(1.0)
    assert np.isnan([found.lower[0][-1], found.upper[0][-1]]).all()

"""Indirect standardisation: the sum of what is expected, borrowed rates, Byar beside the exact interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between.standard import byar, expected, stratum_rates
from stats.intervals import garwood


@given(st.lists(st.lists(st.integers(1, 500), min_size=4, max_size=4), min_size=1, max_size=8), st.data())
def test_with_the_rates_of_the_whole_as_many_are_expected_as_there_are(heads, data):
    staff = np.array(heads, dtype=float)
    events = np.array(data.draw(st.lists(st.integers(0, 90), min_size=4, max_size=4)))
    rates = stratum_rates(events, staff.sum(axis=0), [range(4)], fewest=1)
    with_own = events > 0
    found = expected(staff[:, with_own], rates[with_own]).sum()
    assert found == pytest.approx(events.sum())


def test_a_stratum_with_few_events_borrows_the_rate_of_a_coarser_one():
    events, staff = [12, 2, 6, 0, 1], [100, 50, 60, 10, 5]
    fine, coarse = [0, 1, 2, -1, -1], [0, 0, 1, 1, -1]
    found = stratum_rates(events, staff, [fine, coarse], fewest=5)
    assert found == pytest.approx([12 / 100, 14 / 150, 6 / 60, 6 / 70, 21 / 225])


def test_a_whole_without_anybody_expects_nothing():
    assert stratum_rates([0, 0], [0, 0], [[0, 1]], fewest=5).tolist() == [0.0, 0.0]


@given(st.integers(0, 2000), st.floats(0.1, 900), st.sampled_from([0.95, 0.998]))
def test_byar_stays_beside_the_exact_interval(events, mean, level):
    near, exact = byar(events, mean, level), garwood(events, mean, level)
    assert 0 <= near[0] <= events / mean <= near[1]
    assert np.array(near) * mean == pytest.approx(np.array(exact) * mean, abs=0.35, rel=0.02)


def test_nothing_expected_has_no_interval():
    assert np.isnan(byar([0, 3], [0, 0])).all()

"""Indirect standardisation: the sum of what is expected, borrowed rates, Byar beside the exact interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between.standard import byar, expected, nested_rates, stratum_rates
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


NESTED = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 900), st.integers(-1, 3), st.integers(-1, 1)),
    min_size=1,
    max_size=9,
)


@given(NESTED, st.integers(1, 9), st.data())
def test_a_count_that_is_not_told_is_too_few_to_tell(strata, fewest, data):
    """Against a search in plain Python: the first group that is told, large enough and has staff, else everybody."""
    events, staff, *groupings = (list(column) for column in zip(*strata, strict=True))
    told = []
    for grouping in groupings:
        sums = [
            sum(n for n, group in zip(events, grouping, strict=True) if group == one)
            for one in range(max(grouping) + 1)
        ]
        told.append([np.nan if data.draw(st.booleans()) else n for n in sums])
    found = nested_rates(told, sum(events), staff, groupings, fewest)
    for place, rate in enumerate(found):
        wanted = sum(events) / sum(staff) if sum(staff) else 0.0
        for grouping, counted in reversed(list(zip(groupings, told, strict=True))):
            group = grouping[place]
            below = sum(n for n, other in zip(staff, grouping, strict=True) if other == group)
            if group >= 0 and counted[group] >= fewest and below:
                wanted = counted[group] / below
        assert rate == pytest.approx(wanted)


@given(NESTED, st.integers(1, 9))
def test_told_groups_give_the_rates_of_their_strata(strata, fewest):
    events, staff, *groupings = (list(column) for column in zip(*strata, strict=True))
    told = [
        [
            sum(n for n, g in zip(events, grouping, strict=True) if g == one)
            for one in range(max(grouping) + 1)
        ]
        for grouping in groupings
    ]
    found = nested_rates(told, sum(events), staff, groupings, fewest)
    assert found == pytest.approx(stratum_rates(events, staff, groupings, fewest))


def test_a_whole_without_anybody_expects_nothing():
    assert stratum_rates([0, 0], [0, 0], [[0, 1]], fewest=5).tolist() == [0.0, 0.0]


@given(st.integers(0, 2000), st.floats(0.1, 900), st.sampled_from([0.95, 0.998]))
def test_byar_stays_beside_the_exact_interval(events, mean, level):
    near, exact = byar(events, mean, level), garwood(events, mean, level)
    assert 0 <= near[0] <= events / mean <= near[1]
    assert np.array(near) * mean == pytest.approx(np.array(exact) * mean, abs=0.35, rel=0.02)


def test_nothing_expected_has_no_interval():
    assert np.isnan(byar([0, 3], [0, 0])).all()

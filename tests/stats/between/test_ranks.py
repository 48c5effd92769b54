"""Rank intervals: seeded, inside the field, and silent where nothing tells units apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stats.between.ranks import rank_intervals

posteriors = st.lists(st.tuples(st.floats(0.5, 200), st.floats(0.5, 100)), min_size=1, max_size=25)


@given(posteriors)
def test_ranks_lie_in_the_field_and_do_not_change(units):
    shape, rate = zip(*units, strict=True)
    first, second = rank_intervals(shape, rate, draws=200), rank_intervals(shape, rate, draws=200)
    assert (first.lower == second.lower).all() and (first.upper == second.upper).all()
    assert ((first.lower >= 1) & (first.lower <= first.upper) & (first.upper <= len(units))).all()
    assert (first.told == ((len(units) >= 5) & (2 * (first.upper - first.lower + 1) <= len(units)))).all()


def test_equal_units_are_given_no_rank():
    found = rank_intervals([4.0] * 24, [4.0] * 24)
    assert not found.told.any()
    assert (found.upper - found.lower).min() >= 20


def test_units_far_apart_have_a_rank_of_their_own():
    found = rank_intervals(np.array([1e6, 4e6, 9e6, 16e6, 25e6, 36e6]), np.full(6, 1e6))
    assert found.lower.tolist() == found.upper.tolist() == [6, 5, 4, 3, 2, 1]
    assert found.told.all()


def test_a_small_field_has_no_ranks():
    assert not rank_intervals([1e6, 4e6], [1e6, 1e6]).told.any()
    assert len(rank_intervals([], []).told) == 0


def test_rank_intervals_hold_the_true_rank_about_as_often_as_they_say():
    draw = np.random.default_rng(3)
    held = []
    for _ in range(60):
        truth = draw.gamma(5, 1 / 5, 12)
        expected = draw.uniform(2, 40, 12)
        found = rank_intervals(5 + draw.poisson(truth * expected), 5 + expected, draws=1000)
        place = np.argsort(np.argsort(-truth)) + 1
        held.append(((found.lower <= place) & (place <= found.upper)).mean())
    assert np.mean(held) > 0.93

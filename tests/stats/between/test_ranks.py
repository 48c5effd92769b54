"""Rank intervals: seeded, inside the field, and silent where nothing tells units apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between.ranks import rank_intervals
from stats.between.smoothing import Prior, Smoothed, draws, hidden_draws


def gammas(shape, rate, many=2000, seed=1):
    shape, rate = np.array(shape, dtype=float), np.array(rate, dtype=float)
    return draws(Smoothed(shape, rate, shape / rate, rate), many, seed)


posteriors = st.lists(st.tuples(st.floats(0.5, 200), st.floats(0.5, 100)), min_size=1, max_size=25)


@given(posteriors)
def test_ranks_lie_in_the_field_and_do_not_change(units):
    shape, rate = zip(*units, strict=True)
    first, second = rank_intervals(gammas(shape, rate, 200)), rank_intervals(gammas(shape, rate, 200))
    assert (first.lower == second.lower).all() and (first.upper == second.upper).all()
    assert ((first.lower >= 1) & (first.lower <= first.upper) & (first.upper <= len(units))).all()
    assert (first.told == ((len(units) >= 5) & (2 * (first.upper - first.lower + 1) <= len(units)))).all()


def test_equal_units_are_given_no_rank():
    found = rank_intervals(gammas([4.0] * 24, [4.0] * 24))
    assert not found.told.any()
    assert (found.upper - found.lower).min() >= 20


def test_units_far_apart_have_a_rank_of_their_own():
    found = rank_intervals(gammas([1e6, 4e6, 9e6, 16e6, 25e6, 36e6], [1e6] * 6))
    assert found.lower.tolist() == found.upper.tolist() == [6, 5, 4, 3, 2, 1]
    assert found.told.all()


def test_a_small_field_has_no_ranks():
    assert not rank_intervals(gammas([1e6, 4e6], [1e6, 1e6])).told.any()
    assert len(rank_intervals(np.zeros((9, 0))).told) == 0


def test_rank_intervals_hold_the_true_rank_about_as_often_as_they_say():
    draw = np.random.default_rng(3)
    held = []
    for _ in range(60):
        truth = draw.gamma(5, 1 / 5, 12)
        expected = draw.uniform(2, 40, 12)
        found = rank_intervals(gammas(5 + draw.poisson(truth * expected), 5 + expected, 1000))
        place = np.argsort(np.argsort(-truth)) + 1
        held.append(((found.lower <= place) & (place <= found.upper)).mean())
    assert np.mean(held) > 0.93


def test_a_hidden_count_of_one_value_is_drawn_as_that_value():
    prior = Prior(2.0, 2.0)
    hidden = hidden_draws([3.0], 1, prior, 40_000, 5)[:, 0]
    assert hidden.mean() == pytest.approx((2 + 1) / (2 + 3), rel=0.02)


def test_a_hidden_count_is_drawn_between_its_ends():
    prior = Prior(2.0, 2.0)
    low, middle, high = (
        (2 + 1) / (2 + 3),
        hidden_draws([3.0], 4, prior, 40_000, 5)[:, 0].mean(),
        (2 + 4) / (2 + 3),
    )
    assert low < middle < high

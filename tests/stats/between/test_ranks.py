"""Rank intervals: seeded, inside the field, and silent where nothing tells units apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between.hidden import Hidden
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


@pytest.mark.parametrize("count", [0, 1, 7])
def test_a_hidden_count_of_one_value_is_drawn_as_that_value(count):
    prior = Prior(2.0, 2.0)
    hidden = hidden_draws(Hidden.of([3.0], [count], [count]), prior, 40_000, 5)[:, 0]
    assert hidden.mean() == pytest.approx((2 + count) / (2 + 3), rel=0.02)


def middle(least, most):
    return hidden_draws(Hidden.of([3.0], [least], [most]), Prior(2.0, 2.0), 40_000, 5)[:, 0].mean()


def test_a_hidden_count_is_drawn_between_its_ends():
    assert middle(1, 1) < middle(1, 4) < middle(4, 4)
    assert middle(0, 3) < middle(1, 4) < middle(2, 9) < middle(9, 9)


def test_a_hidden_count_is_drawn_as_often_as_the_prior_makes_it_likely():
    """Counts of 1 to 4 under a prior of shape 1 are geometric: the mean ratio is a sum of four terms."""
    prior = Prior(1.0, 2.0)
    chances = [(3 / 5) ** n for n in range(1, 5)]
    wanted = sum(p * (1 + n) / (2 + 3) for n, p in enumerate(chances, start=1)) / sum(chances)
    found = hidden_draws(Hidden.of([3.0], [1], [4]), prior, 100_000, 5)[:, 0]
    assert found.mean() == pytest.approx(wanted, rel=0.01)


def test_what_nothing_bounds_is_drawn_as_any_unit():
    """A count without bounds says nothing: the draws are those of the prior itself."""
    prior = Prior(2.0, 2.0)
    found = hidden_draws(Hidden.of([3.0], [0], [np.nan]), prior, 100_000, 5)[:, 0]
    assert (found.mean(), found.var()) == pytest.approx((prior.mean, 2.0 / 2.0**2), rel=0.03)


def test_units_of_different_ranges_do_not_disturb_each_other():
    many = hidden_draws(Hidden.of([3.0, 5.0, 2.0], [1, 0, 7], [4, 90, 7]), Prior(2.0, 2.0), 40_000, 5)
    assert many.shape == (40_000, 3)
    assert many[:, 0].mean() == pytest.approx(middle(1, 4), rel=0.02)
    assert many[:, 2].mean() == pytest.approx((2 + 7) / (2 + 2), rel=0.02)
    assert hidden_draws(Hidden.nobody(), Prior(2.0, 2.0), 9, 5).shape == (9, 0)

"""Empirical Bayes: against the negative binomial of statsmodels, and laws of drawing in."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stats.between import smoothing
from stats.between.hidden import Hidden
from tests.stats.between.lips import EXPECTED, OBSERVED


def test_lip_cancer_in_scotland_has_the_prior_that_statsmodels_finds():
    # An independent estimate of the same model: statsmodels' negative binomial with the expected cases as offset.
    from statsmodels.discrete.discrete_model import NegativeBinomial

    model = NegativeBinomial(np.array(OBSERVED), np.ones((56, 1)), offset=np.log(EXPECTED)).fit(disp=0)
    prior = smoothing.likeliest(OBSERVED, EXPECTED)
    assert prior.mean == pytest.approx(math.exp(model.params[0]), rel=1e-4)
    assert prior.shape == pytest.approx(1 / model.params[1], rel=1e-4)
    assert prior.has_spread


@example([(0, 1.0), (0, 17.0), (17, 0.25)])
@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0.2, 40)), min_size=3, max_size=20))
def test_every_unit_is_drawn_towards_the_mean_and_no_further(units):
    events, expected = zip(*units, strict=True)
    prior = smoothing.likeliest(events, expected)
    found = smoothing.smooth(events, expected, prior)
    raw = np.array(events) / np.array(expected)
    assert ((found.weight >= 0) & (found.weight <= 1)).all()
    assert found.mean == pytest.approx(found.weight * raw + (1 - found.weight) * prior.mean, rel=1e-9)
    lower, upper = found.interval()
    # A gamma distribution with a smaller shape has more than 97.5 % of itself below its mean.
    usual = found.shape >= 0.01
    assert ((lower <= found.mean) & (found.mean <= upper))[usual].all()


def test_units_that_differ_by_chance_alone_are_drawn_in_fully():
    prior = smoothing.likeliest([3, 3, 3, 3], [3, 3, 3, 3])
    assert not prior.has_spread
    assert smoothing.smooth([3, 9], [3.0, 3.0], prior).mean == pytest.approx([1.0, 1.0], abs=1e-4)


def test_without_anything_to_estimate_the_prior_has_no_spread():
    assert not smoothing.likeliest([0, 0], [1.0, 2.0]).has_spread
    assert smoothing.likeliest([8], [4.0]).mean == pytest.approx(2.0)
    assert smoothing.likeliest([], []).mean == pytest.approx(1.0)
    assert not smoothing.moments([2, 2], [1.0, 1.0]).has_spread
    # Where nobody may be in any unit, the likeliest mean would be nothing at all.
    for shown in ([], [0, 0]):
        prior = smoothing.likeliest(shown, [1.0] * len(shown), Hidden.of([2.0, 3.0], [0, 0], [9, np.nan]))
        assert not prior.has_spread and prior.mean == 1.0


def test_a_hidden_range_of_one_count_is_that_count():
    seen = smoothing.likeliest([7, 0, 12, 1, 6], [3.0, 2.0, 5.0, 4.0, 1.5])
    hidden = smoothing.likeliest([7, 0, 12], [3.0, 2.0, 5.0], Hidden.of([4.0, 1.5], [1, 6], [1, 6]))
    assert (hidden.shape, hidden.rate) == pytest.approx((seen.shape, seen.rate), rel=1e-3)


def test_units_that_nothing_bounds_do_not_change_the_prior():
    """Every count has a place in the range, so it is as likely under one prior as under another."""
    seen = smoothing.likeliest(OBSERVED, EXPECTED)
    more = smoothing.likeliest(OBSERVED, EXPECTED, Hidden.of([4.0, 1.5], [0, 0], [np.nan, np.nan]))
    assert (more.shape, more.rate) == pytest.approx((seen.shape, seen.rate), rel=1e-3)


def log_chance(count, mean, shape, rate):
    """Log probability of a negative binomial count, by factorials."""
    return (
        math.lgamma(shape + count) - math.lgamma(shape) - math.lgamma(count + 1)
        + shape * math.log(rate / (rate + mean)) + count * math.log(mean / (rate + mean))
    )  # fmt: skip


def test_the_likeliest_prior_of_ranges_is_likelier_than_its_neighbours():
    """Each unit lies in a range; its likelihood is the sum of the probabilities of all counts of the range."""
    ranges = [(0, 3), (9, 12), (1, 4), (20, 60), (0, 0), (7, 30), (1, 1), (2, 5)]
    means = [6.0, 5.0, 3.0, 9.0, 2.0, 4.0, 1.0, 8.0]

    def log_likelihood(shape, rate):
        return sum(
            math.log(math.fsum(math.exp(log_chance(n, mean, shape, rate)) for n in range(low, high + 1)))
            for (low, high), mean in zip(ranges, means, strict=True)
        )

    prior = smoothing.likeliest([], [], Hidden.of(means, *zip(*ranges, strict=True)))
    assert prior.has_spread
    best = log_likelihood(prior.shape, prior.rate)
    for shape in (0.97, 1.0, 1.03):
        for rate in (0.97, 1.0, 1.03):
            assert log_likelihood(prior.shape * shape, prior.rate * rate) <= best + 1e-7


def test_the_likeliest_prior_is_likelier_than_its_neighbours():
    def log_likelihood(shape, rate):
        return sum(log_chance(o, e, shape, rate) for o, e in zip(OBSERVED, EXPECTED, strict=True))

    prior = smoothing.likeliest(OBSERVED, EXPECTED)
    best = log_likelihood(prior.shape, prior.rate)
    for shape in (0.98, 1.0, 1.02):
        for rate in (0.98, 1.0, 1.02):
            assert log_likelihood(prior.shape * shape, prior.rate * rate) <= best + 1e-9


@given(st.integers(0, 60), st.floats(0.1, 60))
def test_a_large_shape_loses_no_digits(count, mean):
    """The two ways of writing the rising factorial agree where one takes over from the other."""
    low = smoothing._log_count(np.array([count]), np.array([mean]), 9_999.0, 9_999.0)
    high = smoothing._log_count(np.array([count]), np.array([mean]), 10_001.0, 10_001.0)
    assert low == pytest.approx(high, abs=1e-3)

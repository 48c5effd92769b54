"""Over-dispersion: chance alone is not called over-dispersed, true scatter is found and measured."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between import dispersion as d
from stats.between.hidden import Hidden


def test_chance_alone_is_rarely_called_more_than_chance():
    draw = np.random.default_rng(7)
    expected = draw.uniform(0.5, 30, (400, 40))
    found = [d.dispersion(d.poisson_scores(draw.poisson(e), e), e) for e in expected]
    # Winsorised scores scatter less than chance, so the rule is on the safe side of its nominal share.
    assert sum(one.is_over for one in found) <= 0.025 * len(found)
    assert np.mean([one.phi for one in found]) < 1.0


def test_a_true_scatter_is_found_and_the_additive_part_measures_it():
    draw = np.random.default_rng(8)
    expected = np.full(300, 25.0)
    ratios = draw.gamma(1 / 0.2, 0.2, 300)
    found = d.dispersion(d.poisson_scores(draw.poisson(expected * ratios), expected), expected, share=0)
    assert found.is_over
    assert found.p_value < 1e-6
    assert found.tau2 == pytest.approx(0.2, abs=0.05)
    assert found.multiplicative() == pytest.approx(math.sqrt(found.phi))
    assert found.additive([25.0])[0] == pytest.approx(math.sqrt(1 + 25 * found.tau2))


def test_without_more_than_chance_limits_stay_exact():
    found = d.dispersion([0.5, -0.5, 0.1, 0.2, -1.0], [1.0] * 5)
    assert not found.is_over
    assert found.multiplicative() == 1.0
    assert found.additive([1.0, 100.0]).tolist() == [1.0, 1.0]


def test_few_units_are_never_over_dispersed_and_none_is_nothing():
    assert not d.dispersion([9.0, -9.0, 9.0, 9.0], [1.0] * 4).is_over
    assert d.dispersion([], []) == d.Dispersion(1.0, 0.0, 1.0, 0)
    assert d.dispersion([3.0], [2.0]).tau2 == 0.0


ranges = st.tuples(st.floats(0.05, 60), st.integers(0, 30), st.integers(0, 40))


def slow_square(mean, least, most):
    """Mean squared score of a Poisson count, given that it lies in a range: one count after the other."""
    weights = [math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(least, most + 1)]
    squares = [(n - mean) ** 2 / mean for n in range(least, most + 1)]
    return math.fsum(w * s for w, s in zip(weights, squares, strict=True)) / math.fsum(weights)


@given(st.lists(ranges, min_size=1, max_size=6))
def test_a_hidden_count_enters_with_the_score_that_chance_would_give(units):
    units = [(mean, least, least + width) for mean, least, width in units]
    found = d.hidden_scores(Hidden.of(*zip(*units, strict=True)))
    assert found**2 == pytest.approx([slow_square(*unit) for unit in units], rel=1e-9, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0.05, 60), st.integers(0, 90)), min_size=1, max_size=6))
def test_a_range_of_one_count_has_the_score_of_that_count(units):
    mean, count = (np.array(column, dtype=float) for column in zip(*units, strict=True))
    found = d.hidden_scores(Hidden.of(mean, count, count))
    assert found == pytest.approx(np.abs(d.poisson_scores(count, mean)), rel=1e-9, abs=1e-12)


def test_a_count_that_nothing_bounds_has_the_score_of_chance_and_nobody_has_none():
    assert d.hidden_scores(Hidden.of([0.3, 4.0, 20.0], [0, 0, 0], [np.nan] * 3)) == pytest.approx([1.0] * 3)
    assert len(d.hidden_scores(Hidden.nobody())) == 0


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=60))
def test_winsorising_draws_in_the_ends_only(scores):
    drawn = d.winsorised(scores)
    low, high = np.quantile(scores, [0.1, 0.9])
    assert ((drawn >= low) & (drawn <= high)).all()
    inside = (np.array(scores) >= low) & (np.array(scores) <= high)
    assert (drawn[inside] == np.array(scores)[inside]).all()

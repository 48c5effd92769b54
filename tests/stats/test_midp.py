"""Mid-P and Clopper-Pearson intervals against printed numbers, and the laws that make them what they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.intervals import clopper_pearson, garwood
from stats.midp import binomial_tails, midp_rate, midp_share, poisson_tails
from tests.stats.counts import assert_mirrored, levels, shares


@pytest.mark.parametrize(
    ("method", "events", "n", "lower", "upper"),
    # Newcombe 1998, Statistics in Medicine 17:857, table I, methods 5 (Clopper-Pearson) and 6 (mid-P); the page itself was not at hand.
    [
        (clopper_pearson, 81, 263, 0.2527, 0.3676),
        (clopper_pearson, 15, 148, 0.0578, 0.1617),
        (clopper_pearson, 0, 20, 0.0, 0.1684),
        (clopper_pearson, 1, 29, 0.0009, 0.1776),
        (midp_share, 81, 263, 0.2544, 0.3658),
        (midp_share, 15, 148, 0.0601, 0.1581),
        (midp_share, 0, 20, 0.0, 0.1391),
        (midp_share, 1, 29, 0.0017, 0.1585),
    ],
)
def test_shares_agree_with_newcombe(method, events, n, lower, upper):
    found = method(events, n)
    assert float(found[0]) == pytest.approx(lower, abs=5.1e-5)
    assert float(found[1]) == pytest.approx(upper, abs=5.1e-5)


@pytest.mark.parametrize(
    ("events", "exposure"), [(0, 3.5), (1, 1), (4, 2000), (15, 400), (20, 1), (137, 24.2)]
)
def test_rates_agree_with_statsmodels(events, exposure):
    from statsmodels.stats.rates import confint_poisson

    found = [float(bound) for bound in midp_rate(events, exposure)]
    if events:
        theirs = confint_poisson(events, exposure, method="midp-c")
        assert found == pytest.approx([float(bound) for bound in theirs], rel=1e-5)
    else:
        # Half of exp(-m) is the tail: the bound is the rule of three, at one half of the two-sided tail.
        assert found == pytest.approx([0.0, -np.log(0.05) / exposure])


def test_shares_agree_with_statsmodels_tails():
    from scipy.stats import binom

    below, above = binomial_tails([0, 3, 9], [9, 9, 9], 0.3)
    pmf = binom.pmf([0, 3, 9], 9, 0.3)
    assert below == pytest.approx(binom.cdf([0, 3, 9], 9, 0.3) - pmf / 2)
    assert above == pytest.approx(binom.sf([0, 3, 9], 9, 0.3) + pmf / 2)
    exact = binomial_tails([0, 3, 9], [9, 9, 9], 0.3, 1.0)
    assert exact[0] == pytest.approx(binom.cdf([0, 3, 9], 9, 0.3))
    assert exact[1] == pytest.approx(binom.sf([-1, 2, 8], 9, 0.3))


@given(st.integers(0, 500), levels)
def test_a_mid_p_rate_cuts_equal_mid_p_tails_off(events, level):
    lower, upper = midp_rate(events, 1, level)
    tail = (1 - level) / 2
    assert float(poisson_tails(events, upper)[0]) == pytest.approx(tail, rel=1e-6)
    if events:
        assert float(poisson_tails(events, lower)[1]) == pytest.approx(tail, rel=1e-6)


@given(st.integers(0, 500), levels)
def test_a_mid_p_rate_lies_inside_the_exact_one(events, level):
    inner, outer = midp_rate(events, 1, level), garwood(events, 1, level)
    assert float(outer[0]) <= float(inner[0]) <= events <= float(inner[1]) < float(outer[1])


@given(shares(), levels)
def test_a_mid_p_share_lies_inside_the_exact_one(pair, level):
    inner, outer = midp_share(*pair, level), clopper_pearson(*pair, level)
    assert 0 <= float(outer[0]) <= float(inner[0]) <= pair[0] / pair[1]
    assert pair[0] / pair[1] <= float(inner[1]) <= float(outer[1]) <= 1


@given(shares(), levels, st.sampled_from([midp_share, clopper_pearson]))
def test_swapping_events_and_non_events_mirrors_the_interval(pair, level, method):
    assert_mirrored(method, pair, level, tolerance=1e-9)


@given(shares(), st.floats(0, 1))
def test_tails_add_up_to_one(pair, share):
    below, above = binomial_tails(*pair, share)
    assert float(below + above) == pytest.approx(1)
    both = poisson_tails(pair[0], share * pair[1])
    assert float(both[0] + both[1]) == pytest.approx(1)


def test_without_exposure_nothing_is_said():
    for bounds in (midp_rate(3, 0), midp_share(0, 0), clopper_pearson(0, 0)):
        assert all(np.isnan(bound) for bound in bounds)

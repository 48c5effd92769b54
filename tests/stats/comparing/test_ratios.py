"""Two rates against each other: printed examples, other programs, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.comparing.ratios import (
    Pair,
    difference_interval,
    one_sided_p,
    rate_difference,
    rate_ratio,
    ratio_interval,
    ratio_p,
)
from stats.midp import midp_rate

# OpenEpi, module "Comparing 2 person-time rates", its printed output on the example of Rothman, Modern Epidemiology:
# counts, person-time, ratio, mid-P limits, exact limits, two-sided mid-P and exact p-value.
OPEN_EPI = [
    (Pair(17, 100025, 3, 122268), 6.927, (2.21, 29.63), (2.004, 36.89), 0.0003127, 0.0005538),
    (Pair(8, 78531, 1, 77932), 7.939, (1.27, 177.6), (1.064, 352.3), 0.02210, 0.04015),
    (Pair(25, 178556, 4, 200200), 7.008, (2.616, 23.57), (2.42, 27.71), 0.00001654, 0.00002923),
]


@st.composite
def pairs(draw):
    counts = st.integers(0, 60)
    exposures = st.floats(1, 1e5)
    return Pair(draw(counts), draw(exposures), draw(counts), draw(exposures))


def digits(x, printed):
    """Equal to the digits printed: four significant ones."""
    return float(x) == pytest.approx(printed, rel=6e-4)


@pytest.mark.parametrize(("pair", "ratio", "midp", "exact", "midp_p", "exact_p"), OPEN_EPI)
def test_ratios_agree_with_openepi(pair, ratio, midp, exact, midp_p, exact_p):
    assert digits(rate_ratio(pair), ratio)
    for found, printed in zip(ratio_interval(pair), midp, strict=True):
        assert digits(found, printed)
    for found, printed in zip(ratio_interval(pair, exact=True), exact, strict=True):
        assert digits(found, printed)
    assert digits(ratio_p(pair), midp_p)
    assert digits(ratio_p(pair, exact=True), exact_p)


def test_the_exact_test_agrees_with_the_vignette_of_rateratio_test():
    # Fay 2022, vignette of the R package rateratio.test, section 1.
    pair = Pair(2, 17877, 9, 16660)
    assert float(rate_ratio(pair)) == pytest.approx(0.2070941557, abs=5e-11)
    assert float(ratio_p(pair, exact=True)) == pytest.approx(0.05011, abs=5e-6)
    lower, upper = ratio_interval(pair, exact=True)
    assert (float(lower), float(upper)) == pytest.approx((0.02177406, 1.00054910), abs=5e-9)


def test_the_exact_interval_agrees_with_the_vignette_of_exactci():
    # Fay 2023, vignette of the R package exactci, section 1 (central intervals, R's poisson.test).
    lower, upper = ratio_interval(Pair(2, 17877, 10, 20000), exact=True)
    assert (float(lower), float(upper)) == pytest.approx((0.02383738, 1.04995468), abs=5e-9)


def test_one_sided_tails_agree_with_statsmodels():
    from statsmodels.stats.rates import test_poisson_2indep as theirs

    pair = Pair(60, 51477.5, 30, 54308.7)
    for exact, method in ((True, "exact-cond"), (False, "cond-midp")):
        below, above = one_sided_p(pair, 1.2, exact=exact)
        smaller = theirs(*pair, method=method, value=1.2, alternative="smaller").pvalue
        larger = theirs(*pair, method=method, value=1.2, alternative="larger").pvalue
        assert (float(below), float(above)) == pytest.approx((smaller, larger), rel=1e-9)


def test_differences_agree_with_statsmodels_and_lie_near_the_printed_example():
    from statsmodels.stats.rates import confint_poisson_2indep

    # Li, Tang and Wong 2014, example of Gu et al.; they print -0.9195 and -0.3193 with Jeffreys' limits of each rate.
    pair = Pair(30, 54.3087, 60, 51.4775)
    exact = difference_interval(pair, 0.9, exact=True)
    theirs = confint_poisson_2indep(*pair, method="mover", compare="diff", alpha=0.1, method_mover="exact-c")
    assert [float(end) for end in exact] == pytest.approx([float(end) for end in theirs], rel=1e-9)
    assert [float(end) for end in difference_interval(pair, 0.9)] == pytest.approx(
        [-0.9195, -0.3193], abs=2e-3
    )
    assert float(rate_difference(pair)) == pytest.approx(30 / 54.3087 - 60 / 51.4775)


def test_one_zero_and_two_zeros_are_told_apart():
    pair = Pair([0, 3, 0], 5.0, [4, 0, 0], 5.0)
    ratio = rate_ratio(pair)
    assert ratio[0] == 0
    assert np.isinf(ratio[1])
    assert np.isnan(ratio[2])
    lower, upper = ratio_interval(pair)
    assert lower[0] == 0 < upper[0] < np.inf
    assert 0 < lower[1] < upper[1] == np.inf
    assert (lower[2], upper[2]) == (0, np.inf)
    assert ratio_p(pair)[2] == 1


def test_without_exposure_nothing_is_said():
    pair = Pair(3, 0, 2, 5)
    assert np.isnan(rate_ratio(pair))
    assert np.isnan(ratio_p(pair))
    assert all(np.isnan(end) for end in ratio_interval(pair))
    assert all(np.isnan(end) for end in difference_interval(pair))


@given(pairs(), st.sampled_from([0.8, 0.95, 0.998]), st.booleans())
def test_the_interval_leaves_out_one_exactly_where_the_test_rejects(pair, level, exact):
    lower, upper = (float(end) for end in ratio_interval(pair, level, exact=exact))
    p = float(ratio_p(pair, exact=exact))
    if abs(p - (1 - level)) > 1e-6:
        assert (p < 1 - level) == (not lower <= 1 <= upper)


@given(pairs())
def test_turning_a_pair_around_turns_its_answers_around(pair):
    turned = Pair(pair.base_events, pair.base_exposure, pair.events, pair.exposure)
    lower = float(ratio_interval(pair)[0])
    high = float(ratio_interval(turned)[1])
    assert lower == pytest.approx(1 / high if high else np.inf, rel=1e-6)
    assert float(ratio_p(pair)) == pytest.approx(float(ratio_p(turned)), rel=1e-9)
    assert float(rate_difference(pair)) == pytest.approx(-float(rate_difference(turned)))
    ends = [float(end) for end in difference_interval(pair)]
    assert ends == pytest.approx([-float(end) for end in difference_interval(turned)][::-1])


@given(pairs())
def test_the_exact_test_is_never_bolder_than_the_mid_p_one(pair):
    assert float(ratio_p(pair, exact=True)) >= float(ratio_p(pair)) - 1e-12
    inner, outer = ratio_interval(pair), ratio_interval(pair, exact=True)
    assert float(outer[0]) <= float(inner[0]) + 1e-9
    assert float(inner[1]) <= float(outer[1]) * (1 + 1e-9)


@given(pairs())
def test_intervals_hold_their_estimates(pair):
    lower, upper = (float(end) for end in difference_interval(pair))
    assert lower <= float(rate_difference(pair)) <= upper
    ratio = float(rate_ratio(pair))
    low, high = (float(end) for end in ratio_interval(pair))
    assert np.isnan(ratio) or low <= ratio <= high


@given(pairs())
def test_the_difference_to_nothing_is_the_rate_itself(pair):
    alone = Pair(pair.events, pair.exposure, 0, 1e12)
    ends, own = difference_interval(alone), midp_rate(pair.events, pair.exposure)
    assert float(ends[0]) == pytest.approx(float(own[0]), abs=1e-6)
    assert float(ends[1]) == pytest.approx(float(own[1]), abs=1e-6)

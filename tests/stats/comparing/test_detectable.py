"""What could have been seen: the sum over one distribution against the sum over all pairs of counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from stats.comparing.detectable import (
    Design,
    detectable_difference,
    detectable_ratio,
    detectable_ratio_below,
    power,
)
from stats.comparing.ratios import Pair, rate_ratio, ratio_p

designs = st.builds(
    Design,
    st.floats(10, 1e4),
    st.floats(10, 1e5),
    st.floats(0.0005, 0.005),
    st.sampled_from([0.9, 0.95, 0.998]),
)


def by_all_pairs(design, ratio):
    """The same power over every pair of counts: no conditioning, no critical values."""
    mean1, mean0 = design.base_rate * ratio * design.exposure, design.base_rate * design.base_exposure
    x1, x0 = np.meshgrid(
        np.arange(int(mean1 + 12 * mean1**0.5 + 20)), np.arange(int(mean0 + 12 * mean0**0.5 + 20))
    )
    pair = Pair(x1, design.exposure, x0, design.base_exposure)
    apart = ratio_p(pair) <= 1 - design.level
    side = rate_ratio(pair) > 1 if ratio >= 1 else rate_ratio(pair) < 1
    return float((poisson.pmf(x1, mean1) * poisson.pmf(x0, mean0) * (apart & side)).sum())


@pytest.mark.parametrize("ratio", [0.0, 0.2, 0.5, 1.0, 1.5, 3.0, 8.0])
@pytest.mark.parametrize("design", [Design(100, 100, 0.1), Design(500, 9000, 0.004), Design(20, 3000, 0.01)])
def test_power_agrees_with_the_sum_over_all_pairs(design, ratio):
    assert power(design, ratio) == pytest.approx(by_all_pairs(design, ratio), abs=1e-9)


def test_power_of_many_events_is_near_that_of_the_normal_approximation():
    # statsmodels.stats.rates.power_poisson_ratio_2indep approximates; with hundreds of events both meet.
    from statsmodels.stats.rates import power_poisson_ratio_2indep

    design = Design(40_000, 40_000, 0.01)
    theirs = power_poisson_ratio_2indep(
        0.01 * 1.2, 0.01, 40_000, nobs_ratio=1, exposure=1, value=1, alpha=0.05, alternative="two-sided"
    )
    assert power(design, 1.2) == pytest.approx(float(np.asarray(theirs.power)), abs=0.02)


def searched(search, design, *, nothing, extreme):
    """What a search finds; where that is nothing, the most extreme ratio has not the power either."""
    found = search(design)
    if not np.isfinite(found):
        np.testing.assert_equal(found, nothing)
        assert power(design, extreme) < 0.8
    return found


@settings(deadline=None, max_examples=30)
@given(designs)
def test_the_detectable_ratio_has_the_power_asked_for_and_nothing_smaller_has(design):
    found = searched(detectable_ratio, design, nothing=np.inf, extreme=1024.0)
    if np.isfinite(found):
        assert power(design, found) == pytest.approx(0.8, abs=1e-4)
        assert power(design, 1 + 0.98 * (found - 1)) < 0.8
        assert detectable_difference(design) == pytest.approx(design.base_rate * (found - 1))


@settings(deadline=None, max_examples=30)
@given(designs)
def test_less_than_the_detectable_ratio_below_is_found_too(design):
    found = searched(detectable_ratio_below, design, nothing=np.nan, extreme=0.0)
    if np.isfinite(found):
        assert 0 <= found < 1
        assert power(design, found) >= 0.8 - 1e-4


@settings(deadline=None, max_examples=20)
@given(designs)
def test_more_to_look_at_shows_smaller_ratios(design):
    more = Design(4 * design.exposure, 4 * design.base_exposure, design.base_rate, design.level)
    # Counts are whole, so power does not rise with every single event; with four times as many it does.
    assert detectable_ratio(more) <= detectable_ratio(design)


def test_without_an_expected_event_nothing_can_be_seen():
    for design in (Design(0, 5, 0.1), Design(5, 0, 0.1), Design(5, 5, 0)):
        assert detectable_ratio(design) == np.inf
        assert np.isnan(detectable_ratio_below(design))
    with pytest.raises(AssertionError, match="power"):
        power(Design(5, 5, 0), 2.0)

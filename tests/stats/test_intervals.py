"""Published worked examples to the last digit, and laws that hold for every count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.intervals import garwood, jeffreys, upper_bound_zero, wilson
from tests.stats.counts import assert_mirrored, levels, shares

counts = st.integers(0, 500)


def test_garwood_of_zero_events_is_the_published_3_689():
    lower, upper = garwood(0, 1)
    assert float(lower) == 0.0
    assert float(upper) == pytest.approx(3.6889, abs=5e-5)


@pytest.mark.parametrize(
    ("events", "level", "lower", "upper"),
    # 4 events: Garwood 1936. 25 events: the worked example of graphpad.com, "confidence interval of a count".
    [(4, 0.95, 1.09, 10.24), (25, 0.95, 16.18, 36.90), (25, 0.90, 17.38, 34.92), (25, 0.99, 14.00, 41.00)],
)
def test_garwood_agrees_with_published_examples(events, level, lower, upper):
    found = garwood(events, 1, level)
    assert float(found[0]) == pytest.approx(lower, abs=5e-3)
    assert float(found[1]) == pytest.approx(upper, abs=5e-3)


def test_garwood_is_per_unit_of_exposure():
    lower, upper = garwood([4, 4], [1.0, 2000.0])
    assert lower[1] == pytest.approx(lower[0] / 2000)
    assert upper[1] == pytest.approx(upper[0] / 2000)


def test_one_sided_bound_after_zero_events_is_2_996():
    assert float(upper_bound_zero(1)) == pytest.approx(2.9957, abs=5e-5)
    assert float(upper_bound_zero(1000)) == pytest.approx(0.0029957, abs=5e-8)


@pytest.mark.parametrize(
    ("events", "n", "lower", "upper"),
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3; the first two as the tests of the R package propint cite them.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_newcombe(events, n, lower, upper):
    found = wilson(events, n)
    assert float(found[0]) == pytest.approx(lower, abs=5e-5)
    assert float(found[1]) == pytest.approx(upper, abs=5e-5)


def test_jeffreys_agrees_with_the_published_example():
    # Worked example of the R package ratesci, jeffreysci(x = 5, n = 56).
    lower, upper = jeffreys(5, 56)
    assert float(lower) == pytest.approx(0.03489147, abs=5e-9)
    assert float(upper) == pytest.approx(0.1846509, abs=5e-8)


@pytest.mark.parametrize("n", [1, 7, 100])
def test_jeffreys_reaches_the_boundary_as_brown_cai_and_dasgupta_ask(n):
    assert float(jeffreys(0, n)[0]) == 0.0
    assert float(jeffreys(n, n)[1]) == 1.0
    assert 0 < float(jeffreys(0, n)[1]) < 1


def test_without_exposure_nothing_is_said():
    for bounds in (garwood(3, 0), wilson(0, 0), jeffreys(0, 0), (upper_bound_zero(0),)):
        assert all(np.isnan(bound) for bound in bounds)


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(AssertionError, match="level"):
        wilson(1, 2, level)


def test_impossible_counts_are_refused():
    with pytest.raises(AssertionError, match="within n"):
        wilson(3, 2)
    with pytest.raises(AssertionError, match="never negative"):
        garwood(-1, 2)


@given(counts, levels)
def test_garwood_holds_its_estimate_and_its_level(events, level):
    from scipy.special import pdtr, pdtrc

    lower, upper = (float(bound) for bound in garwood(events, 1, level))
    tail = (1 - level) / 2
    assert 0 <= lower <= events <= upper
    assert pdtr(events, upper) == pytest.approx(tail)
    if events:
        assert pdtrc(events - 1, lower) == pytest.approx(tail)


@given(shares(), levels)
def test_jeffreys_cuts_equal_tails_off_its_posterior(pair, level):
    from scipy.special import betainc

    events, n = pair
    lower, upper = jeffreys(events, n, level)
    tail = (1 - level) / 2
    if events:
        assert betainc(events + 0.5, n - events + 0.5, lower) == pytest.approx(tail)
    if events < n:
        assert betainc(events + 0.5, n - events + 0.5, upper) == pytest.approx(1 - tail)


@given(shares(), levels, st.sampled_from([wilson, jeffreys]))
def test_shares_hold_their_estimate(pair, level, method):
    events, n = pair
    lower, upper = (float(bound) for bound in method(events, n, level))
    assert 0 <= lower <= events / n <= upper <= 1


@given(shares(), levels, st.sampled_from([wilson, jeffreys]))
def test_swapping_events_and_non_events_mirrors_the_interval(pair, level, method):
    assert_mirrored(method, pair, level, tolerance=1e-12)


@given(shares(), levels, st.sampled_from([wilson, jeffreys]))
def test_more_of_the_same_narrows_the_interval(pair, level, method):
    events, n = pair
    narrow, wide = method(4 * events, 4 * n, level), method(events, n, level)
    assert float(narrow[1] - narrow[0]) < float(wide[1] - wide[0])


@given(counts, levels)
def test_more_exposure_at_the_same_rate_narrows_the_interval(events, level):
    narrow, wide = garwood(4 * events, 4, level), garwood(events, 1, level)
    assert float(narrow[1] - narrow[0]) < float(wide[1] - wide[0])


@given(st.lists(shares(), min_size=1, max_size=5))
def test_arrays_are_answered_element_by_element(pairs):
    events, n = zip(*pairs, strict=True)
    together = wilson(events, n)
    alone = [wilson(*pair) for pair in pairs]
    assert together[0].tolist() == [float(lower) for lower, _ in alone]
    assert together[1].tolist() == [float(upper) for _, upper in alone]

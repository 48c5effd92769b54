"""Funnel limits: laws that hold for every count, against sums of probabilities written out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between import funnel
from stats.intervals import garwood

means = st.floats(0.01, 80.0)
counts = st.integers(0, 120)
levels = st.sampled_from(funnel.LEVELS)


def chance_of(count, mean):
    return math.exp(-mean + count * math.log(mean) - math.lgamma(count + 1))


def tails(count, mean):
    at_most = math.fsum(chance_of(n, mean) for n in range(count + 1))
    at_least = 1.0 - math.fsum(chance_of(n, mean) for n in range(count))
    return at_most, at_least


@given(counts, means, levels)
def test_a_count_lies_outside_exactly_where_its_tail_is_rare(count, mean, level):
    at_most, at_least = tails(count, mean)
    tail = (1 - level) / 2
    if min(abs(at_most - tail), abs(at_least - tail)) < 1e-7:
        return  # on the edge, where rounding decides
    found = int(funnel.position(count / mean, {level: funnel.poisson_limits(mean, level)}))
    assert found == (at_least <= tail) - (at_most <= tail)


@given(counts, means)
def test_tails_are_sums_of_probabilities(count, mean):
    found = funnel.poisson_tails(count, mean)
    assert [float(x) for x in found] == pytest.approx(tails(count, mean), abs=1e-9)


@given(counts, means, levels)
def test_outside_the_limits_is_an_interval_without_the_target(count, mean, level):
    lower, upper = garwood(count, mean, level)
    found = int(funnel.position(count / mean, {level: funnel.poisson_limits(mean, level)}))
    if abs(float(lower) - 1) > 1e-6 and abs(float(upper) - 1) > 1e-6:
        assert found == int(lower > 1) - int(upper < 1)


@given(st.lists(means, min_size=2, max_size=30, unique=True), levels)
def test_the_funnel_narrows_and_holds_the_target(drawn, level):
    lower, upper = funnel.poisson_limits(np.sort(drawn), level)
    assert (lower <= 1).all() and (upper >= 1).all()
    assert (np.diff(upper) <= 1e-9).all()
    assert (np.diff(lower) >= -1e-9).all()


@given(means)
def test_the_wider_level_lies_outside_the_narrower(mean):
    inner, outer = (funnel.poisson_limits(mean, level) for level in funnel.LEVELS)
    assert outer[0] <= inner[0] and inner[1] <= outer[1]


def test_nothing_expected_has_no_limits():
    assert np.isnan(funnel.poisson_limits([0.0, np.nan], 0.95)).all()
    assert int(funnel.position(np.nan, {0.95: funnel.poisson_limits(0, 0.95)})) == 0


@pytest.mark.parametrize(
    ("staff", "at_95", "at_998"),
    # How many events it takes to stand out against a rate of one half per cent.
    [(300, 5, 7), (1000, 11, 14), (9607, 63, 72)],
)
def test_how_many_events_it_takes_to_stand_out(staff, at_95, at_998):
    for n, wanted in ((at_95, (0, 1)), (at_998, (1, 2))):
        limits = {level: funnel.poisson_limits(staff * 0.005, level) for level in funnel.LEVELS}
        found = [int(funnel.position(count / (staff * 0.005), limits)) for count in (n - 1, n)]
        assert found == list(wanted)


@given(st.integers(1, 300), st.floats(0.001, 0.999), levels, st.data())
def test_shares_stand_out_where_the_binomial_tail_is_rare(n, target, level, data):
    count = data.draw(st.integers(0, n))
    chances = [math.comb(n, k) * target**k * (1 - target) ** (n - k) for k in range(n + 1)]
    at_most, at_least = math.fsum(chances[: count + 1]), math.fsum(chances[count:])
    assert [float(x) for x in funnel.binomial_tails(count, n, target)] == pytest.approx(
        (at_most, at_least), abs=1e-9
    )
    tail = (1 - level) / 2
    lower, upper = funnel.binomial_limits(n, target, level)
    assert 0 <= lower <= target <= upper <= 1 + 1e-12
    if min(abs(at_most - tail), abs(at_least - tail)) > 1e-7 and count < n:
        found = int(funnel.position(count / n, {level: (lower, upper)}))
        assert found == (at_least <= tail) - (at_most <= tail)


@given(means, st.floats(1, 5), levels)
def test_widened_limits_hold_the_exact_ones(mean, factor, level):
    exact = funnel.poisson_limits(mean, level)
    wide = funnel.widened(exact, 1.0, factor)
    assert 0 <= wide[0] <= exact[0] + 1e-12 and exact[1] <= wide[1] + 1e-12
    assert wide[1] - 1 == pytest.approx((exact[1] - 1) * factor)


def test_two_sided_p_values_do_not_exceed_one():
    assert float(funnel.two_sided(funnel.poisson_tails(5, 5.0))) == 1.0
    assert float(funnel.two_sided(funnel.poisson_tails(20, 5.0))) == pytest.approx(2 * tails(20, 5.0)[1])

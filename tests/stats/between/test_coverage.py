"""How often what is said is wrong: exact sums for the funnel, simulation for the rest; the table of docs/methodology.md."""

import numpy as np
import pytest
from scipy.special import gammaln

from stats.between import funnel, ranks, smoothing
from stats.intervals import garwood

EXPECTED = (0.5, 1, 2, 5, 10, 20, 50, 100)


def outside(mean, level):
    """Probability that a unit with the rate of the group lies outside the limits of a level."""
    count = np.arange(0, int(mean + 12 * np.sqrt(mean) + 20))
    chance = np.exp(count * np.log(mean) - mean - gammaln(count + 1))
    found = funnel.position(count / mean, {level: funnel.poisson_limits(np.full(len(count), mean), level)})
    return float(chance[found != 0].sum())


@pytest.mark.parametrize("mean", EXPECTED)
def test_false_alarms_of_the_funnel_never_exceed_what_its_limits_say(mean):
    assert outside(mean, 0.95) <= 0.05
    assert outside(mean, 0.998) <= 0.002


@pytest.mark.parametrize("mean", EXPECTED)
def test_the_exact_interval_of_a_ratio_covers_at_least_as_often_as_it_says(mean):
    count = np.arange(0, int(mean + 12 * np.sqrt(mean) + 20))
    chance = np.exp(count * np.log(mean) - mean - gammaln(count + 1))
    lower, upper = garwood(count, np.full(len(count), mean))
    assert float(chance[(lower <= 1) & (upper >= 1)].sum()) >= 0.95


def coverage(seed=11, worlds=300, units=24):
    """Shares of units whose true ratio lies in the smoothed interval, and whose true rank lies in the rank interval."""
    draw = np.random.default_rng(seed)
    held, placed = [], []
    for n in range(worlds):
        expected = np.exp(draw.uniform(np.log(1), np.log(40), units))
        truth = draw.gamma(4.0, 0.25, units)
        count = draw.poisson(truth * expected)
        prior = smoothing.likeliest(count, expected)
        found = smoothing.smooth(count, expected, prior)
        lower, upper = found.interval()
        held.append(((lower <= truth) & (truth <= upper)).mean())
        interval = ranks.rank_intervals(smoothing.draws(found, 500, n))
        place = np.argsort(np.argsort(-truth)) + 1
        placed.append(((interval.lower <= place) & (place <= interval.upper)).mean())
    return float(np.mean(held)), float(np.mean(placed))


def test_smoothed_intervals_and_ranks_cover_about_as_often_as_they_say():
    held, placed = coverage()
    # The prior is estimated from the same counts, which the posterior does not know: a little less than nominal.
    assert 0.89 <= held <= 0.96
    assert 0.93 <= placed <= 0.99

"""Funnel limits from exact distributions, and where a unit lies.

The limits are those of the Technical Guidance of Public Health England (R package PHEindicatormethods,
`calculate_funnel_limits`): a unit lies outside the limits of a level exactly where the exact two-sided interval of
its value at that level leaves the target out. Limits are continuous in the expected count, so that a line can be
drawn, and agree with the exact tail probability at every whole count. All functions take arrays of equal shape
or scalars. Spiegelhalter 2005, Statistics in Medicine 24:1185.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik, betainc, gammainc, gammaincc, pdtrik

LEVELS: Final = (0.95, 0.998)

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]


def poisson_limits(expected: ArrayLike, level: float) -> Bounds:
    """Lower and upper limit of observed / expected where only chance is at work.

    At the upper limit u, P(X >= u * expected) = (1 - level) / 2 for a Poisson count X of mean `expected`, and
    likewise below; the lower limit is 0 where even no event at all is not rare enough. NaN where nothing is expected.
    """
    mean, tail = _positive(expected), _tail(level)
    with np.errstate(invalid="ignore"):
        none = np.exp(-mean)
        lower = np.where(none > tail, 0.0, pdtrik(tail, mean))
        upper = np.where(none >= 1.0 - tail, 1.0, pdtrik(1.0 - tail, mean) + 1.0)
    return _known(mean, lower / mean), _known(mean, upper / mean)


def binomial_limits(n: ArrayLike, target: ArrayLike, level: float) -> Bounds:
    """Lower and upper limit of a share of `n` where every unit has the share `target`; cut at 0 and 1."""
    trials, share = np.broadcast_arrays(_positive(n), np.asarray(target, dtype=np.float64))
    assert not bool(np.any((share < 0) | (share > 1))), "a target share lies from 0 to 1"
    tail = _tail(level)
    with np.errstate(invalid="ignore"):
        none = (1.0 - share) ** trials
        lower = np.where((none > tail) | (share == 0), 0.0, bdtrik(tail, trials, share))
        upper = np.where(none >= 1.0 - tail, 1.0, bdtrik(1.0 - tail, trials, share) + 1.0)
    lower, upper = np.where(share == 1, trials, lower), np.where(share == 1, trials, upper)
    return _known(trials, lower / trials), _known(trials, np.minimum(upper / trials, 1.0))


def poisson_tails(events: ArrayLike, expected: ArrayLike) -> Bounds:
    """Probability of at most, and of at least, `events` where `expected` were to be expected. NaN as above."""
    count, mean = np.broadcast_arrays(np.asarray(events, dtype=np.float64), _positive(expected))
    at_most = gammaincc(count + 1.0, mean)
    at_least = np.where(count > 0, gammainc(np.maximum(count, 1.0), mean), 1.0)
    return _known(mean, at_most), _known(mean, np.where(np.isnan(mean), np.nan, at_least))


def binomial_tails(events: ArrayLike, n: ArrayLike, target: ArrayLike) -> Bounds:
    """Probability of at most, and of at least, `events` of `n` under the share `target`."""
    count, trials, share = np.broadcast_arrays(
        np.asarray(events, dtype=np.float64), _positive(n), np.asarray(target, dtype=np.float64)
    )
    rest = np.where(np.isnan(trials), 1.0, trials - count)
    at_most = np.where(rest > 0, betainc(np.maximum(rest, 1.0), count + 1.0, 1.0 - share), 1.0)
    at_least = np.where(count > 0, betainc(np.maximum(count, 1.0), rest + 1.0, share), 1.0)
    return _known(trials, at_most), _known(trials, at_least)


def two_sided(tails: Bounds) -> Floats:
    """p-value of both tails: twice the smaller one, 1 at most."""
    return np.asarray(np.minimum(1.0, 2.0 * np.minimum(*tails)))


def widened(limits: Bounds, target: ArrayLike, factor: ArrayLike) -> Bounds:
    """Limits whose distance from the target is `factor` times as large; never below 0."""
    middle, times = np.asarray(target, dtype=np.float64), np.asarray(factor, dtype=np.float64)
    assert not bool(np.any(times < 1.0)), "limits are widened, never narrowed"
    lower, upper = (middle + (limit - middle) * times for limit in limits)
    return np.maximum(lower, 0.0), upper


def position(value: ArrayLike, limits: dict[float, Bounds]) -> NDArray[np.int64]:
    """Where values lie: 0 within all limits, 1 above those of 95 %, 2 above 99.8 %, negative below.

    `limits` maps levels to lower and upper limits. A value on a limit lies outside it. Without limits it is 0.
    """
    values = np.asarray(value, dtype=np.float64)
    found = np.zeros(values.shape, dtype=np.int64)
    for lower, upper in limits.values():
        # A lower limit of 0 says that even no event would be no surprise.
        found = (
            found + (values >= upper * (1 - _ROUNDING)) - ((values <= lower * (1 + _ROUNDING)) & (lower > 0))
        )
    return found


_ROUNDING: Final = 1e-9


def _positive(values: ArrayLike) -> Floats:
    known = np.asarray(values, dtype=np.float64)
    return np.where(known > 0, known, np.nan)


def _tail(level: float) -> float:
    assert 0.0 < level < 1.0, "a level lies between 0 and 1"
    return (1.0 - level) / 2.0


def _known(base: Floats, values: Floats) -> Floats:
    return np.where(np.isnan(base), np.nan, values)

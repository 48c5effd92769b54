"""Two Poisson rates: ratio, exact conditional test, interval of the ratio, interval of the difference.

A pair is two units, two periods, or two kinds of staff: counts x1 and x0 over exposures e1 and e0. Given their sum
t = x1 + x0, x1 is binomial with share r·e1 / (r·e1 + e0), where r is the ratio of the rates; test and interval of
the ratio rest on that alone (Przyborowski and Wilenski 1940, Biometrika 31:313; Lehmann and Romano 2005, 4.5).

Two-sided p-values are twice the smaller tail, so that p < 1 - level exactly where the interval leaves out the ratio
that was tested (Fay 2010, R Journal 2:53). statsmodels has the conditional test with the other two-sided p-value
("minlike") and no interval for it; its one-sided tails are compared with ours in the tests.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from stats.intervals import Bounds, Floats, clopper_pearson, counted, garwood
from stats.midp import binomial_tails, midp_rate, midp_share


class Pair(NamedTuple):
    """Counts and exposures of two rates, the one looked at and the one it is held against; arrays of one shape."""

    events: ArrayLike
    exposure: ArrayLike
    base_events: ArrayLike
    base_exposure: ArrayLike


def rate_ratio(pair: Pair) -> Floats:
    """(x1 / e1) / (x0 / e0); infinite where only the base has no event, NaN where neither has one."""
    x1, e1, x0, e0 = _usable(pair)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((x1 * e0) / (x0 * e1))


def ratio_interval(pair: Pair, level: float = 0.95, *, exact: bool = False) -> Bounds:
    """Interval of the ratio: mid-P, or the wider exact one. From 0 to infinity where neither rate has an event.

    The limits p of the binomial share of x1 in x1 + x0 (`midp_share`, `clopper_pearson`), turned into the ratio
    p / (1 - p) · e0 / e1.
    """
    x1, e1, x0, e0 = _usable(pair)
    total = x1 + x0
    lower, upper = (clopper_pearson if exact else midp_share)(x1, total, level)
    nothing = total == 0
    lower, upper = np.where(nothing, 0.0, lower), np.where(nothing, 1.0, upper)
    with np.errstate(divide="ignore"):
        found = tuple(np.asarray(share / (1.0 - share) * e0 / e1) for share in (lower, upper))
    return found[0], found[1]


def ratio_p(pair: Pair, ratio: float = 1.0, *, exact: bool = False) -> Floats:
    """Two-sided p-value of the hypothesis that the ratio of the rates is `ratio`: mid-P, or the larger exact one.

    Twice the smaller tail, at most 1; 1 where neither rate has an event.
    """
    below, above = _tails(pair, ratio, exact=exact)
    return np.asarray(np.minimum(1.0, 2.0 * np.minimum(below, above)))


def one_sided_p(pair: Pair, ratio: float = 1.0, *, exact: bool = False) -> Bounds:
    """p-values against "the ratio is at least this" and against "the ratio is at most this"."""
    return _tails(pair, ratio, exact=exact)


def rate_difference(pair: Pair) -> Floats:
    """x1 / e1 - x0 / e0."""
    x1, e1, x0, e0 = _usable(pair)
    return np.asarray(x1 / e1 - x0 / e0)


def difference_interval(pair: Pair, level: float = 0.95, *, exact: bool = False) -> Bounds:
    """Interval of the difference, from the mid-P (or Garwood's) limits of both rates by the method MOVER.

    d - sqrt((r1 - l1)² + (u0 - r0)²) to d + sqrt((u1 - r1)² + (r0 - l0)²) (Zou and Donner 2008, Statistics in
    Medicine 27:1693; Li, Tang and Wong 2014, Computational Statistics and Data Analysis 73:1). The difference has
    no exact conditional interval, so near the border it may answer otherwise than the test; the test decides.
    """
    x1, e1, x0, e0 = _usable(pair)
    limits = garwood if exact else midp_rate
    (low1, high1), (low0, high0) = limits(x1, e1, level), limits(x0, e0, level)
    first, base = x1 / e1, x0 / e0
    below = np.sqrt((first - low1) ** 2 + (high0 - base) ** 2)
    above = np.sqrt((high1 - first) ** 2 + (base - low0) ** 2)
    return np.asarray(first - base - below), np.asarray(first - base + above)


def share_under(pair: Pair, ratio: float = 1.0) -> Floats:
    """Which share of all events x1 would have if the ratio were this: r·e1 / (r·e1 + e0)."""
    _, e1, _, e0 = _usable(pair)
    return np.asarray(ratio * e1 / (ratio * e1 + e0))


def _tails(pair: Pair, ratio: float, *, exact: bool) -> Bounds:
    x1, _, x0, _ = _usable(pair)
    below, above = binomial_tails(x1, x1 + x0, share_under(pair, ratio), 1.0 if exact else 0.5)
    nothing = x1 + x0 == 0
    return np.where(nothing, 1.0, below), np.where(nothing, 1.0, above)


def _usable(pair: Pair) -> tuple[Floats, Floats, Floats, Floats]:
    first, base = counted(pair.events, pair.exposure), counted(pair.base_events, pair.base_exposure)
    x1, e1, x0, e0 = np.broadcast_arrays(*first, *base)
    return x1, np.where(e1 > 0, e1, np.nan), x0, np.where(e0 > 0, e0, np.nan)

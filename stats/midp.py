"""Mid-P tails and intervals: exact distributions in which the observed count itself weighs one half.

An exact interval covers at least its level and often far more, because counts come in whole numbers. Counting only
half of the observed count's own probability removes most of that excess; the price is that the coverage can fall
a little below the level (`docs/methodology.md` says by how much). Lancaster 1961, JASA 56:223.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincc, gammainc, gammaincc

from stats.intervals import Bounds, Floats, clopper_pearson, counted, garwood, shared, tail_of

# Each step halves the bracket; 60 leave nothing that a float could tell apart.
_STEPS: Final = 60


def poisson_tails(events: ArrayLike, mean: ArrayLike) -> Bounds:
    """P(X < x) + P(X = x)/2 and P(X > x) + P(X = x)/2 of a Poisson count with this mean."""
    x, mu = np.broadcast_arrays(np.asarray(events, np.float64), np.asarray(mean, np.float64))
    seen, some = x > 0, np.maximum(x, 1.0)
    below = (np.where(seen, gammaincc(some, mu), 0.0) + gammaincc(x + 1.0, mu)) / 2.0
    above = (np.where(seen, gammainc(some, mu), 1.0) + gammainc(x + 1.0, mu)) / 2.0
    return below, above


def binomial_tails(events: ArrayLike, n: ArrayLike, share: ArrayLike, weight: float = 0.5) -> Bounds:
    """P(X < x) + weight·P(X = x) and P(X > x) + weight·P(X = x) of a binomial count of `n` with this share.

    A weight of 1 gives the exact tails, one half the mid-P ones.
    """
    x, total, p = np.broadcast_arrays(*(np.asarray(part, np.float64) for part in (events, n, share)))
    seen, missed = x > 0, x < total
    low, high = np.maximum(x, 1.0), np.maximum(total - x, 1.0)
    at_least = np.where(seen, betainc(low, total - x + 1.0, p), 1.0)
    more = np.where(missed, betainc(x + 1.0, high, p), 0.0)
    fewer = np.where(seen, betaincc(low, total - x + 1.0, p), 0.0)
    at_most = np.where(missed, betaincc(x + 1.0, high, p), 1.0)
    rest = 1.0 - weight
    return rest * fewer + weight * at_most, weight * at_least + rest * more


def midp_rate(events: ArrayLike, exposure: ArrayLike, level: float = 0.95) -> Bounds:
    """Mid-P interval of a rate per unit of exposure (Cohen and Yang 1994, Statistics in Medicine 13:2189).

    The means whose mid-P tail is (1 - level) / 2, found between the limits of `garwood`. NaN where the exposure is
    not positive.
    """
    count, base = counted(events, exposure)
    lower, upper = garwood(count, np.ones_like(base), level)
    usable = np.where(base > 0, base, np.nan)
    found = _inside(lambda mean: poisson_tails(count, mean), (lower, upper), tail_of(level))
    return found[0] / usable, found[1] / usable


def midp_share(events: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Mid-P interval of a proportion (Berry and Armitage 1995, The Statistician 44:417).

    The shares whose mid-P tail is (1 - level) / 2, found between the limits of `clopper_pearson`; 0 at zero
    events and 1 at n events. NaN where n is not positive.
    """
    count, total = shared(events, n)
    limits = clopper_pearson(events, n, level)
    return _inside(lambda share: binomial_tails(count, total, share), limits, tail_of(level))


def _inside(tails: Callable[[Floats], Bounds], limits: Bounds, tail: float) -> Bounds:
    """Limits whose tail is `tail`, between exact limits, where the mid-P tail is smaller than that."""
    lower, upper = limits
    # At the boundary the exact limit is 0 (or the largest share) and the mid-P one as well.
    low = np.where(lower <= 0.0, 0.0, _bisect(lambda at: tails(at)[1] - tail, lower, upper))
    is_end = tails(upper)[0] >= tail
    high = np.where(is_end, upper, _bisect(lambda at: tail - tails(at)[0], lower, upper))
    return low, high


def _bisect(rising: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Where a rising function crosses zero, element by element."""
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        below = rising(middle) < 0.0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2.0)

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
from scipy.special import betainc, gammainc, gammaincc

from stats.intervals import Bounds, Floats, clopper_pearson, counted, garwood, shared, tail_of

# Each step halves the bracket, which is a part of the exact interval; 44 leave 1e-13 of it.
_STEPS: Final = 44
_Tail = Callable[[Floats], Floats]


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
    # What is few of one kind is many of the other.
    return _upper(total - x, total, 1.0 - p, weight), _upper(x, total, p, weight)


def _upper(x: Floats, total: Floats, p: Floats, weight: float) -> Floats:
    at_least = np.where(x > 0, betainc(np.maximum(x, 1.0), total - x + 1.0, p), 1.0)
    if weight == 1.0:
        return at_least
    more = np.where(x < total, betainc(x + 1.0, np.maximum(total - x, 1.0), p), 0.0)
    return np.asarray(weight * at_least + (1.0 - weight) * more)


def midp_rate(events: ArrayLike, exposure: ArrayLike, level: float = 0.95) -> Bounds:
    """Mid-P interval of a rate per unit of exposure (Cohen and Yang 1994, Statistics in Medicine 13:2189).

    The means whose mid-P tail is (1 - level) / 2, found between the limits of `garwood`. NaN where the exposure is
    not positive.
    """
    count, base = counted(events, exposure)
    lower, upper = garwood(count, np.ones_like(base), level)
    usable = np.where(base > 0, base, np.nan)
    below, above = lambda mean: poisson_tails(count, mean)[0], lambda mean: poisson_tails(count, mean)[1]
    found = _inside(below, above, (lower, upper), tail_of(level))
    return found[0] / usable, found[1] / usable


def midp_share(events: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Mid-P interval of a proportion (Berry and Armitage 1995, The Statistician 44:417).

    The shares whose mid-P tail is (1 - level) / 2, found between the limits of `clopper_pearson`; 0 at zero
    events and 1 at n events. NaN where n is not positive.
    """
    count, total = shared(events, n)
    limits = clopper_pearson(events, n, level)
    below, above = (
        lambda share: _upper(total - count, total, 1.0 - share, 0.5),
        lambda share: _upper(count, total, share, 0.5),
    )
    return _inside(below, above, limits, tail_of(level))


def _inside(below: _Tail, above: _Tail, limits: Bounds, tail: float) -> Bounds:
    """Limits whose tail is `tail`, between exact limits, where the mid-P tail is smaller than that."""
    lower, upper = limits
    # At the boundary the exact limit is 0 (or the largest share) and the mid-P one as well.
    low = np.where(lower <= 0.0, 0.0, _bisect(lambda at: above(at) - tail, lower, upper))
    high = np.where(below(upper) >= tail, upper, _bisect(lambda at: tail - below(at), lower, upper))
    return low, high


def _bisect(rising: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Where a rising function crosses zero, element by element."""
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        below = rising(middle) < 0.0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2.0)

"""Exact and score intervals for counts and shares, on arrays.

All functions take arrays of equal shape (or scalars) and return float arrays. `level` is the coverage of the
two-sided interval unless a function says otherwise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaincinv, ndtri

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]


def garwood(events: ArrayLike, exposure: ArrayLike, level: float = 0.95) -> Bounds:
    """Exact two-sided Poisson interval of a rate per unit of exposure (Garwood 1936, Biometrika 28:437).

    lower = G(tail; events) / exposure with 0 at zero events, upper = G(1 - tail; events + 1) / exposure,
    where G is the quantile of the gamma distribution and tail = (1 - level) / 2. NaN where the exposure is
    not positive.
    """
    count, base = counted(events, exposure)
    tail = tail_of(level)
    lower = np.where(count > 0, gammaincinv(np.maximum(count, 1.0), tail), 0.0)
    upper = gammaincinv(count + 1.0, 1.0 - tail)
    usable = np.where(base > 0, base, np.nan)
    return np.asarray(lower / usable), np.asarray(upper / usable)


def upper_bound_zero(exposure: ArrayLike, level: float = 0.95) -> Floats:
    """One-sided upper bound of a rate after zero events: -ln(1 - level) / exposure.

    At 95 % this is the "rule of three": Hanley and Lippman-Hand 1983, JAMA 249:1743. NaN where the exposure
    is not positive.
    """
    tail_of(level)
    base = np.asarray(exposure, dtype=np.float64)
    return np.asarray(-np.log(1.0 - level) / np.where(base > 0, base, np.nan), dtype=np.float64)


def wilson(events: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Score interval of a proportion without continuity correction (Wilson 1927, JASA 22:209).

    (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). NaN where n is not positive.
    """
    count, total = shared(events, n)
    z = float(ndtri(1.0 - tail_of(level)))
    share = count / total
    centre = share + z**2 / (2.0 * total)
    half = z * np.sqrt(share * (1.0 - share) / total + z**2 / (4.0 * total**2))
    scale = 1.0 + z**2 / total
    # At 0 and n the formula gives exactly 0 and 1; rounding must not move them past the estimate.
    lower = np.where(count == 0, 0.0, (centre - half) / scale)
    upper = np.where(count == total, 1.0, (centre + half) / scale)
    return _where_known(total, lower, upper)


def jeffreys(events: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Equal-tailed interval of a proportion under the prior Beta(1/2, 1/2), boundary rule included.

    Brown, Cai and DasGupta 2001, Statistical Science 16:101: the lower limit is 0 at zero events and the
    upper limit 1 at n events. NaN where n is not positive.
    """
    count, total = shared(events, n)
    tail = tail_of(level)
    lower = np.where(count == 0, 0.0, betaincinv(count + 0.5, total - count + 0.5, tail))
    upper = np.where(count == total, 1.0, betaincinv(count + 0.5, total - count + 0.5, 1.0 - tail))
    return _where_known(total, lower, upper)


def clopper_pearson(events: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Exact interval of a proportion (Clopper and Pearson 1934, Biometrika 26:404).

    lower = B(tail; events, n - events + 1) with 0 at zero events, upper = B(1 - tail; events + 1, n - events) with
    1 at n events, where B is the quantile of the beta distribution. It covers at least its level. NaN where n is
    not positive.
    """
    count, total = shared(events, n)
    tail = tail_of(level)
    seen, missed = np.maximum(count, 1.0), np.maximum(total - count, 1.0)
    lower = np.where(count == 0, 0.0, betaincinv(seen, total - count + 1.0, tail))
    upper = np.where(count == total, 1.0, betaincinv(count + 1.0, missed, 1.0 - tail))
    return _where_known(total, lower, upper)


def counted(events: ArrayLike, base: ArrayLike) -> Bounds:
    """Counts and what they are over as float arrays of one shape; a negative count is a fault of the caller."""
    count, other = np.broadcast_arrays(
        np.asarray(events, dtype=np.float64), np.asarray(base, dtype=np.float64)
    )
    assert not bool(np.any(count < 0)), "events are counts and never negative"
    return count, other


def shared(events: ArrayLike, n: ArrayLike) -> Bounds:
    """As `counted` for events among n; NaN for an n that is not positive."""
    count, total = counted(events, n)
    assert not bool(np.any(count > total)), "events lie within n"
    return count, np.where(total > 0, total, np.nan)


def tail_of(level: float) -> float:
    """What a two-sided interval of this level leaves on each side."""
    assert 0.0 < level < 1.0, "a level lies between 0 and 1"
    return (1.0 - level) / 2.0


def _where_known(total: Floats, lower: Floats, upper: Floats) -> Bounds:
    known = ~np.isnan(total)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)

"""Indirect standardisation: how many events a unit would have with the rates of the whole, and the ratio to what it has.

Breslow and Day 1987, Statistical Methods in Cancer Research II, IARC, chapter 2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Bounds = tuple[Floats, Floats]


def expected(exposure: ArrayLike, rates: ArrayLike) -> Floats:
    """Events expected of every unit: its exposure by stratum (units x strata) times the rate of each stratum."""
    base, rate = np.asarray(exposure, dtype=np.float64), np.asarray(rates, dtype=np.float64)
    assert base.shape[-1] == rate.shape[-1], "one rate per stratum"
    return np.asarray(base @ rate)


def stratum_rates(
    events: ArrayLike, exposure: ArrayLike, groupings: Sequence[Sequence[int]], fewest: int
) -> Floats:
    """Rate of every stratum of the whole; a stratum with too little to tell borrows the rate of a coarser one.

    `groupings` hold, from fine to coarse, the number of the group of every stratum, -1 where it has none (a class
    that is not known). A stratum takes the first group that has at least `fewest` events and any exposure, and
    after the last grouping the rate of all strata together.
    """
    count = np.asarray(events, dtype=np.float64)
    found = []
    for grouping in groupings:
        group = np.asarray(grouping, dtype=np.int64)
        found.append(np.bincount(group[group >= 0], count[group >= 0], int(group.max(initial=-1)) + 1))
    return nested_rates(found, float(count.sum()), exposure, groupings, fewest)


def nested_rates(
    events: Sequence[ArrayLike],
    total: float,
    exposure: ArrayLike,
    groupings: Sequence[Sequence[int]],
    fewest: int,
) -> Floats:
    """As `stratum_rates`, from the events of every group of every grouping, NaN where they are not told: such a group has
    too little to tell. `total` are the events of all strata."""
    base = np.asarray(exposure, dtype=np.float64)
    rates = np.full(len(base), total / base.sum() if base.sum() > 0 else 0.0)
    settled = np.zeros(len(base), dtype=np.bool_)
    for grouping, counted in zip(groupings, events, strict=True):
        group, above = np.asarray(grouping, dtype=np.int64), np.asarray(counted, dtype=np.float64)
        inside = group >= 0
        below = np.bincount(group[inside], base[inside], len(above))
        usable = (above >= fewest) & (below > 0)
        rate = np.divide(above, below, out=np.zeros(len(above)), where=usable)
        taken = inside & ~settled
        taken[inside] &= usable[group[inside]]
        rates[taken] = rate[group[taken]]
        settled |= taken
    return rates


def byar(events: ArrayLike, expected: ArrayLike, level: float = 0.95) -> Bounds:
    """Byar's approximate interval of observed / expected (Breslow and Day 1987, p. 69).

    lower = O (1 - 1/(9 O) - z / (3 sqrt O))^3 / E with 0 at zero events; upper the same with O + 1 and + z.
    The exact interval is `stats.intervals.garwood(events, expected)`. NaN where nothing is expected.
    """
    assert 0.0 < level < 1.0, "a level lies between 0 and 1"
    count, mean = np.broadcast_arrays(
        np.asarray(events, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    )
    assert not bool(np.any(count < 0)), "events are counts and never negative"
    z = float(ndtri((1.0 + level) / 2.0))
    base = np.where(mean > 0, mean, np.nan)
    some, next_one = np.maximum(count, 1.0), count + 1.0
    lower = np.where(count > 0, some * (1.0 - 1.0 / (9.0 * some) - z / (3.0 * np.sqrt(some))) ** 3, 0.0)
    upper = next_one * (1.0 - 1.0 / (9.0 * next_one) + z / (3.0 * np.sqrt(next_one))) ** 3
    return np.asarray(np.maximum(lower, 0.0) / base), np.asarray(upper / base)

"""Could we even see it? The power of the mid-P test of two rates, and the smallest ratio that it would find.

Exact: given their sum t the first count is binomial, and t itself is Poisson, so the power is one sum over t.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.special import betainc, gammaln, ndtri, xlogy

from stats.intervals import Floats

POWER: Final = 0.8
LARGEST: Final = 1024.0
_STEPS: Final = 24
_SPREAD: Final = 8.0


@dataclass(frozen=True)
class Design:
    """Two exposures, the rate that both would have without a difference, and the level of the two-sided test."""

    exposure: float
    base_exposure: float
    base_rate: float
    level: float = 0.95

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be expected in it, so that no ratio at all could be seen."""
        return not (self.exposure > 0 and self.base_exposure > 0 and self.base_rate > 0)


@dataclass(frozen=True)
class _Region:
    """For every likely sum of both counts the smallest count that the test calls too many on the side looked at."""

    design: Design
    totals: Floats
    critical: Floats
    upwards: bool

    def power(self, ratio: float) -> float:
        """Probability of a count in the region where the ratio of the rates is `ratio`."""
        design = self.design
        mean = design.base_rate * (ratio * design.exposure + design.base_exposure)
        share = ratio * design.exposure / (ratio * design.exposure + design.base_exposure)
        weights = np.exp(xlogy(self.totals, mean) - mean - gammaln(self.totals + 1.0))
        found = _at_least(self.critical, self.totals, share if self.upwards else 1.0 - share, 1.0)
        return float(np.sum(weights * np.where(self.critical <= self.totals, found, 0.0)))


def power(design: Design, ratio: float) -> float:
    """Probability that the mid-P test finds a difference in the right direction where the true ratio is `ratio`.

    sum over t of Poisson(t; base_rate·(ratio·e1 + e0)) · P(x1 in the rejection region | t), with x1 binomial of
    share ratio·e1 / (ratio·e1 + e0); a ratio below 1 is looked for below, any other above.
    """
    assert not design.is_empty, "without an expected event there is no power to speak of"
    assert ratio >= 0, "a ratio of rates is never negative"
    return _region(design, (ratio, ratio), upwards=ratio >= 1.0).power(ratio)


@lru_cache(maxsize=4096)
def detectable_ratio(design: Design, wanted: float = POWER) -> float:
    """Smallest ratio above 1 that the test would find with probability `wanted`; infinite where none up to 1024 is."""
    high = 2.0
    while not design.is_empty and high <= LARGEST:
        if power(design, high) >= wanted:
            return _border(_region(design, (high / 2.0, high), upwards=True), (high / 2.0, high), wanted)
        high *= 2.0
    return np.inf


@lru_cache(maxsize=4096)
def detectable_ratio_below(design: Design, wanted: float = POWER) -> float:
    """Largest ratio below 1 that the test would find with probability `wanted`; NaN where not even 0 is found."""
    if design.is_empty or power(design, 0.0) < wanted:
        return np.nan
    return _border(_region(design, (0.0, 1.0), upwards=False), (1.0, 0.0), wanted)


def detectable_difference(design: Design, wanted: float = POWER) -> float:
    """What the smallest detectable ratio above 1 adds to the base rate: base_rate · (ratio - 1)."""
    return design.base_rate * (detectable_ratio(design, wanted) - 1.0)


def _border(region: _Region, ends: tuple[float, float], wanted: float) -> float:
    """Where the power reaches `wanted` between a ratio that is not found and one that is."""
    missed, found = ends
    for _ in range(_STEPS):
        middle = (missed + found) / 2.0
        missed, found = (missed, middle) if region.power(middle) >= wanted else (middle, found)
    return found


def _region(design: Design, ratios: tuple[float, float], *, upwards: bool) -> _Region:
    means = [design.base_rate * (ratio * design.exposure + design.base_exposure) for ratio in ratios]
    reach = [_SPREAD * np.sqrt(mean) + 4 * _SPREAD for mean in means]
    totals = np.arange(max(0.0, np.floor(means[0] - reach[0])), np.ceil(means[1] + reach[1]) + 1.0)
    null = design.exposure / (design.exposure + design.base_exposure)
    # Fewer of the first are more of the base.
    critical = _critical(totals, null if upwards else 1.0 - null, (1.0 - design.level) / 2.0)
    return _Region(design, totals, critical, upwards)


def _critical(totals: Floats, null: float, tail: float) -> Floats:
    """Smallest count per sum whose mid-P upper tail is at most `tail`; the sum plus one where none is."""
    guess = np.floor(totals * null - float(ndtri(tail)) * np.sqrt(totals * null * (1.0 - null)))
    step = 1.0
    low, high = guess - step, guess + step
    while bool(np.any((low >= 0) & (_at_least(low, totals, null, 0.5) <= tail))):
        low, step = low - step, step * 2.0
    step = 1.0
    while bool(np.any((high <= totals) & (_at_least(high, totals, null, 0.5) > tail))):
        high, step = high + step, step * 2.0
    low, high = np.maximum(low, -1.0), np.minimum(high, totals + 1.0)
    while bool(np.any(high - low > 1.0)):
        middle = np.floor((low + high) / 2.0)
        enough = _at_least(middle, totals, null, 0.5) <= tail
        high, low = np.where(enough, middle, high), np.where(enough, low, middle)
    return high


def _at_least(count: Floats, totals: Floats, share: float, weight: float) -> Floats:
    """P(X > count) + weight·P(X = count) of binomial counts; a count outside its sum is taken as its nearest end."""
    x = np.clip(count, 0.0, totals)
    at_least = np.where(x > 0, betainc(np.maximum(x, 1.0), totals - x + 1.0, share), 1.0)
    if weight == 1.0:
        return at_least
    more = np.where(x < totals, betainc(x + 1.0, np.maximum(totals - x, 1.0), share), 0.0)
    return weight * at_least + (1.0 - weight) * more

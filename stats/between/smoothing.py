"""Empirical-Bayes smoothing: small units are drawn towards the mean of all, and it is told how far.

Counts are Poisson around expected x ratio, true ratios follow a gamma distribution (shape, rate) with mean
shape / rate. Clayton and Kaldor 1987, Biometrics 43:671; Marshall 1991, Applied Statistics 40:283.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, gammaln

from stats.between.hidden import Hidden

Floats = NDArray[np.float64]
_MOST_SHAPE: Final = 1e6
_LEAST_SHAPE: Final = 1e-2


@dataclass(frozen=True)
class Prior:
    """The gamma distribution of true ratios; a shape of 1e6 means that no difference beyond chance was found."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Mean of the true ratios."""
        return self.shape / self.rate

    @property
    def has_spread(self) -> bool:
        """Whether true ratios were found to differ at all."""
        return self.shape < _MOST_SHAPE / 2


@dataclass(frozen=True)
class Smoothed:
    """Per unit the posterior gamma distribution (`shape`, `rate`), its mean, and `weight`: the share of the unit's own
    ratio in that mean. What is left, 1 - weight, is the share of the mean of all units (the shrinkage)."""

    shape: Floats
    rate: Floats
    mean: Floats
    weight: Floats

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Equal-tailed interval of the true ratio."""
        tail = (1.0 - level) / 2.0
        return gammaincinv(self.shape, tail) / self.rate, gammaincinv(self.shape, 1.0 - tail) / self.rate


def likeliest(events: ArrayLike, expected: ArrayLike, hidden: Hidden | None = None) -> Prior:
    """Maximum likelihood of the prior (negative binomial counts), as Clayton and Kaldor.

    `hidden` units take part with the probability of their range, so that the result depends on nothing that is withheld.
    Without two units, or without an event that there must be, there is nothing to estimate and the prior has no spread and
    the mean of the counts.
    """
    from scipy.optimize import minimize

    count, mean = np.asarray(events, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    unseen = hidden or Hidden.nobody()
    assert not bool(np.any(mean <= 0)) and not bool(np.any(unseen.expected <= 0)), (
        "something is expected of every unit"
    )
    if len(count) + len(unseen.expected) < 2 or count.sum() + unseen.least.sum() == 0:
        start = count.sum() / mean.sum() if len(mean) and count.sum() else 1.0
        return Prior(_MOST_SHAPE, _MOST_SHAPE / start)

    # All counts in one row, the shown ones first, then each hidden unit with every count that it may have.
    possible, inside = unseen.possible()
    counts = np.concatenate([count, possible.ravel()])
    means = np.concatenate([mean, np.repeat(unseen.expected, possible.shape[1])])

    def loss(at: Sequence[float]) -> float:
        shape = math.exp(min(max(at[1], math.log(_LEAST_SHAPE)), math.log(_MOST_SHAPE)))
        each = _log_count(counts, means, shape, shape / math.exp(at[0]))
        ranges = _log_sums(np.where(inside, each[len(count) :].reshape(possible.shape), -np.inf))
        return -float(each[: len(count)].sum() + ranges.sum())

    start = max((count.sum() + unseen.middle.sum()) / (mean.sum() + unseen.expected.sum()), 1e-9)
    grid = [(np.log(start), np.log(shape)) for shape in np.geomspace(_LEAST_SHAPE, _MOST_SHAPE, 17)]
    first = np.array(min(grid, key=loss))
    corners = first + np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.5]])
    how = {"initial_simplex": corners, "xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000}
    best = minimize(loss, first, method="Nelder-Mead", options=how)
    # On the ridge of no spread any large shape is as likely; it is written as none.
    flat = float(loss((best.x[0], np.log(_MOST_SHAPE))))
    shape = _MOST_SHAPE if flat <= float(best.fun) + 1e-6 else float(np.exp(best.x[1]))
    return Prior(shape, shape / float(np.exp(best.x[0])))


def moments(events: ArrayLike, exposure: ArrayLike) -> Prior:
    """Marshall's global estimate by moments: mean m = sum O / sum E, variance s2 - m / mean E, 0 at least."""
    count, base = np.asarray(events, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    mean = count.sum() / base.sum()
    variance = (base * (count / base - mean) ** 2).sum() / base.sum() - mean / base.mean()
    if variance <= 0 or mean <= 0:
        return Prior(_MOST_SHAPE, _MOST_SHAPE / (mean or 1.0))
    return Prior(mean**2 / variance, mean / variance)


def smooth(events: ArrayLike, expected: ArrayLike, prior: Prior) -> Smoothed:
    """Posterior of every unit: shape + events over rate + expected; weight = expected / (expected + rate)."""
    count, mean = np.asarray(events, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    shape, rate = prior.shape + count, prior.rate + mean
    return Smoothed(shape, rate, shape / rate, mean / rate)


def draws(found: Smoothed, many: int, seed: int) -> Floats:
    """`many` draws of the true ratio of every unit (draws x units); the same seed gives the same draws."""
    return np.asarray(
        np.random.default_rng(seed).gamma(found.shape, 1.0 / found.rate, (many, len(found.shape)))
    )


def hidden_draws(hidden: Hidden, prior: Prior, many: int, seed: int) -> Floats:
    """As `draws`, for hidden units: first a count of their range, then a ratio."""
    mean, rng = hidden.expected, np.random.default_rng(seed)
    if not len(mean):
        return np.zeros((many, 0))
    possible, inside = hidden.possible()
    each = np.where(inside, _log_count(possible, mean[:, np.newaxis], prior.shape, prior.rate), -np.inf)
    weight = np.exp(each - each.max(axis=1, keepdims=True))
    reached = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)
    chance = rng.random((many, len(mean)))
    count = np.tile(hidden.least, (many, 1))
    for column in reached[:, :-1].T:
        count += chance > column
    return np.asarray(rng.gamma(prior.shape + count, 1.0 / (prior.rate + mean)))


def _log_count(count: Floats, mean: Floats, shape: float, rate: float) -> Floats:
    """Log probability of a count, with -shape log(1 + mean / rate) written so that a large shape loses no digits."""
    steps = gammaln(shape + count) - gammaln(shape) if shape < 1e4 else _log_rising(count, shape)
    return np.asarray(
        steps
        - gammaln(count + 1)
        + count * (np.log(mean) - np.log(rate + mean))
        - shape * np.log1p(mean / rate)
    )


def _log_rising(count: Floats, shape: float) -> Floats:
    """log of shape (shape + 1) ... (shape + count - 1), count log shape + count (count - 1) / 2 shape."""
    first = count * (count - 1) / (2 * shape)
    second = count * (count - 1) * (2 * count - 1) / (12 * shape**2)
    return np.asarray(count * np.log(shape) + first - second)


def _log_sums(each: Floats) -> Floats:
    """Log of the summed probabilities of every row, given their logs."""
    if not len(each):
        return np.zeros(0)
    top = each.max(axis=1)
    return np.asarray(top + np.log(np.exp(each - top[:, np.newaxis]).sum(axis=1)))

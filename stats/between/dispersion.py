"""Whether units differ by more than chance as a whole, and how far limits must be widened for it.

Spiegelhalter 2005, Quality and Safety in Health Care 14:347 and Statistics in Medicine 24:1185: the mean squared
z-score phi of all units, winsorised so that a few outlying units do not hide themselves, and, for the additive
model, the variance tau2 between units by the method of moments (DerSimonian and Laird 1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc, gammaln

from stats.between.hidden import Hidden

Floats = NDArray[np.float64]
WINSORISED: Final = 0.1
FEWEST: Final = 5


@dataclass(frozen=True)
class Dispersion:
    """How far units scatter: `phi` is 1 where only chance is at work, `tau2` the variance of the true ratios.

    `p_value` is the chance of a scatter at least as large (chi-square of `units` degrees of freedom, before
    winsorising). `is_over` is true where phi > 1 + 2 sqrt(2 / units), Spiegelhalter's rule for adjusting at all;
    with fewer than 5 units it is never true.
    """

    phi: float
    tau2: float
    p_value: float
    units: int

    @property
    def is_over(self) -> bool:
        """Whether limits are to be widened."""
        return self.units >= FEWEST and self.phi > 1.0 + 2.0 * np.sqrt(2.0 / self.units)

    def multiplicative(self) -> float:
        """Factor by which all limits are widened if the scatter multiplies chance: sqrt(phi); 1 without any."""
        return float(np.sqrt(max(self.phi, 1.0))) if self.is_over else 1.0

    def additive(self, expected: ArrayLike) -> Floats:
        """Factor for limits at `expected` if true ratios scatter with tau2: sqrt(1 + tau2 expected)."""
        means = np.asarray(expected, dtype=np.float64)
        return np.sqrt(1.0 + self.tau2 * means) if self.is_over else np.ones_like(means)


def poisson_scores(events: ArrayLike, expected: ArrayLike) -> Floats:
    """Standardised residuals (observed - expected) / sqrt(expected): mean 0 and variance 1 under chance alone."""
    count, mean = np.asarray(events, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    assert not bool(np.any(mean <= 0)), "something is expected of every unit"
    return np.asarray((count - mean) / np.sqrt(mean))


def hidden_scores(hidden: Hidden) -> Floats:
    """Root mean square score of counts known only to lie in their ranges, if they are a matter of chance.

    It is a function of the expected counts and the ranges alone and thus tells nothing about the hidden ones.
    """
    count, inside = hidden.possible()
    mean = hidden.expected[:, np.newaxis]
    log_weight = np.where(inside, count * np.log(mean) - mean - gammaln(count + 1), -np.inf)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True, initial=-np.inf))
    square = (count - mean) ** 2 / mean
    return np.asarray(np.sqrt((weight * square).sum(axis=1) / weight.sum(axis=1)))


def winsorised(scores: ArrayLike, share: float = WINSORISED) -> Floats:
    """Scores with the lowest and highest `share` of them drawn in to the quantiles at `share` and 1 - `share`."""
    assert 0.0 <= share < 0.5, "a share to winsorise lies below one half"
    values = np.asarray(scores, dtype=np.float64)
    low, high = np.quantile(values, [share, 1.0 - share])
    return np.clip(values, low, high)


def dispersion(scores: ArrayLike, precision: ArrayLike, share: float = WINSORISED) -> Dispersion:
    """Dispersion of z-scores of units whose value has the variance 1 / `precision` under chance alone.

    For a ratio of observed to expected the precision is the expected count. No unit at all gives phi 1.
    """
    raw, weight = np.asarray(scores, dtype=np.float64), np.asarray(precision, dtype=np.float64)
    n = len(raw)
    if n == 0:
        return Dispersion(1.0, 0.0, 1.0, 0)
    phi = float(np.mean(winsorised(raw, share) ** 2))
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    tau2 = max(0.0, (n * phi - (n - 1)) / spread) if n > 1 else 0.0
    return Dispersion(phi, float(tau2), float(gammaincc(n / 2.0, (raw**2).sum() / 2.0)), n)

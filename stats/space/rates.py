"""Rates of units of unequal size made comparable before they are mapped against their neighbours'."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def standardised_rates(events: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """Deviation of each rate from the common one in empirical-Bayes standard deviations.

    Assunção and Reis 1999, Statistics in Medicine 18:2147: with p = x / n and b = sum x / sum n, s² = sum n (p - b)² /
    sum n and a = s² - b / mean(n), the deviation is (p - b) / sqrt(a + b / n), where a negative a + b / n is replaced by
    b / n. A raw rate of a small unit lies far out by chance alone; this one does not. Zero for all where nothing
    happened. Populations are positive.
    """
    count, size = np.asarray(events, dtype=np.float64), np.asarray(population, dtype=np.float64)
    assert bool(np.all(size > 0)), "every unit has a population"
    if count.sum() == 0:
        return np.zeros(len(count))
    rate, common = count / size, count.sum() / size.sum()
    spread = float((size * (rate - common) ** 2).sum() / size.sum())
    variance = spread - common / size.mean() + common / size
    return np.asarray((rate - common) / np.sqrt(np.where(variance < 0, common / size, variance)))

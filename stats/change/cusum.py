"""The cumulative sum of evidence that a rate has changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def cusum(steps: ArrayLike, start: float = 0.0) -> Floats:
    """S(i) = max(0, S(i-1) + step(i)) along the last axis, from `start` (a head start, else 0).

    Page 1954, Biometrika 41:100; the head start is the "fast initial response" of Lucas and Crosier 1982,
    Technometrics 24:199. An alarm is S >= limit; resetting after it is the caller's.
    """
    given = np.asarray(steps, dtype=np.float64)
    sums, last = np.empty_like(given), np.full(given.shape[:-1], float(start))
    for place in range(given.shape[-1]):
        last = np.maximum(0.0, last + given[..., place])
        sums[..., place] = last
    return sums


def poisson_steps(counts: ArrayLike, expected: ArrayLike, ratio: float) -> Floats:
    """Log likelihood ratio of each count: `ratio` times the expected number against the expected number.

    x log(ratio) - (ratio - 1) expected; Lucas 1985, Technometrics 27:129, with an expectation of its own for each
    period (Mei, Han and Tsui 2011, Statistica Sinica 21:597). A ratio over 1 looks for increases, under 1 for
    decreases.
    """
    assert ratio > 0 and ratio != 1, "a ratio is positive and not one"
    return np.asarray(
        np.asarray(counts, dtype=np.float64) * np.log(ratio)
        - (ratio - 1.0) * np.asarray(expected, dtype=np.float64)
    )

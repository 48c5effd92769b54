"""What every function of this room takes: days waited and how the waiting ended, checked once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDING = 1e-9
"""Shares that differ by less are the same."""


def waiting(days: ArrayLike, cause: ArrayLike, causes: int = 1) -> tuple[Ints, Ints]:
    """Days and causes (0: not ended, 1 to `causes`: ended so) as two equally long arrays of whole numbers.

    Raises AssertionError on negative or broken days, unequal lengths and causes that do not exist.
    """
    given, ends = np.asarray(days), np.asarray(cause)
    assert given.ndim == 1 and given.shape == ends.shape, "one number of days and one end for each subject"
    whole, kind = given.astype(np.int64), ends.astype(np.int64)
    assert bool(np.all(whole == given)), "durations are whole days"
    assert bool(np.all(whole >= 0)), "nothing ends before it starts"
    assert bool(np.all((kind >= 0) & (kind <= causes))), "a cause lies between 0 (not ended) and their number"
    return whole, kind


def quantile(level: float) -> float:
    """z of a two-sided interval."""
    assert 0.0 < level < 1.0, "a level lies between 0 and 1"
    return float(ndtri(0.5 + level / 2.0))

"""The rule of small numbers: counts from 1 to k-1 could point at persons and are not published.

Zero is published, since it points at nobody. This is primary suppression; it does not look at totals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def small(count: ArrayLike, k: int) -> NDArray[np.bool_]:
    """True where a count lies from 1 to k-1."""
    assert k >= 1, "the threshold is a positive count"
    counts = np.asarray(count)
    return np.asarray((counts > 0) & (counts < k), dtype=np.bool_)


def small_share(events: ArrayLike, n: ArrayLike, k: int) -> NDArray[np.bool_]:
    """True where the numerator, its complement or the denominator of a proportion is a small count."""
    numerator, denominator = np.asarray(events), np.asarray(n)
    return small(numerator, k) | small(denominator - numerator, k) | small(denominator, k)

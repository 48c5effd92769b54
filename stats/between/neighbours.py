"""Units that are comparable by size and composition."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

HOW_MANY: Final = 5
_HALF: Final = 0.2


def distances(sizes: ArrayLike, parts: ArrayLike, unit: int) -> NDArray[np.float64]:
    """Distance of every unit from the unit at place `unit`; infinite for itself and for units without size.

    sqrt(a^2 + b^2), where a counts doublings in size, |log2(size / size of the unit)|, and b is the Hellinger
    distance of the compositions (0 equal, 1 nothing in common) in steps of 0.2: a unit twice as large is as
    far away as one of equal size whose composition is 0.2 off. `parts` holds a row of counts or shares per unit.
    """
    size, part = np.asarray(sizes, dtype=np.float64), np.asarray(parts, dtype=np.float64)
    total = part.sum(axis=1, keepdims=True)
    share = np.divide(part, total, out=np.zeros_like(part), where=total > 0)
    there = (size > 0) & (total[:, 0] > 0)
    if not there[unit]:
        return np.full(len(size), np.inf)
    doublings = np.log2(np.where(there, size, size[unit]) / size[unit])
    apart = np.sqrt(np.maximum(0.0, 1.0 - np.sqrt(share * share[unit]).sum(axis=1)))
    found = np.where(there, np.hypot(doublings, apart / _HALF), np.inf)
    found[unit] = np.inf
    return np.asarray(found)


def nearest(sizes: ArrayLike, parts: ArrayLike, unit: int, how_many: int = HOW_MANY) -> list[int]:
    """Places of the nearest units, the closest first; equally close ones in the order given."""
    away = distances(sizes, parts, unit)
    order = np.argsort(np.round(away, 9), kind="stable")
    return [int(place) for place in order[:how_many] if np.isfinite(away[place])]

"""Ranks as intervals: where a unit may stand among others, given how little is known of each.

Goldstein and Spiegelhalter 1996, JRSS A 159:385: ranks are drawn again and again from the posterior of all units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS: Final = 2000
SEED: Final = 1996
WIDEST: Final = 0.5
FEWEST: Final = 5


@dataclass(frozen=True)
class Ranks:
    """The lower and upper rank of every unit (1 is the highest), and which of them may be told."""

    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    told: NDArray[np.bool_]


def rank_intervals(draws: ArrayLike, level: float = 0.95) -> Ranks:
    """Interval of the rank of every unit; `draws` holds true values drawn from their posterior, draws x units.

    A rank is told only in a field of at least 5 units and where its interval holds at most half of the field;
    else it "spans most of the field" and would be a number without news.
    """
    values = np.asarray(draws, dtype=np.float64)
    many, n = values.shape
    if n == 0:
        none = np.zeros(0, dtype=np.int64)
        return Ranks(none, none, np.zeros(0, dtype=np.bool_))
    order = np.argsort(-values, axis=1, kind="stable")
    places = np.empty((many, n), dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, n + 1, dtype=np.int32)[np.newaxis, :], axis=1)
    places.sort(axis=0)
    tail = (1.0 - level) / 2.0
    lower = places[int(np.floor(tail * (many - 1)))].astype(np.int64)
    upper = places[int(np.ceil((1.0 - tail) * (many - 1)))].astype(np.int64)
    return Ranks(lower, upper, (n >= FEWEST) & (upper - lower + 1 <= WIDEST * n))

"""Units whose count is withheld: what is expected of them, and the range in which the count lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# A range of so many counts says nothing about a unit of which few are expected.
_WIDEST: Final = 200.0


@dataclass(frozen=True)
class Hidden:
    """Units whose count is only known to lie from `least` to `most`, and what is expected of them."""

    expected: Floats
    least: Floats
    most: Floats

    @classmethod
    def of(cls, expected: ArrayLike, least: ArrayLike, most: ArrayLike) -> Self:
        """As arrays of one length; a range without an upper end (NaN), or a wider one than matters, is cut."""
        mean = np.asarray(expected, dtype=np.float64)
        low = np.broadcast_to(np.asarray(least, dtype=np.float64), mean.shape)
        high = np.broadcast_to(np.asarray(most, dtype=np.float64), mean.shape)
        return cls(mean, low, np.minimum(np.where(np.isnan(high), np.inf, high), low + _WIDEST))

    @classmethod
    def nobody(cls) -> Self:
        """No such unit."""
        return cls.of((), (), ())

    @property
    def middle(self) -> Floats:
        """The middle of every range."""
        return np.asarray((self.least + self.most) / 2.0)

    def possible(self) -> tuple[Floats, NDArray[np.bool_]]:
        """Every count that a unit (row) may have, and which of them lie in its range."""
        width = int((self.most - self.least).max(initial=0.0)) + 1
        counts = self.least[:, np.newaxis] + np.arange(width)
        return counts, counts <= self.most[:, np.newaxis]

"""Counts of linked tables as one system of sums, and what is published of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
States = NDArray[np.int8]
PUBLISHED: Final = 0
FEW: Final = 1
WITHHELD: Final = 2
# More persons than any table holds: what a withheld count may be at most, for all that a reader knows.
BOUNDLESS: Final = 1_000_000


@dataclass(frozen=True)
class System:
    """Sums between cells, one a row: `sums` @ counts == 0, a whole is -1 and its parts are +1.

    `least` and `most` are what everybody knows of a count whatever is published, by what it means.
    """

    sums: csr_array
    least: Ints
    most: Ints

    @classmethod
    def of(
        cls,
        cells: int,
        sums: Iterable[tuple[int, Sequence[int]]],
        least: Sequence[int] | None = None,
        most: Sequence[int] | None = None,
    ) -> Self:
        """The system of `cells` cells from pairs of a whole and its parts; counts without more said are 0 or more."""
        from scipy.sparse import csr_array

        rows, columns, signs, count = [], [], [], 0
        for whole, parts in sums:
            rows += [count] * (len(parts) + 1)
            columns += [whole, *parts]
            signs += [-1, *([1] * len(parts))]
            count += 1
        return cls(
            csr_array((np.array(signs, dtype=np.int64), (rows, columns)), shape=(count, cells)),
            np.zeros(cells, dtype=np.int64) if least is None else np.array(least, dtype=np.int64),
            np.full(cells, BOUNDLESS) if most is None else np.array(most, dtype=np.int64),
        )

    @property
    def cells(self) -> int:
        """Number of cells."""
        return int(self.sums.shape[1])


@dataclass(frozen=True)
class Release:
    """What readers are told of every cell: its count lies from `lower` to `upper`, both included."""

    lower: Ints
    upper: Ints

    @property
    def unknown(self) -> Flags:
        """Cells whose count is not told."""
        return np.asarray(self.lower < self.upper)


@dataclass(frozen=True)
class Tables:
    """Counts of all cells and their sums, what a cell is worth, which are published, and which zeros may guard others.

    `aims` are the counts that a small one must stay possible between, where that is not simply 1 to k-1; `held` is what is
    withheld of each cell already, which is not told again.
    """

    system: System
    counts: Ints
    worth: Ints
    shown: Flags
    guards: Flags
    aims: Release | None = None
    held: States | None = None


def narrowed(system: System, release: Release, rounds: int = 40) -> Release:
    """Bounds that follow from one sum after another; what a reader finds with pencil and paper, in at most so many rounds.

    They start from what is known anyway. A sum bounds each of its cells by what the others leave. Bounds are never wider than
    the given ones and hold for every solution, yet the attack with all sums at once may find narrower ones.
    """
    lower, upper = np.maximum(release.lower, system.least), np.minimum(release.upper, system.most)
    entry, sign = system.sums.tocoo(), system.sums.tocoo().data
    row, column = entry.row, entry.col
    for _ in range(rounds):
        least = np.where(sign > 0, lower[column], -upper[column])
        most = np.where(sign > 0, upper[column], -lower[column])
        below = np.bincount(row, least, system.sums.shape[0])
        above = np.bincount(row, most, system.sums.shape[0])
        # sign * x = -(the others), so it lies from -(above - most) to -(below - least).
        from_, to = -(above[row] - most), -(below[row] - least)
        low, high = np.where(sign > 0, from_, -to), np.where(sign > 0, to, -from_)
        before = (lower.copy(), upper.copy())
        np.maximum.at(lower, column, np.rint(low).astype(np.int64))
        np.minimum.at(upper, column, np.rint(high).astype(np.int64))
        assert bool((lower <= upper).all()), "the published figures contradict each other"
        if np.array_equal(lower, before[0]) and np.array_equal(upper, before[1]):
            break
    return Release(lower, upper)

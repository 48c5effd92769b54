"""The same system with fewer cells: counts that are one count by several names, and counts that cannot change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from stats.protecting.release import Flags, Ints, System

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Merged:
    """What changes of counts obey: `sums` @ changes == 0, a column for each group of cells that change alike.

    `group` is the column of every cell, -1 for a cell that has the same count in every world.
    """

    sums: csr_array
    group: Ints

    def spread(self, values: Ints, fixed: int) -> Ints:
        """A value for every cell from one for every group."""
        return np.asarray(np.where(self.group >= 0, values[self.group], fixed))

    def lowest(self, values: Ints) -> Ints:
        """The least value of the cells of each group."""
        found = np.full(self.sums.shape[1], np.iinfo(np.int64).max)
        free = self.group >= 0
        np.minimum.at(found, self.group[free], values[free])
        return found

    def gathered(self, values: Ints) -> Ints:
        """The sum of the values of the cells of each group."""
        free = self.group >= 0
        return np.bincount(self.group[free], values[free], self.sums.shape[1]).astype(np.int64)


def merged(system: System) -> Merged:
    """Merges as long as a sum has one cell left, which then cannot change, or two, which then change alike."""
    from scipy.sparse.csgraph import connected_components

    group, fixed = np.arange(system.cells), np.asarray(system.least == system.most)
    while True:
        rows, alike = _gathered(system, group, fixed), np.zeros((0, 2), dtype=np.int64)
        many = np.diff(rows.indptr)
        lone = rows.indices[rows.indptr[:-1][many == 1]]
        pairs = rows.indptr[:-1][many == 2]
        alike = np.stack([rows.indices[pairs], rows.indices[pairs + 1]], axis=1)
        alike = alike[rows.data[pairs] == -rows.data[pairs + 1]]
        if not len(lone) and not len(alike):
            break
        fixed |= np.isin(group, lone)
        _, label = connected_components(_ties(alike, system.cells), directed=False)
        group = label[group]
    kept, own = np.unique(group[~fixed], return_inverse=True)
    found = np.full(system.cells, -1, dtype=np.int64)
    found[~fixed] = own
    return Merged(_once(_gathered(system, group, fixed)[:, kept]), found)


def _gathered(system: System, group: Ints, fixed: Flags) -> csr_array:
    from scipy.sparse import csr_array

    free = np.flatnonzero(~fixed)
    shape = (system.cells, system.cells)
    rows: Any = system.sums @ csr_array(
        (np.ones(len(free), dtype=np.int64), (free, group[free])), shape=shape
    )
    rows.eliminate_zeros()
    rows.sort_indices()
    return rows


def _ties(pairs: Ints, cells: int) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(cells, cells))


def _once(rows: csr_array) -> csr_array:
    """Every sum once, and none that says nothing."""
    seen: dict[tuple[bytes, bytes], int] = {}
    for row, (start, end) in enumerate(zip(rows.indptr[:-1], rows.indptr[1:], strict=True)):
        if end > start:
            data = rows.data[start:end]
            seen.setdefault((rows.indices[start:end].tobytes(), (data * data[0]).tobytes()), row)
    return rows[list(seen.values())]

"""The attack: how far every withheld count can be pinned down by all sums at once, in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from stats.protecting.program import SIDES, Program
from stats.protecting.release import Flags, Ints, Release, System, narrowed

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Range:
    """Counts that are certainly possible: every cell is `least` in one solution and `most` in another."""

    least: Ints
    most: Ints

    @classmethod
    def nothing(cls, cells: int) -> Range:
        """Before any solution is known."""
        return cls(np.full(cells, np.iinfo(np.int64).max), np.full(cells, -1))


def attack(
    system: System,
    release: Release,
    targets: Flags,
    enough: tuple[int, int] | None = None,
    seen: Range | None = None,
) -> Range:
    """The least and the greatest count that each of `targets` can have, given everything that is published.

    Linear programs (HiGHS), and whole-number ones where their corners are not whole: one for each end and target, in each
    part of the system that hangs together. With `enough` no more is asked of a target once it is known to reach so low and
    so high; its range is then a part of what is possible. `seen` are counts of solutions that are known already.
    """
    known = narrowed(system, release)
    found = seen or Range.nothing(system.cells)
    least, most = found.least.copy(), found.most.copy()
    told = ~known.unknown
    least[told], most[told] = known.lower[told], known.upper[told]
    for part in _parts(system, known, targets):
        for end in (1, -1):
            for place in np.flatnonzero(targets[part.cells]).tolist():
                cell = part.cells[place]
                if enough and (least[cell] <= enough[0] if end == 1 else most[cell] >= enough[1]):
                    continue
                solution = part.extreme(place, end)
                least[part.cells] = np.minimum(least[part.cells], solution)
                most[part.cells] = np.maximum(most[part.cells], solution)
    return Range(least, most)


@dataclass(frozen=True)
class _Part:
    """Unknown cells that hang together, the sums that tie them and what each comes to, and the program over them."""

    cells: Ints
    lower: Ints
    upper: Ints
    sums: csr_array
    sides: Ints

    def extreme(self, place: int, end: int) -> Ints:
        """A solution in which the cell at `place` is least (end 1) or greatest (end -1)."""
        at = np.array([place])
        self.program.price(at, np.array([float(end)]))
        corner = self.program.solve()
        assert corner is not None, "the counts themselves are a solution, yet none was found"
        # No whole number lies between the corner and the whole number next to it.
        best = np.ceil(end * corner[place] - 1e-6)
        found = corner if np.abs(corner - np.rint(corner)).max() <= 1e-6 else None
        for side in SIDES:
            if found is None or end * found[place] > best + 1e-6:
                found = self.program.whole({}, side)
        self.program.price(at, np.zeros(1))
        if found is None or end * found[place] > best + 1e-6:
            found = self._whole(place, end)
        return np.asarray(np.rint(found), dtype=np.int64)

    @cached_property
    def program(self) -> Program:
        """Asked for one end of one cell after another."""
        bounds = (self.lower.astype(np.float64), self.upper.astype(np.float64))
        return Program(self.sums, self.sides.astype(np.float64), np.zeros(len(self.cells)), bounds)

    def _whole(self, place: int, end: int) -> NDArray[np.float64]:
        from scipy.optimize import Bounds, LinearConstraint, milp

        aim = np.zeros(len(self.cells))
        aim[place] = end
        found = milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=Bounds(self.lower, self.upper),
            constraints=LinearConstraint(self.sums, self.sides, self.sides),
        )
        assert found.success, f"the counts themselves are a solution, yet none was found: {found.message}"
        return np.asarray(found.x)


def _parts(system: System, known: Release, targets: Flags) -> Iterator[_Part]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    unknown = np.flatnonzero(known.unknown)
    if not len(unknown):
        return
    inside = system.sums[:, unknown]
    tied = np.flatnonzero(np.diff(inside.indptr))
    inside = csr_array(inside[tied])
    rest = -(system.sums[tied] @ np.where(known.unknown, 0, known.lower))
    touching: Any = abs(inside)
    count, label = connected_components(touching.T @ touching, directed=False)
    of_sum = label[inside.indices[inside.indptr[:-1]]]
    by_label, by_sum = np.argsort(label, kind="stable"), np.argsort(of_sum, kind="stable")
    ends = np.searchsorted(label[by_label], np.arange(count + 1))
    sum_ends = np.searchsorted(of_sum[by_sum], np.arange(count + 1))
    for number in range(count):
        own = by_label[ends[number] : ends[number + 1]]
        if not targets[unknown[own]].any():
            continue
        sums = by_sum[sum_ends[number] : sum_ends[number + 1]]
        cells = unknown[own]
        yield _Part(cells, known.lower[cells], known.upper[cells], inside[sums][:, own], rest[sums])

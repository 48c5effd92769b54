"""Worlds that agree with what is published, and what must be withheld so that there is another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from stats.protecting.merging import merged
from stats.protecting.program import SIDES, Floats, Program
from stats.protecting.release import BOUNDLESS, FEW, PUBLISHED, WITHHELD, Flags, Ints, States, System

# Columns above which whole numbers are not searched at once, how many corners are tried, and what is not nothing in one.
_LARGE: Final = 6_000
_CORNERS: Final = 4
_NOTHING: Final = 1e-9
# A detour as often as this, and back, is another world where nothing leaves what is told of it.
_TIMES: Final = (1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8)


class Worlds:
    """What is withheld so far, and the range of every count over all worlds seen that agree with the rest.

    Worlds are whole numbers in which all sums hold and nothing that is published is contradicted. More withheld cells only
    add worlds, so that what has been seen stays possible.
    """

    def __init__(self, system: System, counts: Ints, states: States, how: tuple[int, Ints]) -> None:
        self.system, self.counts, self.states = system, counts, states
        self.k, self.worth = how
        self.least, self.most = counts.copy(), counts.copy()

    def cost(self) -> tuple[Ints, Ints]:
        """What it costs readers when a count changes within 0 to k-1, and beyond that."""
        kept, few = self.states == PUBLISHED, self.states == FEW
        beyond = np.where(kept, self.worth * (1 + (self.counts < self.k)), np.where(few, self.worth, 0))
        return np.where(kept, self.worth, 0), beyond

    def withhold(self, cells: Flags, whole: bool) -> None:
        """Tells nothing of these cells any more; unless `whole`, what is told as 0 to k-1 stays told so, and small counts come to it."""
        few = (self.counts < self.k) & (self.states != WITHHELD) & (not whole)
        self.states[cells] = np.where(few[cells], FEW, WITHHELD)

    def take(self, change: Ints) -> None:
        """Withholds what a change of counts touches, and remembers the worlds that it leads to."""
        moved = np.flatnonzero(change)
        assert not (self.system.sums @ change).any(), "a world in which the sums hold"
        counts, change = self.counts[moved], change[moved]
        after = np.where(self.states[moved] == PUBLISHED, FEW, self.states[moved])
        after[(after == FEW) & (np.maximum(counts + change, counts) >= self.k)] = WITHHELD
        self.states[moved] = after
        upper = np.minimum(self.system.most[moved], np.where(after == FEW, self.k - 1, BOUNDLESS))
        for times in _TIMES:
            world = counts + times * change
            if ((world >= self.system.least[moved]) & (world <= upper)).all():
                self.least[moved] = np.minimum(self.least[moved], world)
                self.most[moved] = np.maximum(self.most[moved], world)


class Detours:
    """The cheapest changes of counts, sums kept, that give a cell another count; what changes must be withheld.

    Withheld cells change for nothing within what is told of them, published ones at what they are worth: Kelly, Golden
    and Assad 1992, Networks 22:397, on any system of sums. Counts of 0 that are not `free` stay what they are.
    """

    def __init__(self, worlds: Worlds, free: Flags) -> None:
        from scipy.sparse import hstack

        system, self._worlds = worlds.system, worlds
        highest = np.where((worlds.counts == 0) & ~free, 0, system.most)
        self._group = merged(replace(system, most=highest))
        sums = self._group.sums
        # Up as far as "0 to k-1" allows, up beyond that, and down; no further than is known of any cell of the group.
        small = np.where(worlds.counts < worlds.k, worlds.k - 1 - worlds.counts, BOUNDLESS)
        up, few = self._group.lowest(system.most - worlds.counts), self._group.lowest(small)
        few = np.minimum(np.where(few < BOUNDLESS, few, 0), up)
        down = self._group.lowest(worlds.counts - system.least)
        beyond = np.where(up < BOUNDLESS // 2, up - few, BOUNDLESS)
        self._upper = np.concatenate([few, beyond, down]).astype(np.float64)
        self._all: Any = hstack([sums, sums, -sums]).tocsr()
        self._cost = self._costs()
        sides, lower = np.zeros(self._all.shape[0]), np.zeros(len(self._upper))
        self._program = Program(self._all, sides, self._cost, (lower, self._upper))

    def change(self, cell: int, aim: int) -> Ints | None:
        """The cheapest change of all counts after which `cell` has the count `aim`; None where there is none."""
        group, groups = int(self._group.group[cell]), len(self._upper) // 3
        if group < 0:
            return None
        shift = aim - int(self._worlds.counts[cell])
        up, down = self._upper[group] + self._upper[groups + group], self._upper[2 * groups + group]
        if not -down <= shift <= up:
            return None
        self._reprice()
        wanted = {group: max(shift, 0), groups + group: 0, 2 * groups + group: max(-shift, 0)}
        found = self._cheapest(wanted)
        if found is None:
            return None
        within, beyond, less = np.split(np.rint(found).astype(np.int64), 3)
        return self._group.spread(np.asarray(within + beyond - less), 0)

    def _cheapest(self, wanted: Mapping[int, float]) -> Floats | None:
        """The cheapest columns with those that are wanted, in whole numbers.

        Sums of tables mostly have whole corners. Where a corner is not, its columns are rounded. Where that leads nowhere, whole
        numbers are searched. In a large system that would take minutes: there, all that the corner touches is withheld, so
        that it costs nothing any more, and another one is looked for.
        """
        is_large = len(self._upper) > _LARGE
        for corners in range(_CORNERS if is_large else 1):
            ways = (self._program.whole(wanted, side) for side in SIDES)
            if (found := next((way for way in ways if way is not None), None)) is not None:
                return found
            if is_large and (corner := self._program.held(wanted)) is not None:
                up, more, down = np.split(corner > _NOTHING, 3)
                touched = self._group.spread((up | more | down).astype(np.int64), 0) > 0
                self._worlds.withhold(touched, whole=corners > 1)
                self._reprice()
        return self._whole(wanted)

    def _costs(self) -> Floats:
        inside, beyond = map(self._group.gathered, self._worlds.cost())
        # Among detours of equal price the one that changes least.
        return np.concatenate([inside, beyond, inside]) + 1e-3

    def _reprice(self) -> None:
        cost = self._costs()
        columns = np.flatnonzero(cost != self._cost)
        if len(columns):
            self._program.price(columns, cost[columns])
            self._cost = cost

    def _whole(self, wanted: Mapping[int, float]) -> Floats | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        lower, upper = np.zeros(len(self._upper)), self._upper.copy()
        for column, much in wanted.items():
            lower[column] = upper[column] = much
        found = milp(
            self._cost,
            integrality=np.ones(len(upper)),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(self._all, 0, 0),
            # Cheap enough will do.
            options={"mip_rel_gap": 0.5},
        )
        return np.asarray(found.x) if found.success else None

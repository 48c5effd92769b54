"""What to withhold: small counts, and as little else as keeps every one of them as uncertain as promised.

A heuristic, not the optimum (cell suppression is NP-hard; Fischetti and Salazar 2001): as long as the attack narrows
a small count, the cheapest published cell of a sum that betrays it is withheld too. Whatever the choice, what comes
out has withstood the attack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stats.disclosure import small
from stats.protecting.attack import Range, attack
from stats.protecting.release import BOUNDLESS, Flags, Ints, Release, System, narrowed

PUBLISHED: Final = 0
FEW: Final = 1
WITHHELD: Final = 2
States = NDArray[np.int8]


@dataclass(frozen=True)
class Protected:
    """The state of every cell: PUBLISHED; FEW (told as 0 to k-1: a small count, or a zero that guards one); WITHHELD (nothing
    is told: mostly a larger count that guards a small one). `rounds` is how often the attack was repeated."""

    counts: Ints
    states: States
    k: int
    rounds: int

    def release(self) -> Release:
        """What readers are told."""
        return release(self.counts, self.states, self.k)

    @property
    def targets(self) -> Flags:
        """The small counts, which nobody may narrow."""
        return small(self.counts, self.k)


def release(counts: Ints, states: States, k: int) -> Release:
    """What the states tell of the counts."""
    lower = np.where(states == PUBLISHED, counts, 0)
    upper = np.where(states == PUBLISHED, counts, np.where(states == WITHHELD, BOUNDLESS, k - 1))
    return Release(lower, upper)


def protect(system: System, counts: Ints, k: int, worth: Ints) -> Protected:
    """Withhold all counts from 1 to k-1, and others until the attack can rule out none of 1 to k-1 for any of them.

    What follows from public knowledge alone (`system.least`) stays known. `worth` is what withholding a cell costs readers.
    Deterministic.
    """
    assert k >= 2, "a threshold of one protects nothing"
    least = _least(system)
    states = np.where(small(counts, k), FEW, PUBLISHED).astype(np.int8)
    targets, seen, rounds = small(counts, k), Range(counts.copy(), counts.copy()), 0
    # Where nobody is told of, everything is possible: for one, a world of k-1 persons who are alike, and nobody else.
    open_ = targets & bool(counts[states == PUBLISHED].any())
    while open_.any():
        rounds += 1
        shown = release(counts, states, k)
        seen = attack(system, shown, open_, (1, k - 1), seen)
        # More withheld cells only add solutions: who is safe once stays safe.
        open_ &= (seen.least > least) | (seen.most < k - 1)
        if open_.any():
            seen = _withhold_more(system, counts, states, (k, worth), (open_, seen, least))
    return Protected(counts, states, k, rounds)


def _least(system: System) -> Ints:
    """How low a small count may be required to reach: to 1, or to what everybody knows of it where nothing is told at all."""
    nothing = Release(np.zeros(system.cells, dtype=np.int64), np.full(system.cells, BOUNDLESS))
    return np.maximum(1, narrowed(system, nothing).lower)


def _withhold_more(
    system: System, counts: Ints, states: States, how: tuple[int, Ints], betrayed: tuple[Flags, Range, Ints]
) -> Range:
    """Withhold what lets every betrayed cell reach 1 and k-1; the detours are solutions, and widen what is `seen`."""
    (k, worth), (open_, seen, lowest) = how, betrayed
    least, most = seen.least.copy(), seen.most.copy()
    for cell in np.flatnonzero(open_).tolist():
        for aim in (int(lowest[cell]), k - 1):
            if least[cell] <= aim <= most[cell]:
                continue
            solution = counts + _detour(system, counts, states, (k, worth), (cell, aim))
            moved = (solution != counts) & (states == PUBLISHED)
            states[moved] = FEW
            states[(states == FEW) & (np.maximum(solution, counts) >= k)] = WITHHELD
            least, most = np.minimum(least, solution), np.maximum(most, solution)
    return Range(least, most)


def _detour(system: System, counts: Ints, states: States, how: tuple[int, Ints], at: tuple[int, int]) -> Ints:
    """The cheapest change of counts, sums kept, that gives a cell another count; what changes must be withheld.

    Withheld cells change for nothing within what is told of them, published ones at what they are worth: Kelly, Golden
    and Assad 1992, Networks 22:397, on any system of sums.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import hstack

    (k, worth), (cell, aim) = how, at
    kept, zero = states == PUBLISHED, np.zeros(system.cells)
    # Up as far as "0 to k-1" allows, up beyond that, and down.
    free = system.most > counts
    few = np.where((counts < k) & free, k - 1 - counts, 0)
    beyond_few = np.where(free, BOUNDLESS, 0)
    upper = np.concatenate([few, beyond_few, counts - system.least]).astype(np.float64)
    inside = np.where(kept, worth, zero)
    beyond = np.where(kept, worth * (1 + (counts < k)), np.where(states == FEW, worth, zero))
    lower = np.zeros(3 * system.cells)
    shift = aim - counts[cell]
    for place, much in ((0, max(shift, 0)), (1, 0), (2, max(-shift, 0))):
        lower[place * system.cells + cell] = upper[place * system.cells + cell] = much
    # Among detours of equal price the one that changes least.
    cost = np.concatenate([inside, beyond, inside]) + 1e-3
    sums = hstack([system.sums, system.sums, -system.sums]).tocsr()
    how_much = {"bounds": Bounds(lower, upper), "constraints": LinearConstraint(sums, 0, 0)}
    # Sums of tables mostly have whole corners; only where they have not is the slower whole-number search needed.
    found = milp(cost, integrality=np.zeros(len(cost)), **how_much)
    if found.success and np.abs(found.x - np.rint(found.x)).max() > 1e-6:
        found = milp(cost, integrality=np.ones(len(cost)), **how_much)
    # Every sum holds for fewer persons, down to what everybody knows, and for all of them many times over.
    assert found.success, f"cell {cell} cannot become {aim}: {found.message}"
    up, more, down = np.split(np.rint(found.x).astype(np.int64), 3)
    return np.asarray(up + more - down)

"""What to withhold: small counts, and as little else as keeps every one of them as uncertain as promised.

A heuristic, not the optimum (cell suppression is NP-hard; Fischetti and Salazar 2001): for every small count that no world
seen so far lets be 1 or k-1, the cheapest such world is sought, and whatever is published of it is withheld. Whatever the
choice, what comes out has withstood the attack: for every small count there are worlds that agree with all that is
published, in which it is 1 and k-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from stats.disclosure import small
from stats.protecting.detours import Detours, Told
from stats.protecting.release import (
    BOUNDLESS,
    FEW,
    PUBLISHED,
    WITHHELD,
    Flags,
    Ints,
    Release,
    States,
    System,
    narrowed,
)


@dataclass(frozen=True)
class Protected:
    """The state of every cell: PUBLISHED; FEW (told as 0 to k-1: a small count, or a zero that guards one); WITHHELD (nothing
    is told: mostly a larger count that guards a small one). `questions` is how many worlds were sought."""

    counts: Ints
    states: States
    k: int
    questions: int

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


def protect(
    system: System,
    counts: Ints,
    how: tuple[int, Ints],
    shown: Flags | None = None,
    guards: Flags | None = None,
) -> Protected:
    """Withhold all counts from 1 to k-1, and others until the attack can rule out none of 1 to k-1 for any of them.

    `how` is k, and what withholding each cell costs readers. What follows from public knowledge alone (`system.least`) stays
    known. Cells that are not `shown` are in no published table: they are withheld from the start, and as safe as the others.
    Zeros that are no `guards` are withheld only where nothing else serves, which keeps the search short. Deterministic.
    """
    k, every = how[0], np.ones(system.cells, dtype=np.bool_)
    assert k >= 2, "a threshold of one protects nothing"
    states = np.where(small(counts, k), FEW, PUBLISHED).astype(np.int8)
    if shown is not None:
        states[~shown] = WITHHELD
    told, lowest, questions = Told(system, counts, states, how), _least(system), 0
    near = cache(lambda: Detours(told, every if guards is None else guards))
    far = cache(lambda: Detours(told, every))
    for cell in np.flatnonzero(small(counts, k)).tolist():
        for aim in (int(lowest[cell]), k - 1):
            for nearest in range(aim, int(counts[cell]), 1 if aim < counts[cell] else -1):
                if told.least[cell] <= nearest <= told.most[cell]:
                    break
                questions += 1
                change = near().change(cell, nearest)
                if change is None and guards is not None:
                    change = far().change(cell, nearest)
                if change is not None:
                    told.take(change)
                    assert told.least[cell] <= nearest <= told.most[cell], "a world that was sought is there"
                    break
    return Protected(counts, told.states, k, questions)


def _least(system: System) -> Ints:
    """How low a small count may be required to reach: to 1, or to what everybody knows of it where nothing is told at all."""
    nothing = Release(np.zeros(system.cells, dtype=np.int64), np.full(system.cells, BOUNDLESS))
    return np.maximum(1, narrowed(system, nothing).lower)

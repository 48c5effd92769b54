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
from stats.protecting.detours import Detours, Worlds
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
    Tables,
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
    """`protected` tables of these cells; `how` is k, and what withholding each cell costs readers.

    Without `shown` all cells stand in a table, without `guards` any zero may guard another cell.
    """
    every = np.ones(system.cells, dtype=np.bool_)
    guarding = every if guards is None else guards
    return protected(Tables(system, counts, how[1], every if shown is None else shown, guarding), how[0])


def protected(tables: Tables, k: int) -> Protected:
    """Withhold all counts from 1 to k-1, and others until the attack can rule out none of 1 to k-1 for any of them.

    What follows from public knowledge alone (`system.least`) stays known, and where there are `aims`, a small count must stay
    possible only between those. Cells that are not `shown` are in no published table: they are withheld from the start, and as
    safe as the others. Zeros that are no `guards` are withheld only where nothing else serves, which keeps the search short.
    Deterministic.
    """
    assert k >= 2, "a threshold of one protects nothing"
    system, counts = tables.system, tables.counts
    states = np.where(small(counts, k), FEW, PUBLISHED).astype(np.int8)
    states[~tables.shown] = WITHHELD
    if tables.held is not None:
        states = np.maximum(states, tables.held)
    worlds, questions = Worlds(system, counts, states, (k, tables.worth)), 0
    lowest, highest = _ends(system, k, tables.aims)
    near = cache(lambda: Detours(worlds, tables.guards))
    far = cache(lambda: Detours(worlds, np.ones(system.cells, dtype=np.bool_)))
    for cell in np.flatnonzero(small(counts, k)).tolist():
        for aim in (int(lowest[cell]), int(highest[cell])):
            for nearest in range(aim, int(counts[cell]), 1 if aim < counts[cell] else -1):
                if worlds.least[cell] <= nearest <= worlds.most[cell]:
                    break
                questions += 1
                change = near().change(cell, nearest)
                if change is None and not tables.guards.all():
                    change = far().change(cell, nearest)
                if change is not None:
                    worlds.take(change)
                    assert worlds.least[cell] <= nearest <= worlds.most[cell], (
                        "a world that was sought is there"
                    )
                    break
    return Protected(counts, worlds.states, k, questions)


def _ends(system: System, k: int, aims: Release | None) -> tuple[Ints, Ints]:
    """How low and how high a small count may be required to reach: to 1 and k-1, or to what everybody knows of it where nothing
    is told at all, such as what a release before with a lower threshold has told."""
    nothing = Release(np.zeros(system.cells, dtype=np.int64), np.full(system.cells, BOUNDLESS))
    known = narrowed(system, nothing)
    lowest, highest = np.maximum(1, known.lower), np.minimum(k - 1, known.upper)
    return (np.maximum(lowest, aims.lower), np.minimum(highest, aims.upper)) if aims else (lowest, highest)

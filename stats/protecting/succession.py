"""Two releases of the same tables as one system: what a reader may do who has kept the earlier one.

Every count of the later release that the earlier one has as well is tied to it by a change: later = earlier + change where it
has grown, earlier = later + change where it has shrunk, and no change is less than 0. That gives the attacker more than a
reader has, who can only suppose that registers mostly grow: the direction of every change, and which counts have stayed what
they were. Changes are counts of persons like all others, so that those from 1 to k-1 are guarded as well: whoever could tell
that one person was added between two builds, and one decision, would know what that one decision says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stats.disclosure import small
from stats.protecting.attack import attack
from stats.protecting.release import (
    BOUNDLESS,
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
class Earlier:
    """An earlier release: its counts, their sums, and what whoever has kept all releases up to it knows of each."""

    system: System
    counts: Ints
    known: Release


@dataclass(frozen=True)
class Ties:
    """What ties cells to earlier ones: `alike` is the earlier cell of each (-1: none; of cells beyond its end too), and of `cells`
    the `numbers` were told in any release before."""

    alike: Ints
    cells: Ints
    numbers: Ints


def joined(now: Tables, earlier: Earlier, ties: Ties, k: int) -> Tables:
    """Both releases and all changes as one set of tables: the cells of `now` first, then whatever ties them to the earlier ones.

    What the earlier release told cannot be taken back, so it is public knowledge here. A cell of which a number was told before
    that lies less than k persons away is not shown: what readers learn of it is that the change since is small. Where a range
    was told before, a number may be told again as soon as it is k persons away from every number that was told, or the same; the
    change since the range need only stay as uncertain as that range is.
    """
    cells, old = now.system.cells, earlier.system.cells
    alike = np.concatenate([ties.alike, np.full(cells - len(ties.alike), -1)])
    exact = earlier.known.lower == earlier.known.upper
    known = np.flatnonzero(alike >= 0)
    is_exact = np.zeros(cells, dtype=np.bool_)
    is_exact[known] = exact[alike[known]]
    # A number that was told in another release than the earlier one.
    apart = ~is_exact[ties.cells] | (earlier.counts[alike[ties.cells]] != ties.numbers)
    once, numbers = ties.cells[apart], ties.numbers[apart]
    later = np.concatenate([known, once])
    before = np.concatenate([cells + alike[known], cells + old + np.arange(len(once))])
    counts = np.concatenate([now.counts, earlier.counts, numbers])
    change = counts[later] - counts[before]
    is_told = np.concatenate([is_exact[known], np.ones(len(once), dtype=np.bool_)])
    shown = now.shown.copy()
    shown[later[is_told & small(np.abs(change), k) & ~small(counts[later], k)]] = False
    hidden = np.zeros(old + len(once), dtype=np.bool_)
    return Tables(
        _tied(now.system, earlier, numbers, (later, before, change)),
        np.concatenate([counts, np.abs(change)]),
        np.concatenate([now.worth, np.zeros(old + len(once), dtype=np.int64), now.worth[later]]),
        np.concatenate([shown, hidden, is_told & now.shown[later]]),
        np.concatenate(
            [now.guards, ~exact, hidden[old:], is_told & (now.guards[later] | (counts[before] > 0))]
        ),
        _aims(now, earlier, (~is_told, counts[later], alike[later], change), len(hidden)),
        _held(now, later, change, len(hidden), k),
    )


def pinned_down(both: Tables, told: Release, k: int) -> tuple[Flags, Flags]:
    """The small counts of tables, and those that `attack` pins down further than what is public anyway and the aims leave.

    `told` is what the release tells of the first cells; all else is known by `both.system` alone.
    """
    least, most = np.zeros(both.system.cells, dtype=np.int64), np.full(both.system.cells, BOUNDLESS)
    anyway = narrowed(both.system, Release(least, most))
    least, most = least.copy(), most.copy()
    least[: len(told.lower)], most[: len(told.upper)] = told.lower, told.upper
    targets, aims = (
        small(both.counts, k),
        both.aims or Release(np.zeros_like(least), np.full_like(most, BOUNDLESS)),
    )
    reached = attack(both.system, Release(least, most), targets, (1, k - 1))
    lowest = np.maximum(np.maximum(1, anyway.lower), aims.lower)
    highest = np.minimum(np.minimum(k - 1, anyway.upper), aims.upper)
    return targets, targets & ((reached.least > lowest) | (reached.most < highest))


def _aims(now: Tables, earlier: Earlier, changes: tuple[Flags, Ints, Ints, Ints], between: int) -> Release:
    """Every count for the cells; for the changes since a range what it leaves whoever knows the number now and the direction."""
    since_range, count, place, change = changes
    more, less = count - earlier.known.lower[place], count - earlier.known.upper[place]
    # Grown from L to U: by now-U to now-L persons; shrunk: by L-now to U-now.
    least = np.maximum(0, np.where(change >= 0, less, -more))
    most = np.where(change >= 0, more, -less)
    inside = (least <= np.abs(change)) & (np.abs(change) <= most)
    assert bool((inside | ~since_range).all()), "a change that the range before allows"
    own = now.aims or Release(
        np.zeros(now.system.cells, dtype=np.int64), np.full(now.system.cells, BOUNDLESS)
    )
    return Release(
        np.concatenate([own.lower, np.zeros(between, dtype=np.int64), np.where(since_range, least, 0)]),
        np.concatenate([own.upper, np.full(between, BOUNDLESS), np.where(since_range, most, BOUNDLESS)]),
    )


def _held(now: Tables, later: Ints, change: Ints, between: int, k: int) -> States | None:
    """What is withheld already; with it, how far it is from what was told, where that is not small and known to be so."""
    if now.held is None:
        return None
    apart = (now.held[later] != PUBLISHED) & ~small(np.abs(change), k)
    nothing = np.full(between, PUBLISHED, dtype=np.int8)
    return np.concatenate([now.held, nothing, np.where(apart, WITHHELD, PUBLISHED).astype(np.int8)])


def _tied(system: System, earlier: Earlier, once: Ints, changes: tuple[Ints, Ints, Ints]) -> System:
    from scipy.sparse import block_diag, csr_array, hstack, vstack

    later, before, change = changes
    cells, many = system.cells + earlier.system.cells + len(once), len(change)
    rows, signs = np.arange(many), np.where(change >= 0, 1, -1)
    # Grown: -later + earlier + change = 0; shrunk: later - earlier + change = 0.
    entries = (
        np.concatenate([-signs, signs, np.ones(many, dtype=np.int64)]),
        (np.tile(rows, 3), np.concatenate([later, before, cells + rows])),
    )
    ties = csr_array(entries, shape=(many, cells + many), dtype=np.int64)
    alone: Any = block_diag([system.sums, earlier.system.sums])
    wide = csr_array((alone.shape[0], len(once) + many), dtype=np.int64)
    sums = vstack([hstack([alone, wide]), ties]).tocsr().astype(np.int64)
    return System(
        csr_array(sums),
        np.concatenate([system.least, earlier.known.lower, once, np.zeros(many, dtype=np.int64)]),
        np.concatenate([system.most, earlier.known.upper, once, np.where(change == 0, 0, BOUNDLESS)]),
    )

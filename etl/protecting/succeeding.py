"""Protects a release with the one before it: which counts are the same in both, and what is told of the later one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from etl.protecting.cells import Cells
from etl.protecting.layout import COVERED, ISLAND, Cell
from etl.protecting.releases import Told
from stats.protecting.release import PUBLISHED, Ints, Release, States, Tables, narrowed
from stats.protecting.succession import Earlier, joined
from stats.protecting.suppression import protected, release


def is_same(cells: Cells, before: Told, k: int) -> bool:
    """Whether everything is the same that a pattern of withheld cells rests on."""
    mine, theirs = cells.system.sums, before.earlier.system.sums
    return (
        k == before.k
        and cells.cells == before.cells
        and cells.covered == before.covered
        and np.array_equal(cells.counts, before.earlier.counts)
        and mine.shape == theirs.shape
        and not (mine != theirs).nnz
    )


def protected_alone(cells: Cells, k: int) -> Told:
    """What is told of the cells by a release that none has gone before."""
    found = protected(_tables(cells), k)
    return _told(cells, (found.states, narrowed(cells.system, found.release())), k, {})


def protected_after(before: Told, cells: Cells, k: int) -> Told:
    """What is told of the cells by a release that withstands whoever has kept the ones before, too."""
    both = with_before(before, cells, k)
    found = protected(both, k)
    known, many = narrowed(both.system, release(both.counts, found.states, k)), len(cells.cells)
    own = Release(known.lower[:many], known.upper[:many])
    return replace(_told(cells, (found.states[:many], own), k, _last(cells, before)), before=before.hash)


def with_before(before: Told, cells: Cells, k: int) -> Tables:
    """Both releases and all changes in one system, the cells of the later one first."""
    last = _last(cells, before)
    told = np.array([last.get(cell, -1) for cell in cells.cells], dtype=np.int64)
    return joined(_tables(cells), before.earlier, (_alike(cells, before), told), k)


def _alike(cells: Cells, before: Told) -> Ints:
    """The place among the cells before of each cell that counts the same thing, or -1."""
    places, is_other = {cell: place for place, cell in enumerate(before.cells)}, _others(cells, before)
    found = [-1 if is_other(cell) else places.get(cell, -1) for cell in cells.cells]
    return np.array(found, dtype=np.int64)


def _told(cells: Cells, told: tuple[States, Release], k: int, last: Mapping[Cell, int]) -> Told:
    states, known = told
    anew = np.flatnonzero((states == PUBLISHED) & cells.shown).tolist()
    numbers = {**last, **{cells.cells[place]: int(cells.counts[place]) for place in anew}}
    return Told(cells.cells, Earlier(cells.system, cells.counts, known), states, numbers, cells.covered, k)


def _tables(cells: Cells) -> Tables:
    return Tables(cells.system, cells.counts, cells.worth, cells.shown, cells.guards)


def _others(cells: Cells, before: Told) -> Callable[[Cell], bool]:
    """Whether a cell counts another thing than before: what a whole leaves over is no count of its own, and persons where a
    roster is usable are others where other rosters are."""
    moved = {
        (place, period) for code, period in cells.covered ^ before.covered for place in (ISLAND, code[:2])
    }
    return lambda cell: (
        " beyond " in cell.measure or (COVERED in cell.measure and (cell.place, cell.period) in moved)
    )


def _last(cells: Cells, before: Told) -> dict[Cell, int]:
    is_other = _others(cells, before)
    return {cell: number for cell, number in before.last.items() if not is_other(cell)}

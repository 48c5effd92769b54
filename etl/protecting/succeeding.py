"""Protects a release with those before it: which counts are the same in them, and what is told of the later one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from etl.following.enlarging import with_clocks
from etl.following.remembering import Lines, Telling
from etl.protecting.cells import Cells
from etl.protecting.layout import Cell
from etl.protecting.releases import Told
from stats.protecting.release import PUBLISHED, Ints, Release, States, Tables, narrowed
from stats.protecting.succession import Earlier, Ties, joined
from stats.protecting.suppression import protected, release

Numbers = Mapping[Cell, tuple[int, ...]]


def is_same(cells: Cells, before: Told, k: int) -> bool:
    """Whether everything is the same that a pattern of withheld cells rests on."""
    mine, theirs = cells.system.sums, before.earlier.system.sums
    return (
        k == before.k
        and cells.cells == before.cells
        and np.array_equal(cells.counts, before.earlier.counts)
        and mine.shape == theirs.shape
        and not (mine != theirs).nnz
    )


def protected_alone(cells: Cells, k: int) -> Told:
    """What is told of the cells by a release that none has gone before."""
    states = protected(_tables(cells), k).states
    return _told(cells, (states, narrowed(cells.system, release(cells.counts, states, k))), k, {})


def protected_after(before: Told, cells: Cells, k: int, older: Iterable[Told] = ()) -> Told:
    """What is told of the cells by a release that withstands whoever has kept the one before and any one of the `older`.

    They are taken one after the other, each together with the one before, from which the ranges follow that readers see:
    withholding more makes nothing unsafe that was safe.
    """
    both, many = with_before(before, cells, k), len(cells.cells)
    states = protected(both, k).states
    for one in _others(before, older):
        three = with_older(one, before, cells, replace(both, held=states), k)
        states = protected(three, k).states[: len(states)]
    known = narrowed(both.system, release(both.counts, states, k))
    own = Release(known.lower[:many], known.upper[:many])
    return replace(_told(cells, (states[:many], own), k, _numbers(before)), before=before.hash)


def with_before(before: Told, cells: Cells, k: int) -> Tables:
    """Both releases and all changes in one system, the cells of the later one first."""
    places = {cell: place for place, cell in enumerate(cells.cells)}
    told = [
        (places[cell], number) for cell, some in _numbers(before).items() if cell in places for number in some
    ]
    place, number = np.array(told, dtype=np.int64).reshape(-1, 2).T
    return joined(_tables(cells), _with_clocks(before), Ties(_alike(cells.cells, before), place, number), k)


def with_older(older: Told, before: Told, cells: Cells, both: Tables, k: int) -> Tables:
    """The system of `with_before` with one more of the releases before that one, and how that and the last one differ.

    What changed between those two is as small as ever, and what is told now must not tell it.
    """
    nothing = np.zeros(0, dtype=np.int64)
    alike = np.concatenate([_alike(cells.cells, older), _alike(before.cells, older)])
    return joined(both, _with_clocks(older), Ties(alike, nothing, nothing), k)


def _with_clocks(told: Told) -> Earlier:
    return with_clocks(told.cells, told.earlier, told.lines)


def _others(before: Told, older: Iterable[Told]) -> Iterator[Told]:
    """The releases that told something of cells that neither the last nor an earlier one of these has told."""
    seen = [before]
    for one in older:
        if not any(_is_equal(one, another) for another in seen):
            seen.append(one)
            yield one


def _is_equal(one: Told, another: Told) -> bool:
    mine, theirs = one.earlier, another.earlier
    return (
        one.cells == another.cells
        and np.array_equal(mine.counts, theirs.counts)
        and np.array_equal(mine.known.lower, theirs.known.lower)
        and np.array_equal(mine.known.upper, theirs.known.upper)
        and mine.system.sums.shape == theirs.system.sums.shape
        and not (mine.system.sums != theirs.system.sums).nnz
        and _told_clocks(one) == _told_clocks(another)
    )


def _told_clocks(told: Told) -> Mapping[str, Telling]:
    lines = Lines.read(told.lines)
    return {code: lines.clocks[code][latest] for code, latest in lines.latest.items()}


def _alike(cells: Sequence[Cell], before: Told) -> Ints:
    """The place among the cells before of each cell that counts the same thing, or -1."""
    places = {cell: place for place, cell in enumerate(before.cells)}
    found = [-1 if _is_rest(cell) else places.get(cell, -1) for cell in cells]
    return np.array(found, dtype=np.int64)


def _told(cells: Cells, told: tuple[States, Release], k: int, before: Numbers) -> Told:
    states, known = told
    numbers = defaultdict(set, {cell: set(some) for cell, some in before.items()})
    for place in np.flatnonzero((states == PUBLISHED) & cells.shown).tolist():
        numbers[cells.cells[place]].add(int(cells.counts[place]))
    kept = {cell: tuple(sorted(some)) for cell, some in numbers.items()}
    return Told(cells.cells, Earlier(cells.system, cells.counts, known), states, kept, k)


def _tables(cells: Cells) -> Tables:
    return Tables(cells.system, cells.counts, cells.worth, cells.shown, cells.guards)


def _is_rest(cell: Cell) -> bool:
    """Whether a cell is what a whole leaves over, which is no count of its own and another one in every release."""
    return " beyond " in cell.measure


def _numbers(before: Told) -> Numbers:
    return {cell: some for cell, some in before.numbers.items() if not _is_rest(cell)}

"""Counts of persons in cases, for every cell of a layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from etl.protecting.family import Level
from etl.protecting.layout import COVERED, ISLAND, REST, WHOLE, Cell, Layout
from etl.protecting.measures import Conditions
from stats.protecting.release import Flags, Ints

Table = Mapping[str, NDArray[Any]]
"""Columns of texts, and of `persons`: how many are alike in all of them."""
_OF_STEPS: Final = frozenset({"stage", "part"})
_COLUMN: Final[Mapping[Level, str]] = {
    "province": "province_code",
    "government": "government_code",
    "agency": "agency_id",
}


@dataclass(frozen=True)
class Persons:
    """Persons in cases by everything that a cell asks for, and the steps of the procedure that they stand at or have passed."""

    cases: Table
    steps: Table

    @classmethod
    def none(cls) -> Persons:
        """Nobody."""
        return cls({}, {})


def counted(layout: Layout, persons: Persons) -> Ints:
    """The count of every cell of a layout; what a whole leaves over is what remains of it."""
    tables = {name: _Counting(layout, table) for name, table in vars(persons).items()}
    order = {cell: place for place, cell in enumerate(layout.cells)}
    counts = np.zeros(len(order), dtype=np.int64)
    left = []
    for cell, place in order.items():
        where = layout.measures(cell.level, cell.period).conditions.get(cell.measure)
        if where is None:
            left.append(cell)
        else:
            counts[place] = tables["steps" if where.keys() & _OF_STEPS else "cases"].count(cell, where)
    for cell in left:
        whole, parts = layout.parts_beside(cell)
        counts[order[cell]] = counts[order[whole]] - sum(int(counts[order[part]]) for part in parts)
    assert (counts >= 0).all(), "what data/protection.yml says is within a count is not"
    return counts


class _Counting:
    """One table, counted by place and period for each set of conditions once."""

    def __init__(self, layout: Layout, table: Table) -> None:
        self.layout, self.table = layout, table
        self.found: dict[tuple[Level, str, bool], NDArray[Any]] = {}

    def count(self, cell: Cell, where: Conditions) -> int:
        """Persons of one cell."""
        if not self.table:
            return 0
        is_whole = cell.period == WHOLE
        key = (cell.level, cell.measure, is_whole)
        if key not in self.found:
            self.found[key] = self._counts(cell.level, where, is_whole)
        row, found = self.places[cell.level][0].get(cell.place, -1), self.found[key]
        if row < 0:
            return 0
        others = [code for code, stretch in self.layout.stretches.items() if stretch == "other"]
        wanted = (
            [0]
            if is_whole
            else [self.periods[code] for code in (others if cell.period == REST else [cell.period])]
        )
        return int(found[row, wanted].sum())

    def _counts(self, level: Level, where: Conditions, is_whole: bool) -> NDArray[Any]:
        rows = np.ones(len(self.table["persons"]), dtype=np.bool_)
        for column, value in where.items():
            rows = rows & (
                self._covered(is_whole, value == "true") if column == COVERED else self._where(column, value)
            )
        if where.keys() & _OF_STEPS and "stage" not in where:
            rows = rows & ~self._where("stage", "block")
        codes, place = self.places[level]
        columns = 1 if is_whole else len(self.periods)
        period = np.zeros(len(rows), dtype=np.int64) if is_whole else self.period
        at = place[rows] * columns + period[rows]
        found = np.bincount(at, self.table["persons"][rows], len(codes) * columns)
        return np.asarray(np.rint(found).astype(np.int64).reshape(len(codes), columns))

    def _where(self, column: str, value: str) -> Flags:
        return np.asarray(self.table[column] == value)

    def _covered(self, is_whole: bool, wanted: bool) -> Flags:
        periods = [WHOLE] * len(self.table["persons"]) if is_whole else self.table["election_code"].tolist()
        pairs = zip(self.table["government_code"].tolist(), periods, strict=True)
        return np.array([(pair in self.layout.known.covered) is wanted for pair in pairs], dtype=np.bool_)

    @cached_property
    def places(self) -> dict[Level, tuple[dict[str, int], Ints]]:
        """By level the row of each place, and the row of the place of every line."""
        found: dict[Level, tuple[dict[str, int], Ints]] = {
            ISLAND: ({ISLAND: 0}, np.zeros(len(self.table["persons"]), dtype=np.int64))
        }
        for level, column in _COLUMN.items():
            found[level] = _coded(self.table[column])
        return found

    @cached_property
    def periods(self) -> dict[str, int]:
        """The column of each election; what no line has stands in a column of its own."""
        codes = [code for code, stretch in self.layout.stretches.items() if stretch in ("election", "other")]
        return {code: place for place, code in enumerate(codes)}

    @cached_property
    def period(self) -> Ints:
        """The column of the election of every line."""
        return np.array([self.periods[code] for code in self.table["election_code"].tolist()], dtype=np.int64)


def _coded(values: NDArray[Any]) -> tuple[dict[str, int], Ints]:
    codes, own = np.unique(values.astype(str), return_inverse=True)
    return {code: place for place, code in enumerate(codes.tolist())}, own.astype(np.int64)

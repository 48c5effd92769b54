"""The cells of all published tables with their counts, and the sums that tie them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from etl.protecting.family import Family, Level, Measures, Stretch, measures
from stats.protecting.release import BOUNDLESS, Ints, System

WHOLE: Final = "whole"
ISLAND: Final = "kalimantan"
# What a count is worth to readers where another must be withheld to guard a small one: the wider, the more.
_WORTH: Final[Mapping[str, int]] = {"kalimantan": 50, "province": 8, "government": 1}


class Cell(NamedTuple):
    """One published count: persons of a place in a period who meet a measure's conditions."""

    level: Level
    place: str
    period: str
    measure: str


class Kind(NamedTuple):
    """Persons in cases who are alike: where, in which election, and which measures they belong to."""

    province: str
    government: str
    election: str
    values: Mapping[str, str]
    persons: int


@dataclass(frozen=True)
class Cells:
    """All cells in order, their counts and what they are worth, and the sums."""

    cells: tuple[Cell, ...]
    counts: Ints
    worth: Ints
    system: System


def cells_of(
    family: Family, kinds: Sequence[Kind], governments: Iterable[str], elections: Mapping[str, bool]
) -> Cells:
    """The cells of all governments in provinces that have a case. `elections` with cases, and whether each is a main one.

    A province without any case has no register, and no cells: its zeros would be missing values in disguise.
    """
    provinces = sorted({kind.province for kind in kinds})
    homes = {code: code[:2] for code in sorted(governments) if code[:2] in provinces}
    layout = _Layout(family, provinces, homes, {WHOLE: True, **dict(sorted(elections.items()))})
    cells = tuple(layout.cells())
    found = _counted(kinds, layout)
    counts = np.array([found[cell] for cell in cells], dtype=np.int64)
    assert found.keys() <= set(cells), "a person is counted in published cells alone"
    bases = measures(family, "stages").bases
    worth = [_worth(cell, bases) * (2 + int(count)) for cell, count in zip(cells, counts, strict=True)]
    return Cells(cells, counts, np.array(worth, dtype=np.int64), system_of(family, cells, elections))


def system_of(family: Family, cells: Sequence[Cell], elections: Mapping[str, bool]) -> System:
    """The sums among published cells and what is known of each, as anybody can write down who has read data/protection.yml."""
    provinces = list(dict.fromkeys(cell.place for cell in cells if cell.level == "province"))
    homes = {cell.place: cell.place[:2] for cell in cells if cell.level == "government"}
    layout = _Layout(family, provinces, homes, {WHOLE: True, **dict(sorted(elections.items()))})
    order = {cell: place for place, cell in enumerate(cells)}
    sums = [(order[whole], [order[part] for part in parts]) for whole, parts in layout.sums(order)]
    known = [layout.known(cell) for cell in cells]
    return System.of(len(cells), sums, [least for least, _ in known], [most for _, most in known])


@dataclass(frozen=True)
class _Layout:
    """Places and periods, and what is published of them."""

    family: Family
    provinces: Sequence[str]
    homes: Mapping[str, str]
    periods: Mapping[str, bool]

    def measures(self, level: Level, period: str) -> Measures:
        """The measures of a level in a period; none where nothing is published."""
        stretch: Stretch = "whole" if period == WHOLE else "election" if self.periods[period] else "other"
        extent = self.family.levels.get(level, {}).get(stretch)
        return _measures(_Frozen(self.family), extent) if extent else Measures({}, ())

    def places(self) -> list[tuple[Level, str]]:
        """All places, the island first; none where no case is loaded."""
        if not self.provinces:
            return []
        return [
            (ISLAND, ISLAND),
            *(("province", code) for code in self.provinces),
            *(("government", code) for code in self.homes),
        ]

    def cells(self) -> Iterable[Cell]:
        """All published cells."""
        for level, place in self.places():
            for period in self.periods:
                for measure in self.measures(level, period).conditions:
                    yield Cell(level, place, period, measure)

    def sums(self, known: Mapping[Cell, int]) -> Iterable[tuple[Cell, list[Cell]]]:
        """Every whole whose parts are all published: by measure, by period, by place."""
        for level, place in self.places():
            for period in self.periods:
                for whole, parts in self.measures(level, period).sums:
                    here = Cell(level, place, period, whole)
                    yield here, [here._replace(measure=part) for part in parts]
        for cell in known:
            for below in self._parts(cell):
                if below and all(part in known for part in below):
                    yield cell, below

    def known(self, cell: Cell) -> tuple[int, int]:
        """What is known of a count before anything is told: a province and an election are listed where they have a case."""
        if cell.measure in self.measures(cell.level, cell.period).impossible:
            return 0, 0
        is_listed = (cell.level == "province" and cell.period == WHOLE) or cell.level == ISLAND
        return int(is_listed and cell.measure == "persons"), BOUNDLESS

    def _parts(self, cell: Cell) -> list[list[Cell]]:
        within = [cell._replace(period=period) for period in self.periods if period != WHOLE]
        below: list[Cell] = []
        if cell.level == ISLAND:
            below = [cell._replace(level="province", place=code) for code in self.provinces]
        elif cell.level == "province":
            homes = [code for code, home in self.homes.items() if home == cell.place]
            below = [cell._replace(level="government", place=code) for code in homes]
        return [below, within if cell.period == WHOLE else []]


class _Frozen:
    """A family as a key: it is compared by what it says."""

    def __init__(self, family: Family) -> None:
        self.family, self.text = family, family.model_dump_json()

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and other.text == self.text


@cache
def _measures(frozen: _Frozen, extent: str) -> Measures:
    return measures(frozen.family, extent)


def _counted(kinds: Sequence[Kind], layout: _Layout) -> Counter[Cell]:
    counts: Counter[Cell] = Counter()
    for kind in kinds:
        places: tuple[tuple[Level, str], ...] = (
            (ISLAND, ISLAND),
            ("province", kind.province),
            ("government", kind.government),
        )
        for level, place in places:
            for period in (WHOLE, kind.election):
                for measure, where in layout.measures(level, period).conditions.items():
                    if all(kind.values[column] == value for column, value in where.items()):
                        counts[Cell(level, place, period, measure)] += kind.persons
    return counts


def _worth(cell: Cell, bases: Iterable[str]) -> int:
    return _WORTH[cell.level] * (3 if cell.period == WHOLE else 1) * (3 if cell.measure in bases else 1)

"""All cells in order, and the sums that tie them: what anybody can write down who has read data/protection.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from etl.protecting.family import Family, Level, Stretch
from etl.protecting.measures import Measures, measures, name_of, name_of_rest
from stats.protecting.release import BOUNDLESS, Flags, System

WHOLE: Final = "whole"
REST: Final = "rest"
ISLAND: Final = "kalimantan"
COVERED: Final = "is_covered"
_NOTHING: Final = Measures({}, ())


class Cell(NamedTuple):
    """One count: persons of a place in a period who meet a measure's conditions."""

    level: Level
    place: str
    period: str
    measure: str


@dataclass(frozen=True)
class Known:
    """What everybody knows before anything is told.

    `elections` are those with cases, and whether each is a general or regional one; `homes` the governments of provinces that
    have a case, with their province; `offices` the agencies with their government; `covered` the governments and periods with
    a usable roster; `phases` those that had begun of each election, by its public dates, and `voters` the provinces in which
    any region votes in it, where these are known. A province without any case has no register, and no cells: its zeros would
    be missing values in disguise.
    """

    family: Family
    elections: Mapping[str, bool]
    homes: Mapping[str, str]
    offices: Mapping[str, str] = field(default_factory=dict)
    covered: frozenset[tuple[str, str]] = frozenset()
    phases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    voters: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Layout:
    """Places, periods and measures, and the cells that they make; those that no table shows come last."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.provinces = sorted(set(known.homes.values()))
        others = [code for code, is_main in sorted(known.elections.items()) if not is_main]
        self.stretches: dict[str, Stretch] = {WHOLE: "whole"}
        self.stretches |= {
            code: "election" if is_main else "other" for code, is_main in sorted(known.elections.items())
        }
        self.stretches |= {REST: "rest"} if others else {}
        self._measures: dict[str, Measures] = {}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells."""
        every = [
            (cell, self.is_shown(cell))
            for level, place in self.places()
            for period in self.stretches
            for cell in (Cell(level, place, period, name) for name in self.measures(level, period).names)
        ]
        return tuple(cell for shown in (True, False) for cell, is_shown in every if is_shown is shown)

    @cached_property
    def shown(self) -> Flags:
        """Which cells stand in the published table."""
        return np.array([self.is_shown(cell) for cell in self.cells], dtype=np.bool_)

    @cached_property
    def system(self) -> System:
        """The sums among the cells, and what everybody knows of each."""
        order = {cell: place for place, cell in enumerate(self.cells)}
        sums = [(order[whole], [order[part] for part in parts]) for whole, parts in self._sums(order)]
        bounds = [self._bounds(cell) for cell in self.cells]
        return System.of(len(order), sums, [least for least, _ in bounds], [most for _, most in bounds])

    def places(self) -> Iterator[tuple[Level, str]]:
        """All places, the island first; none where no case is loaded."""
        if self.provinces:
            yield ISLAND, ISLAND
        yield from (("province", code) for code in self.provinces)
        yield from (("government", code) for code in self.known.homes)
        yield from (("agency", code) for code in self.known.offices)

    def measures(self, level: Level, period: str) -> Measures:
        """All counts of a level in a period, shown or not; none where there are none."""
        stretch, family = self.stretches[period], self.known.family
        extent = family.unpublished.get(level, {}).get(stretch) or family.levels[level].get(stretch)
        return self._of(extent) if extent else _NOTHING

    def parts_beside(self, cell: Cell) -> tuple[Cell, list[Cell]]:
        """The whole that leaves a cell over, and the parts beside it."""
        left = self.measures(cell.level, cell.period).left
        whole, parts = next(rest for rest in left if name_of_rest(rest) == cell.measure)
        return cell._replace(measure=whole), [cell._replace(measure=part) for part in parts]

    def is_shown(self, cell: Cell) -> bool:
        """Whether a cell stands in the published table."""
        extent = self.known.family.levels[cell.level].get(self.stretches[cell.period])
        found = self._of(extent) if extent else _NOTHING
        return cell.measure in found.conditions and cell.measure not in found.hidden

    def _of(self, extent: str) -> Measures:
        if extent not in self._measures:
            self._measures[extent] = measures(self.known.family, extent)
        return self._measures[extent]

    def _sums(self, known: Mapping[Cell, int]) -> Iterator[tuple[Cell, list[Cell]]]:
        """Every whole whose parts are all counts too: by measure, by period, by place."""
        for level, place in self.places():
            for period in self.stretches:
                for whole, parts in self.measures(level, period).sums:
                    here = Cell(level, place, period, whole)
                    yield here, [here._replace(measure=part) for part in parts]
        for cell in known:
            for among in (*self._periods(cell), self._below(cell)):
                if among and all(part in known for part in among):
                    yield cell, among

    def _periods(self, cell: Cell) -> list[list[Cell]]:
        """All persons belong to a main election or to the rest, which are those of the other elections and of none."""
        if COVERED in self._conditions(cell):
            return []
        among: dict[str, list[Cell]] = {"election": [], "other": [], "rest": []}
        for period, stretch in self.stretches.items():
            if stretch != "whole":
                among[stretch].append(cell._replace(period=period))
        if cell.period == WHOLE:
            return [among["election"] + among["rest"], among["election"] + among["other"]]
        return [among["other"]] if cell.period == REST else []

    def _below(self, cell: Cell) -> list[Cell]:
        if cell.level == ISLAND:
            return [cell._replace(level="province", place=code) for code in self.provinces]
        inside, measure = self._inside.get((cell.level, cell.place), []), cell.measure
        where = self._conditions(cell)
        if cell.level == "province" and COVERED in where:
            inside = self._with_roster(cell)
            measure = name_of({column: value for column, value in where.items() if column != COVERED})
        level: Level = "government" if cell.level == "province" else "agency"
        return [cell._replace(level=level, place=code, measure=measure) for code in inside]

    @cached_property
    def _inside(self) -> Mapping[tuple[Level, str], list[str]]:
        found: dict[tuple[Level, str], list[str]] = {}
        for code, home in self.known.homes.items():
            found.setdefault(("province", home), []).append(code)
        for code, home in self.known.offices.items():
            found.setdefault(("government", home), []).append(code)
        return found

    def _with_roster(self, cell: Cell) -> list[str]:
        """The governments of a province whose persons are counted where a measure asks for a roster, or for none."""
        wanted = self._conditions(cell)[COVERED] == "true"
        homes = self._inside[cell.level, cell.place]
        return [code for code in homes if ((code, cell.period) in self.known.covered) is wanted]

    def _conditions(self, cell: Cell) -> Mapping[str, str]:
        return self.measures(cell.level, cell.period).conditions.get(cell.measure, {})

    def _bounds(self, cell: Cell) -> tuple[int, int]:
        """A province and an election are listed where they have a case; what cannot be is 0, and so are governments of none."""
        if cell.measure in self.measures(cell.level, cell.period).impossible:
            return 0, 0
        where = self._conditions(cell)
        if cell.level == "province" and COVERED in where and not self._with_roster(cell):
            return 0, 0
        if "phase" in where and where["phase"] not in self.known.phases.get(cell.period, where["phase"]):
            return 0, 0
        is_listed = cell.level == ISLAND or (cell.level == "province" and cell.period == WHOLE)
        return int(is_listed and cell.measure == "persons"), BOUNDLESS

"""The protected table in memory: of every published cell the least and the greatest count that it may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Final

from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

WHOLE: Final = "whole"
ISLAND: Final = "kalimantan"
COVERED: Final = "is_covered=true"
Span = tuple[int, float]
NOTHING: Final[Span] = (0, 0)


@dataclass(frozen=True)
class Published:
    """Least and greatest count by measure, for every level, place and period that has cells.

    A greatest count is infinite where nothing that is published bounds it. A level and a period have the same measures
    in all their places.
    """

    cells: Mapping[tuple[str, str, str], Mapping[str, Span]]

    @cached_property
    def measures(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The measures of every level and period."""
        return {(level, period): frozenset(found) for (level, _, period), found in self.cells.items()}

    @cached_property
    def periods(self) -> frozenset[str]:
        """The elections with a case, `none` for cases of no election."""
        return frozenset(period for _, _, period in self.cells if period != WHOLE)

    @cached_property
    def homes(self) -> Mapping[str, frozenset[str]]:
        """The governments of every province that has a register."""
        found: dict[str, set[str]] = {place: set() for level, place, _ in self.cells if level == "province"}
        for level, place, _ in self.cells:
            if level == "government":
                found[place[:2]].add(place)
        return {province: frozenset(codes) for province, codes in found.items()}

    @cached_property
    def everybody(self) -> frozenset[str]:
        """All governments of provinces that have a register."""
        return frozenset().union(*self.homes.values())

    def has(self, level: str, period: str, names: Iterable[str]) -> bool:
        """Whether all these measures are published of a level in a period."""
        return self.measures.get((level, period), frozenset()).issuperset(names)

    def span(self, level: str, place: str, period: str, names: Sequence[str]) -> Span:
        """The least and greatest sum of measures of a place; they must be published."""
        found = self.cells[level, place, period]
        if len(names) == 1:
            return found[names[0]]
        return added(found[name] for name in names)

    def sum(self, level: str, places: Iterable[str], period: str, names: Sequence[str]) -> Span:
        """The least and greatest sum of measures of several places; they must be published."""
        least, most = 0, 0.0
        for place in places:
            found = self.cells[level, place, period]
            for name in names:
                low, high = found[name]
                least, most = least + low, most + high
        return least, most


def added(spans: Iterable[Span]) -> Span:
    """The least and greatest sum of counts."""
    least, most = 0, 0.0
    for low, high in spans:
        least, most = least + low, most + high
    return least, most


def without(whole: Span, part: Span) -> Span:
    """The least and greatest rest of a whole without a part."""
    high = whole[1] - part[0]
    return max(0, whole[0] - int(part[1])) if part[1] < inf else 0, max(0.0, high)


def both(first: Span, second: Span) -> Span:
    """What two spans of one count leave; they cannot contradict each other."""
    found = max(first[0], second[0]), min(first[1], second[1])
    assert found[0] <= found[1], "published counts do not contradict each other"
    return found


def published(warehouse: Warehouse) -> Published:
    """The protected table of a warehouse, read once."""
    return warehouse.once("metrics.published.cells", lambda: _read(warehouse))


def asked(periods: Iterable[str], measures: Iterable[str]) -> Query:
    """The question whose rows hold the cells that an answer was reckoned from."""
    columns = "level, place_code, period, measure, state, persons, least, most"
    lists: list[str] = []
    values: dict[str, str | date] = {}
    for name, found in (("period", sorted(set(periods))), ("measure", sorted(set(measures)))):
        marks = {f"{name}_{place:05d}": value for place, value in enumerate(found)}
        lists.append(f"{name} IN ({', '.join(f'${mark}' for mark in marks)})" if marks else "false")
        values |= marks
    # The marks are ours; what they stand for is bound.
    return Query(f"SELECT {columns} FROM open_cell WHERE {' AND '.join(lists)}", values)  # noqa: S608


def _read(warehouse: Warehouse) -> Published:
    cells = table(warehouse.backend(), "open_cell")
    rows, _ = fetch(
        warehouse.backend(), cells.select("level", "place_code", "period", "measure", "least", "most")
    )
    found: dict[tuple[str, str, str], dict[str, Span]] = {}
    for level, place, period, measure, least, most in zip(
        *(column.to_pylist() for column in rows.columns), strict=True
    ):
        found.setdefault((level, place, period), {})[measure] = (least, inf if most is None else most)
    return Published(found)

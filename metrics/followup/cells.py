"""The published counts of follow-up of a selection: its cells of open_cell, added up as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from metrics.followup.standing import NOBODY, Count
from warehouse import reference
from warehouse.asking import ask
from warehouse.selection import Selection
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

ISLAND: Final = "kalimantan"
WHOLE: Final = "whole"
PERSONS: Final = "persons"
UNPUBLISHED: Final = ("agencies", "since", "until", "statuses", "violations", "employment")
"""Filters of a selection by which nothing about follow-up is published."""
_MEASURES: Final = ("part=", "stage=")


@dataclass(frozen=True)
class Known:
    """The provinces and the periods with a case: of all others no register is loaded."""

    provinces: frozenset[str]
    periods: frozenset[str]


@dataclass(frozen=True)
class Cells:
    """Cells of places in periods, by place, period and measure; all of one level."""

    places: tuple[str, ...]
    periods: tuple[str, ...]
    counts: Mapping[tuple[str, str, str], Count]
    query: Query

    def count(self, measure: str) -> Count | None:
        """Persons of all places and periods; None where any of them has no such cell."""
        return total(
            self.counts.get((place, period, measure)) for place in self.places for period in self.periods
        )

    def of(self, place: str, measure: str) -> Count | None:
        """Persons of one place."""
        return total(self.counts.get((place, period, measure)) for period in self.periods)


def is_protected(warehouse: Warehouse) -> bool:
    """Whether the connection is answered from published counts alone, and not from the persons of an own scope."""
    return warehouse.is_protected


def total(counts: Iterable[Count | None]) -> Count | None:
    """The sum of all counts; None where one is missing."""
    found = NOBODY
    for count in counts:
        if count is None:
            return None
        found = found.plus(count)
    return found


def hindering(selection: Selection) -> tuple[str, ...]:
    """The filters that are set and by which nothing is published."""
    return tuple(name for name in UNPUBLISHED if getattr(selection, name))


def fetched(warehouse: Warehouse, wanted: Any) -> list[dict[str, Any]]:
    """The rows of an expression."""
    rows: list[dict[str, Any]] = fetch(warehouse.backend(), wanted)[0].to_pylist()
    return rows


def known(warehouse: Warehouse) -> Known:
    """Provinces and periods with cells, read once."""

    def read() -> Known:
        cells = table(warehouse.backend(), "open_cell")
        wanted = cells.filter(cells.measure == PERSONS, cells.level.isin(["kalimantan", "province"]))
        rows = fetched(warehouse, wanted.select("level", "place_code", "period"))
        return Known(
            frozenset(row["place_code"] for row in rows if row["level"] == "province"),
            frozenset(row["period"] for row in rows if row["level"] == ISLAND),
        )

    return warehouse.once("metrics.followup.known", read)


def of_places(warehouse: Warehouse, selection: Selection) -> Cells:
    """The cells of the selection's places: all Kalimantan, provinces as a whole, or governments."""
    there = known(warehouse)
    if selection.governments:
        return _read(warehouse, "government", _governments(warehouse, selection), selection)
    provinces = tuple(code for code in selection.provinces if code in there.provinces)
    if selection.provinces and set(provinces) != there.provinces:
        return _read(warehouse, "province", provinces, selection)
    return _read(warehouse, ISLAND, (ISLAND,) if there.provinces else (), selection)


def of_governments(warehouse: Warehouse, selection: Selection) -> Cells:
    """The cells of every government among the selection's places."""
    return _read(warehouse, "government", _governments(warehouse, selection), selection)


def _governments(warehouse: Warehouse, selection: Selection) -> tuple[str, ...]:
    there = known(warehouse)
    return tuple(
        row.government_code
        for row in reference.governments(warehouse)
        if row.province_code in there.provinces
        and (not selection.provinces or row.province_code in selection.provinces)
        and (not selection.governments or row.government_code in selection.governments)
    )


def _read(warehouse: Warehouse, level: str, places: tuple[str, ...], selection: Selection) -> Cells:
    chosen = tuple(code for code in selection.elections if code in known(warehouse).periods)
    periods = chosen if selection.elections else (WHOLE,)
    # All governments are asked by their provinces, which are fewer.
    wanted = Selection(
        provinces=selection.provinces if level != ISLAND else (),
        governments=selection.governments if level == "government" else (),
        elections=selection.elections,
    )

    def cells(form: Selection) -> Any:
        rows = table(warehouse.backend(), "open_cell")
        is_asked = rows.measure == PERSONS
        for beginning in _MEASURES:
            is_asked = is_asked | rows.measure.startswith(beginning)
        rows = rows.filter(rows.level == level, is_asked)
        if not form.elections:
            rows = rows.filter(rows.period == WHOLE)
        rows = rows.mutate(
            election_code=rows.period, government_code=rows.place_code, province_code=rows.place_code.left(2)
        )
        return form.apply(rows).select("place_code", "period", "measure", "least", "most")

    found = ask(warehouse, ("followup.cells", level), wanted, cells)
    counts = {
        (row["place_code"], row["period"], row["measure"]): Count(row["least"], row["most"])
        for row in found.by_name()
    }
    return Cells(places, periods if places else (), counts, found.query)

"""Counted rows put onto the units, periods and groups that were asked for; nothing is divided here yet.

Arrays have one axis for units, one for periods, one for groups, in the order of the grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from metrics.frame import ALL
from warehouse.dictionary import dictionary

if TYPE_CHECKING:
    from metrics.counts.picked import Tally
    from metrics.scope import Cell, Facts, Period
    from warehouse.reference import Government
    from warehouse.selection import Selection

By = Literal["kalimantan", "province", "government", "agency"]
Cells = Mapping[tuple[str, str], "Cell"]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
ISLAND: Final = {"kalimantan": "Kalimantan"}


@dataclass(frozen=True)
class Units:
    """Names by unit id in order, and the unit's place of every government (or agency) code."""

    names: Mapping[str, str]
    places: Mapping[str, int]
    homes: tuple[tuple[int, str], ...]
    key: Literal["government_code", "agency_id"] = "government_code"


@dataclass(frozen=True)
class Grid:
    """The rows that were asked for: every unit in every period and group."""

    units: Units
    periods: tuple[Period, ...]
    groups: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of units, periods and groups."""
        return len(self.units.names), len(self.periods), len(self.groups)

    @cached_property
    def period_places(self) -> Mapping[str, int]:
        """Place of every period code."""
        return {period.code: place for place, period in enumerate(self.periods)}

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns unit_id to group of the tidy frame; groups change fastest, units slowest."""
        count, _, width = self.shape
        names = self.units.names
        per_unit = {"unit_id": list(names), "unit_name": list(names.values())}
        per_period = {
            "period": np.array([period.code for period in self.periods], dtype=object),
            "period_start": np.array([period.start for period in self.periods], dtype="datetime64[s]"),
            "period_end": np.array([period.end for period in self.periods], dtype="datetime64[s]"),
        }
        return {
            **{name: np.repeat(_objects(v), len(self.periods) * width) for name, v in per_unit.items()},
            **{name: np.tile(np.repeat(v, width), count) for name, v in per_period.items()},
            "group": np.tile(_objects(self.groups), count * len(self.periods)),
        }


@dataclass(frozen=True)
class Staff:
    """Exposure, headcount at the snapshot nearest to the period's end, and simulated rows."""

    exposure: Floats
    headcount: Floats
    simulated: Floats


def units(known: Facts, employers: Sequence[Government], selection: Selection, by: By) -> Units:
    """The units of a breakdown within the governments of the selection."""
    if by == "agency":
        return _agencies(known, employers, selection)
    if by == "government":
        names = {row.government_code: row.short_name for row in employers}
    elif by == "province":
        codes = sorted({row.province_code for row in employers})
        names = {code: known.provinces.get(code, code) for code in codes}
    else:
        names = ISLAND
    order = {unit: place for place, unit in enumerate(names)}
    of = {"government": "government_code", "province": "province_code"}.get(by)
    places = {row.government_code: order[getattr(row, of)] if of else 0 for row in employers}
    return Units(names, places, tuple((place, code) for code, place in places.items()))


def groups(group: str | None, kind: str) -> tuple[str, ...]:
    """Values of a group in the dictionary's order; a rate by employment has no group without a denominator."""
    if group is None:
        return (ALL,)
    table = "mart_workforce" if kind == "rate" and group == "employment_type" else "mart_case"
    return dictionary()[table][group].values


def persons(grid: Grid, cases: Tally, group: str | None, inside: Flags) -> dict[str, Floats]:
    """Every count of the cases on the grid; rows that are not `inside`, or have no place, are left out."""
    place = (
        _places(cases.keys[grid.units.key], grid.units.places),
        _places(cases.keys["period"], grid.period_places),
        _places(cases.keys[group], {value: n for n, value in enumerate(grid.groups)})
        if group
        else _zeros(cases),
    )
    kept = inside & (place[0] >= 0) & (place[1] >= 0) & (place[2] >= 0)
    where = tuple(axis[kept] for axis in place)
    return {name: _added(grid.shape, where, column[kept]) for name, column in cases.counts.items()}


def staff(grid: Grid, heads: Tally, cells: Cells, per_day: float | None) -> Staff:
    """Exposure and headcount on the grid, equal for all groups unless `heads` is split by employment.

    `per_day` turns person-days into the exposure; None divides by the length of the period instead.
    """
    unit = _places(heads.keys[grid.units.key], grid.units.places)
    split = heads.keys.get("employment_type")
    group = _places(split, {value: n for n, value in enumerate(grid.groups)}) if split else _zeros(heads)
    shape = (grid.shape[0], grid.shape[2] if split else 1)
    kept = (unit >= 0) & (group >= 0)
    where = (unit[kept], group[kept])
    snapshots: dict[tuple[str, Any], int] = {}
    pairs = zip(heads.keys["government_code"], heads.keys["as_of"], strict=True)
    at = np.array([snapshots.setdefault(pair, len(snapshots)) for pair in pairs], dtype=np.int64)
    found = np.zeros((3, *grid.shape))
    for place, period in enumerate(grid.periods):
        weights = np.zeros((len(snapshots), 2))
        for pair, leaning in _leaning(cells, period.code, per_day).items():
            if pair in snapshots:
                weights[snapshots[pair]] = leaning
        weight, is_last = weights[at].T
        columns = (
            heads.counts["headcount"] * weight,
            heads.counts["headcount"] * is_last,
            heads.counts["simulated"] * (weight > 0),
        )
        for axis, column in enumerate(columns):
            found[axis, :, place, :] = _added(shape, where, column[kept])
    return Staff(*found)


def took_part(grid: Grid, cells: Cells) -> Flags:
    """True where any government of the unit is part of the period, on the grid."""
    return _any_home(grid, {key for key, cell in cells.items() if cell.state != "scope"})


def has_register(grid: Grid, cells: Cells) -> Flags:
    """True where the register of any government of the unit is loaded, on the grid."""
    return _any_home(grid, {key for key, cell in cells.items() if cell.state not in ("scope", "no_register")})


def _any_home(grid: Grid, parts: set[tuple[str, str]]) -> Flags:
    found = np.zeros(grid.shape, dtype=np.bool_)
    for place, code in grid.units.homes:
        for number, period in enumerate(grid.periods):
            if (code, period.code) in parts:
                found[place, number] = True
    return found


def _leaning(cells: Cells, period: str, per_day: float | None) -> dict[tuple[str, Any], tuple[float, float]]:
    return {
        (cell.government_code, day): (days * (per_day or 1.0 / found.length), float(day == found.last))
        for cell in cells.values()
        if cell.period == period and (found := cell.weights)
        for day, days in found.days
    }


def _agencies(known: Facts, employers: Sequence[Government], selection: Selection) -> Units:
    homes = {row.government_code: row.short_name for row in employers}
    rows = [
        row
        for row in known.agencies
        if row.government_code in homes and (not selection.agencies or row.agency_id in selection.agencies)
    ]
    alone = len(selection.governments) == 1
    names = {
        row.agency_id: row.name if alone else f"{row.name} — {homes[row.government_code]}" for row in rows
    }
    return Units(
        names,
        {agency: place for place, agency in enumerate(names)},
        tuple((place, row.government_code) for place, row in enumerate(rows)),
        "agency_id",
    )


def _places(values: Sequence[Any], order: Mapping[str, int]) -> Places:
    return np.array([order.get(value, -1) for value in values], dtype=np.int64)


def _zeros(tally: Tally) -> Places:
    return np.zeros(tally.length, dtype=np.int64)


def _added(shape: tuple[int, ...], where: tuple[Places, ...], values: NDArray[Any]) -> Floats:
    found = np.zeros(shape)
    np.add.at(found, where, values)
    return found


def _objects(values: Sequence[str]) -> NDArray[Any]:
    return np.array(values, dtype=object)

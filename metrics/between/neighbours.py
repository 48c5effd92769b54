"""Units that are comparable to one by the size and the composition of their staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from metrics.counts.picked import Tally
from metrics.counts.tally import STRATUM, tally_strata
from stats.between import neighbours
from warehouse import reference
from warehouse.selection import Selection

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

Kind = Literal["government", "agency"]


@dataclass(frozen=True)
class Neighbour:
    """A comparable unit with its headcount on its latest roster and its distance (see `stats.between.neighbours`)."""

    unit_id: str
    headcount: int
    distance: float


def comparable(warehouse: Warehouse, unit_id: str, kind: Kind) -> tuple[Neighbour, ...]:
    """The five nearest units of all Kalimantan, the closest first; empty where the unit has no roster.

    A government is compared with governments of its level, an agency with agencies of its type. Composition is the
    share of every stratum (employment type x position class x age band) on the latest roster.
    """
    kinds = _kinds(warehouse, kind)
    units, parts = _composition(warehouse, kind)
    peers = [place for place, unit in enumerate(units) if kinds.get(unit) == kinds.get(unit_id)]
    if unit_id not in units or unit_id not in kinds:
        return ()
    rows = parts[peers]
    sizes = rows.sum(axis=1)
    here = peers.index(units.index(unit_id))
    away = neighbours.distances(sizes, rows, here)
    return tuple(
        Neighbour(units[peers[place]], int(sizes[place]), float(away[place]))
        for place in neighbours.nearest(sizes, rows, here)
    )


def _kinds(warehouse: Warehouse, kind: Kind) -> Mapping[str, str]:
    if kind == "government":
        return {row.government_code: row.level for row in reference.governments(warehouse)}
    return {row.agency_id: row.agency_type for row in reference.agencies(warehouse)}


def _composition(warehouse: Warehouse, kind: Kind) -> tuple[list[str], NDArray[np.float64]]:
    """All units in order, and their headcount by stratum on the latest roster of their government."""
    return warehouse.once(f"metrics.between.composition.{kind}", lambda: _counted(warehouse, kind))


def _counted(warehouse: Warehouse, kind: Kind) -> tuple[list[str], NDArray[np.float64]]:
    key = "agency_id" if kind == "agency" else "government_code"
    heads = tally_strata(warehouse, Selection(), key)
    latest = _latest(heads)
    strata: dict[tuple[str, ...], int] = {}
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    columns = (heads.keys[key], heads.keys["government_code"], heads.keys["as_of"], heads.counts["headcount"])
    classes = zip(*(heads.keys[name] for name in STRATUM), strict=True)
    for (unit, government, day, count), parts in zip(zip(*columns, strict=True), classes, strict=True):
        if day == latest[government]:
            counts[unit][strata.setdefault(parts, len(strata))] = int(count)
    found = np.zeros((len(counts), len(strata)))
    units = sorted(counts)
    for row, unit in enumerate(units):
        for place, count in counts[unit].items():
            found[row, place] = count
    return units, found


def _latest(heads: Tally) -> dict[str, date]:
    days: dict[str, date] = {}
    for government, day in zip(heads.keys["government_code"], heads.keys["as_of"], strict=True):
        days[government] = max(day, days.get(government, day))
    return days

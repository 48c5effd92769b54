"""Who works where: headcount of every unit and snapshot by stratum, and the exposure that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from metrics.counts.tally import STRATUM, tally_strata
from warehouse.selection import Selection

if TYPE_CHECKING:
    from metrics.scope import Cell
    from warehouse.connection import Warehouse
    from warehouse.tables import Query

Floats = NDArray[np.float64]
Key = Literal["government_code", "agency_id"]
NOTE = "|"


@dataclass(frozen=True)
class Staff:
    """Headcount (rows x strata) of units at snapshots; `pairs` are government and day of every row, `starts` the first row
    of every unit; `query` counted them."""

    units: Mapping[str, int]
    pairs: Sequence[tuple[str, date]]
    starts: NDArray[np.int64]
    heads: Floats
    query: Query

    def exposure(self, cells: Iterable[Cell], per_day: float | None) -> Floats:
        """Exposure of every unit (row) by stratum over the periods of `cells`; see `metrics.assemble.staff`."""
        leaning = {
            (cell.government_code, day): days * (per_day or 1.0 / found.length)
            for cell in cells
            if (found := cell.weights)
            for day, days in found.days
        }
        weight = np.array([leaning.get(pair, 0.0) for pair in self.pairs])
        if not len(weight):
            return np.zeros((0, self.heads.shape[1]))
        return np.asarray(np.add.reduceat(self.heads * weight[:, np.newaxis], self.starts, axis=0))


def staff_of(warehouse: Warehouse, key: Key, employment: tuple[str, ...], codes: tuple[str, ...]) -> Staff:
    """The staff of all governments or agencies, counted once for every choice of employment; `codes` are the strata."""
    return warehouse.once(
        f"metrics.between.staff.{key}.{','.join(employment)}",
        lambda: _counted(warehouse, key, employment, codes),
    )


def _counted(warehouse: Warehouse, key: Key, employment: tuple[str, ...], codes: tuple[str, ...]) -> Staff:
    tally = tally_strata(warehouse, Selection(employment=employment), key)
    order = {code: place for place, code in enumerate(codes)}
    strata = [
        order.get(NOTE.join(parts), -1) for parts in zip(*(tally.keys[name] for name in STRATUM), strict=True)
    ]
    named = list(zip(tally.keys[key], tally.keys["government_code"], tally.keys["as_of"], strict=True))
    rows = {row: place for place, row in enumerate(sorted(set(named)))}
    heads = np.zeros((len(rows), len(codes)))
    kept = np.array(strata, dtype=np.int64) >= 0
    at = np.array([rows[row] for row in named], dtype=np.int64)
    np.add.at(heads, (at[kept], np.array(strata, dtype=np.int64)[kept]), tally.counts["headcount"][kept])
    units = [unit for unit, _, _ in rows]
    starts = [place for place, unit in enumerate(units) if place == 0 or unit != units[place - 1]]
    return Staff(
        units={units[place]: number for number, place in enumerate(starts)},
        pairs=[(government, day) for _, government, day in rows],
        starts=np.array(starts, dtype=np.int64),
        heads=heads,
        query=tally.query,
    )

"""Small lookups of the warehouse as plain values: places, employers, elections, law, sources, evidence.

Every function reads its table once per opened warehouse and returns rows in order of their key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from errors import WarehouseError
from warehouse.selection import Known
from warehouse.tables import MAKE_DATA, fetch, table

if TYPE_CHECKING:
    import pandas as pd

    from warehouse.connection import Warehouse

Row = TypeVar("Row")


@dataclass(frozen=True)
class Region:
    """A province, regency or city with its place on the tile grid (provinces have none)."""

    region_code: str
    level: str
    kind: str
    name: str
    short_name: str
    province_code: str
    population: int
    area_km2: float
    tile_row: int | None
    tile_col: int | None


@dataclass(frozen=True)
class Government:
    """An employer of civil servants; its code is the code of its area."""

    government_code: str
    name: str
    short_name: str
    level: str
    province_code: str


@dataclass(frozen=True)
class Agency:
    """A perangkat daerah of one government; one that was renamed or merged has a successor."""

    agency_id: str
    government_code: str
    name: str
    agency_type: str
    successor_id: str | None = None


@dataclass(frozen=True)
class Election:
    """An election with its voting day and counting window (both ends included)."""

    election_code: str
    name_id: str
    name_en: str
    election_type: str
    voting_on: date
    window_start_on: date
    window_end_on: date
    confidence: str

    def name(self, lang: str) -> str:
        """Name in the language `id` or `en`."""
        return self.name_en if lang == "en" else self.name_id


@dataclass(frozen=True)
class ViolationType:
    """A type of violation of the legal catalogue."""

    violation_code: str
    category: str
    phase_rule: str
    name_id: str
    name_en: str
    legal_basis: str

    def name(self, lang: str) -> str:
        """Name in the language `id` or `en`."""
        return self.name_en if lang == "en" else self.name_id


@dataclass(frozen=True)
class Sanction:
    """A sanction of the legal catalogue; severity None where the law leaves it to the appointing official."""

    sanction_code: str
    severity: str | None
    rank: int
    name_id: str
    name_en: str
    legal_basis: str
    regime: str

    def name(self, lang: str) -> str:
        """Name in the language `id` or `en`."""
        return self.name_en if lang == "en" else self.name_id


@dataclass(frozen=True)
class Source:
    """A loaded file and the verdict of its control totals. Rows of registers, which are nearly persons, are not told to the public."""

    source_id: str
    kind: str
    government_code: str | None
    publisher: str | None
    file_name: str
    sha256: str
    as_of: date | None
    rows_read: int | None
    rows_loaded: int | None
    rows_rejected: int | None
    pns_active: int | None
    pppk_active: int | None
    expect_pns: int | None
    expect_pppk: int | None
    control_verdict: str
    warnings: int
    is_simulated: bool


@dataclass(frozen=True)
class Build:
    """Receipt of the build; `as_of` is the latest date in the data."""

    build_id: str
    built_at: str
    code_version: str
    content_hash: str
    as_of: date
    is_simulated: bool


def regions(warehouse: Warehouse) -> tuple[Region, ...]:
    """The 5 provinces and 56 regencies and cities."""
    return _rows(warehouse, "core_region", Region, lambda row: row.region_code)


def governments(warehouse: Warehouse) -> tuple[Government, ...]:
    """All employers of civil servants."""
    return _rows(warehouse, "core_government", Government, lambda row: row.government_code)


def agencies(warehouse: Warehouse) -> tuple[Agency, ...]:
    """All agencies as they are now, from published lists and from rosters; earlier names count with their successors."""
    rows = _rows(warehouse, "core_agency", Agency, lambda row: row.agency_id)
    return tuple(row for row in rows if row.successor_id is None)


def elections(warehouse: Warehouse) -> tuple[Election, ...]:
    """All elections in order of voting day."""
    return _rows(warehouse, "core_election", Election, lambda row: (row.voting_on, row.election_code))


def voting_regions(warehouse: Warehouse) -> frozenset[tuple[str, str]]:
    """Pairs (election_code, region_code) of the regions that voted, whole or in part."""
    votes = frame_of(warehouse, "core_election_region", ["election_code", "region_code"])
    return frozenset(zip(votes["election_code"], votes["region_code"], strict=True))


def violation_types(warehouse: Warehouse) -> tuple[ViolationType, ...]:
    """The catalogue of violations."""
    return _rows(warehouse, "core_violation_type", ViolationType, lambda row: row.violation_code)


def sanctions(warehouse: Warehouse) -> tuple[Sanction, ...]:
    """The catalogue of sanctions from light to heavy."""
    return _rows(warehouse, "core_sanction", Sanction, lambda row: (row.rank, row.sanction_code))


def sources(warehouse: Warehouse) -> tuple[Source, ...]:
    """The loaded files."""
    found = _rows(warehouse, "core_source", Source, lambda row: row.source_id)
    return tuple(map(_uncounted, found)) if warehouse.is_protected else found


def _uncounted(row: Source) -> Source:
    counted = row.kind not in ("cases", "discipline")
    return row if counted else replace(row, rows_read=None, rows_loaded=None, rows_rejected=None)


def build(warehouse: Warehouse) -> Build:
    """The receipt of this build; a warehouse without one is a WarehouseError."""
    receipts = _rows(warehouse, "core_build", Build, lambda row: row.build_id)
    if len(receipts) != 1:
        raise WarehouseError("The warehouse has no receipt of its build.", "core_build", MAKE_DATA)
    return receipts[0]


def published_figures(warehouse: Warehouse) -> pd.DataFrame:
    """Published figures on violations, columns as in core_published_figure; they must not be added up."""
    return frame_of(warehouse, "core_published_figure", ["figure_id"])


def published_overlaps(warehouse: Warehouse) -> pd.DataFrame:
    """Pairs of published figures that count the same people or cases, stored both ways."""
    return frame_of(warehouse, "core_published_overlap", ["figure_id", "other_figure_id"])


def published_workforce(warehouse: Warehouse) -> pd.DataFrame:
    """Published numbers of civil servants, columns as in core_published_workforce."""
    return frame_of(warehouse, "core_published_workforce", ["figure_id"])


def known(warehouse: Warehouse, lang: str) -> Known:
    """Codes a reader may choose, each with its name in the language `id` or `en`."""
    return Known(
        provinces={row.region_code: row.name for row in regions(warehouse) if row.level == "province"},
        governments={row.government_code: row.name for row in governments(warehouse)},
        agencies={row.agency_id: row.name for row in agencies(warehouse)},
        elections={row.election_code: row.name(lang) for row in elections(warehouse)},
        violations={row.violation_code: row.name(lang) for row in violation_types(warehouse)},
    )


def _rows(warehouse: Warehouse, name: str, kind: type[Row], order: Callable[[Row], Any]) -> tuple[Row, ...]:
    def read() -> tuple[Row, ...]:
        columns = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        rows, _ = fetch(warehouse.backend(), table(warehouse.backend(), name).select(*columns))
        return tuple(sorted((kind(**row) for row in rows.to_pylist()), key=order))

    return warehouse.once(name, read)


def frame_of(warehouse: Warehouse, name: str, keys: list[str]) -> pd.DataFrame:
    """A small table as a frame in the order of its keys, read once per opened warehouse."""

    def read() -> pd.DataFrame:
        rows, _ = fetch(warehouse.backend(), table(warehouse.backend(), name))
        found: pd.DataFrame = rows.to_pandas()
        return found.sort_values(keys, ignore_index=True)

    # A copy, since a reader of the frame may change it.
    return warehouse.once(f"frame of {name}", read).copy()

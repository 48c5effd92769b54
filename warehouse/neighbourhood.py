"""Which regencies and cities are next to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.tables import fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse


def neighbours(warehouse: Warehouse) -> frozenset[tuple[str, str]]:
    """Pairs (region_code, region_code) of neighbours, each in both directions; read once per opened warehouse."""
    return warehouse.once("warehouse.neighbourhood", lambda: _neighbours(warehouse))


def _neighbours(warehouse: Warehouse) -> frozenset[tuple[str, str]]:
    backend = warehouse.backend()
    rows, _ = fetch(backend, table(backend, "core_region_neighbour").select("region_code", "neighbour_code"))
    return frozenset((row["region_code"], row["neighbour_code"]) for row in rows.to_pylist())

"""Small tables as plain rows, read once per build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from warehouse.reference import frame_of
from warehouse.tables import Query, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse


def rows_of(warehouse: Warehouse, table: str, *keys: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table in the order of its keys."""

    def read() -> tuple[Mapping[str, Any], ...]:
        rows = frame_of(warehouse, table, list(keys)).to_dict("records")
        return tuple({str(name): value for name, value in row.items()} for row in rows)

    return warehouse.once(f"rows of {table}", read)


def asked_of(warehouse: Warehouse, *tables: str) -> tuple[Query, ...]:
    """What the engine is asked where whole tables are read."""
    backend = warehouse.backend()
    return tuple(Query(str(backend.compile(table(backend, name)))) for name in tables)

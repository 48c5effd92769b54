"""What goes into the package of all data: every answer that the pages show, and the tables that anybody may read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO, Final

from errors import WarehouseError
from exports.columns import Value
from exports.offer import Shape
from exports.package import whole
from exports.package.whole import PublicTable, Tell
from language import is_missing
from metrics.answer import answer
from metrics.result import Result
from ui import download, results
from warehouse.dictionary import Column, dictionary
from warehouse.rows import rows_of
from warehouse.selection import Selection

TABLES: Final = (
    "core_region",
    "core_region_neighbour",
    "core_government",
    "core_agency",
    "core_election",
    "core_election_region",
    "core_followup_limit",
    "core_examining_body",
    "core_violation_type",
    "core_sanction",
    "core_published_figure",
    "core_published_overlap",
    "core_published_workforce",
    "core_correction",
    "open_cell",
    "open_protection",
    "open_register",
    "open_wait",
    "open_wait_step",
    "open_wait_risk",
    "open_bodies",
    "open_clock_phase",
    "open_clock_step",
)
"""Tables without anybody in them; one that this build does not have is left out."""
_KINDS: Final = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
}


def write(sink: BinaryIO, tell: Tell) -> None:
    """Writes the package of this run's build."""
    whole.write(sink, download.edition(), _ask, tables(), tell)


def tables() -> list[PublicTable]:
    """The public tables that the build has."""
    known, found = dictionary(), []
    for name in TABLES:
        # A build that is older than the table lacks it.
        with suppress(WarehouseError):
            found += [_table(name, known[name])] if name in known else []
    return found


def _ask(metric_id: str, shape: Shape) -> Result:
    # Not kept with the answers of readers: all of them would push those out.
    return answer(results.warehouse(), metric_id, Selection(), shape.by, shape.period, shape.group)


def _table(name: str, columns: Mapping[str, Column]) -> PublicTable:
    types = {column: _KINDS.get(about.type, "string") for column, about in columns.items()}
    keys = tuple(column for column, about in columns.items() if about.is_key)
    meanings = {column: about.meaning for column, about in columns.items()}
    rows = rows_of(results.warehouse(), name, *keys)
    plain = [tuple(_plain(row[column], kind) for column, kind in types.items()) for row in rows]
    return PublicTable(name, types, keys, meanings, plain)


def _plain(value: Any, kind: str) -> Value:
    if is_missing(value):
        return None
    if kind == "date":
        return _day(value)
    made: Mapping[str, Callable[[Any], Value]] = {"integer": int, "number": float, "boolean": bool}
    return made.get(kind, str)(value)


def _day(value: Any) -> date:
    """A day of a frame, which may carry a time."""
    return date(value.year, value.month, value.day)

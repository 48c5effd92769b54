"""Asks for counts of a selection: compiled once for every form of it, then asked with its values, which are bound."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.tables import Query, fetch, prepare, run

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from warehouse.connection import Warehouse
    from warehouse.selection import Selection


@dataclass(frozen=True)
class Rows:
    """Rows in no particular order, the names of their columns, and the question as the engine was asked."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    query: Query

    def by_name(self) -> list[dict[str, Any]]:
        """The rows with the names of their columns."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


def ask(
    warehouse: Warehouse, question: Hashable, selection: Selection, counted: Callable[[Selection], ir.Table]
) -> Rows:
    """The rows of `counted`, which applies the selection once; `question` names it and everything else it depends on."""
    backend = warehouse.backend()
    if not hasattr(backend, "rows"):
        found, sql = fetch(backend, counted(selection))
        return Rows(tuple(found.column_names), [tuple(row.values()) for row in found.to_pylist()], Query(sql))
    form, values = selection.form()
    compiled = warehouse.compiled((question, form), lambda: prepare(backend, counted(form), values))
    return Rows(compiled.names, run(backend, compiled, values), Query(compiled.sql, values))

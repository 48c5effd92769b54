"""Names of the warehouse's tables, the check that they are there, and the one way to fetch rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
from ibis.common.exceptions import IbisError, TableNotFound

from errors import WarehouseError
from warehouse.dictionary import dictionary

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MAKE_DATA = "Run: make data"


def table(backend: Any, name: str) -> ir.Table:
    """The table as an Ibis expression; unknown to the dictionary or absent is a WarehouseError."""
    if name not in dictionary():
        raise WarehouseError("No such table in data/dictionary.yml.", name, "Use a table of the dictionary.")
    try:
        return backend.table(name)
    except (IbisError, TableNotFound, duckdb.Error) as error:
        raise WarehouseError("The warehouse lacks this table.", name, MAKE_DATA) from error


def check(backend: Any) -> None:
    """A WarehouseError unless every table and column of the dictionary is there."""
    for name, columns in dictionary().items():
        present = set(table(backend, name).columns)
        missing = [column for column in columns if column not in present]
        if missing:
            raise WarehouseError(
                f"The warehouse is older than this code; it lacks {', '.join(missing)}.", name, MAKE_DATA
            )


def fetch(backend: Any, expression: ir.Table) -> tuple[pa.Table, str]:
    """Rows of an expression in no particular order, with the expression's types, and the SQL that was run."""
    sql = str(backend.compile(expression))
    run = getattr(backend, "run", None)
    # DuckDB adds up whole numbers as decimals, other engines do not.
    rows = run(sql).cast(expression.schema().to_pyarrow()) if run else backend.to_pyarrow(expression)
    return rows, sql

"""Names of the warehouse's tables, the check that they are there, and the one way to fetch rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import duckdb
from ibis.common.exceptions import IbisError, TableNotFound

from errors import WarehouseError
from warehouse.dictionary import dictionary

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

MAKE_DATA = "Run: make data"
DAY_MARKS = {"since": "MAKE_DATE(1000, 1, 1)", "until": "MAKE_DATE(1000, 1, 2)"}
"""How the days that mark `since` and `until` are written in the SQL."""
_PARAMETER = re.compile(r"\$([a-z]+(?:_\d{5})?)")


def table(backend: Any, name: str) -> ir.Table:
    """The table as an Ibis expression; unknown to the dictionary or absent is a WarehouseError."""
    if name not in dictionary():
        raise WarehouseError("No such table in data/dictionary.yml.", name, "Use a table of the dictionary.")
    try:
        return backend.table(name)
    except (IbisError, TableNotFound, duckdb.Error) as error:
        raise WarehouseError("The warehouse lacks this table.", name, MAKE_DATA) from error


LASTING: Final = (
    "core_region", "core_government", "core_agency", "core_election", "core_election_region", "core_violation_type",
    "core_sanction", "core_source", "core_build",
)  # fmt: skip
"""Tables without which no page can be drawn; an older build may lack others, and the parts that read those say so."""


def check(backend: Any, *, is_older: bool = False) -> None:
    """A WarehouseError unless every table and column of the dictionary is there; of an older build only what lasts."""
    wanted = {name: columns for name, columns in dictionary().items() if not is_older or name in LASTING}
    for name, columns in wanted.items():
        present = set(table(backend, name).columns)
        missing = [column for column in columns if column not in present]
        if missing:
            raise WarehouseError(
                f"The warehouse is older than this code; it lacks {', '.join(missing)}.", name, MAKE_DATA
            )


@dataclass(frozen=True)
class Query:
    """A question as the engine was asked: SQL with named parameters, and the values that were bound to them."""

    sql: str
    values: Mapping[str, str | date] = field(default_factory=dict, hash=False)

    @cached_property
    def shown(self) -> str:
        """The SQL as somebody would type it, its values in place."""
        return _PARAMETER.sub(lambda found: _literal(self.values[found[1]]), self.sql)


@dataclass(frozen=True)
class Compiled:
    """SQL with a named parameter in the place of every mark, and the names of its columns."""

    sql: str
    names: tuple[str, ...]


def prepare(backend: Any, expression: ir.Table, values: Mapping[str, str | date]) -> Compiled:
    """The SQL of an expression made of marks, to be run again and again with other values, which are bound.

    A text stands in it as its mark, quoted; a day as the day that marks it. A mark that the SQL lacks is a fault of this code.
    """
    sql = str(backend.compile(expression))
    for mark, value in values.items():
        written = DAY_MARKS[mark] if isinstance(value, date) else f"'{mark}'"
        assert sql.count(written) == 1, f"the SQL says {mark} once"
        sql = sql.replace(written, f"${mark}")
    return Compiled(sql, tuple(expression.columns))


def run(backend: Any, compiled: Compiled, values: Mapping[str, str | date]) -> list[tuple[Any, ...]]:
    """Rows of compiled SQL for these values, in no particular order."""
    rows: list[tuple[Any, ...]] = backend.rows(compiled.sql, dict(values))
    return rows


def _literal(value: str | date) -> str:
    return f"DATE '{value}'" if isinstance(value, date) else "'" + value.replace("'", "''") + "'"


def fetch(backend: Any, expression: ir.Table) -> tuple[pa.Table, str]:
    """Rows of an expression in no particular order, with the expression's types, and the SQL that was run."""
    sql = str(backend.compile(expression))
    run = getattr(backend, "run", None)
    # DuckDB adds up whole numbers as decimals, other engines do not.
    rows = run(sql).cast(expression.schema().to_pyarrow()) if run else backend.to_pyarrow(expression)
    return rows, sql

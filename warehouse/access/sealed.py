"""Ibis on a DuckDB whose configuration is locked, and which refuses the tables that its readers may not reach."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import duckdb
import ibis
from ibis.backends.duckdb import Backend as DuckDBBackend

from errors import WarehouseError

if TYPE_CHECKING:
    import pyarrow as pa

SEALED: Final = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
}
PER_PERSON: Final = frozenset(
    {"core_case", "core_case_origin", "core_case_difference", "core_discipline", "mart_case", "mart_followup"}
)
"""Tables with a row for every person in a case."""
CLOSED: Final = PER_PERSON | {"mart_month"}
"""Tables that the public's connection does not have."""


class Sealed(DuckDBBackend):  # type: ignore[misc]
    """Ibis on a DuckDB with locked configuration, where Ibis may no longer set the time zone itself.

    `withheld` are the tables that nobody can ask of this connection.
    """

    schemas: dict[str, Any]
    withheld: frozenset[str]

    def _post_connect(self, extensions: Any = None) -> None:
        self._record_batch_readers_consumed: dict[str, bool] = {}

    def get_schema(self, table_name: str, *, catalog: str | None = None, database: str | None = None) -> Any:
        """Columns of a table, read once per file; Ibis itself asks in a way that DuckDB 2 warns about."""
        if table_name in self.withheld:
            raise WarehouseError("This table is not open to this reader.", table_name)
        if table_name not in self.schemas:
            self.schemas[table_name] = self._schema(table_name)
        return self.schemas[table_name]

    def _schema(self, table_name: str) -> Any:
        found = self.con.table(table_name)
        return ibis.schema(
            {name: _type(str(kind)) for name, kind in zip(found.columns, found.types, strict=True)}
        )

    def run(self, sql: str) -> pa.Table:
        """Rows of compiled SQL; Ibis would compile the expression a second time."""
        return self.con.sql(sql).to_arrow_table()

    def rows(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The same as tuples, for bound values: a few rows cost half of what a table does."""
        found: list[tuple[Any, ...]] = self.con.execute(sql, values).fetchall()
        return found


def seal(base: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Lock the configuration for good."""
    base.execute("SET GLOBAL TimeZone = 'UTC'")
    base.execute("SET lock_configuration = true")
    return base


@cache
def _type(kind: str) -> Any:
    return DuckDBBackend.compiler.type_mapper.from_string(kind)

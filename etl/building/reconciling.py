"""Makes one case out of the rows of several registers, and joins the history of discipline: the steps of `etl/sql/staging`."""

from __future__ import annotations

from pathlib import Path

import duckdb

SQL = Path(__file__).resolve().parents[1] / "sql" / "staging"
STEPS = (
    "entry", "likeness", "member", "reconciled", "discipline_record", "sanction_match", "case_person", "difference",
)  # fmt: skip


def reconcile(con: duckdb.DuckDBPyConnection) -> None:
    """Fills the tables of STEPS in the schema staging; needs the laid out sources and the macros of the build."""
    for name in STEPS:
        con.execute(f"CREATE TABLE staging.{name} AS {(SQL / f'{name}.sql').read_text('utf-8')}")

"""Writes into the vault: people as pseudonyms, and refused rows with a masked value, never the value itself."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.vault.store import whole_file

COLUMN_OF_RULE = {
    "other_government": "work_government",
    "agency_missing": "agency",
    "government_unknown": "government",
    "date_missing": "occurred",
    "date_impossible": "occurred",
    "duplicate_case": "register_number",
    "decision_missing": "decided",
    "sanction_missing": "sanction",
    "annulment_undated": "annulled",
    "duplicate_record": "record_id",
}


def column_of(rule: str, names: dict[str, str]) -> str:
    """The column of the file, by its own name, that a rule speaks of."""
    field = COLUMN_OF_RULE.get(rule, "nip")
    return names.get(field, field)


def write_rejections(con: duckdb.DuckDBPyConnection, table: str, names: dict[str, str], target: Path) -> None:
    """Writes the rows of `table` that have a rule as Parquet (row_number, column_name, rule, masked_value)."""
    rules = [
        row[0]
        for row in con.execute(f'SELECT DISTINCT rule FROM "{table}" WHERE rule IS NOT NULL').fetchall()
    ]
    columns = {rule: column_of(rule, names) for rule in rules}
    with whole_file(target) as draft:
        con.execute(
            f"""COPY (SELECT row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
                regexp_replace(regexp_replace(coalesce(left(nip, 40), ''), '\\d', '9', 'g'), '[A-Za-z]', 'x', 'g') AS masked_value
                FROM "{table}" WHERE rule IS NOT NULL ORDER BY row_number) TO '{_quoted(draft)}' (FORMAT parquet)""",
            {"columns": columns},
        )


def write_people(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    """Writes the result of a query of ours as Parquet into the vault, whole or not at all."""
    with whole_file(target) as draft:
        con.execute(f"COPY ({query}) TO '{_quoted(draft)}' (FORMAT parquet)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

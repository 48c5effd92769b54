"""Writes into the vault: people as pseudonyms, and refused rows with their used cells, which never leave it unasked."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from etl.reading.content import Content
from etl.vault.store import Vault, whole_file

FIELD_OF_RULE = {
    "other_government": "work_government",
    "agency_missing": "agency",
    "agency_is_person": "agency",
    "government_unknown": "government",
    "date_missing": "occurred",
    "date_impossible": "occurred",
    "duplicate_case": "register_number",
    "decision_missing": "decided",
    "sanction_missing": "sanction",
    "annulment_undated": "annulled",
    "duplicate_record": "record_id",
    "government_several": "government",
    "government_missing": "government",
    "kind_several": "kind",
    "kind_unknown": "kind",
    "activity_undated": "held",
    "activity_date_impossible": "held",
    "activity_in_future": "held",
    "participants_unusable": "participants",
    "signatures_unusable": "signatures",
    "duplicate_activity": "held",
    "number_old": "old_number",
    "number_new": "new_number",
    "number_same": "new_number",
    "employment_disagrees": "employment",
    "gender_disagrees": "gender",
    "birth_disagrees": "birth",
    "birth_unreadable": "birth",
}


def fields_of_rules(rules: list[str]) -> dict[str, str]:
    """The field that each rule speaks of; the number where none is named."""
    return {rule: FIELD_OF_RULE.get(rule, "nip") for rule in rules}


def columns_of_rules(rules: list[str], names: dict[str, str]) -> dict[str, str]:
    """The column of the file, by its own name, that each rule speaks of."""
    return {rule: names.get(field, field) for rule, field in fields_of_rules(rules).items()}


def write_rows(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    """Writes the result of a query of ours as Parquet into the vault, whole or not at all."""
    with whole_file(target) as draft:
        con.execute(f"COPY ({query}) TO '{_quoted(draft)}' (FORMAT parquet, USE_TMP_FILE false)")


def list_rejections(con: duckdb.DuckDBPyConnection, table: str, names: dict[str, str]) -> None:
    """Fills `rejections` with the rows of `table` that have a rule: number, column, rule, masked value, and the used cells of `raw`."""
    query = f'SELECT DISTINCT rule FROM "{table}" WHERE rule IS NOT NULL'
    rules = [row[0] for row in con.execute(query).fetchall()]
    present = {row[0] for row in con.execute("DESCRIBE raw").fetchall()}
    fields = {rule: field if field in present else "nip" for rule, field in fields_of_rules(rules).items()}
    shown = sorted({*fields.values(), "nip"} & present) or ["first_cell"]
    cells = " ".join(f"WHEN '{field}' THEN r.\"{field}\"" for field in shown)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE rejections AS
        SELECT row_number, map_extract_value($columns::MAP(VARCHAR, VARCHAR), rule) AS column_name, rule,
            masked(CASE map_extract_value($fields::MAP(VARCHAR, VARCHAR), rule) {cells} END) AS masked_value,
            r.* EXCLUDE (row_number, first_cell)
        FROM "{table}" t JOIN raw r USING (row_number) WHERE rule IS NOT NULL ORDER BY row_number""",
        {"columns": columns_of_rules(rules, names), "fields": fields},
    )


def keep_original(content: Content, vault: Vault, sha256: str) -> None:
    """Keeps the file as received, with everything in it: the operator's own choice, and the card says so."""
    target = vault.root / "originals" / f"{sha256}{content.ending}"
    if not target.exists():
        with whole_file(target) as draft, content.open() as source, draft.open("wb") as copy:
            shutil.copyfileobj(source, copy)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

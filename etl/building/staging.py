"""Lays out what a build reads: reference and published files as text, the vault, the cards, the messages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from etl.cards.card import Card
from language.catalogue import FOLDER, read_file
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql" / "build"
CARD_FIELDS = {
    "source_id": "VARCHAR",
    "kind": "VARCHAR",
    "government_code": "VARCHAR",
    "publisher": "VARCHAR",
    "file_name": "VARCHAR",
    "sha256": "VARCHAR",
    "as_of": "DATE",
    "rows_read": "BIGINT",
    "rows_loaded": "BIGINT",
    "rows_rejected": "BIGINT",
    "rows_skipped": "BIGINT",
    "pns_active": "BIGINT",
    "pppk_active": "BIGINT",
    "pns_forgotten": "BIGINT",
    "pppk_forgotten": "BIGINT",
    "expect_pns": "BIGINT",
    "expect_pppk": "BIGINT",
    "control_verdict": "VARCHAR",
    "is_simulated": "BOOLEAN",
    "vault_name": "VARCHAR",
}
ROSTER_COLUMNS = "s.source_id, s.government_code, s.as_of"
VAULT_VIEWS = {
    "roster": ("rosters", ROSTER_COLUMNS, ("roster",)),
    "workforce": ("workforce", ROSTER_COLUMNS, ("roster",)),
    "cases": ("cases", "s.source_id", ("cases",)),
    "discipline": ("discipline", "s.source_id, s.government_code AS card_government", ("discipline",)),
    "numbers": ("numbers", "s.source_id", ("numbers",)),
    "prevention": ("prevention", "s.source_id", ("prevention",)),
    "rejection": ("rejections", "s.source_id", ("roster", "cases", "discipline", "numbers", "prevention")),
    "warning": ("warnings", "s.source_id", ("roster",)),
}
"""Each view over the vault: its folder, what the card adds to a row, and the kinds of source that have such a file."""
KEPT = {
    "rejection": "row_number, column_name, rule, masked_value",
    "warning": "row_number, column_name, rule, masked_value",
}
"""Where a view takes only some of the vault's columns: a refused row's own cells never leave it."""


def open_rooms(con: duckdb.DuckDBPyConnection, cards: list[Card]) -> None:
    """The empty schemas, the readings that steps share, and the cards; all other tables are joined to these."""
    con.execute("CREATE SCHEMA reference; CREATE SCHEMA published; CREATE SCHEMA staging")
    con.execute((SQL / "macros.sql").read_text("utf-8"))
    _lay_out_cards(con, cards)


def lay_out_facts(con: duckdb.DuckDBPyConnection, settings: Settings, steps: str) -> None:
    """Facts and published figures as text, those that a step names."""
    named = set(re.findall(r"\b(?:reference|published)\.\w+", steps))
    for schema, folder in (("reference", settings.reference), ("published", settings.published)):
        for path in sorted(folder.glob("*.csv")):
            if f"{schema}.{path.stem}" in named:
                con.execute(
                    f"CREATE TABLE {schema}.{path.stem} AS "
                    "SELECT * FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"')",
                    [str(path)],
                )


def lay_out_registers(con: duckdb.DuckDBPyConnection, people: Path, cards: list[Card]) -> None:
    """What cases are made of: registers, histories of discipline, changed numbers, and the rosters that know the persons."""
    lay_out_views(con, people, cards, ("roster", "cases", "discipline", "numbers"))
    if any(card.kind == "numbers" for card in cards):
        _renumber(con)


def lay_out_views(
    con: duckdb.DuckDBPyConnection, people: Path, cards: list[Card], views: Sequence[str]
) -> None:
    """Views over the vault's files of these cards; a view of no file is empty."""
    for view in views:
        _lay_out_vault(con, view, people, cards)


def _lay_out_cards(con: duckdb.DuckDBPyConnection, cards: list[Card]) -> None:
    rows = [
        card.model_dump(mode="json", include=set(CARD_FIELDS))
        | {"vault_name": card.vault_name, "warnings": sum(card.warnings.values())}
        for card in cards
    ]
    lay_out_rows(con, "staging.source", CARD_FIELDS | {"warnings": "BIGINT"}, rows)


def _lay_out_vault(con: duckdb.DuckDBPyConnection, view: str, people: Path, cards: list[Card]) -> None:
    """A view over the vault's files of one kind, joined to their cards by file name."""
    folder, card_columns, kinds = VAULT_VIEWS[view]
    files = [people / folder / card.vault_name for card in cards if card.kind in kinds]
    if not files:
        con.execute(f"CREATE VIEW staging.{view} AS {(SQL / f'empty_{view}.sql').read_text('utf-8')}")
        return
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    # Registers are few and live long: one that an earlier reader wrote has fewer columns, and the shape fills them.
    is_register = view in ("cases", "discipline", "prevention")
    shape = f"{(SQL / f'empty_{view}.sql').read_text('utf-8')} UNION ALL BY NAME" if is_register else ""
    con.execute(
        f"""CREATE VIEW staging.{view} AS {shape} SELECT {KEPT.get(view, "p.* EXCLUDE (filename)")}, {card_columns}
        FROM read_parquet([{listed}], filename = true, union_by_name = {str(is_register or view in KEPT).lower()}) p
        JOIN staging.source s ON s.vault_name = parse_filename(p.filename)"""
    )


def _renumber(con: duckdb.DuckDBPyConnection) -> None:
    """Persons whose number has changed go by their present one everywhere."""
    step = SQL.parent / "staging" / "present_number.sql"
    con.execute(f"CREATE TABLE staging.present_number AS {step.read_text('utf-8')}")
    for view in ("roster", "cases", "discipline"):
        con.execute(f"ALTER VIEW staging.{view} RENAME TO {view}_as_numbered")
        con.execute(
            f"""CREATE VIEW staging.{view} AS SELECT v.* REPLACE (coalesce(n.person_now, v.person) AS person)
            FROM staging.{view}_as_numbered v LEFT JOIN staging.present_number n ON n.person = v.person"""
        )


def lay_out_messages(con: duckdb.DuckDBPyConnection) -> None:
    """Every rule with its explanation in both languages, from the catalogue."""
    rows = [
        {
            "rule": key.removeprefix("rule."),
            "message_id": text["id"].other.format(),
            "message_en": text["en"].other.format(),
        }
        for key, text in read_file(FOLDER / "etl.yml").items()
        if key.startswith("rule.")
    ]
    shape = dict.fromkeys(("rule", "message_id", "message_en"), "VARCHAR")
    lay_out_rows(con, "staging.message", shape, rows)


def lay_out_rows(
    con: duckdb.DuckDBPyConnection, name: str, shape: Mapping[str, str], rows: Sequence[Mapping[str, object]]
) -> None:
    """A table, named with its schema, from rows in memory, handed over as JSON: no other form spares a library that loads slowly."""
    con.execute(
        f"CREATE TABLE {name} AS SELECT line.* FROM (SELECT unnest(from_json($rows, $shape)) AS line)",
        {"rows": json.dumps(rows, default=str), "shape": json.dumps([shape])},
    )

"""Takes corrected rows of a register of cases, a history of discipline or a list of activities back in."""

from __future__ import annotations

from etl.cards.card import Card, Correction, next_edition
from etl.cards.entering import enter_card
from etl.loading.cases import judge_cases, noted
from etl.loading.discipline import counted, judge_discipline
from etl.loading.keeping import list_rejections, write_rows
from etl.loading.prevention import judge_prevention, kinds_counted
from etl.loading.session import Session, read_sql
from etl.vault.store import Vault, writing

JUDGES = {"cases": judge_cases, "discipline": judge_discipline, "prevention": judge_prevention}
KEYS = {
    "cases": ("register_hash", "person"),
    "discipline": ("record_hash", "person"),
    "prevention": ("activity_hash",),
}
"""The columns that tell a row's case, decision or activity, by kind of source."""
COUNTED = {"discipline": counted, "prevention": kinds_counted}
"""What a card counts of its rows, by the kinds that count anything."""


def correct_register(session: Session, vault: Vault, card: Card, correction: Correction) -> Card:
    """The card with the rows of `chosen` that are in order now; fills `people`, `rejections` and `still_refused`.

    A row that turns out to be one that the register already has stays refused.
    """
    con = session.con
    earlier = str(vault.file("rejections", card.vault_name))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE raw AS SELECT refused_row AS row_number, * EXCLUDE (in_order, refused_row) FROM chosen"
    )
    JUDGES[card.kind](session, card.code_system, card.file_name, card.sha256)
    list_rejections(con, card.kind, card.columns)
    kept = str(vault.file(card.kind, card.vault_name))
    same = " AND ".join(f"e.{name} IS NOT DISTINCT FROM p.{name}" for name in KEYS[card.kind])
    con.execute(
        f"DELETE FROM people p WHERE EXISTS (SELECT 1 FROM read_parquet($kept) e WHERE {same})",
        {"kept": kept},
    )
    con.execute(read_sql("corrected_register"), {"rejections": earlier})
    loaded = con.execute("SELECT count(*) FROM people").fetchall()[0][0]
    if not loaded:
        return card
    now = COUNTED[card.kind](session) if card.kind in COUNTED else {}
    return card.model_copy(
        update={
            "rows_loaded": card.rows_loaded + loaded,
            "rows_rejected": card.rows_rejected - loaded,
            "warnings": _added(card.warnings, noted(session)),
            "counted": _added(card.counted, now),
            "corrections": (*card.corrections, correction.model_copy(update={"rows_loaded": loaded})),
            "edition": next_edition(session.settings.sources, card),
        }
    )


def _added(before: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {name: before.get(name, 0) + more.get(name, 0) for name in sorted({*before, *more})}


def store_register(session: Session, vault: Vault, before: Card, after: Card) -> None:
    """The tables of the source with the corrected rows, under the name of the new edition; the card is written last."""
    kept = str(vault.file(before.kind, before.vault_name)).replace("'", "''")
    with writing(session.settings):
        write_rows(
            session.con,
            f"SELECT * FROM read_parquet('{kept}') UNION ALL BY NAME SELECT * FROM people",
            vault.file(after.kind, after.vault_name),
        )
        write_rows(session.con, "SELECT * FROM still_refused", vault.file("rejections", after.vault_name))
        enter_card(session.settings, after, "corrections")

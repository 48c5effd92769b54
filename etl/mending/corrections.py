"""Takes corrected rows back in: rows that were refused, from the spreadsheet that `sources --rejected` wrote."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from errors import ContractError
from etl.cards.card import Card, Correction, next_edition, read_card, shown_name
from etl.cards.entering import enter_card
from etl.judging.people import People, persons_of
from etl.judging.reading import read_fields
from etl.judging.verdict import Verdict, decide, list_faults
from etl.loading.keeping import write_rows
from etl.loading.report import Report, Tell, refused_rows, tell_nobody, warning_counts
from etl.loading.session import Session, read_sql
from etl.mending.registers import correct_register, store_register
from etl.reading.content import checksum, received
from etl.reading.table import Understood, Wish, read_table
from etl.vault.pseudonyms import define_pseudonym
from etl.vault.store import Vault, damage_told, open_vault, writing

KINDS = ("roster", "cases", "discipline", "prevention")


def load_corrections(
    session: Session, path: Path, tell: Tell = tell_nobody, sheet: str | None = None
) -> tuple[Card, bool]:
    """Adds the corrected rows to their source; returns its new card and whether anything changed.

    A row is known by its number in the file that was refused; one that is still wrong stays refused. Raises SourceError
    or ContractError; then nothing has changed.
    """
    content = received(path)
    correction = Correction(file_name=shown_name(path.name), sha256=checksum(content), rows_loaded=0)
    card = _source(session, read_table(session.con, content, "refused", Wish(sheet)))
    if any(correction.sha256 == earlier.sha256 for earlier in card.corrections):
        return card, False
    understood = read_table(session.con, content, card.kind, Wish(sheet))
    vault = session.vault or open_vault(session.settings)
    define_pseudonym(session.con, vault.keys)
    with damage_told():
        _choose_rows(session, vault, card, understood)
        people = None
        if card.kind == "roster":
            corrected, people = _correct_roster(session, vault, card, correction)
        else:
            corrected = correct_register(session, vault, card, correction)
    warned = warning_counts(session.con) if card.kind == "roster" else ()
    tell(Report(corrected, understood, refused_rows(session.con), warned))
    if session.vault is not None and corrected != card:
        if people is not None:
            _store(session, people, card, corrected)
        else:
            store_register(session, session.vault, card, corrected)
    return corrected, corrected != card


def _correct_roster(
    session: Session, vault: Vault, card: Card, correction: Correction
) -> tuple[Card, People]:
    assert card.as_of is not None, "a roster has a date"
    con = session.con
    con.execute(
        "CREATE OR REPLACE TEMP TABLE shifts AS SELECT in_order AS first_place, refused_row - in_order AS rows FROM chosen"
    )
    con.execute("DROP VIEW IF EXISTS fields")
    con.execute(
        "CREATE TEMP VIEW fields AS SELECT * EXCLUDE (in_order, refused_row) FROM chosen ORDER BY in_order"
    )
    assert card.government_code is not None, "a roster is of a government"
    verdict = decide(session, *read_fields(session, card.government_code, card.as_of))
    list_faults(con, card.columns)
    con.execute(read_sql("corrected_still"), {"rejections": str(vault.file("rejections", card.vault_name))})
    people = _without_known(verdict.people, vault, card)
    return _corrected_card(session, card, correction, Verdict(people, verdict.found)), people


def _texts(session: Session, query: str) -> list[str]:
    return [row[0] for row in session.con.execute(query).fetchall()]


def _source(session: Session, understood: Understood) -> Card:
    """The one source that the rows came from."""
    named = _texts(session, "SELECT DISTINCT refused_source FROM raw WHERE trim(refused_source) <> ''")
    card = read_card(session.settings.sources, Path(named[0]).name) if len(named) == 1 else None
    if card is None or card.kind not in KINDS:
        raise ContractError(
            "Ini bukan lembar baris tolakan dari satu sumber. / This is no sheet of refused rows of one source.",
            shown_name(understood.content.name),
            "Buat dengan python -m etl sources --rejected FILE.xlsx --source SUMBER, dan biarkan kolom Sumber Netra dan Baris Netra.",
        )
    return card


def _choose_rows(session: Session, vault: Vault, card: Card, understood: Understood) -> None:
    """Fills `chosen` with the rows that are refused at present, in the order of their numbers."""
    con = session.con
    con.execute(read_sql("corrected_rows"), {"rejections": str(vault.file("rejections", card.vault_name))})
    if not con.execute("SELECT count(*) FROM chosen").fetchall()[0][0]:
        raise ContractError(
            "Tidak satu pun baris ini masih tercatat sebagai tolakan. / None of these rows is refused at present.",
            shown_name(understood.content.name),
            "Tulis ulang lembarnya dengan python -m etl sources --rejected FILE.xlsx.",
        )


def _without_known(people: People, vault: Vault, card: Card) -> People:
    """A corrected number may turn out to be a person whom the file already has; who is counted once stays so."""
    kept = persons_of(vault.file("rosters", card.vault_name))
    return people.without(people.among(kept, vault.keys).rows["number"])


def _corrected_card(session: Session, card: Card, correction: Correction, verdict: Verdict) -> Card:
    found = verdict.found
    loaded = found["rows_in_file"] - found["rows_skipped"] - found["rows_rejected"]
    forgotten = found.get("skipped forgotten", 0)
    if not loaded and not forgotten:
        return card
    active = verdict.people.active()
    warnings = dict(card.warnings)
    for rule, rows, _ in warning_counts(session.con):
        warnings[rule] = warnings.get(rule, 0) + rows
    changed = card.model_copy(
        update={
            "rows_read": card.rows_read - forgotten,
            "rows_loaded": card.rows_loaded + loaded,
            "rows_rejected": card.rows_rejected - loaded - forgotten,
            "rows_skipped": card.rows_skipped + forgotten,
            "skipped": card.skipped
            | ({"forgotten": card.skipped.get("forgotten", 0) + forgotten} if forgotten else {}),
            "pns_forgotten": card.pns_forgotten + found["pns_forgotten"],
            "pppk_forgotten": card.pppk_forgotten + found["pppk_forgotten"],
            "pns_active": (card.pns_active or 0) + active.get("PNS", 0),
            "pppk_active": (card.pppk_active or 0) + active.get("PPPK", 0),
            "warnings": dict(sorted(warnings.items())),
            "corrections": (*card.corrections, correction.model_copy(update={"rows_loaded": loaded})),
            "edition": next_edition(session.settings.sources, card),
        }
    )
    return _with_verdict(card, changed)


def _with_verdict(card: Card, changed: Card) -> Card:
    """The changed card with what became of its control totals; a mismatch that nobody accepted is a ContractError."""
    if card.control_verdict == "none":
        return changed
    verdict = "match" if changed.control_matches else "mismatch_accepted"
    if verdict == "mismatch_accepted" and not card.accepted_by:
        raise ContractError(
            f"Sesudah dibetulkan jumlah kendali tidak cocok: {changed.control_totals}. "
            "/ With the corrections the control totals do not match.",
            card.source_id,
            "Periksa baris yang dibetulkan, atau muat ulang berkasnya dengan jumlah kendali yang benar.",
        )
    return changed.model_copy(update={"control_verdict": verdict})


def _store(session: Session, people: People, before: Card, after: Card) -> None:
    """The tables of the source with the corrected rows, under the name of the new edition; the card is written last."""
    vault = session.vault
    assert vault is not None, "a dry run stores nothing"
    added = {"rosters": "FROM added_people", "workforce": "FROM added_workforce", "warnings": "FROM warnings"}
    session.con.register(
        "added_people", people.written(vault.keys).collect().cast({pl.Enum: pl.String}).to_arrow()
    )
    session.con.register("added_workforce", people.headcount().cast({pl.Enum: pl.String}).to_arrow())
    with writing(session.settings):
        for table, query in added.items():
            earlier = str(vault.file(table, before.vault_name)).replace("'", "''")
            write_rows(
                session.con,
                f"SELECT * FROM read_parquet('{earlier}') UNION ALL BY NAME ({query})",
                vault.file(table, after.vault_name),
            )
        write_rows(session.con, "SELECT * FROM still_refused", vault.file("rejections", after.vault_name))
        enter_card(session.settings, after, "corrections")

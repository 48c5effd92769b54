"""Takes one register of neutrality cases into the vault: dates, codes and pseudonyms, one row per case and person."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from errors import ContractError
from etl.cards.card import Card, read_cards, shown_name, write_card
from etl.loading.keeping import write_rejections, write_rows
from etl.loading.session import Session, read_sql, reader_version
from etl.meaning.catalogues import election_of, sanction_of, violation_of
from etl.meaning.regions import region_of
from etl.reading.content import received, tally
from etl.reading.headers import normalise
from etl.reading.table import Understood, Wish, read_table
from etl.vault.store import writing


@dataclass(frozen=True)
class CasesRequest:
    """What the operator says of a register."""

    path: Path
    publisher: str | None = None
    code_system: str = "kemendagri"
    sheet: str | None = None


def load_cases(session: Session, request: CasesRequest) -> tuple[Card, bool]:
    """Loads a register; returns its card and whether anything changed (the same file twice changes nothing).

    Raises SourceError (unreadable) or ContractError (no usable row).
    """
    content = received(request.path)
    sha256 = tally(content).sha256
    label = normalise(request.publisher or request.path.stem).replace(" ", "-")
    source_id = f"cases-{re.sub(r'[^0-9a-z-]', '', label)[:60] or sha256[:8]}"
    for card in read_cards(session.settings.sources):
        if card.kind == "cases" and card.sha256 == sha256 and card.reader_version == reader_version():
            return card, False
    understood = read_table(session.con, content, "cases", Wish(request.sheet))
    _give_meaning(session, request.code_system)
    session.con.execute(read_sql("cases"), {"as_of": date.max.replace(year=2100)})
    card = _card(session, request, understood, (source_id, sha256))
    if not session.dry_run:
        _store(session, card)
    return card, True


def _give_meaning(session: Session, code_system: str) -> None:
    """Fills `meanings` (field, written, code) with what the distinct written cells mean."""
    readers: list[tuple[str, str, Callable[[str], str | None]]] = [
        ("government", "government", lambda text: region_of(text, code_system)),
        ("place", "place", lambda text: region_of(text, code_system)),
        ("violation", "violation", violation_of),
        ("election", "election", election_of),
        ("sanction", "recommended_sanction", sanction_of),
        ("sanction", "imposed_sanction", sanction_of),
    ]
    con = session.con
    con.execute("CREATE OR REPLACE TEMP TABLE meanings (field VARCHAR, written VARCHAR, code VARCHAR)")
    for field, column, read in readers:
        cells = con.execute(f"SELECT DISTINCT {column} FROM raw WHERE trim({column}) <> ''").fetchall()
        found = [(field, written, read(written)) for (written,) in cells]
        rows = [row for row in found if row[2] is not None]
        if rows:
            con.executemany("INSERT INTO meanings VALUES (?, ?, ?)", rows)


def _card(session: Session, request: CasesRequest, understood: Understood, identity: tuple[str, str]) -> Card:
    con = session.con
    source_id, sha256 = identity
    con.execute(f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('case_people')}", {"sha256": sha256})
    counts = con.execute(
        """SELECT (SELECT count(*) FROM raw), (SELECT count(*) FROM cases), (SELECT count(*) FROM people),
        (SELECT coalesce(bool_or(is_simulated), false) FROM people)"""
    ).fetchone()
    assert counts is not None, "an aggregate always returns a row"
    raw, read, loaded, simulated = counts
    if read and not loaded:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({read} dibaca). / No usable row.",
            request.path.name,
            "Periksa kolom Instansi dan tanggal, lalu muat lagi.",
        )
    noted = con.execute(
        "SELECT caveat, count(*) FROM (SELECT unnest(string_split(caveats, ';')) AS caveat FROM people) "
        "WHERE caveat <> '' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return Card(
        source_id=source_id, kind="cases", publisher=request.publisher, file_name=shown_name(request.path.name), sha256=sha256,
        form=understood.form, sheet=understood.sheet, columns=understood.header.names, rows_read=read,
        rows_loaded=loaded, rows_rejected=read - loaded, rows_skipped=raw - read, warnings=dict(noted),
        is_simulated=simulated, reader_version=reader_version(),
    )  # fmt: skip


def _store(session: Session, card: Card) -> None:
    assert session.vault is not None, "a dry run stores nothing"
    with writing(session.settings):
        write_rows(session.con, "SELECT * FROM people", session.vault.file("cases", card.vault_name))
        write_rejections(
            session.con, "cases", card.columns, session.vault.file("rejections", card.vault_name)
        )
        write_card(session.settings.sources, card)

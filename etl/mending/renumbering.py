"""Takes in which numbers of persons have changed: a PPPK has a new one with a new contract, or on becoming a PNS."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from errors import ContractError
from etl.cards.card import Card, read_cards, shown_name
from etl.cards.entering import enter_card
from etl.loading.keeping import columns_of_rules, write_rows
from etl.loading.report import Report, Tell, other_rows, refused_rows, tell_nobody
from etl.loading.session import Session, read_sql, reader_version
from etl.reading.content import checksum, received
from etl.reading.table import Wish, read_table
from etl.vault.store import writing


@dataclass(frozen=True)
class NumbersRequest:
    """What the operator says of a list of changed numbers."""

    path: Path
    publisher: str | None = None
    sheet: str | None = None
    name: str | None = None


def load_numbers(session: Session, request: NumbersRequest, tell: Tell = tell_nobody) -> tuple[Card, bool]:
    """Loads a list of old and new numbers; returns its card and whether anything changed.

    The build takes both numbers of a pair for one person. Raises SourceError or ContractError (no usable row).
    """
    content = received(request.path, request.name)
    sha256 = checksum(content)
    source_id = f"numbers-{sha256[:12]}"
    for card in read_cards(session.settings.sources):
        if card.source_id == source_id and card.reader_version == reader_version():
            return card, False
    con = session.con
    understood = read_table(con, content, "numbers", Wish(request.sheet))
    con.execute(read_sql("numbers"))
    con.execute(
        read_sql("numbers_rejections"),
        {"columns": columns_of_rules(["number_old", "number_new", "number_same"], understood.header.names)},
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('numbers_people')}")
    read, loaded, lines = con.execute(
        "SELECT (SELECT count(*) FROM numbers), (SELECT count(*) FROM people), (SELECT count(*) FROM raw)"
    ).fetchall()[0]
    card = Card(
        source_id=source_id, kind="numbers", publisher=request.publisher, file_name=shown_name(content.name), sha256=sha256,
        form=understood.form, sheet=understood.sheet, columns=understood.header.names, rows_read=read, rows_loaded=loaded,
        rows_rejected=read - loaded, rows_skipped=lines - read, is_simulated=False, reader_version=reader_version(),
    )  # fmt: skip
    tell(Report(card, understood, refused_rows(con), (), other_rows(con, "numbers")))
    if not loaded:
        raise ContractError(
            f"Tidak ada pasangan nomor yang dapat dimuat ({read} dibaca). / No usable pair of numbers.",
            card.file_name,
            "Isi kolom NIP Lama dan NIP Baru dengan nomor 18 angka.",
        )
    if session.vault is not None:
        with writing(session.settings):
            write_rows(con, "SELECT * FROM people", session.vault.file("numbers", card.vault_name))
            write_rows(con, "SELECT * FROM rejections", session.vault.file("rejections", card.vault_name))
            enter_card(session.settings, card)
    return card, True

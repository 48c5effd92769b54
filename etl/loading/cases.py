"""Takes one register of neutrality cases into the vault: dates, codes and pseudonyms, one row per case and person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from errors import ContractError
from etl.cards.card import Card, read_card, read_cards, shown_name
from etl.cards.entering import enter_card
from etl.loading.keeping import keep_original, list_rejections, write_rows
from etl.loading.report import Report, Tell, WarningCount, other_rows, refused_rows, tell_nobody
from etl.loading.session import Session, read_sql, reader_version
from etl.meaning.catalogues import election_of, sanction_of, violation_of
from etl.meaning.codes import CodeReading
from etl.meaning.written import COMBINED, fill_meanings, region_codes
from etl.reading.content import Content, checksum, received
from etl.reading.headers import normalise
from etl.reading.table import Understood, Wish, read_table
from etl.vault.store import writing

NO_DATE_LIMIT = date(2100, 12, 31)
LABEL_LENGTH = 60


@dataclass(frozen=True)
class CasesRequest:
    """What the operator says of a register. `register` names it; a later file of that name replaces it."""

    path: Path
    publisher: str | None = None
    code_system: str | None = None
    sheet: str | None = None
    register: str | None = None
    replace: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    keep_original: bool = False
    name: str | None = None

    @property
    def shown(self) -> str:
        """The name of the file for messages and the card."""
        return shown_name(self.name or self.path.name)


@dataclass(frozen=True)
class Incoming:
    """A file about to be loaded: its checksum and the source that it is, or becomes."""

    source_id: str
    sha256: str
    understood: Understood
    codes: CodeReading


def load_cases(session: Session, request: CasesRequest, tell: Tell = tell_nobody) -> tuple[Card, bool]:
    """Loads a register; returns its card and whether anything changed (the same file twice changes nothing).

    `tell` hears what was understood before anything is written. Raises SourceError (unreadable) or ContractError (no usable
    row, ambiguous codes, another register of that name).
    """
    content = received(request.path, request.name)
    sha256 = checksum(content)
    known = same_file(session, "cases", sha256, request)
    if known:
        return known, False
    con = session.con
    understood = read_table(con, content, "cases", Wish(request.sheet, request.mapping))
    codes = judge_cases(session, request.code_system, request.shown, sha256)
    incoming = Incoming(source_id_of("cases", request, sha256), sha256, understood, codes)
    card = _card(session, request, incoming)
    refuse_another(session, card, request, "cases")
    conclude(session, (card, content), understood, tell)
    return card, True


def judge_cases(session: Session, code_system: str | None, where: str, sha256: str) -> CodeReading:
    """Fills `cases` (rows with the rule they break) and `people` (what is kept of the others) from `raw`."""
    con = session.con
    codes = region_codes(con, ("government", "place"), code_system, where)
    _give_meaning(session, codes)
    con.execute(read_sql("register_macros"))
    con.execute(read_sql("cases"), {"as_of": NO_DATE_LIMIT})
    con.execute(f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('case_people')}", {"sha256": sha256})
    return codes


def conclude(session: Session, loaded: tuple[Card, Content], understood: Understood, tell: Tell) -> None:
    """Says what was understood, then writes the tables of a register or history and, last, its card."""
    card, content = loaded
    con = session.con
    list_rejections(con, card.kind, card.columns)
    tell(Report(card, understood, refused_rows(con), noted_rows(session), other_rows(con, card.kind)))
    if session.vault is None:
        return
    with writing(session.settings):
        write_rows(con, "SELECT * FROM people", session.vault.file(card.kind, card.vault_name))
        write_rows(con, "SELECT * FROM rejections", session.vault.file("rejections", card.vault_name))
        if card.original_kept:
            keep_original(content, session.vault, card.sha256)
        enter_card(session.settings, card)


def source_id_of(kind: str, request: CasesRequest, sha256: str) -> str:
    """The source that a file is: its kind and the register's name, by default the publisher's, else the file's.

    A name that had to be cut short ends in a mark of its whole, so that two long names stay two.
    """
    name = normalise(request.register or request.publisher or Path(request.shown).stem).replace(" ", "-")
    label = re.sub(r"\d{9,}", "", name).strip("-")
    if len(label) > LABEL_LENGTH:
        label = f"{label[:LABEL_LENGTH]}-{hashlib.sha256(label.encode()).hexdigest()[:6]}"
    return f"{kind}-{label or sha256[:8]}"


def same_file(session: Session, kind: str, sha256: str, request: CasesRequest) -> Card | None:
    """The card of a file of the same bytes, sheet and code system that today's readers have read, if it is loaded.

    Said to be another publisher's under the same name, it is loaded again: the publisher tells which side keeps it.
    """
    for card in read_cards(session.settings.sources):
        same = card.kind == kind and card.sha256 == sha256 and card.reader_version == reader_version()
        asked = request.sheet in (None, card.sheet) and request.code_system in (None, card.code_system)
        renamed = card.source_id == source_id_of(kind, request, sha256) and request.publisher not in (
            None,
            card.publisher,
        )
        if same and asked and not renamed:
            return card
    return None


def refuse_another(session: Session, card: Card, request: CasesRequest, folder: str) -> None:
    """Refuses a file that would replace another register: one of the same name that shares less than half of its numbers.

    Rows without a number are told apart by place and dates. A file that was read before is its own successor.
    """
    earlier = read_card(session.settings.sources, card.source_id)
    if request.replace or earlier is None or (earlier.sha256, earlier.sheet) == (card.sha256, card.sheet):
        return
    kept = session.vault.file(folder, earlier.vault_name) if session.vault else None
    if kept is None or not kept.is_file():
        return
    query = read_sql(f"{folder}_shared")
    asked = {"earlier": str(kept), "persons": not session.dry_run}
    shared, before = session.con.execute(query, asked).fetchall()[0]
    if before and shared * 2 < before:
        raise ContractError(
            f"Register '{card.source_id}' sudah berisi {earlier.file_name}; berkas ini hanya memuat {shared} dari {before} "
            "nomor di dalamnya. / The register of that name holds another file, of whose numbers this one has less than half.",
            card.file_name,
            "Beri nama lain dengan --register NAMA bila ini register lain, atau --replace bila memang menggantikannya. "
            "/ Use --register NAME for another register, --replace to replace it.",
        )


def noted_rows(session: Session) -> tuple[WarningCount, ...]:
    """How many rows of `people` carry each caveat, and the first of them."""
    query = """SELECT caveat, count(*), min(row_number) FROM (SELECT unnest(string_split(caveats, ';')) AS caveat, row_number FROM people)
        WHERE caveat <> '' GROUP BY 1 ORDER BY 1"""
    return tuple(WarningCount(*row) for row in session.con.execute(query).fetchall())


def noted(session: Session) -> dict[str, int]:
    """How many rows of `people` carry each caveat."""
    return {rule: rows for rule, rows, _ in noted_rows(session)}


def _give_meaning(session: Session, codes: CodeReading) -> None:
    """Fills `meanings` with what the distinct written cells mean."""
    fill_meanings(
        session.con,
        [
            ("government", COMBINED.format(name="government"), codes.region),
            ("place", COMBINED.format(name="place"), codes.region),
            ("violation", "violation", violation_of),
            ("election", "election", election_of),
            ("sanction", "recommended_sanction", sanction_of),
            ("sanction", "imposed_sanction", sanction_of),
        ],
    )


def _card(session: Session, request: CasesRequest, incoming: Incoming) -> Card:
    counts = """SELECT (SELECT count(*) FROM raw), (SELECT count(*) FROM cases), (SELECT count(*) FROM people),
        (SELECT coalesce(bool_or(is_simulated), false) FROM people)"""
    raw, read, loaded, simulated = session.con.execute(counts).fetchall()[0]
    if read and not loaded:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({read} dibaca). / No usable row.",
            request.shown,
            "Periksa kolom Instansi dan tanggal, lalu muat lagi.",
        )
    understood = incoming.understood
    return Card(
        source_id=incoming.source_id, kind="cases", publisher=request.publisher, file_name=shown_name(understood.content.name),
        sha256=incoming.sha256, form=understood.form, sheet=understood.sheet, columns=understood.header.names, mapped=dict(request.mapping),
        code_system=incoming.codes.system, rows_read=read, rows_loaded=loaded, rows_rejected=read - loaded,
        rows_skipped=raw - read, warnings=noted(session) | incoming.codes.warnings, is_simulated=simulated,
        original_kept=request.keep_original, reader_version=reader_version(),
    )  # fmt: skip

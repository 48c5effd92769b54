"""Takes one register of neutrality cases into the vault: dates, codes and pseudonyms, one row per case and person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from errors import ContractError
from etl.loading.card import Card, checksum, read_cards, shown_name, write_card
from etl.loading.keeping import write_people, write_rejections
from etl.loading.session import Session, read_sql, reader_version
from etl.meaning.catalogues import election_of, sanction_of, violation_of
from etl.meaning.codes import CodeReading
from etl.meaning.written import COMBINED, fill_meanings, region_codes
from etl.reading.headers import normalise
from etl.reading.table import Understood, read_table

FIELDS = (
    "register_number", "bawaslu_number", "nip", "employment", "government", "government_number", "agency", "position", "place",
    "place_number", "occurred", "reported", "registered", "channel", "election", "violation", "forwarded", "forwarding_number",
    "recommended", "recommendation_number", "recommended_sanction", "decided", "decision_number", "imposed_sanction", "signer",
    "delivered", "effective", "appealed", "annulled", "annulment_number", "blocked", "unblocked", "final_status", "simulated",
)  # fmt: skip
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


@dataclass(frozen=True)
class Incoming:
    """A file about to be loaded: its checksum and the source that it is, or becomes."""

    source_id: str
    sha256: str
    understood: Understood
    codes: CodeReading


def load_cases(session: Session, request: CasesRequest) -> tuple[Card, bool]:
    """Loads a register; returns its card and whether anything changed (the same file twice changes nothing).

    Raises SourceError (unreadable) or ContractError (no usable row, ambiguous codes, another register of that name).
    """
    sha256 = checksum(request.path) if request.path.is_file() else ""
    known = same_file(session, "cases", sha256, request)
    if known:
        return known, False
    con = session.con
    understood = read_table(con, request.path, "cases", request.sheet)
    complete(session, FIELDS)
    codes = region_codes(con, ("government", "place"), request.code_system, request.path.name)
    _give_meaning(session, codes)
    con.execute(read_sql("register_macros"))
    con.execute(read_sql("cases"), {"as_of": NO_DATE_LIMIT})
    con.execute(f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('case_people')}", {"sha256": sha256})
    card = _card(
        session, request, Incoming(source_id_of("cases", request, sha256), sha256, understood, codes)
    )
    refuse_another(session, card, request, "cases")
    if not session.dry_run:
        _store(session, card)
    return card, True


def source_id_of(kind: str, request: CasesRequest, sha256: str) -> str:
    """The source that a file is: its kind and the register's name, by default the publisher's, else the file's.

    A name that had to be cut short ends in a mark of its whole, so that two long names stay two.
    """
    name = normalise(request.register or request.publisher or request.path.stem).replace(" ", "-")
    label = re.sub(r"\d{9,}", "", name).strip("-")
    if len(label) > LABEL_LENGTH:
        label = f"{label[:LABEL_LENGTH]}-{hashlib.sha256(label.encode()).hexdigest()[:6]}"
    return f"{kind}-{label or sha256[:8]}"


def same_file(session: Session, kind: str, sha256: str, request: CasesRequest) -> Card | None:
    """The card of a file of the same bytes, sheet and code system that today's readers have read, if it is loaded.

    Said to be another publisher's under the same name, it is loaded again: the publisher tells which side keeps it.
    """
    for card in read_cards(session.settings.sources) if sha256 else []:
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
    earlier = next((c for c in read_cards(session.settings.sources) if c.source_id == card.source_id), None)
    if request.replace or earlier is None or (earlier.sha256, earlier.sheet) == (card.sha256, card.sheet):
        return
    kept = session.settings.vault / folder / earlier.vault_name
    if not kept.is_file():
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


def complete(session: Session, fields: tuple[str, ...]) -> None:
    """Gives `raw` an empty column for every field that the file does not have."""
    present = {row[0] for row in session.con.execute("DESCRIBE raw").fetchall()}
    for field in fields:
        if field not in present:
            session.con.execute(f'ALTER TABLE raw ADD COLUMN "{field}" VARCHAR')


def noted(session: Session) -> dict[str, int]:
    """How many rows of `people` carry each caveat."""
    query = """SELECT caveat, count(*) FROM (SELECT unnest(string_split(caveats, ';')) AS caveat FROM people)
        WHERE caveat <> '' GROUP BY 1 ORDER BY 1"""
    return dict(session.con.execute(query).fetchall())


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
            request.path.name,
            "Periksa kolom Instansi dan tanggal, lalu muat lagi.",
        )
    understood = incoming.understood
    return Card(
        source_id=incoming.source_id, kind="cases", publisher=request.publisher, file_name=shown_name(request.path),
        sha256=incoming.sha256, form=understood.form, sheet=understood.sheet, columns=understood.header.names,
        code_system=incoming.codes.system, rows_read=read, rows_loaded=loaded, rows_rejected=read - loaded,
        rows_skipped=raw - read, warnings=noted(session) | incoming.codes.warnings, is_simulated=simulated,
        reader_version=reader_version(),
    )  # fmt: skip


def _store(session: Session, card: Card) -> None:
    vault = session.settings.vault
    write_people(session.con, "SELECT * FROM people", vault / "cases" / card.vault_name)
    write_rejections(session.con, "cases", card.columns, vault / "rejections" / card.vault_name)
    write_card(session.settings.sources, card)

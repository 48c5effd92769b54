"""Takes one roster into the vault: who works where on a date, as pseudonyms with the used columns only."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from errors import ContractError
from etl.agencies.counting import unknown_agencies
from etl.cards.card import Card, read_card, shown_name
from etl.cards.entering import enter_card
from etl.judging.people import People
from etl.judging.reading import read_roster
from etl.judging.verdict import Verdict, decide, list_faults
from etl.loading.keeping import keep_original, write_rows
from etl.loading.report import Report, Tell, refused_rows, skipped_counts, tell_nobody, warning_counts
from etl.loading.session import Session, reader_version
from etl.meaning.regions import governments_named, name_of, titles_name
from etl.reading.content import Content, checksum, received
from etl.reading.table import Understood, Wish, count_lines, lay_open
from etl.vault.store import whole_file, writing
from language import words

MOST_AGENCIES = 50
NAMES_SHARE = 0.8
"""Above this many different agencies, so many for each person is a column of names of people."""


@dataclass(frozen=True)
class RosterRequest:
    """What the operator says of a roster file."""

    path: Path
    government: str
    as_of: date
    expect_pns: int | None = None
    expect_pppk: int | None = None
    sheet: str | None = None
    accepted_by: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    keep_original: bool = False
    name: str | None = None

    @property
    def source_id(self) -> str:
        """One source per government and date."""
        return f"roster-{self.government}-{self.as_of.isoformat()}"


def load_roster(session: Session, request: RosterRequest, tell: Tell = tell_nobody) -> tuple[Card, bool]:
    """Loads a roster; returns its card and whether anything changed (the same file twice changes nothing).

    `tell` hears what was understood before anything is written. Raises SourceError (unreadable) or ContractError (other
    government, control totals, no usable row).
    """
    content = received(request.path, request.name)
    present = read_card(session.settings.sources, request.source_id)
    if present and _is_same(present, checksum(content), request):
        return present, False
    with ThreadPoolExecutor(1) as beside:
        summed = beside.submit(checksum, content)
        understood, verdict = examine(session, content, request)
    sha256, people = summed.result(), verdict.people
    unknown = unknown_agencies(session, request.government, request.as_of, people.agencies)
    card = _card(request, understood, verdict.found, sha256).model_copy(update={"unknown_agencies": unknown})
    tell(
        Report(
            card,
            understood,
            refused_rows(session.con),
            warning_counts(session.con),
            skipped_counts(session.con),
        )
    )
    _refuse_unusable(session, request, card, people)
    if session.vault is not None:
        _store(session, card, content, people)
    return card, True


def examine(session: Session, content: Content, request: RosterRequest) -> tuple[Understood, Verdict]:
    """What is understood of a roster's form, and what becomes of its lines; fills `odd`, `rejections` and `warnings`."""
    understood = lay_open(session.con, content, "roster", Wish(request.sheet, request.mapping))
    _refuse_titled(understood, request)
    judged, texts = read_roster(session, understood, request.government, request.as_of)
    _refuse_other_government(understood, request, judged.named)
    count_lines(session.con, understood, judged.lines, each_line_a_row=judged.is_counted)
    verdict = decide(session, judged, texts)
    list_faults(session.con, understood.header.names)
    return understood, verdict


def _is_same(present: Card, sha256: str, request: RosterRequest) -> bool:
    return (
        (present.sha256, present.reader_version, present.sheet) == (sha256, reader_version(), request.sheet or present.sheet)
        and (present.expect_pns, present.expect_pppk) == (request.expect_pns, request.expect_pppk)
        and present.mapped == dict(request.mapping)
        and present.original_kept >= request.keep_original
    )  # fmt: skip


def _refuse_titled(understood: Understood, request: RosterRequest) -> None:
    titled = titles_name(understood.header.titles)
    if titled and titled != request.government:
        raise _wrong_government(understood, request, titled)


def _refuse_other_government(
    understood: Understood, request: RosterRequest, counts: Mapping[str, int]
) -> None:
    """A file that mostly names another government is not this government's roster."""
    totals: dict[str, int] = {}
    for text, code in governments_named(counts).items():
        totals[code] = totals.get(code, 0) + counts[text]
    most = max(totals, key=lambda code: totals[code], default=request.government)
    if most != request.government:
        raise _wrong_government(understood, request, most)


def _wrong_government(understood: Understood, request: RosterRequest, found: str) -> ContractError:
    return ContractError(
        f"Berkas ini menyebut {name_of(found)} ({found}), bukan {name_of(request.government)} ({request.government}). "
        "/ The file names another government.",
        shown_name(understood.content.name),
        f"Muat dengan --government {found}, atau periksa berkasnya.",
    )


def _card(request: RosterRequest, understood: Understood, found: Mapping[str, int], sha256: str) -> Card:
    read = found["rows_in_file"] - found["rows_skipped"]
    card = Card(
        source_id=request.source_id, kind="roster", government_code=request.government,
        file_name=shown_name(understood.content.name), sha256=sha256, as_of=request.as_of, form=understood.form,
        sheet=understood.sheet, columns=understood.header.names, mapped=dict(request.mapping), rows_read=read,
        rows_loaded=read - found["rows_rejected"], rows_rejected=found["rows_rejected"], rows_skipped=found["rows_skipped"],
        skipped=_named(found, "skipped "), warnings=_named(found, "warning "), pns_active=found["pns_active"],
        pppk_active=found["pppk_active"], pns_forgotten=found["pns_forgotten"], pppk_forgotten=found["pppk_forgotten"],
        expect_pns=request.expect_pns, expect_pppk=request.expect_pppk, original_kept=request.keep_original,
        is_simulated=found["simulated"] > 0, reader_version=reader_version(),
    )  # fmt: skip
    if (request.expect_pns, request.expect_pppk) == (None, None):
        return card
    if card.control_matches:
        return card.model_copy(update={"control_verdict": "match"})
    return card.model_copy(
        update={"control_verdict": "mismatch_accepted", "accepted_by": request.accepted_by}
    )


def _named(found: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in sorted(found.items()) if name.startswith(prefix)}


def _refuse_unusable(session: Session, request: RosterRequest, card: Card, people: People) -> None:
    """Nothing to load, names for agencies, or totals that differ and that nobody accepted by name, is a ContractError."""
    if not card.rows_loaded:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({card.rows_read} dibaca{_first_reasons(session.con)}). / No usable row.",
            card.file_name,
            "Perbaiki kolom NIP dan perangkat daerah, lalu muat lagi.",
        )
    _refuse_agencies(people, card.file_name)
    if card.control_verdict == "mismatch_accepted" and not request.accepted_by:
        raise ContractError(
            f"Jumlah kendali tidak cocok: {card.control_totals}; {card.rows_rejected} baris ditolak. "
            "/ Control totals do not match.",
            card.file_name,
            "Perbaiki berkasnya, atau terima selisihnya dengan --accept-mismatch NAMA-PETUGAS.",
        )


def _refuse_agencies(people: People, where: str) -> None:
    """A column that differs from person to person holds names or numbers of people, not agencies: it is not published."""
    agencies, persons = len(people.agencies), people.rows.height
    if agencies > MOST_AGENCIES and agencies > persons * NAMES_SHARE:
        raise ContractError(
            f"Kolom perangkat daerah berisi {agencies} isi berbeda untuk {persons} orang: itu bukan nama perangkat daerah. "
            "/ The column of agencies differs from person to person.",
            where,
            'Sebutkan kolom yang benar dengan --map "Kolom=agency".',
        )


def _first_reasons(con: duckdb.DuckDBPyConnection) -> str:
    query = "SELECT rule, count(*), min(row_number) FROM rejections GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3"
    said = words("id")
    return "".join(
        f"; {count} ditolak, pertama baris {first}: {said(f'rule.{rule}').rstrip('.')}"
        for rule, count, first in con.execute(query).fetchall()
    )


def _store(session: Session, card: Card, content: Content, people: People) -> None:
    vault = session.vault
    assert vault is not None, "a dry run stores nothing"
    with writing(session.settings):
        with whole_file(vault.file("rosters", card.vault_name)) as draft:
            people.write(draft, vault.keys)
        with whole_file(vault.file("workforce", card.vault_name)) as draft:
            people.headcount().write_parquet(draft)
        for table in ("rejections", "warnings"):
            write_rows(session.con, f"SELECT * FROM {table}", vault.file(table, card.vault_name))
        if card.original_kept:
            keep_original(content, vault, card.sha256)
        enter_card(session.settings, card)

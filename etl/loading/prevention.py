"""Takes one list of preventive activities into the vault: socialisation, circulars, pledges; dates, kinds and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from errors import ContractError
from etl.cards.card import Card, shown_name
from etl.loading.cases import (
    CasesRequest,
    Incoming,
    conclude,
    noted,
    refuse_another,
    same_file,
    source_id_of,
)
from etl.loading.report import Tell, tell_nobody
from etl.loading.session import Session, read_sql, reader_version
from etl.meaning.catalogues import election_of
from etl.meaning.codes import CodeReading
from etl.meaning.numbers import persons_written
from etl.meaning.prevention import issuer_of, kind_of, names_several_governments
from etl.meaning.regions import name_of
from etl.meaning.written import COMBINED, fill_meanings, region_codes
from etl.reading.content import checksum, received
from etl.reading.table import Wish, read_table

EAST = timedelta(hours=8)
"""The clock of Kalimantan that is furthest ahead (WITA): an activity of today is none of tomorrow there."""
COUNTS = """SELECT (SELECT count(*) FROM raw), (SELECT count(*) FROM prevention), count(*), coalesce(bool_or(is_simulated), false)
    FROM people"""


@dataclass(frozen=True)
class PreventionRequest(CasesRequest):
    """What the operator says of a list: as of a register, and the government that rows are for which name none."""

    government: str | None = None


def load_prevention(
    session: Session, request: PreventionRequest, tell: Tell = tell_nobody
) -> tuple[Card, bool]:
    """Loads a list; returns its card and whether anything changed (the same file twice changes nothing).

    A row is one activity for one government. Raises SourceError (unreadable) or ContractError (no usable row, ambiguous
    codes, another list of that name).
    """
    content = received(request.path, request.name)
    sha256 = checksum(content)
    known = same_file(session, "prevention", sha256, request)
    if known and request.government in (None, known.government_code):
        return known, False
    understood = read_table(session.con, content, "prevention", Wish(request.sheet, request.mapping))
    _fill_in(session, request.government)
    codes = judge_prevention(session, request.code_system, request.shown, sha256)
    incoming = Incoming(source_id_of("prevention", request, sha256), sha256, understood, codes)
    card = _card(session, request, incoming)
    refuse_another(session, card, request, "prevention")
    conclude(session, (card, content), understood, tell)
    return card, True


def judge_prevention(session: Session, code_system: str | None, where: str, sha256: str) -> CodeReading:
    """Fills `prevention` (rows with the rule they break) and `people` (what is kept of the others) from `raw`.

    No row is a person; `people` is the name that registers share. `sha256` is not needed, since an activity is known by
    its government, kind and day.
    """
    con = session.con
    for step in ("register_macros", "prevention_macros", "prevention_raw"):
        con.execute(read_sql(step))
    codes = region_codes(con, ("government",), code_system, where)
    _give_meaning(session, codes)
    con.execute(read_sql("prevention"), {"today": (datetime.now(UTC) + EAST).date()})
    con.execute(f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('prevention_kept')}")
    return codes


def kinds_counted(session: Session) -> dict[str, int]:
    """How many activities of `people` are of each kind."""
    return dict(session.con.execute("SELECT kind, count(*) FROM people GROUP BY 1 ORDER BY 1").fetchall())


def _fill_in(session: Session, government: str | None) -> None:
    """Rows that name no government are for the one that the operator names; its name is written into their cells."""
    if government:
        session.con.execute(
            """UPDATE raw SET government = $name
            WHERE trim(coalesce(government, '')) = '' AND trim(coalesce(government_number, '')) = ''""",
            {"name": name_of(government)},
        )


def _give_meaning(session: Session, codes: CodeReading) -> None:
    """Fills `meanings` with what the distinct written cells mean."""
    place = COMBINED.format(name="government")
    fill_meanings(
        session.con,
        [
            ("government", place, codes.region),
            ("several", place, lambda text: "true" if names_several_governments(text) else None),
            ("kind", "kind", kind_of),
            ("issuer", "issuer", issuer_of),
            ("election", "election", election_of),
            ("count", "participants", persons_written),
            ("count", "signatures", persons_written),
        ],
    )


def _card(session: Session, request: PreventionRequest, incoming: Incoming) -> Card:
    raw, read, loaded, simulated = session.con.execute(COUNTS).fetchall()[0]
    if not loaded:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({read} dibaca). / No usable row.",
            request.shown,
            "Periksa kolom tanggal, jenis kegiatan dan pemerintah daerah; bila hanya tentang satu pemerintah, sebutkan --government.",
        )
    understood = incoming.understood
    return Card(
        source_id=incoming.source_id, kind="prevention", government_code=request.government, publisher=request.publisher,
        file_name=shown_name(understood.content.name), sha256=incoming.sha256, form=understood.form, sheet=understood.sheet,
        columns=understood.header.names, mapped=dict(request.mapping), code_system=incoming.codes.system,
        rows_read=read, rows_loaded=loaded, rows_rejected=read - loaded, rows_skipped=raw - read,
        warnings=noted(session) | incoming.codes.warnings, counted=kinds_counted(session), is_simulated=simulated,
        original_kept=request.keep_original, reader_version=reader_version(),
    )  # fmt: skip

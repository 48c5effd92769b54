"""Takes one SIASN history of discipline into the vault: decisions as dates, codes and pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

from errors import ContractError
from etl.cards.card import Card, shown_name
from etl.loading.cases import (
    NO_DATE_LIMIT,
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
from etl.meaning.catalogues import (
    concerns_neutrality,
    is_reactivation,
    sanction_of,
    siasn_levels,
    siasn_sanction_of,
)
from etl.meaning.codes import CodeReading
from etl.meaning.written import COMBINED, fill_meanings, region_codes
from etl.reading.content import checksum, received
from etl.reading.table import Wish, read_table

COUNTS = """SELECT (SELECT count(*) FROM raw), (SELECT count(*) FROM discipline), count(*), coalesce(bool_or(is_simulated), false),
    count(*) FILTER (is_neutrality AND is_sanction), count(*) FILTER (NOT is_neutrality AND is_sanction),
    count(*) FILTER (annulled_on IS NOT NULL), count(*) FILTER (NOT is_sanction) FROM people"""
COUNTED = ("neutrality", "other_matters", "annulled", "not_a_sanction")


@dataclass(frozen=True)
class DisciplineRequest(CasesRequest):
    """What the operator says of a history: as of a register, and the government of all rows that name none."""

    government: str | None = None


def load_discipline(
    session: Session, request: DisciplineRequest, tell: Tell = tell_nobody
) -> tuple[Card, bool]:
    """Loads a history; returns its card and whether anything changed (the same file twice changes nothing).

    Decisions that do not concern an election are loaded and counted; the build joins only the others. Raises SourceError
    (unreadable) or ContractError (no usable row, ambiguous codes, another history of that name).
    """
    content = received(request.path, request.name)
    sha256 = checksum(content)
    known = same_file(session, "discipline", sha256, request)
    if known and request.government in (None, known.government_code):
        return known, False
    con = session.con
    understood = read_table(con, content, "discipline", Wish(request.sheet, request.mapping))
    codes = judge_discipline(session, request.code_system, request.shown, sha256)
    source_id = source_id_of("discipline", request, sha256)
    card = _card(session, request, Incoming(source_id, sha256, understood, codes))
    refuse_another(session, card, request, "discipline")
    conclude(session, (card, content), understood, tell)
    return card, True


def judge_discipline(session: Session, code_system: str | None, where: str, sha256: str) -> CodeReading:
    """Fills `discipline` (rows with the rule they break) and `people` (what is kept of the others) from `raw`."""
    con = session.con
    con.execute(read_sql("register_macros"))
    codes = region_codes(con, ("government",), code_system, where)
    _give_meaning(session, codes)
    con.execute(read_sql("discipline"), {"as_of": NO_DATE_LIMIT})
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('discipline_people')}",
        {"sha256": sha256, "levels": siasn_levels()},
    )
    return codes


def counted(session: Session) -> dict[str, int]:
    """How many decisions of `people` concern an election, other matters, are annulled, or are no sanction."""
    return dict(zip(COUNTED, session.con.execute(COUNTS).fetchall()[0][4:], strict=True))


def _give_meaning(session: Session, codes: CodeReading) -> None:
    """Fills `meanings` with what the distinct written cells mean; an id stands before the name beside it."""
    fill_meanings(
        session.con,
        [
            ("government", COMBINED.format(name="government"), codes.region),
            ("sanction_id", "sanction_id", siasn_sanction_of),
            ("sanction", "sanction", sanction_of),
            ("sanction_for", "sanction_for(sanction, years, months)", sanction_of),
            ("lifted", "coalesce(nullif(trim(sanction_id), ''), sanction)", _lifted),
            ("reason", "reason_id", _neutrality),
            ("reason", "reason", _neutrality),
        ],
    )


def _lifted(sanction: str) -> str | None:
    return "true" if is_reactivation(sanction) else None


def _neutrality(reason: str) -> str | None:
    concerns = concerns_neutrality(reason)
    return None if concerns is None else str(concerns).lower()


def _card(session: Session, request: DisciplineRequest, incoming: Incoming) -> Card:
    raw, read, loaded, simulated, *counted = session.con.execute(COUNTS).fetchall()[0]
    if read and not loaded:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({read} dibaca). / No usable row.",
            request.shown,
            "Periksa kolom NIP, tanggal SK dan jenis hukuman, lalu muat lagi.",
        )
    understood = incoming.understood
    return Card(
        source_id=incoming.source_id, kind="discipline", government_code=request.government, publisher=request.publisher,
        file_name=shown_name(understood.content.name), sha256=incoming.sha256, form=understood.form, sheet=understood.sheet,
        columns=understood.header.names, mapped=dict(request.mapping), code_system=incoming.codes.system, rows_read=read,
        rows_loaded=loaded,
        rows_rejected=read - loaded, rows_skipped=raw - read, warnings=noted(session) | incoming.codes.warnings,
        counted=dict(zip(COUNTED, counted, strict=True)), is_simulated=simulated,
        original_kept=request.keep_original, reader_version=reader_version(),
    )  # fmt: skip

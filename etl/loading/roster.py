"""Takes one roster into the vault: who works where on a date, as pseudonyms with the used columns only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from errors import ContractError
from etl.loading.card import Card, checksum, read_cards, shown_name, write_card
from etl.loading.keeping import write_people, write_rejections
from etl.loading.session import SIMULATED_BIRTH_SHIFT_YEARS, Session, read_sql, reader_version
from etl.meaning.regions import governments_named, name_of, titles_name
from etl.reading.table import Understood, read_table

OPTIONAL_FIELDS = (
    "agency", "employment", "position_type", "position", "rank", "gender", "birth", "standing",
    "work_government", "home_government", "simulated",
)  # fmt: skip


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


def load_roster(session: Session, request: RosterRequest) -> tuple[Card, bool]:
    """Loads a roster; returns its card and whether anything changed (the same file twice changes nothing).

    Raises SourceError (unreadable) or ContractError (other government, control totals, no usable row).
    """
    sha256 = checksum(request.path) if request.path.is_file() else ""
    source_id = f"roster-{request.government}-{request.as_of.isoformat()}"
    known = _known(session.settings.sources, source_id, sha256, request)
    if known:
        return known, False
    understood = read_table(session.con, request.path, "roster", request.sheet)
    _refuse_other_government(session, request, understood)
    _judge(session, request)
    card = _card(session, request, understood, (source_id, sha256))
    _check_controls(card, request)
    if not session.dry_run:
        _store(session, card)
    return card, True


def _known(folder: Path, source_id: str, sha256: str, request: RosterRequest) -> Card | None:
    path = folder / f"{source_id}.yml"
    if not sha256 or not path.exists():
        return None
    card = next(card for card in read_cards(folder) if card.source_id == source_id)
    same = card.sha256 == sha256 and card.reader_version == reader_version()
    return (
        card
        if same and (card.expect_pns, card.expect_pppk) == (request.expect_pns, request.expect_pppk)
        else None
    )


def _refuse_other_government(session: Session, request: RosterRequest, understood: Understood) -> None:
    """A file that mostly names another government, or whose title does, is not this government's roster."""
    titled = titles_name(understood.header.titles)
    if titled and titled != request.government:
        _wrong_government(request, titled)
    if "work_government" not in understood.header.columns:
        return
    counts = dict(
        session.con.execute(
            "SELECT work_government, count(*) FROM raw WHERE work_government <> '' GROUP BY 1"
        ).fetchall()
    )
    named = governments_named(counts)
    totals: dict[str, int] = {}
    for text, code in named.items():
        totals[code] = totals.get(code, 0) + counts[text]
    if totals and max(totals, key=lambda code: totals[code]) != request.government:
        _wrong_government(request, max(totals, key=lambda code: totals[code]))


def _wrong_government(request: RosterRequest, found: str) -> None:
    raise ContractError(
        f"Berkas ini menyebut {name_of(found)} ({found}), bukan {name_of(request.government)} ({request.government}). "
        "/ The file names another government.",
        request.path.name,
        f"Muat dengan --government {found}, atau periksa berkasnya.",
    )


def _judge(session: Session, request: RosterRequest) -> None:
    con = session.con
    present = {row[0] for row in con.execute("DESCRIBE raw").fetchall()}
    for field in OPTIONAL_FIELDS:
        if field not in present:
            con.execute(f'ALTER TABLE raw ADD COLUMN "{field}" VARCHAR')
    texts = [row[0] for row in con.execute("SELECT DISTINCT work_government FROM raw").fetchall()]
    others = [text for text, code in governments_named(texts).items() if code != request.government]
    con.execute(read_sql("roster"), {"as_of": request.as_of, "other_governments": others or [""]})


def _count(session: Session, request: RosterRequest) -> dict[str, int]:
    """Fills `people` and counts what the card says; a file without a usable row is a ContractError."""
    con = session.con
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE people AS {read_sql('roster_people')}",
        {"as_of": request.as_of, "shift": SIMULATED_BIRTH_SHIFT_YEARS},
    )
    found = dict(con.execute(read_sql("roster_counts")).fetchall())
    if not found["rows_loaded"]:
        raise ContractError(
            f"Tidak ada baris yang dapat dimuat ({found['rows_read']} dibaca). / No usable row. {_first_reasons(session)}",
            request.path.name,
            "Perbaiki kolom NIP dan perangkat daerah, lalu muat lagi.",
        )
    return found


def _card(
    session: Session, request: RosterRequest, understood: Understood, identity: tuple[str, str]
) -> Card:
    found = _count(session, request)
    declared = (request.expect_pns, request.expect_pppk)
    counted = (found["pns_active"], found["pppk_active"])
    wrong = any(e is not None and e != f for e, f in zip(declared, counted, strict=True))
    doubts = ("employment_disagrees", "gender_disagrees", "birth_disagrees")
    return Card(
        source_id=identity[0], kind="roster", government_code=request.government, file_name=shown_name(request.path),
        sha256=identity[1], as_of=request.as_of, form=understood.form, sheet=understood.sheet,
        columns=understood.header.names, rows_read=found["rows_read"], rows_loaded=found["rows_loaded"],
        rows_rejected=found["rows_read"] - found["rows_loaded"], rows_skipped=found["rows_in_file"] - found["rows_read"],
        pns_active=counted[0], pppk_active=counted[1], warnings={name: found[name] for name in doubts if found[name]},
        expect_pns=declared[0], expect_pppk=declared[1], accepted_by=request.accepted_by if wrong else None,
        control_verdict="none" if declared == (None, None) else ("mismatch_accepted" if wrong else "match"),
        is_simulated=found["simulated"] > 0, reader_version=reader_version(),
    )  # fmt: skip


def _first_reasons(session: Session) -> str:
    rows = session.con.execute(
        "SELECT rule, count(*), min(row_number) FROM roster WHERE rule IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3"
    ).fetchall()
    return "; ".join(f"{rule}: {count} baris, pertama baris {first}" for rule, count, first in rows)


def _check_controls(card: Card, request: RosterRequest) -> None:
    if card.control_verdict == "mismatch_accepted" and not request.accepted_by:
        raise ContractError(
            f"Jumlah kendali tidak cocok: PNS {card.pns_active} (harus {card.expect_pns}), PPPK {card.pppk_active} "
            f"(harus {card.expect_pppk}); {card.rows_rejected} baris ditolak. / Control totals do not match.",
            request.path.name,
            "Perbaiki berkasnya, atau terima selisihnya dengan --accept-mismatch NAMA-PETUGAS.",
        )


def _store(session: Session, card: Card) -> None:
    vault = session.settings.vault
    write_people(session.con, "SELECT * FROM people", vault / "rosters" / card.vault_name)
    write_rejections(session.con, "roster", card.columns, vault / "rejections" / card.vault_name)
    write_card(session.settings.sources, card)

"""Builds the warehouse: a new file from everything loaded, checked, and swapped in as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from audit import record
from errors import ContractError
from etl.building.dictionary import Fresh, faults, read_dictionary
from etl.building.filling import content_hash, fill
from etl.building.parts.division import CASES, RECEIPT, division_of
from etl.building.parts.fingerprints import frame_hash, input_hash, source_hash
from etl.building.parts.laying import lay_out
from etl.building.parts.ledger import Ledger, Part, Tally, read_ledger, take_over, write_ledger
from etl.building.parts.plan import Plan
from etl.building.publish import NOTHING_TOLD, Manifest, current, publishing, swap_in
from etl.cards.card import Card, read_known_cards
from etl.following.making import Following
from etl.protecting.making import Protecting
from etl.protecting.releases import NOTHING, Told, keep, kept, older, read_release, released_before
from etl.retention.memory import Accepts, check_memory, let_go, nothing_lost
from etl.vault.store import DRAFT, damage_told, sweep, writing
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql"
CODE_VERSION = "0.1.0"
EARLIEST = date(2015, 1, 1)
Progress = Callable[[str], None]


def build(
    settings: Settings, progress: Progress = lambda step: None, accepts: Accepts = nothing_lost
) -> tuple[Manifest, bool]:
    """Builds and publishes; returns the manifest and whether anything was new.

    On any failure the previous build stays. Raises ContractError with the offending rows, DefinitionError, StorageError; the
    last also where a release is lost that readers may have, unless `accepts` says of that loss to go on: then the builds that
    told it are deleted once the new one is published.
    """
    with publishing(settings.build), writing(settings):
        was_lost = check_memory(settings, accepts)
        built = _build_alone(settings, progress, anew=was_lost)
        if was_lost:
            let_go(settings)
        return built


def _build_alone(settings: Settings, progress: Progress, anew: bool) -> tuple[Manifest, bool]:
    frame = frame_hash(settings)
    ledger = read_ledger(settings.build, frame)
    cards, known = read_known_cards(settings.sources, ledger.cards if ledger else {})
    source = source_hash(settings, frame, cards)
    before = released_before(settings, source)
    inputs = input_hash(source, before)
    now = current(settings.build)
    if now and now.input_hash == inputs and not anew:
        return now, False
    draft = settings.build / f".building-{os.getpid()}.duckdb{DRAFT}"
    try:
        ledger = take_over(settings.build, ledger, draft)
        manifest, parts, told = _make(draft, settings, cards, (inputs, ledger, before, progress))
        if told:
            # Before anybody can read it: one that was read and is not kept would leave the next build unprotected against it.
            keep(settings, replace(told, source=source))
        manifest = replace(manifest, release=_release_of(settings, parts))
        record(settings, "build", build=manifest.build_id, content=manifest.content_hash)
        swap_in(settings.build, draft, manifest)
        write_ledger(settings.build, manifest.file, frame, (parts, known))
    finally:
        sweep(settings.build)
    return manifest, True


def _release_of(settings: Settings, parts: Mapping[str, Part]) -> str:
    """The hash of the release that a build tells: the one that was kept last, now or by the build whose counts are told again."""
    is_told = parts[CASES].tables.get("open_cell", Tally()).rows > 0
    return read_release(kept(settings)[-1]).hash if is_told else NOTHING_TOLD


def _make(
    draft: Path, settings: Settings, cards: list[Card], run: tuple[str, Ledger | None, Told | None, Progress]
) -> tuple[Manifest, dict[str, Part], Told | None]:
    """Makes the draft what the sources say; where it is not a copy of an earlier warehouse yet, from nothing.

    Returns what it releases, too, where that is not what was released before.
    """
    inputs, ledger, released, progress = run
    con = duckdb.connect()
    try:
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        progress("staging")
        with damage_told():
            plan = lay_out(con, settings, cards, (inputs, ledger))
        if plan.is_whole:
            draft.unlink(missing_ok=True)
        _open(con, draft)
        protecting = Protecting(con, settings.suppress_below, released, older(settings, released))
        following = Following(con, settings.suppress_below, released.lines if released else NOTHING)
        before = {
            "open_cell": protecting.lay_out,
            "open_wait": following.lay_out,
        }
        parts = fill(con, plan, progress, before)
        content = content_hash(parts)
        manifest = Manifest(content[:16], f"warehouse-{content[:16]}.duckdb", content, inputs, _moment())
        _write_receipt(con, manifest)
        progress("checks")
        _check(con, plan)
        progress("write")
        _close(con)
    finally:
        con.close()
    return manifest, parts, _released(protecting, following)


def _released(protecting: Protecting, following: Following) -> Told | None:
    """What is told of cells, clocks and curves; None where it is what was told before.

    A corrected date may change a clock where all cells stay what they were, so that it makes a release, too.
    """
    told, before = protecting.made or protecting.before, protecting.before
    if told is None or (protecting.made is None and following.lines == following.before):
        return None
    return replace(told, lines=following.lines, before=before.hash if before else NOTHING)


def _open(con: duckdb.DuckDBPyConnection, draft: Path) -> None:
    """From here on names without a schema mean the draft, whose file changes in one step when it is closed."""
    # A draft that is lost is made again, so that it needs no journal beside it.
    con.execute("SET checkpoint_threshold = '1B'")
    con.execute(f"ATTACH '{str(draft).replace(chr(39), chr(39) * 2)}' AS warehouse")
    con.execute(
        "SET search_path = 'warehouse.main,memory.main,memory.staging,memory.reference,memory.published'"
    )
    con.execute("BEGIN")


def _close(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("COMMIT")
    con.execute("SET search_path = 'memory.main'")
    con.execute("DETACH warehouse")


def _write_receipt(con: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    con.execute(f"DELETE FROM {RECEIPT}")
    con.execute(
        f"INSERT INTO {RECEIPT} {(SQL / 'build' / 'receipt.sql').read_text('utf-8')}",
        {
            "build_id": manifest.build_id,
            "built_at": manifest.built_at,
            "code_version": CODE_VERSION,
            "content_hash": manifest.content_hash,
            "earliest": EARLIEST,
        },
    )


def _check(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """All rules of `etl/sql/checks` over the whole warehouse; the dictionary over what is new, and what refers to it."""
    found = _faults(con, plan)
    for rule in sorted((SQL / "checks").glob("*.sql")):
        rows = con.execute(rule.read_text("utf-8").rstrip().rstrip(";")).fetchmany(3)
        found += [f"{rule.stem}: {row}" for row in rows]
    if found:
        raise ContractError(
            "Pemeriksaan gagal, tidak ada yang diterbitkan. / Checks failed, nothing was published:\n  "
            + "\n  ".join(found[:20]),
            "etl/sql/checks",
            "Perbaiki berkas sumbernya lalu bangun lagi; bangunan sebelumnya tetap dipakai.",
        )


def _faults(con: duckdb.DuckDBPyConnection, plan: Plan) -> list[str]:
    tables = read_dictionary()
    touched = frozenset(name for name in tables if name == RECEIPT or plan.touches(name))
    found: list[str] = []
    for name, table in tables.items():
        rows = plan.rows_anew(name) if name in touched else None
        found += faults(con, name, table, Fresh(rows, division_of(name).column, touched))
    return found


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

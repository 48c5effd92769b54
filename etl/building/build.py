"""Builds the warehouse: a new file from everything loaded, checked, and swapped in as a whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from errors import ContractError
from etl.agencies.laying import lay_out_agencies
from etl.building.dictionary import create_table, faults, read_dictionary
from etl.building.publish import Manifest, current, publishing, swap_in
from etl.building.reconciling import reconcile
from etl.building.staging import lay_out
from etl.cards.card import Card, read_cards
from etl.vault.store import DRAFT, damage_told, open_vault, sweep, writing
from settings import ROOT, Settings

SQL = Path(__file__).resolve().parents[1] / "sql"
CODE_VERSION = "0.1.0"
EARLIEST = date(2015, 1, 1)


def input_hash(settings: Settings, cards: list[Card]) -> str:
    """A hash of everything a build depends on: facts, dictionary, steps, cards."""
    digest = hashlib.sha256()
    facts = [
        *settings.reference.glob("*.csv"),
        *settings.published.glob("*.csv"),
        ROOT / "data" / "dictionary.yml",
        *settings.agencies.glob("*.yml"),
    ]
    steps = [*SQL.rglob("*.sql"), *Path(__file__).parent.glob("*.py"), *(SQL.parent / "agencies").glob("*.*")]
    for path in sorted(facts) + sorted(steps):
        digest.update(path.name.encode() + path.read_bytes())
    for card in cards:
        digest.update(card.model_dump_json().encode())
    return digest.hexdigest()


def build(settings: Settings, progress: Callable[[str], None] = lambda step: None) -> tuple[Manifest, bool]:
    """Builds and publishes; returns the manifest and whether anything was new.

    On any failure the previous build stays. Raises ContractError with the offending rows, DefinitionError, StorageError.
    """
    with publishing(settings.build), writing(settings):
        return _build_alone(settings, progress)


def _build_alone(settings: Settings, progress: Callable[[str], None]) -> tuple[Manifest, bool]:
    cards = read_cards(settings.sources)
    inputs = input_hash(settings, cards)
    now = current(settings.build)
    if now and now.input_hash == inputs:
        return now, False
    draft = settings.build / f".building-{os.getpid()}.duckdb{DRAFT}"
    try:
        manifest = _fill(draft, settings, cards, (inputs, progress))
        swap_in(settings.build, draft, manifest)
    finally:
        sweep(settings.build)
    return manifest, True


def _fill(
    draft: Path, settings: Settings, cards: list[Card], run: tuple[str, Callable[[str], None]]
) -> Manifest:
    inputs, progress = run
    con = duckdb.connect()
    try:
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        progress("staging")
        with damage_told():
            lay_out(con, settings, cards, open_vault(settings).people if cards else settings.vault)
            con.execute((SQL / "build" / "macros.sql").read_text("utf-8"))
            reconcile(con)
            lay_out_agencies(con, settings)
        for name, table in read_dictionary().items():
            progress(name)
            create_table(con, name, table)
            _insert(con, name, tuple(table.columns))
        content = _content_hash(con)
        manifest = Manifest(content[:16], f"warehouse-{content[:16]}.duckdb", content, inputs, _moment())
        _write_receipt(con, manifest)
        progress("checks")
        _check(con)
        progress("write")
        _write(con, draft)
    finally:
        con.close()
    return manifest


def _write(con: duckdb.DuckDBPyConnection, draft: Path) -> None:
    """Copies the checked tables into a new file."""
    con.execute(f"ATTACH '{str(draft).replace(chr(39), chr(39) * 2)}' AS warehouse")
    for name, table in read_dictionary().items():
        create_table(con, f"warehouse.{name}", table)
        con.execute(f'INSERT INTO warehouse."{name}" SELECT * FROM "{name}"')
    con.execute("DETACH warehouse")


def _insert(con: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...]) -> None:
    step = SQL / name.split("_", maxsplit=1)[0] / f"{name}.sql"
    if not step.exists():
        assert name == "core_build", f"{name} has no build step"
        return
    query = step.read_text("utf-8").rstrip().rstrip(";")
    names = ", ".join(f'"{column}"' for column in columns)
    try:
        con.execute(f'INSERT INTO "{name}" SELECT {names} FROM ({query}\n) ORDER BY ALL')
    except duckdb.Error as broken:
        raise ContractError(
            f"Langkah gagal ({type(broken).__name__}). / The step failed.",
            name,
            "Muat ulang berkas sumbernya; bila tetap gagal, laporkan nama langkah ini.",
        ) from None


def _content_hash(con: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over what all tables hold, whatever the order of their rows; the receipt itself is left out.

    A table counts with its number of rows and the sum of the rows' MD5, so that no row need be sorted.
    """
    digest = hashlib.sha256()
    for name, table in read_dictionary().items():
        if name != "core_build":
            cells = ", ".join(f'coalesce("{column}"::VARCHAR, chr(30))' for column in table.columns)
            found = con.execute(
                f"""SELECT count(*), sum((line >> 64)::HUGEINT), sum((line & 18446744073709551615)::HUGEINT)
                FROM (SELECT md5_number(concat_ws(chr(31), {cells})) AS line FROM "{name}")"""
            ).fetchall()
            digest.update(f"{name}{found}".encode())
    return digest.hexdigest()


def _write_receipt(con: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    con.execute(
        f"INSERT INTO core_build {(SQL / 'build' / 'receipt.sql').read_text('utf-8')}",
        {
            "build_id": manifest.build_id,
            "built_at": manifest.built_at,
            "code_version": CODE_VERSION,
            "content_hash": manifest.content_hash,
            "earliest": EARLIEST,
        },
    )


def _check(con: duckdb.DuckDBPyConnection) -> None:
    found = [fault for name, table in read_dictionary().items() for fault in faults(con, name, table)]
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


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

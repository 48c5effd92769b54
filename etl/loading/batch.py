"""Loads every file of a manifest through the same steps as one file at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from queue import SimpleQueue

from errors import ContractError, SourceError
from etl.cards.card import shown_name
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.prevention import PreventionRequest, load_prevention
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import Session, open_session
from etl.meaning.regions import government_of_code
from settings import Settings

COLUMNS = (
    "kind",
    "file",
    "government_code",
    "as_of",
    "expect_pns",
    "expect_pppk",
    "publisher",
    "code_system",
)
WORKERS = 2
"""Files are small and independent; two at a time keep two cores busy."""


def load_batch(
    settings: Settings, manifest: Path, progress: Callable[[str], None] = lambda step: None
) -> tuple[int, int]:
    """Loads all files that `manifest` (see COLUMNS) lists; returns how many were loaded and how many unchanged.

    Stops when a file is refused; files that were done by then stay loaded and are unchanged the next time.
    """
    entries = _read_manifest(manifest)
    idle: SimpleQueue[Session] = SimpleQueue()
    sessions = [open_session(settings, threads=1) for _ in range(WORKERS)]
    for session in sessions:
        idle.put(session)

    def load(numbered: tuple[int, dict[str, str]]) -> bool:
        session = idle.get()
        try:
            return _load(session, manifest, *numbered)
        finally:
            idle.put(session)

    loaded = 0
    try:
        with ThreadPoolExecutor(WORKERS) as workers:
            under_way = [workers.submit(load, entry) for entry in enumerate(entries, start=2)]
            try:
                for entry, done in zip(entries, under_way, strict=True):
                    loaded += done.result()
                    progress(shown_name(entry["file"]))
            finally:
                workers.shutdown(wait=False, cancel_futures=True)
    finally:
        for session in sessions:
            session.close()
    return loaded, len(entries) - loaded


def _read_manifest(manifest: Path) -> list[dict[str, str]]:
    if not manifest.is_file():
        raise SourceError(
            "Manifest tidak ditemukan. / No such manifest.", manifest.name, "Periksa nama berkasnya."
        )
    with manifest.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ("kind", "file") if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"Kolom {', '.join(missing)} tidak ada. / Column missing.",
                manifest.name,
                f"Pakai kolom {', '.join(COLUMNS)}.",
            )
        return [{name: row.get(name) or "" for name in COLUMNS} for row in reader]


def _load(session: Session, manifest: Path, number: int, entry: dict[str, str]) -> bool:
    where = f"{manifest.name}, baris {number}"
    system = entry["code_system"] or "kemendagri"
    path = manifest.parent / entry["file"]
    if entry["kind"] == "cases":
        return load_cases(
            session, CasesRequest(path, entry["publisher"] or None, entry["code_system"] or None)
        )[1]
    if entry["kind"] == "discipline":
        return load_discipline(
            session, DisciplineRequest(path, entry["publisher"] or None, entry["code_system"] or None)
        )[1]
    if entry["kind"] == "prevention":
        place = government_of_code(entry["government_code"], system) if entry["government_code"] else None
        asked = PreventionRequest(
            path, entry["publisher"] or None, entry["code_system"] or None, government=place
        )
        return load_prevention(session, asked)[1]
    if entry["kind"] != "roster":
        raise ContractError(
            f"Jenis '{entry['kind']}' tidak dikenal. / Unknown kind.",
            where,
            "Pakai roster, cases, discipline atau prevention.",
        )
    try:
        as_of = date.fromisoformat(entry["as_of"])
        pns, pppk = (int(entry[name]) if entry[name] else None for name in ("expect_pns", "expect_pppk"))
    except ValueError:
        raise ContractError(
            "as_of, expect_pns atau expect_pppk tidak terbaca. / cannot be read.",
            where,
            "Tulis tanggal sebagai 2024-11-30 dan jumlah sebagai angka.",
        ) from None
    code = government_of_code(entry["government_code"], system)
    return load_roster(session, RosterRequest(path, code, as_of, pns, pppk))[1]

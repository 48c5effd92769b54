"""Loads every file of a manifest through the same steps as one file at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

from errors import ContractError, SourceError
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import Session, open_session
from etl.meaning.regions import government_of_code
from settings import Settings


def load_batch(
    settings: Settings, manifest: Path, progress: Callable[[str], None] = lambda step: None
) -> tuple[int, int]:
    """Loads all files that `manifest` (kind, file, government_code, as_of, …) lists; returns loaded and unchanged.

    Stops at the first file that is refused; files before it stay loaded and are unchanged the next time.
    """
    if not manifest.is_file():
        raise SourceError(
            "Manifest tidak ditemukan. / No such manifest.", manifest.name, "Periksa nama berkasnya."
        )
    with manifest.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    session = open_session(settings)
    loaded = unchanged = 0
    try:
        for number, entry in enumerate(entries, start=2):
            progress(entry.get("file") or "")
            changed = _load(session, manifest, entry, number)
            loaded, unchanged = loaded + changed, unchanged + (not changed)
    finally:
        session.close()
    return loaded, unchanged


def _load(session: Session, manifest: Path, entry: dict[str, str], number: int) -> bool:
    system = entry.get("code_system") or "kemendagri"
    path = manifest.parent / entry["file"]
    if entry["kind"] == "cases":
        return load_cases(session, CasesRequest(path, entry.get("publisher") or None, system))[1]
    if entry["kind"] == "roster":
        code = government_of_code(entry["government_code"], system)
        request = RosterRequest(
            path,
            code,
            date.fromisoformat(entry["as_of"]),
            _count(entry, "expect_pns"),
            _count(entry, "expect_pppk"),
        )
        return load_roster(session, request)[1]
    raise ContractError(
        f"Jenis '{entry['kind']}' tidak dikenal. / Unknown kind.",
        f"{manifest.name}, baris {number}",
        "Pakai roster atau cases.",
    )


def _count(entry: dict[str, str], name: str) -> int | None:
    return int(entry[name]) if entry.get(name) else None

"""Erases persons at their wish: from every version of every source, and from what is kept as received."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from audit import record
from errors import ContractError, SourceError
from etl.building.parts.ledger import forget_parts
from etl.cards.card import EARLIER, Card, next_edition, overwrite_card, read_card_file
from etl.loading.keeping import write_rows
from etl.vault.forgetting import Removed, copy_without, count_in, lay_out, refuse_remains, remember_to_forget
from etl.vault.store import Vault, damage_told, open_vault, writing
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql" / "load"
TABLES = ("rosters", "cases", "discipline", "numbers", "prevention", "rejections", "warnings", "workforce")


@dataclass(frozen=True)
class Forgotten:
    """What was removed: rows of rosters and registers in all versions, rows of cases among them, and files looked at after."""

    rows: int
    case_rows: int
    files_checked: int


def read_numbers(path: Path) -> list[str]:
    """The numbers in a text file, one per line; a line that is no number of 18 digits is a SourceError with its place."""
    if not path.is_file():
        raise SourceError("Berkas tidak ditemukan. / No such file.", path.name, "Periksa nama dan foldernya.")
    numbers = []
    for place, line in enumerate(path.read_text("utf-8-sig", errors="replace").splitlines(), start=1):
        digits = re.sub(r"[\s.,;'\"-]", "", line)
        if digits and not re.fullmatch(r"\d{18}", digits):
            raise SourceError(
                f"Baris {place} bukan NIP 18 angka. / Line {place} is no NIP of 18 digits.",
                "--nip-file",
                "Satu NIP per baris, tanpa judul.",
            )
        numbers += [digits] if digits else []
    if not numbers:
        raise SourceError("Berkas kosong. / The file is empty.", "--nip-file", "Satu NIP per baris.")
    return sorted(set(numbers))


def forget(
    settings: Settings, numbers: list[str], progress: Callable[[str], None] = lambda step: None
) -> Forgotten:
    """Removes the persons, and looks at every file of the vault afterwards; a trace that remains is a ContractError.

    Each source goes over to an edition without them, card last; their pseudonyms are kept in a list, so that the same
    file loaded again leaves them out. Aggregates that are published lose them at the next build, which takes nothing over.
    """
    con = duckdb.connect()
    try:
        with writing(settings), damage_told():
            vault = open_vault(settings)
            record(settings, "forget", persons=len(numbers))
            forget_parts(settings.build)
            lay_out(con, vault, numbers)
            remember_to_forget(vault, con)
            _drop_unnamed(vault, settings.sources)
            removed: dict[str, tuple[list[Removed], int]] = {}
            for path in _cards(settings.sources):
                progress(path.stem)
                _forget_in(con, vault, path, removed)
            _drop_unnamed(vault, settings.sources)
            checked = refuse_remains(vault, con, numbers)
    finally:
        con.close()
    found = [count for counts, _ in removed.values() for count in counts]
    cases = sum(count.rows for count in found if count.file.parent.name == "cases")
    return Forgotten(sum(count.rows for count in found), cases, checked)


def _cards(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yml")) + sorted((folder / EARLIER).rglob("*.yml"))


def _forget_in(
    con: duckdb.DuckDBPyConnection, vault: Vault, path: Path, removed: dict[str, tuple[list[Removed], int]]
) -> None:
    """One card goes over to tables without the persons; cards that share tables share the new ones."""
    card = read_card_file(path)
    known = card.vault_name in removed
    if not known:
        removed[card.vault_name] = (
            [count_in(con, file) for file in _files(vault, card)],
            _next_edition(path, card),
        )
    counts, edition = removed[card.vault_name]
    if not any(count.rows for count in counts):
        return
    after = _after(card, counts, edition)
    if not known or not vault.file("rejections", after.vault_name).exists():
        for file in _files(vault, card):
            copy_without(con, file, vault.file(file.parent.name, after.vault_name))
        if card.kind == "roster":
            people = str(vault.file("rosters", after.vault_name)).replace("'", "''")
            query = (
                (SQL / "workforce_of_people.sql")
                .read_text("utf-8")
                .replace("people_in_vault", f"read_parquet('{people}')")
            )
            write_rows(con, query, vault.file("workforce", after.vault_name))
    for original in (vault.root / "originals").glob(f"{card.sha256}*"):
        original.unlink()
    overwrite_card(path, after)


def _next_edition(path: Path, card: Card) -> int:
    """Above the editions of every version of the source, so that none takes another's tables."""
    folder = path.parents[2] if path.parents[1].name == EARLIER else path.parent
    return next_edition(folder, card)


def _drop_unnamed(vault: Vault, folder: Path) -> None:
    """Removes tables and originals that no card names: a version just replaced, or what a killed load has left."""
    cards = [read_card_file(path) for path in _cards(folder)]
    names, sums = {card.vault_name for card in cards}, {card.sha256 for card in cards}
    tables = [file for table in TABLES for file in (vault.people / table).glob("*.parquet")]
    originals = [file for file in (vault.root / "originals").glob("*") if file.name.split(".")[0] not in sums]
    for file in [*originals, *(table for table in tables if table.name not in names)]:
        file.unlink()


def _files(vault: Vault, card: Card) -> list[Path]:
    return [file for table in TABLES if (file := vault.file(table, card.vault_name)).exists()]


def _after(card: Card, counts: list[Removed], edition: int) -> Card:
    """The card without the persons: rows read and loaded lose them, the control totals remember them."""
    loaded = sum(
        count.rows for count in counts if count.file.parent.name in ("rosters", "cases", "discipline")
    )
    refused = sum(count.rows for count in counts if count.file.parent.name == "rejections")
    pns = sum(count.pns_active for count in counts)
    pppk = sum(count.pppk_active for count in counts)
    roster = card.kind == "roster"
    return card.model_copy(
        update={
            "rows_read": card.rows_read - loaded - refused,
            "rows_loaded": card.rows_loaded - loaded,
            "rows_rejected": card.rows_rejected - refused,
            "rows_skipped": card.rows_skipped + loaded + refused,
            "skipped": card.skipped | {"forgotten": card.skipped.get("forgotten", 0) + loaded + refused},
            "pns_active": (card.pns_active or 0) - pns if roster else None,
            "pppk_active": (card.pppk_active or 0) - pppk if roster else None,
            "pns_forgotten": card.pns_forgotten + pns,
            "pppk_forgotten": card.pppk_forgotten + pppk,
            "original_kept": False,
            "edition": edition,
        }
    )


def refuse_unproven(data: Path, numbers: list[str]) -> int:
    """Looks for the numbers in the bytes of every file under the data folder; returns how many were looked at."""
    files = [path for path in sorted(data.rglob("*")) if path.is_file()]
    for file in files:
        held = file.read_bytes()
        if any(number.encode() in held for number in numbers):
            raise ContractError(
                "Nomor itu masih ada di luar brankas. / The number still stands outside the vault.",
                file.parent.name,
                "Hapus berkas itu.",
            )
    return len(files)

"""Lists for the operator what registers and histories of discipline disagree on, with the numbers that only the vault has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from errors import WarehouseError
from etl.building.publish import current
from etl.building.reconciling import reconcile
from etl.building.staging import lay_out_registers, open_rooms
from etl.cards.card import read_cards
from etl.vault.store import open_vault
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql"


@dataclass(frozen=True)
class Differences:
    """What somebody has to look at; each is a list of rows as `etl/sql/lists` selects them."""

    differences: Sequence[tuple[object, ...]]
    doubtful: Sequence[tuple[object, ...]]
    unmatched: Sequence[tuple[object, ...]]


def list_differences(settings: Settings) -> Differences:
    """The lists of the current build; the numbers of registers and decisions come from the vault, and only where it keeps them.

    Holds no name and no number of a person. Without a build it is a WarehouseError.
    """
    manifest = current(settings.build)
    if manifest is None:
        raise WarehouseError(
            "Belum ada gudang data. / There is no warehouse.", "data/build", "Jalankan make data."
        )
    con = duckdb.connect()
    try:
        con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        cards = read_cards(settings.sources)
        open_rooms(con, cards)
        lay_out_registers(con, open_vault(settings).people if cards else settings.vault, cards)
        reconcile(con)
        place = str(settings.build / manifest.file).replace("'", "''")
        con.execute(f"ATTACH '{place}' AS warehouse (READ_ONLY)")
        return Differences(_rows(con, "differences"), _rows(con, "doubtful"), _rows(con, "unmatched"))
    finally:
        con.close()


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[object, ...]]:
    return con.execute((SQL / "lists" / f"{name}.sql").read_text("utf-8")).fetchall()

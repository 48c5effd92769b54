"""Writes the core tables as Parquet, for another engine or an archive."""

from __future__ import annotations

from pathlib import Path

import duckdb

from errors import WarehouseError
from etl.building.dictionary import read_dictionary
from etl.building.publish import current
from etl.vault.store import whole_file
from settings import Settings


def export_parquet(settings: Settings, out: Path) -> list[str]:
    """Writes every table of the current build to `out/<table>.parquet`, rows in order; returns their names."""
    manifest = current(settings.build)
    if manifest is None:
        raise WarehouseError(
            "Belum ada gudang data. / There is no warehouse.", "data/build", "Jalankan make data."
        )
    out.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(str(settings.build / manifest.file), read_only=True)
    try:
        names = list(read_dictionary())
        for name in names:
            with whole_file(out / f"{name}.parquet", 0o644) as draft:
                place = str(draft).replace("'", "''")
                con.execute(
                    f"COPY (FROM \"{name}\" ORDER BY ALL) TO '{place}' (FORMAT parquet, USE_TMP_FILE false)"
                )
    finally:
        con.close()
    return names

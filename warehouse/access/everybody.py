"""The connection of everybody: the built file without the tables that nobody is shown, whatever SQL asks for them.

DuckDB has no roles, and a view over a table leaves its qualified name open. So the file is copied, the tables are
dropped from the copy, and the copy is opened read-only; it has lost its name on the disk before anybody asks it anything.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.access.sealed import CLOSED, SEALED, seal


def open_public(path: Path, look: Callable[[duckdb.DuckDBPyConnection], None]) -> duckdb.DuckDBPyConnection:
    """The file at `path` without CLOSED, read-only and sealed; `look` sees all of it first, and may refuse it.

    It needs as much room in the system's temporary folder as the file has, until it is closed. OSError where there is none.
    """
    folder = Path(tempfile.mkdtemp(prefix="netra-open-"))
    try:
        copy = folder / path.name
        shutil.copyfile(path, copy)
        with duckdb.connect(str(copy), config=dict(SEALED)) as whole:
            look(whole)
            for name in sorted(CLOSED):
                whole.execute(f"DROP TABLE IF EXISTS {name}")
        return seal(duckdb.connect(str(copy), read_only=True, config=dict(SEALED)))
    finally:
        # What is open stays readable, and its room is free again when it is closed.
        shutil.rmtree(folder, ignore_errors=True)

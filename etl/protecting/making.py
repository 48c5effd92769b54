"""Lays out the protected table beside the draft of a warehouse, before the build takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import duckdb
import numpy as np

from etl.protecting.cells import Cells, read_cells
from stats.protecting.release import BOUNDLESS, FEW, PUBLISHED, WITHHELD, narrowed
from stats.protecting.suppression import Protected, protect

STATES: Final[Mapping[int, str]] = {PUBLISHED: "published", FEW: "few", WITHHELD: "withheld"}
Row = tuple[Any, ...]


class Protecting:
    """Makes the protected table of one build. The same counts need not be protected twice: what the earlier warehouse, of
    which the draft is a copy, has made of them is taken as it is, and is what would be made anew."""

    def __init__(self, con: duckdb.DuckDBPyConnection, k: int) -> None:
        self.con, self.k = con, k
        self.earlier: Cells | None = None

    def look(self) -> None:
        """Before anything is filled: what the earlier warehouse counted, where the draft is a copy of one."""
        there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'open_cell' AND database_name = 'warehouse'"
        if self.con.execute(there).fetchone() == (1,):
            self.earlier = read_cells(self.con)

    def lay_out(self) -> None:
        """Before they are filled: the temporary tables `laid_open_cell` and `laid_open_protection`."""
        cells = read_cells(self.con)
        if self.earlier and cells.same(self.earlier):
            for table in _COLUMNS:
                self.con.execute(f"CREATE OR REPLACE TEMP TABLE laid_{table} AS SELECT * FROM {table}")
            return
        found = protect(cells.system, cells.counts, (self.k, cells.worth), cells.shown, cells.guards)
        _write(self.con, "open_cell", _cells(cells, found))
        _write(self.con, "open_protection", _told(cells, found))


def _cells(cells: Cells, found: Protected) -> list[Row]:
    told = narrowed(cells.system, found.release())
    # A bound that stands on nothing told is as far away as the number that stands for "boundless".
    most = [int(bound) if bound < BOUNDLESS // 2 else None for bound in told.upper]
    return [
        (*cell, STATES[int(state)], int(count) if state == PUBLISHED else None, int(least), bound)
        for cell, count, state, is_shown, least, bound in zip(
            cells.cells, cells.counts, found.states, cells.shown, told.lower, most, strict=True
        )
        if is_shown
    ]


def _told(cells: Cells, found: Protected) -> list[Row]:
    """How many cells of each level are told in which way. How many of them are small is not told: it would narrow them."""
    levels = np.array(
        [cell.level if shown else "" for cell, shown in zip(cells.cells, cells.shown, strict=True)]
    )
    told = []
    for level in dict.fromkeys(filter(None, levels.tolist())):
        own = found.states[levels == level]
        counts = (len(own), *(int((own == state).sum()) for state in (FEW, WITHHELD)))
        told.append((level, found.k, *counts))
    return told


_COLUMNS: Final[Mapping[str, str]] = {
    "open_cell": "level VARCHAR, place_code VARCHAR, period VARCHAR, measure VARCHAR, state VARCHAR, persons BIGINT, "
    "least BIGINT, most BIGINT",
    "open_protection": "level VARCHAR, threshold INTEGER, cells BIGINT, few BIGINT, withheld BIGINT",
}


def _write(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE laid_{table} ({_COLUMNS[table]})")
    if rows:
        # A column at a time: row by row, thousands of cells would take seconds.
        columns = [list(column) for column in zip(*rows, strict=True)]
        marks = ", ".join(["unnest(?)"] * len(columns))
        con.execute(f"INSERT INTO temp.laid_{table} SELECT {marks}", columns)

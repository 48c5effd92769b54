"""Lays out the protected table beside the draft of a warehouse, before the build takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from etl.protecting.cells import Cells, Kind, cells_of
from etl.protecting.family import read_family
from stats.protecting.release import BOUNDLESS, narrowed
from stats.protecting.suppression import FEW, PUBLISHED, WITHHELD, Protected, protect

SQL: Final = Path(__file__).resolve().parents[1] / "sql" / "lists"
STATES: Final[Mapping[int, str]] = {PUBLISHED: "published", FEW: "few", WITHHELD: "withheld"}
MAIN: Final = ("pemilu", "pilkada")
Row = tuple[Any, ...]


class Protecting:
    """Makes the protected table of one build. The same counts need not be protected twice: what the earlier warehouse, of
    which the draft is a copy, has made of them is taken as it is, and is what would be made anew."""

    def __init__(self, con: duckdb.DuckDBPyConnection, k: int) -> None:
        self.con, self.k = con, k
        self.earlier: Cells | None = None

    def look(self) -> None:
        """Before the cases are filled: what the earlier warehouse counted, where the draft is a copy of one."""
        there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'open_cell' AND database_name = 'warehouse'"
        if self.con.execute(there).fetchone() == (1,):
            self.earlier = read_cells(self.con)

    def lay_out(self) -> None:
        """Before they are filled: the temporary tables `laid_open_cell` and `laid_open_protection`."""
        cells = read_cells(self.con)
        if (
            self.earlier
            and cells.cells == self.earlier.cells
            and np.array_equal(cells.counts, self.earlier.counts)
        ):
            for table in _COLUMNS:
                self.con.execute(f"CREATE OR REPLACE TEMP TABLE laid_{table} AS SELECT * FROM {table}")
            return
        found = protect(cells.system, cells.counts, self.k, cells.worth)
        _write(self.con, "open_cell", _cells(cells, found))
        _write(self.con, "open_protection", _told(cells, found))


def read_cells(con: duckdb.DuckDBPyConnection) -> Cells:
    """All cells with the counts of the cases that the connection sees."""
    lines = con.execute((SQL / "kinds_of_persons.sql").read_text("utf-8"))
    names = [column[0] for column in lines.description or ()]
    kinds = [_kind(dict(zip(names, line, strict=True))) for line in lines.fetchall()]
    governments = [
        row[0] for row in con.execute("SELECT government_code FROM core_government ORDER BY 1").fetchall()
    ]
    types = dict(con.execute("SELECT election_code, election_type FROM core_election").fetchall())
    elections = {kind.election: types.get(kind.election) in MAIN for kind in kinds}
    return cells_of(read_family(), kinds, governments, elections)


def _kind(line: dict[str, Any]) -> Kind:
    home = (line.pop("province_code"), line.pop("government_code"), line.pop("election_code"))
    persons = int(line.pop("persons"))
    return Kind(*home, {name: str(value) for name, value in line.items()}, persons)


def _cells(cells: Cells, found: Protected) -> list[Row]:
    told = narrowed(cells.system, found.release())
    # A bound that stands on nothing told is as far away as the number that stands for "boundless".
    most = [int(bound) if bound < BOUNDLESS // 2 else None for bound in told.upper]
    return [
        (*cell, STATES[int(state)], int(count) if state == PUBLISHED else None, int(least), bound)
        for cell, count, state, least, bound in zip(
            cells.cells, cells.counts, found.states, told.lower, most, strict=True
        )
    ]


def _told(cells: Cells, found: Protected) -> list[Row]:
    """How many cells of each level are told in which way. How many of them are small is not told: it would narrow them."""
    levels = np.array([cell.level for cell in cells.cells])
    told = []
    for level in dict.fromkeys(levels.tolist()):
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
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"INSERT INTO temp.laid_{table} VALUES ({marks})", rows)

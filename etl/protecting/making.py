"""Lays out the protected table beside the draft of a warehouse, before the build takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from etl.protecting.cells import Cell, Cells, Kind, cells_of
from etl.protecting.family import read_family
from stats.protecting.suppression import FEW, PUBLISHED, WITHHELD, Protected, protect, withstands

SQL: Final = Path(__file__).resolve().parents[1] / "sql" / "lists"
STATES: Final[Mapping[int, str]] = {PUBLISHED: "published", FEW: "few", WITHHELD: "withheld"}
MAIN: Final = ("pemilu", "pilkada")
Row = tuple[Any, ...]


def lay_out_open(con: duckdb.DuckDBPyConnection, k: int) -> None:
    """Makes the temporary tables `laid_open_cell` and `laid_open_protection` from the cases of the draft, for the threshold `k`.

    What an earlier build has told stays as it was as long as it is true and withstands the attack: two patterns for the same
    counts would give away in one what the other withholds.
    """
    cells = read_cells(con)
    found = _earlier(con, cells, k) or protect(cells.system, cells.counts, k, cells.worth)
    _write(con, "open_cell", _cells(cells, found))
    _write(con, "open_protection", _told(cells, found))


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


def _earlier(con: duckdb.DuckDBPyConnection, cells: Cells, k: int) -> Protected | None:
    """What the earlier warehouse withheld, of which the draft is a copy, if all that it told is true of these counts as
    well and withstands the attack. Its own counts need not be known for that, and no hash of them is kept anywhere."""
    there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'open_protection' AND database_name = 'warehouse'"
    if con.execute(there).fetchone() != (1,):
        return None
    rows = con.execute("SELECT level, place_code, period, measure, state, persons FROM open_cell").fetchall()
    told = {Cell(*row[:4]): row[4:] for row in rows}
    thresholds = con.execute("SELECT DISTINCT threshold FROM open_protection").fetchall()
    if told.keys() != set(cells.cells) or thresholds != [(k,)]:
        return None
    codes = {name: state for state, name in STATES.items()}
    states = np.array([codes[told[cell][0]] for cell in cells.cells], dtype=np.int8)
    kept = Protected(cells.counts, states, k, 0)
    shown = [told[cell][1] for cell in cells.cells if told[cell][1] is not None]
    is_same = shown == cells.counts[states == PUBLISHED].tolist()
    return kept if is_same and kept.is_true and withstands(cells.system, kept) else None


def _kind(line: dict[str, Any]) -> Kind:
    home = (line.pop("province_code"), line.pop("government_code"), line.pop("election_code"))
    persons = int(line.pop("persons"))
    return Kind(*home, {name: str(value) for name, value in line.items()}, persons)


def _cells(cells: Cells, found: Protected) -> list[Row]:
    return [
        (*cell, STATES[int(state)], int(count) if state == PUBLISHED else None)
        for cell, count, state in zip(cells.cells, cells.counts, found.states, strict=True)
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
    "open_cell": "level VARCHAR, place_code VARCHAR, period VARCHAR, measure VARCHAR, state VARCHAR, persons BIGINT",
    "open_protection": "level VARCHAR, threshold INTEGER, cells BIGINT, few BIGINT, withheld BIGINT",
}


def _write(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE laid_{table} ({_COLUMNS[table]})")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"INSERT INTO temp.laid_{table} VALUES ({marks})", rows)

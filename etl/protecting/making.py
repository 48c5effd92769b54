"""Lays out the protected table beside the draft of a warehouse, before the build takes it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import duckdb
import numpy as np

from etl.protecting.cells import Cells, read_cells
from etl.protecting.releases import Told
from etl.protecting.succeeding import is_same, protected_after, protected_alone
from stats.protecting.release import BOUNDLESS, FEW, PUBLISHED, WITHHELD

STATES: Final[Mapping[int, str]] = {PUBLISHED: "published", FEW: "few", WITHHELD: "withheld"}
Row = tuple[Any, ...]


class Protecting:
    """Makes the protected table of one build from its counts and from the releases before, which readers may have kept.

    The same counts need not be protected twice: what was told of them is told again, whatever has changed beside them.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        k: int,
        before: Told | None = None,
        older: Iterable[Told] = (),
    ) -> None:
        self.con, self.k, self.before, self.older = con, k, before, older
        self.made: Told | None = None
        """What this build releases; None where it tells what was told before."""

    def lay_out(self) -> None:
        """Before they are filled: the temporary tables `laid_open_cell` and `laid_open_protection`."""
        cells = read_cells(self.con)
        if self.before and is_same(cells, self.before, self.k):
            told = self.before
        else:
            told = (
                protected_after(self.before, cells, self.k, self.older)
                if self.before
                else protected_alone(cells, self.k)
            )
            # Without any case nothing is released, and what was released before stays what it was.
            self.made = told if cells.cells else None
        _write(self.con, "open_cell", _cells(cells, told))
        _write(self.con, "open_protection", _counted(cells, told))


def _cells(cells: Cells, told: Told) -> list[Row]:
    known = told.earlier.known
    # A bound that stands on nothing told is as far away as the number that stands for "boundless".
    most = [int(bound) if bound < BOUNDLESS // 2 else None for bound in known.upper]
    return [
        (*cell, STATES[int(state)], int(count) if state == PUBLISHED else None, int(least), bound)
        for cell, count, state, is_shown, least, bound in zip(
            cells.cells, cells.counts, told.states, cells.shown, known.lower, most, strict=True
        )
        if is_shown
    ]


def _counted(cells: Cells, told: Told) -> list[Row]:
    """How many cells of each level are told in which way. How many of them are small is not told: it would narrow them."""
    levels = np.array(
        [cell.level if shown else "" for cell, shown in zip(cells.cells, cells.shown, strict=True)]
    )
    rows = []
    for level in dict.fromkeys(filter(None, levels.tolist())):
        own = told.states[levels == level]
        counts = (len(own), *(int((own == state).sum()) for state in (FEW, WITHHELD)))
        rows.append((level, told.k, *counts))
    return rows


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

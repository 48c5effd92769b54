"""What a load says before it writes anything: what was understood, what is refused, what is doubtful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from etl.cards.card import Card
from etl.reading.table import Understood

SHOWN_ROWS = 200


class RefusedRow(NamedTuple):
    """One refused row: where, by which rule, and what the cell looks like."""

    row_number: int
    column_name: str
    rule: str
    masked_value: str


class WarningCount(NamedTuple):
    """How many rows a warning concerns, and the first of them."""

    rule: str
    rows: int
    first_row: int


class SkippedCount(NamedTuple):
    """How many rows of a kind are no data, and the first of them."""

    kind: str
    rows: int
    first_row: int


@dataclass(frozen=True)
class Report:
    """The card as it would be written, and the rows behind its numbers (at most SHOWN_ROWS refused ones)."""

    card: Card
    understood: Understood
    refused: tuple[RefusedRow, ...] = ()
    warnings: tuple[WarningCount, ...] = ()
    skipped: tuple[SkippedCount, ...] = ()


Tell = Callable[[Report], None]


def tell_nobody(report: Report) -> None:
    """For callers that do not want to hear."""


def refused_rows(con: duckdb.DuckDBPyConnection) -> tuple[RefusedRow, ...]:
    """The first rows of the table `rejections`."""
    query = "SELECT row_number, column_name, rule, masked_value FROM rejections ORDER BY row_number LIMIT ?"
    return tuple(RefusedRow(*row) for row in con.execute(query, [SHOWN_ROWS]).fetchall())


def warning_counts(con: duckdb.DuckDBPyConnection) -> tuple[WarningCount, ...]:
    """The table `warnings`, counted by rule."""
    query = "SELECT rule, count(*), min(row_number) FROM warnings GROUP BY rule ORDER BY rule"
    return tuple(WarningCount(*row) for row in con.execute(query).fetchall())


def skipped_counts(con: duckdb.DuckDBPyConnection) -> tuple[SkippedCount, ...]:
    """The table `odd`, counted by kind."""
    query = """SELECT kind, count(*), min(place + rows) FROM odd o ASOF JOIN shifts s ON o.place >= s.first_place
    GROUP BY kind ORDER BY kind"""
    return tuple(SkippedCount(*row) for row in con.execute(query).fetchall())


def other_rows(con: duckdb.DuckDBPyConnection, table: str) -> tuple[SkippedCount, ...]:
    """The rows of `raw` that are not in `table`: blank ones, totals and footers of a register."""
    query = f'SELECT count(*), min(row_number) FROM raw ANTI JOIN "{table}" t USING (row_number)'
    rows, first = con.execute(query).fetchall()[0]
    return (SkippedCount("other", rows, first),) if rows else ()

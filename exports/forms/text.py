"""CSV in two dialects: for programs, and for Excel on Indonesian Windows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from exports.columns import Columns, Value
from exports.inert import inert


@dataclass(frozen=True)
class Dialect:
    """How a CSV is written."""

    delimiter: str
    decimal: str
    encoding: str


PLAIN: Final = Dialect(",", ".", "utf-8")
# Excel takes a CSV for its own code page unless it starts with a byte order mark, and splits at semicolons where the comma is decimal.
EXCEL: Final = Dialect(";", ",", "utf-8-sig")


def csv_of(columns: Columns, dialect: Dialect = PLAIN) -> bytes:
    """The columns as CSV; a missing value is an empty cell, a day is 2024-11-27, a truth is true or false."""
    return b"".join(pieces([tuple(columns), *zip(*columns.values(), strict=True)], dialect))


def rows_of(head: Sequence[str], rows: Iterable[Sequence[Value]], dialect: Dialect = PLAIN) -> bytes:
    """A head and rows as CSV."""
    return b"".join(pieces([head, *rows], dialect))


def pieces(rows: Iterable[Sequence[Value]], dialect: Dialect = PLAIN, many: int = 5000) -> Iterator[bytes]:
    """The lines of a CSV, `many` at a time, so that a long one need not lie in memory."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n")
    mark = dialect.encoding == "utf-8-sig"
    for number, row in enumerate(rows, 1):
        out.writerow([_cell(value, dialect.decimal) for value in row])
        if number % many == 0:
            yield _encoded(text, mark)
            mark = False
    if rest := _encoded(text, mark):
        yield rest


def _encoded(text: io.StringIO, mark: bool) -> bytes:
    content = text.getvalue().encode("utf-8-sig" if mark else "utf-8")
    text.seek(0)
    text.truncate()
    return content


def _cell(value: Value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, date):
        return value.isoformat()
    return repr(value).replace(".", decimal)

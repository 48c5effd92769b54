"""Numbers of 16 digits and more in a sheet: 15 digits are all that a spreadsheet keeps of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

LONG_NUMBER = re.compile(rb"<v>(\d{16,}(?:\.\d+)?|\d(?:\.\d+)?[Ee]\+?1[5-9])</v>")
CELL = re.compile(rb"<c( [^>]*)?>")
ROW = re.compile(rb'\br="[A-Z]+(\d+)"')
OTHER_KIND = re.compile(rb'\bt="(?!n")')
LONGEST_CELL = 2048
Mark = tuple[int, str]
"""The row of such a number, counted from 1, and its text."""


def find_rounded(text: bytes, fresh: int = 0) -> Iterator[Mark]:
    """The cells of a sheet's XML that hold such a number; what ends before `fresh` has been found already.

    Raises ValueError where such a cell does not say where it is.
    """
    for match in LONG_NUMBER.finditer(text):
        if match.end() <= fresh:
            continue
        cells = CELL.findall(text, max(0, match.start() - LONGEST_CELL), match.start())
        if cells and not OTHER_KIND.search(cells[-1]):
            row = ROW.search(cells[-1])
            if row is None:
                raise ValueError("a long number without a place")
            yield int(row.group(1)), match.group(1).decode()


def restore(columns: list[pa.Array], marks: Iterable[Mark], first_row: int = 1) -> list[pa.Array]:
    """Writes such numbers as a spreadsheet shows them, so that no digit is taken for a real one; `first_row` is the columns'."""
    rounded: dict[int, set[float]] = {}
    for row, text in marks:
        rounded.setdefault(row - first_row, set()).add(float(text))
    return [_restore_column(column, rounded) for column in columns] if rounded else columns


def _restore_column(column: pa.Array, rounded: Mapping[int, set[float]]) -> pa.Array:
    places = [place for place in rounded if 0 <= place < len(column)]
    written = {}
    for place, cell in zip(places, column.take(pa.array(places, pa.int64())).to_pylist(), strict=True):
        if cell and cell.replace(".", "", 1).isdigit() and float(cell) in rounded[place]:
            written[place] = f"{float(cell):.5E}"
    if not written:
        return column
    return pa.array([written.get(place, cell) for place, cell in enumerate(column.to_pylist())], pa.string())

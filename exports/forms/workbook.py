"""The rows as an Excel workbook whose texts are texts: nothing in it is a formula or a link; numbers keep fifteen digits."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from exports.columns import Columns, Value

ROWS: Final = 1_048_575
"""Rows under the head of one sheet; more rows go on to the next sheet."""
# One moment for all, so that the same rows give the same bytes.
_STAMP: Final = datetime(1980, 1, 1)
_OPTIONS: Final = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_urls": False,
    "strings_to_formulas": False,
}


def xlsx_of(columns: Columns, about: Iterable[tuple[str, str]], rows: int = ROWS) -> bytes:
    """A sheet `data` (then `data 2` …) with at most `rows` rows, and a sheet `about` of pairs."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, _OPTIONS) as book:
        book.set_properties({"created": _STAMP})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        head = book.add_format({"bold": True})
        lines = list(zip(*columns.values(), strict=True))
        for number, start in enumerate(range(0, max(len(lines), 1), rows), 1):
            sheet = book.add_worksheet("data" if number == 1 else f"data {number}")
            _fill(sheet, tuple(columns), lines[start : start + rows], (head, day))
        _tell(book.add_worksheet("about"), about)
    return packed.getvalue()


def _fill(
    sheet: Any, names: Sequence[str], rows: Iterable[Sequence[Value]], formats: tuple[Any, Any]
) -> None:
    head, day = formats
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, head)
    sheet.freeze_panes(1, 2)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                sheet.write_boolean(line, place, value)
            elif isinstance(value, str):
                sheet.write_string(line, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
            else:
                sheet.write_number(line, place, float(format(value, ".15g")))


def _tell(sheet: Any, about: Iterable[tuple[str, str]]) -> None:
    for line, pair in enumerate(about):
        for place, text in enumerate(pair):
            sheet.write_string(line, place, text)

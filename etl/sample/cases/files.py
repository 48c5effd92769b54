"""Case registers as files: CSV, or XLSX with title rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from etl.sample.cases.hands import MARK, Hand

CREATED = datetime(2025, 7, 1)
SEMICOLON_PROVINCES = ("62",)


def write_register(hand: Hand, rows: Sequence[Sequence[str | date]], path: Path) -> None:
    """The register in the format its file name asks for."""
    if path.suffix == ".xlsx":
        _write_sheet(hand, rows, path)
    else:
        _write_text(hand, rows, path)


def _write_text(hand: Hand, rows: Sequence[Sequence[str | date]], path: Path) -> None:
    text = io.StringIO()
    mark = ";" if hand.province in SEMICOLON_PROVINCES else ","
    writer = csv.writer(text, delimiter=mark, lineterminator="\r\n")
    writer.writerow(hand.headers.values())
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def _write_sheet(hand: Hand, rows: Sequence[Sequence[str | date]], path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": CREATED, "comments": MARK})
    sheet = book.add_worksheet("Register")
    day_format = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, "REGISTER DUGAAN PELANGGARAN NETRALITAS ASN")
    sheet.write_string(1, 0, MARK)
    for column, name in enumerate(hand.headers.values()):
        sheet.write_string(3, column, name)
    for number, row in enumerate(rows, start=4):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day_format)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()

"""Writes refused rows back as a spreadsheet that an office can correct and load again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import xlsxwriter

from errors import ContractError
from etl.cards.card import Card
from etl.reading.headers import fields_of, normalise, spellings_of
from etl.vault.store import Vault, damage_told, full_disk_told, whole_file
from language import words

SHEETS = {
    "roster": "Pegawai",
    "cases": "Perkara",
    "discipline": "Hukuman disiplin",
    "prevention": "Pencegahan",
}
"""The sheet for the refused rows of each kind of source."""
FIRST = ("Sumber Netra", "Baris Netra", "Kolom bermasalah", "Alasan")
HIDDEN = ("refused_source", "refused_row")
USUAL = {
    "nip": "NIP", "employment": "Status Kepegawaian", "position_type": "Jenis Jabatan", "position": "Jabatan", "rank": "Golongan",
    "gender": "Jenis Kelamin", "agency": "Unit Kerja", "work_government": "Instansi Kerja", "home_government": "Instansi Induk",
    "standing": "Kedudukan Hukum", "simulated": "Keterangan", "government": "Instansi",
}  # fmt: skip
"""Headings as offices write them, where the reader of the kind knows them."""
WIDTHS = {"Alasan": 60, "nip": 24, "agency": 40, "position": 30}


def write_refused(vault: Vault, cards: Sequence[Card], target: Path) -> int:
    """Writes the refused rows, a sheet per kind of source, to an XLSX with mode 0600; returns how many. Every cell is text and inert.

    Raises ContractError where the target is no XLSX, or no row is refused.
    """
    if target.suffix.lower() != ".xlsx":
        raise ContractError(
            f"'{target.suffix}' bukan lembar kerja. / is no spreadsheet.",
            "--rejected",
            "Pakai nama yang berakhiran .xlsx.",
        )
    with damage_told():
        sheets = {kind: _rows_of_kind(vault, cards, kind) for kind in SHEETS}
    if not any(sheets.values()):
        raise ContractError(
            "Tidak ada baris tolakan pada sumber itu. / No row is refused.",
            "--rejected",
            "Tidak ada yang perlu dibetulkan.",
        )
    with full_disk_told(target.name), whole_file(target) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        for kind, rows in sheets.items():
            if rows:
                _write_sheet(book, kind, rows)
        book.close()
    return sum(map(len, sheets.values()))


def _cells(kind: str) -> list[str]:
    return [field for field in fields_of(kind) if field not in HIDDEN]


def _heading(kind: str, field: str) -> str:
    known = spellings_of(kind, field)
    usual = USUAL.get(field, "")
    return usual if normalise(usual) in known else known[0].title()


def _write_sheet(book: xlsxwriter.Workbook, kind: str, rows: list[list[str]]) -> None:
    """One sheet, its headings spelled as the reader of that kind of file knows them; every cell is text."""
    sheet = book.add_worksheet(SHEETS[kind])
    sheet.freeze_panes(1, 2)
    as_text = book.add_format({"num_format": "@"})
    headings = {heading: heading for heading in FIRST}
    headings |= {field: _heading(kind, field) for field in _cells(kind)}
    for place, (name, heading) in enumerate(headings.items()):
        sheet.set_column(place, place, WIDTHS.get(name, 18), as_text)
        sheet.write_string(0, place, heading)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell, as_text)


def _rows_of_kind(vault: Vault, cards: Sequence[Card], kind: str) -> list[list[str]]:
    chosen = [card for card in cards if card.kind == kind and card.rows_rejected]
    return [row for card in chosen for row in _rows(vault, card)]


def _rows(vault: Vault, card: Card) -> list[list[str]]:
    said = words("id")
    columns = ", ".join(f'"{name}"' for name in _cells(card.kind))
    con = duckdb.connect()
    try:
        found = con.execute(
            f"SELECT row_number, column_name, rule, {columns} FROM read_parquet(?) ORDER BY row_number",
            [str(vault.file("rejections", card.vault_name))],
        ).fetchall()
    finally:
        con.close()
    return [
        [card.source_id, str(number), column or "", said(f"rule.{rule}"), *(cell or "" for cell in cells)]
        for number, column, rule, *cells in found
    ]

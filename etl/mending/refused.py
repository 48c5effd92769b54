"""Writes refused rows back as a spreadsheet that an office can correct and load again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import xlsxwriter

from errors import ContractError
from etl.cards.card import Card
from etl.vault.store import Vault, damage_told, full_disk_told, whole_file
from language import words

HEADINGS = {
    "source_id": "Sumber Netra",
    "row_number": "Baris Netra",
    "column_name": "Kolom bermasalah",
    "message": "Alasan",
    "nip": "NIP",
    "employment": "Status Kepegawaian",
    "position_type": "Jenis Jabatan",
    "position": "Jabatan",
    "rank": "Golongan",
    "gender": "Jenis Kelamin",
    "birth": "Tanggal Lahir",
    "agency": "Unit Kerja",
    "work_government": "Instansi Kerja",
    "home_government": "Instansi Induk",
    "standing": "Kedudukan Hukum",
    "simulated": "Keterangan",
}
"""Our column to its heading, which the reader of rosters knows again."""
CELLS = tuple(HEADINGS)[4:]
WIDTHS = {"message": 60, "nip": 24, "agency": 40, "position": 30}


def write_refused(vault: Vault, cards: Sequence[Card], target: Path) -> int:
    """Writes the refused rows of rosters to an XLSX with mode 0600; returns how many. Every cell is text and inert.

    Raises ContractError where the target is no XLSX, or no row is refused.
    """
    if target.suffix.lower() != ".xlsx":
        raise ContractError(
            f"'{target.suffix}' bukan lembar kerja. / is no spreadsheet.",
            "--rejected",
            "Pakai nama yang berakhiran .xlsx.",
        )
    with damage_told():
        rows = [
            row
            for card in cards
            if card.kind == "roster" and card.rows_rejected
            for row in _rows(vault, card)
        ]
    if not rows:
        raise ContractError(
            "Tidak ada baris tolakan pada sumber itu. / No row is refused.",
            "--rejected",
            "Tidak ada yang perlu dibetulkan.",
        )
    with full_disk_told(target.name), whole_file(target) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet("Ditolak")
        sheet.freeze_panes(1, 2)
        as_text = book.add_format({"num_format": "@"})
        for place, (name, heading) in enumerate(HEADINGS.items()):
            sheet.set_column(place, place, WIDTHS.get(name, 18), as_text)
            sheet.write_string(0, place, heading)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, cell, as_text)
        book.close()
    return len(rows)


def _rows(vault: Vault, card: Card) -> list[list[str]]:
    said = words("id")
    columns = ", ".join(f'"{name}"' for name in CELLS)
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

"""Writes small rosters and registers as offices write them. All people are made up and were born before 1930."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

SIMULATED = "DATA SIMULASI"
HEADER = (
    "NIP",
    "Nama",
    "L/P",
    "Status",
    "Golongan",
    "Jabatan",
    "Jenis Jabatan",
    "OPD",
    "Kedudukan Hukum",
    "Keterangan",
)


def nip(serial: int = 1, *, birth: str = "18930412", since: str = "201403", sex: int = 1) -> str:
    """A well-formed number; `since` ends in a month for a PNS and in 21 for a PPPK."""
    return f"{birth}{since}{sex}{serial:03d}"


def person(number: str, **changes: str) -> tuple[str, ...]:
    """One row of a roster with what matters changed."""
    cells = dict.fromkeys(HEADER, "") | {
        "NIP": number, "Nama": "CONTOH", "L/P": "L", "Status": "PPPK" if number[12:14] == "21" else "PNS",
        "Golongan": "IX" if number[12:14] == "21" else "III/d", "Jabatan": "Guru Ahli Muda", "Jenis Jabatan": "JFT",
        "OPD": "Dinas Pendidikan dan Kebudayaan", "Kedudukan Hukum": "Aktif", "Keterangan": SIMULATED,
    }  # fmt: skip
    return tuple((cells | changes)[name] for name in HEADER)


def write_csv(
    path: Path, rows: Sequence[Sequence[str]], *, separator: str = ",", encoding: str = "utf-8"
) -> Path:
    """Writes rows, header included by the caller."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    """Writes rows into the first sheet; `merged` ranges are merged with the text of their first cell."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    for number, row in enumerate(rows):
        for position, cell in enumerate(row):
            sheet.write(number, position, cell)
    for area in merged:
        first = area.split(":")[0]
        column, line = ord(first[0]) - ord("A"), int(first[1:]) - 1
        sheet.merge_range(area, rows[line][column])
    book.close()
    return path


CASE_HEADER = (
    "No", "Nomor Register", "NIP", "Status Kepegawaian", "Instansi", "Unit Kerja/OPD", "Jabatan", "Tempat Kejadian", "Tanggal Kejadian",
    "Tanggal Laporan", "Tanggal Registrasi", "Jenis Laporan", "Pemilihan", "Dugaan Pelanggaran", "Tanggal Penerusan",
    "Tanggal Rekomendasi", "Rekomendasi Sanksi", "Tanggal Keputusan PPK", "Sanksi Dijatuhkan", "Tanggal Pembatalan",
    "Status Akhir", "Keterangan",
)  # fmt: skip


def case(**changes: str) -> tuple[str, ...]:
    """One row of a register: an act on 1 October 2024 in Kutai Timur, with what matters changed."""
    cells = dict.fromkeys(CASE_HEADER, "") | {
        "No": "1", "Nomor Register": "001/LP/PB/KAB/X/2024", "NIP": nip(), "Instansi": "Pemkab Kutai Timur",
        "Unit Kerja/OPD": "Dinas Kesehatan", "Tanggal Kejadian": "01-10-2024", "Tanggal Laporan": "03-10-2024",
        "Tanggal Registrasi": "04-10-2024", "Jenis Laporan": "Temuan", "Pemilihan": "Pilkada 2024",
        "Dugaan Pelanggaran": "DIS-06", "Keterangan": SIMULATED,
    }  # fmt: skip
    return tuple((cells | changes)[name] for name in CASE_HEADER)

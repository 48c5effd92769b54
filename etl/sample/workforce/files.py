"""Three kinds of roster files: SIASN export (CSV), SIMPEG list (CSV), SIMPEG list (XLSX)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from etl.sample.workforce.columns import MARK, Roster

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
CREATED = datetime(2025, 1, 2)

Writer = Callable[[Roster, Path], None]


def in_words(day: date) -> str:
    """A date as Indonesian offices print it, such as '30 November 2024'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def siasn_columns(roster: Roster) -> dict[str, pa.Array]:
    """Columns of a SIASN download; personal columns carry obvious filler."""
    filler = roster.constant("CONTOH")
    government = roster.constant(roster.place.full_name)
    status = roster.statuses()
    return {
        "PNS ID": roster.sequence(),
        "NIP BARU": roster.numbers(),
        "NIP LAMA": roster.constant("000000000"),
        "NAMA": roster.names(),
        "TANGGAL LAHIR": roster.births(),
        "JENIS KELAMIN": roster.genders(),
        "AGAMA NAMA": filler,
        "NIK": roster.constant("0000000000000000"),
        "NOMOR HP": roster.constant("000000000000"),
        "EMAIL": roster.constant("contoh@contoh.invalid"),
        "ALAMAT": filler,
        "JENIS PEGAWAI NAMA": roster.constant("Pegawai Daerah"),
        "KEDUDUKAN HUKUM ID": roster.standing_codes(),
        "KEDUDUKAN HUKUM NAMA": roster.standing_names(),
        "STATUS CPNS PNS": status,
        "TMT CPNS": roster.appointments(),
        "GOL AKHIR NAMA": roster.grades(),
        "JENIS JABATAN NAMA": roster.classes(),
        "JABATAN NAMA": roster.titles(),
        "TINGKAT PENDIDIKAN NAMA": roster.educations(),
        "UNOR NAMA": roster.units(),
        "INSTANSI INDUK NAMA": government,
        "INSTANSI KERJA NAMA": government,
        "SATUAN KERJA INDUK NAMA": government,
        "SIMULASI": roster.constant(MARK),
    }


def simpeg_columns(roster: Roster) -> dict[str, pa.Array]:
    """Columns of a SIMPEG list."""
    spaced = roster.style.has_spaced_numbers
    return {
        "No": roster.sequence(),
        "NIP": roster.numbers("" if spaced else "'", spaced),
        "Nama Pegawai": roster.names(),
        "Tgl Lahir": roster.births(),
        "L/P": roster.genders(),
        "Status": roster.statuses(),
        "Pangkat/Gol. Ruang": roster.ranks(),
        "Jabatan": roster.titles(),
        "Jenis Jabatan": roster.classes(),
        "OPD": roster.units(),
        "Kedudukan Hukum": roster.standings(),
        "Keterangan": roster.constant(MARK),
    }


def write_siasn(roster: Roster, path: Path) -> None:
    """One CSV file, commas, UTF-8, header in the first line."""
    columns = siasn_columns(roster)
    path.write_bytes(",".join(columns).encode() + b"\n" + _body(columns, ","))


def write_simpeg(roster: Roster, path: Path) -> None:
    """One CSV file, semicolons, title lines above the header and a total line at the end."""
    columns = simpeg_columns(roster)
    title = (
        "DAFTAR NOMINATIF PEGAWAI NEGERI SIPIL DAN PPPK",
        f"{roster.place.full_name.upper()} – {MARK}",
        f"Keadaan: {in_words(roster.on)}",
        "",
    )
    width = len(columns)
    head = "".join(f"{line}{';' * (width - 1)}\n" for line in title) + ";".join(columns) + "\n"
    total = f"Jumlah;{len(roster)}{';' * (width - 2)}\n"
    body = _body(columns, ";").decode()
    encoding = "cp1252" if roster.style.is_windows_encoded else "utf-8-sig"
    path.write_bytes((head + body + total).replace("\n", "\r\n").encode(encoding))


def write_simpeg_sheet(roster: Roster, path: Path) -> None:
    """One XLSX file: title rows, a header of two merged rows, a row of column numbers, a total row."""
    columns = simpeg_columns(roster)
    columns["Unit Kerja"] = columns.pop("OPD")
    columns["Kedudukan Hukum"] = columns.pop("Kedudukan Hukum")
    columns["Keterangan"] = columns.pop("Keterangan")
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": CREATED, "comments": MARK})
    sheet = book.add_worksheet("Nominatif")
    sheet.write_string(0, 0, "DAFTAR NOMINATIF PEGAWAI")
    sheet.write_string(1, 0, f"{roster.place.full_name.upper()} ({MARK})")
    sheet.write_string(2, 0, f"Keadaan: {in_words(roster.on)}")
    for column, name in enumerate(columns):
        if name == "Jabatan":
            sheet.merge_range(4, column, 4, column + 1, "Jabatan")
            sheet.write_string(5, column, "Nama")
            sheet.write_string(5, column + 1, "Jenis")
        elif name != "Jenis Jabatan":
            sheet.merge_range(4, column, 5, column, name)
        sheet.write_number(6, column, column + 1)
        for row, text in enumerate(columns[name].to_pylist(), start=7):
            sheet.write_string(row, column, text)
    sheet.write_string(7 + len(roster), 0, "Jumlah")
    sheet.write_number(7 + len(roster), 1, len(roster))
    book.close()


def _body(columns: dict[str, pa.Array], mark: str) -> bytes:
    """The rows as CSV with quotes only where needed: one joined text column, whose bytes are the file."""
    cells = [_quoted(column, mark) for column in columns.values()]
    cells[-1] = pc.binary_join_element_wise(cells[-1], "\n", "")
    text = pa.concat_arrays(pc.binary_join_element_wise(*cells, mark).cast(pa.large_string()).chunks)
    return bytes(text.buffers()[2])


def _quoted(column: pa.Array, mark: str) -> pa.ChunkedArray:
    cells = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    special = pc.match_substring(cells, mark)
    if not pc.any(special).as_py():
        return cells
    return pc.if_else(special, pc.binary_join_element_wise('"', cells, '"', ""), cells)

"""Ugly workbooks, Parquet files and archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyarrow as pa
import xlsxwriter
from pyarrow import parquet

from tests.etl.files import HEADER, nip, person, write_xlsx
from tests.etl.reading.forms import (
    mark_encrypted,
    ods_row,
    ole,
    write_ods,
    write_raw_xlsx,
    write_xls,
    write_zip,
    xlsx_row,
    xlsx_rows,
)  # fmt: skip
from tests.etl.reading.ugly import LOADED_3, PEOPLE, ROWS, Ugly
from tests.etl.reading.ugly_texts import holding, text_of

UNREADABLE = "Buku kerja tidak terbaca"
TOO_FAR = "jauh di luar tabel"
WITH_NUMBERS = [HEADER, *((float(nip(i)), *person(nip(i))[1:]) for i in (1, 2, 3))]
LOST = ("Tidak ada baris yang dapat dimuat", "3 ditolak, pertama baris 2: NIP tertulis dalam notasi ilmiah")


def book(path: Path, sheets: dict[str, list], hidden: tuple[str, ...] = ()) -> None:
    written = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = written.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(line, place, cell)
        if name in hidden:
            sheet.hide()
    written.close()


def million_styled_rows(path: Path) -> None:
    blank = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(5, 1_048_577))
    write_raw_xlsx(path, {"Data": xlsx_rows(ROWS) + blank})


def far_cell(path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    write_raw_xlsx(path, {"Data": xlsx_rows(ROWS) + far})


def formulas(path: Path) -> None:
    rows = xlsx_row(1, HEADER)
    for number, row in enumerate(PEOPLE, start=2):
        made = f'<f>"{row[0][:9]}"&amp;"{row[0][9:]}"</f><v>{row[0]}</v>'
        cells = xlsx_row(number, ["", *row[1:]])
        rows += cells.replace(f'<row r="{number}">', f'<row r="{number}"><c r="A{number}" t="str">{made}</c>')
    outside = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    write_raw_xlsx(path, {"Data": rows}, more={"xl/externalLinks/externalLink1.xml": outside})


def with_numbers_of_table(path: Path, kind: pa.DataType) -> None:
    columns = {name: [row[place] for row in PEOPLE] for place, name in enumerate(HEADER)}
    numbers = pa.array([int(value) for value in columns.pop("NIP")], pa.int64()).cast(kind, safe=False)
    parquet.write_table(pa.table({"NIP": numbers, **columns}), path)


def zip_of(path: Path, name: str, content: bytes | str) -> Path:
    return write_zip(path, {name: content})


def bytes_of(write, path: Path) -> bytes:
    """The bytes that a writer makes."""
    inside = path.with_name(f"inside{path.suffix}.tmp")
    write(inside)
    found = inside.read_bytes()
    inside.unlink()
    return found


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("data.csv", "w") as member:
        for _ in range(80):
            member.write(b"0" * 1024 * 1024)


def bomb_in_book(path: Path) -> None:
    write_raw_xlsx(path, {"Data": xlsx_rows(ROWS) + " " * (80 * 1024 * 1024)})


def merged(path: Path) -> None:
    rows = [
        ["DAFTAR PEGAWAI NEGERI SIPIL"], ["KEADAAN 30 NOVEMBER 2024"], [],
        ["No", "Data Pegawai", "", "", "Jabatan", "", "SKPD", "Keterangan"],
        ["", "Nomor", "", "Status", "Terakhir", "", "", ""],
        ["", "NIP", "Nama", "Pegawai", "Nama", "Jenis", "", ""],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        *([i, nip(i), "CONTOH", "PNS", "Guru Ahli Muda", "JFT", "Dinas Pendidikan", "DATA SIMULASI"] for i in (1, 2, 3)),
    ]  # fmt: skip
    write_xlsx(path, rows, merged=("B4:D4", "E4:F4"))


def two_lines(path: Path) -> None:
    rows = [
        ["No", "NIP", "Nama", "Jabatan", "", "SKPD", "Keterangan"], ["", "", "", "Nama", "Jenis", "", ""],
        *([i, nip(i), "CONTOH", "Guru Ahli Muda", "JFT", "Dinas Pendidikan", "DATA SIMULASI"] for i in (1, 2, 3)),
    ]  # fmt: skip
    write_xlsx(path, rows, merged=("D1:E1",))


def million_ods(path: Path) -> None:
    rows = "".join(map(ods_row, ROWS)) + ods_row(person(nip(4)), repeated=1_000_000)
    write_ods(path, {"Data": rows})


def blank_million_ods(path: Path) -> None:
    write_ods(path, {"Data": "".join(map(ods_row, ROWS)) + ods_row([""], repeated=1_048_572)})


def odd_sheet(name: str):
    return lambda path: write_raw_xlsx(path, {name: xlsx_rows(ROWS), "Lain": xlsx_rows(ROWS)})


def damaged(path: Path) -> None:
    write_xlsx(path, ROWS)
    held = bytearray(path.read_bytes())
    held[len(held) // 3 : len(held) // 3 + 40] = b"\xff" * 40
    path.write_bytes(held)


CASES = [
    Ugly("data.xlsx", "XLSX", lambda path: write_xlsx(path, ROWS)),
    Ugly("data.xls", "XLS (BIFF8)", lambda path: write_xls(path, ROWS)),
    Ugly("data.ods", "ODS", lambda path: write_ods(path, {"Data": "".join(map(ods_row, ROWS))})),
    Ugly("teks.parquet", "Parquet, NIP as text", lambda path: with_numbers_of_table(path, pa.string())),
    Ugly("bilangan.parquet", "Parquet, NIP as integer", lambda path: with_numbers_of_table(path, pa.int64())),
    Ugly(
        "pecahan.parquet",
        "Parquet, NIP as double, which keeps 15 digits",
        lambda path: with_numbers_of_table(path, pa.float64()),
        LOST,
        11,
    ),
    Ugly(
        "palsu.parquet", "a text under the name of a Parquet", holding("PAR1 x"), "Parquet tidak terbaca", 10
    ),
    Ugly(
        "judul_bertumpuk.xlsx", "three title rows, three-line merged header, numbering row", merged, LOADED_3
    ),
    Ugly("judul_dua_baris.xlsx", "two-line merged header", two_lines, LOADED_3),
    Ugly(
        "logo.xlsx",
        "empty cells of a logo before the table",
        lambda path: write_xlsx(path, [[], [], ["", "", ""], *(["", "", *row] for row in ROWS)]),
    ),
    Ugly(
        "bilangan.xlsx",
        "NIP stored as numbers, which keep 15 digits",
        lambda path: write_xlsx(path, WITH_NUMBERS),
        LOST,
        11,
    ),
    Ugly(
        "bilangan_tertulis.xlsx",
        "the same in cells that say that they are numbers, as Python libraries write them",
        lambda path: write_raw_xlsx(path, {"Data": xlsx_rows(WITH_NUMBERS).replace("><v>", ' t="n"><v>')}),
        LOST,
        11,
    ),
    Ugly("bilangan.xls", "the same in XLS", lambda path: write_xls(path, WITH_NUMBERS), LOST, 11),
    Ugly(
        "bilangan.ods",
        "the same in ODS",
        lambda path: write_ods(path, {"Data": "".join(map(ods_row, WITH_NUMBERS))}),
        LOST,
        11,
    ),
    Ugly("rumus.xlsx", "NIP as formulas, and an external link", formulas),
    Ugly(
        "dua_lembar.xlsx",
        "two sheets with data",
        lambda path: book(path, {"PNS": list(ROWS), "PPPK": list(ROWS)}),
        ("Ada 2 lembar berisi: PNS, PPPK", "--sheet"),
        10,
    ),
    Ugly(
        "pilih_lembar.xlsx",
        "two sheets with data, one named with --sheet",
        lambda path: book(path, {"PNS": list(ROWS), "PPPK": list(ROWS)}),
        ("dimuat 3", "lembar lain: PPPK"),
        0,
        {"sheet": "PNS"},
    ),
    Ugly(
        "lembar_salah.xlsx",
        "--sheet with a name that is not there",
        lambda path: write_xlsx(path, ROWS),
        ("Lembar 'Lain' tidak ada", "Pilih salah satu: Data"),
        10,
        {"sheet": "Lain"},
    ),
    Ugly(
        "tersembunyi.xlsx",
        "a hidden sheet with data beside the visible one",
        lambda path: book(path, {"Data": list(ROWS), "Rahasia": list(ROWS)}, ("Rahasia",)),
        "Ada 2 lembar berisi: Data, Rahasia",
        10,
    ),
    Ugly(
        "lembar_kosong.xlsx",
        "further sheets, all empty",
        lambda path: book(path, {"Data": list(ROWS), "Sheet2": [], "Sheet3": []}),
        ("dimuat 3", "lembar lain: Sheet2, Sheet3"),
    ),
    Ugly("buku_kosong.xlsx", "an empty workbook", lambda path: book(path, {"Sheet1": []}), "kosong", 10),
    Ugly(
        "nama_lembar.xlsx",
        "sheet names with terminal escapes and markup",
        odd_sheet("&#27;"[:0] + "[red]Data[/red]"),
        "Ada 2 lembar berisi: [red]Data[/red], Lain",
        10,
    ),
    Ugly(
        "nama_lembar_panjang.xlsx",
        "a sheet name of 10,000 letters",
        odd_sheet("A" * 10_000),
        f"Ada 2 lembar berisi: {'A' * 60}, Lain",
        10,
    ),
    Ugly("sejuta_baris.xlsx", "1,048,576 styled empty rows", million_styled_rows, LOADED_3),
    Ugly("sel_jauh.xlsx", "one cell at XFD1048576", far_cell, TOO_FAR, 10),
    Ugly("sejuta_ulang.ods", "a row repeated a million times", million_ods, TOO_FAR, 10),
    Ugly(
        "sejuta_kosong.ods", "a million empty rows, as office programs save them", blank_million_ods, LOADED_3
    ),
    Ugly(
        "halaman.xls",
        "an HTML page under the name of an XLS",
        holding("<html><table><tr><td>NIP</td></tr></table></html>"),
        (UNREADABLE, "simpan ulang sebagai XLSX"),
        10,
    ),
    Ugly(
        "halaman.xlsx",
        "an HTML page under the name of an XLSX",
        holding("<html><table></table></html>"),
        UNREADABLE,
        10,
    ),
    Ugly(
        "bersandi.xlsx",
        "an XLSX with a password (an OLE file)",
        holding(ole({"EncryptionInfo": b"x" * 300, "EncryptedPackage": b"y" * 9000})),
        (UNREADABLE, "tanpa sandi"),
        10,
    ),
    Ugly(
        "bersandi.xls",
        "the same under the name of an XLS",
        holding(ole({"EncryptionInfo": b"x" * 300, "EncryptedPackage": b"y" * 9000})),
        UNREADABLE,
        10,
    ),
    Ugly("rusak.xlsx", "an XLSX with 40 damaged bytes", damaged, UNREADABLE, 10),
    Ugly(
        "terpotong.xlsx",
        "an XLSX that was cut off while copying",
        lambda path: (write_xlsx(path, ROWS), path.write_bytes(path.read_bytes()[:2000])),
        UNREADABLE,
        10,
    ),
    Ugly("bom.xlsx", "a workbook that unpacks to 80 MB of blanks", bomb_in_book, "mengembang menjadi", 10),
    Ugly("isi.zip", "ZIP with one CSV", lambda path: zip_of(path, "data.csv", text_of())),
    Ugly(
        "isi_xlsx.zip",
        "ZIP with one XLSX, beside what a Macintosh adds",
        lambda path: write_zip(
            path,
            {
                "data.xlsx": bytes_of(lambda inside: write_xlsx(inside, ROWS), path),
                "__MACOSX/._data.xlsx": b"x",
            },
        ),
    ),
    Ugly(
        "isi_xls.zip",
        "ZIP with one XLS",
        lambda path: zip_of(path, "data.xls", bytes_of(lambda inside: write_xls(inside, ROWS), path)),
    ),
    Ugly(
        "isi_ods.zip",
        "ZIP with one ODS",
        lambda path: zip_of(
            path,
            "data.ods",
            bytes_of(lambda inside: write_ods(inside, {"Data": "".join(map(ods_row, ROWS))}), path),
        ),
    ),
    Ugly(
        "isi_parquet.zip",
        "ZIP with one Parquet",
        lambda path: zip_of(
            path, "data.parquet", bytes_of(lambda inside: with_numbers_of_table(inside, pa.string()), path)
        ),
    ),
    Ugly(
        "isi_utf16.zip",
        "ZIP with one UTF-16 text",
        lambda path: zip_of(path, "data.txt", text_of(separator="\t").encode("utf-16")),
    ),
    Ugly(
        "dua_isi.zip",
        "ZIP with two tables",
        lambda path: write_zip(path, {"a.csv": text_of(), "b.csv": text_of()}),
        ("tepat satu tabel; yang ada: a.csv, b.csv", "satu ZIP, satu berkas"),
        10,
    ),
    Ugly(
        "tanpa_isi.zip",
        "ZIP without a table",
        lambda path: zip_of(path, "surat.pdf", "x"),
        "tepat satu tabel; yang ada: -",
        10,
    ),
    Ugly(
        "bersandi.zip",
        "ZIP with a password",
        lambda path: mark_encrypted(zip_of(path, "data.csv", text_of())),
        "ZIP bersandi",
        10,
    ),
    Ugly(
        "jejak.zip",
        "ZIP whose member is named ../../../etc/data.csv",
        lambda path: zip_of(path, "../../../etc/data.csv", text_of()),
    ),
    Ugly("bom.zip", "a ZIP bomb", bomb, ("mengembang menjadi 80 MiB", "Minta berkas baru"), 10),
    Ugly("palsu.zip", "a text under the name of a ZIP", holding("bukan zip"), "ZIP rusak", 10),
    Ugly(
        "zip_di_zip.zip",
        "a ZIP inside a ZIP",
        lambda path: zip_of(path, "data.zip", b"x"),
        "tepat satu tabel",
        10,
    ),
]

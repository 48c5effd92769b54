"""Ugly texts: encodings, separators, quotes, line ends, sizes."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from tests.etl.files import HEADER, SIMULATED, nip, person, write_csv
from tests.etl.reading.ugly import LOADED_3, PEOPLE, ROWS, Ugly

OFFICE = "Dinas Café – “Utama”"
BROKEN_QUOTE = "tidak ditutup; baris sesudahnya ikut tertelan"


def text_of(rows=ROWS, separator=",", newline="\r\n", quoting=csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue()


def holding(text: str | bytes, encoding: str = "utf-8"):
    """A writer of a file with this content."""
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return lambda path: Path(path).write_bytes(content)


def with_header(*rows, **changes) -> str:
    return text_of([HEADER, *rows], **changes)


def named(office: str):
    return [HEADER, *(person(nip(i), OPD=office) for i in (1, 2, 3))]


def unclosed(path: Path) -> None:
    lines = text_of().splitlines()
    lines[2] = lines[2].replace("Guru Ahli Muda", '"Guru Ahli Muda')
    path.write_text("\r\n".join(lines) + "\r\n", "utf-8")


def quoted_newline(path: Path) -> None:
    write_csv(path, [HEADER, person(nip(1), Jabatan="Guru\nAhli Muda"), *PEOPLE[1:], person("123")])


CASES = [
    Ugly("koma.csv", "comma", holding(text_of())),
    Ugly("titikkoma.csv", "semicolon", holding(text_of(separator=";"))),
    Ugly("tab.tsv", "tab", holding(text_of(separator="\t"))),
    Ugly(
        "garis.txt", "vertical bar, every cell quoted", holding(text_of(separator="|", quoting=csv.QUOTE_ALL))
    ),
    Ugly("bom.csv", "UTF-8 with byte order mark", holding(text_of(), "utf-8-sig")),
    Ugly(
        "utf16.csv",
        "UTF-16 with byte order mark (little endian)",
        holding(codecs.BOM_UTF16_LE + text_of().encode("utf-16-le")),
    ),
    Ugly(
        "utf16be.csv",
        "UTF-16 with byte order mark (big endian)",
        holding(codecs.BOM_UTF16_BE + text_of().encode("utf-16-be")),
    ),
    Ugly(
        "utf16le_tanpa_bom.csv",
        "UTF-16 without byte order mark (little endian)",
        holding(text_of(), "utf-16-le"),
    ),
    Ugly(
        "utf16be_tanpa_bom.csv",
        "UTF-16 without byte order mark (big endian)",
        holding(text_of(), "utf-16-be"),
    ),
    Ugly(
        "utf16_unicode_text.txt",
        "“Unicode text” of a spreadsheet: UTF-16, tabs",
        holding(codecs.BOM_UTF16_LE + text_of(separator="\t").encode("utf-16-le")),
    ),
    Ugly(
        "windows1252.csv", "Windows-1252 with letters beyond ASCII", holding(text_of(named(OFFICE)), "cp1252")
    ),
    Ugly(
        "utf8_lalu_rusak.csv",
        "UTF-8 at first, Windows-1252 far below",
        holding(
            text_of(
                [
                    HEADER,
                    *(
                        person(nip(i % 900 + 1), birth="18930412", OPD="Dinas Pendidikan")
                        for i in range(3000)
                    ),
                ]
            ).encode()
            + text_of(named(OFFICE)[1:]).encode("cp1252")
        ),
        ("tidak terbaca sampai akhir", "CSV UTF-8"),
        10,
    ),
    Ugly("mac_lama.csv", "line ends of an old Macintosh (CR alone)", holding(text_of(newline="\r"))),
    Ugly("unix.csv", "line ends LF, no end on the last line", holding(text_of(newline="\n").rstrip("\n"))),
    Ugly(
        "kutip_baris_baru.csv",
        "a line break inside quotes; the wrong NIP stands in row 5",
        quoted_newline,
        ("dimuat 3", "ditolak baris 5", "NIP tidak 18 angka"),
    ),
    Ugly("kutip_tak_ditutup.csv", "a quote that is never closed", unclosed, (BROKEN_QUOTE, "baris 3"), 10),
    Ugly(
        "kutip_ganjil_akhir.csv",
        "an odd quote in the last row",
        holding(text_of() + f'{nip(4)},"X\r\n'),
        "baris",
    ),
    Ugly(
        "nul.csv",
        "NUL bytes in the middle of the text",
        holding(text_of().replace("Guru Ahli Muda", "Guru\0Ahli", 1)),
        "bukan berkas teks",
        10,
    ),
    Ugly(
        "nul_jauh.csv",
        "a NUL byte far below the part that is looked at first",
        holding(
            text_of([HEADER, *(person(nip(i % 900 + 1)) for i in range(4000))])
            + text_of([person(nip(1), Jabatan="Gu\0ru")])
        ),
        "dimuat 4001",
    ),
    Ugly(
        "baris_panjang.csv",
        "a line of 5 MB",
        holding(with_header(PEOPLE[0], person(nip(2), Nama="A" * 5_000_000), PEOPLE[2])),
        "",
    ),
    Ugly("kosong.csv", "0 bytes", holding(""), "Berkas kosong", 10),
    Ugly("spasi.csv", "blanks and blank lines only", holding(" \r\n\r\n   \n"), "Berkas kosong", 10),
    Ugly(
        "judul_saja.csv",
        "a header and nobody",
        holding(text_of([HEADER])),
        ("Tidak ada baris yang dapat dimuat", "0 dibaca"),
        11,
    ),
    Ugly("satu_orang.csv", "one person", holding(with_header(PEOPLE[0])), "dimuat 1"),
    Ugly(
        "tanpa_judul.csv",
        "no header; the first row is a person (whose cells are not echoed)",
        holding(text_of(PEOPLE)),
        "Kolom wajib tidak ditemukan",
        10,
    ),
    Ugly(
        "kolom_lain.csv",
        "another table altogether",
        holding("Nama Barang,Jumlah\r\nKursi,4\r\n"),
        "Kolom wajib tidak ditemukan",
        10,
    ),
    Ugly(
        "acak.csv",
        "random bytes under the name of a CSV",
        holding(bytes(range(1, 256)) * 9),
        "tidak terbaca sebagai tabel",
        10,
    ),
    Ugly(
        "gambar.csv",
        "a picture under the name of a CSV",
        holding(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0"),
        "bukan berkas teks",
        10,
    ),
    Ugly(
        "surat.docx",
        "a kind of file that is no table",
        holding(b"x"),
        "Jenis berkas '.docx' tidak dikenal",
        10,
    ),
    Ugly(
        "tanpa_akhiran", "a name without an ending", holding(text_of()), "Jenis berkas '' tidak dikenal", 10
    ),
    Ugly(
        "lebih_kolom.csv",
        "a row with more cells than the header",
        holding(text_of() + ",".join([*person(nip(4)), "x", "y"]) + "\r\n"),
        "dimuat 4",
    ),
    Ugly(
        "kurang_kolom.csv",
        "a row with fewer cells than the header",
        holding(text_of() + f"{nip(4)},CONTOH\r\n"),
        ("dimuat 3", "ditolak baris 5"),
    ),
    Ugly(
        "baris_kosong.csv",
        "blank rows between people; the wrong NIP stands in row 8",
        holding(f"{with_header(PEOPLE[0])}\r\n\r\n{text_of(PEOPLE[1:])}\r\n{text_of([person('12')])}"),
        ("dimuat 3", "ditolak baris 8"),
    ),
    Ugly(
        "baris_spasi.csv",
        "rows of separators only",
        holding(with_header(PEOPLE[0]) + ",,,,,,,,,\r\n" * 2 + text_of(PEOPLE[1:])),
        ("dimuat 3", "bukan data 2", "baris kosong"),
    ),
    Ugly(
        "rumus.csv",
        'a NIP as ="…" of a spreadsheet',
        holding(
            "\r\n".join([",".join(HEADER), *(",".join([f'"=""{row[0]}"""', *row[1:]]) for row in PEOPLE)])
        ),
        LOADED_3,
    ),
    Ugly(
        "suntik.csv",
        "cells that begin with = + - @",
        holding(
            with_header(
                *(
                    person(nip(i), OPD=office)
                    for i, office in enumerate(
                        ('=HYPERLINK("http://x")', "+62 Dinas", "-1+cmd|' /C calc'!A0", "@SUM(A1)"), start=1
                    )
                )
            )
        ),
        "dimuat 4",
    ),
    Ugly(
        "terminal.csv",
        "an agency with terminal escapes and markup",
        holding(with_header(*(person(nip(i), OPD="\x1b[31mDinas[/red]\x07") for i in (1, 2, 3)))),
        LOADED_3,
    ),
    Ugly("..%2f..%2fetc%2fpasswd.csv", "a path trick in the name", holding(text_of())),
    Ugly("nama\x1b[31m [red].csv", "terminal escapes in the name", holding("x"), "Kolom wajib", 10),
    Ugly(
        "kepala_beda.csv",
        "header in other case, spacing and spelling",
        holding(
            text_of(
                [
                    [
                        "  nip   BARU ",
                        "nama",
                        "Jenis_Kelamin",
                        "STATUS  KEPEGAWAIAN",
                        "Pangkat / Gol.Ruang",
                        "jabatan nama",
                        "jenis-jabatan",
                        "Unit  Kerja",
                        "kedudukan HUKUM",
                        "KET.",
                    ],
                    *PEOPLE,
                ]
            )
        ),
        LOADED_3,
    ),
    Ugly(
        "peta.csv",
        "a column name that is not known, named with --map",
        holding(text_of([["Nomor", *HEADER[1:]], *PEOPLE])),
        LOADED_3,
        0,
        {"map": ["Nomor=nip"]},
    ),
    Ugly(
        "peta_bidang.csv",
        "--map with a field that does not exist",
        holding(text_of()),
        ("--map", "tidak dapat dipakai", "nip"),
        2,
        {"map": ["Nomor=nomor"]},
    ),
    Ugly(
        "peta_kolom.csv",
        "--map with a column that is not in the file",
        holding(text_of()),
        "Kolom 'Nomor' dari --map tidak ada",
        10,
        {"map": ["Nomor=nip"]},
    ),
    Ugly(
        "peta_nama.csv",
        "--map takes the column of names for agencies",
        holding(text_of([HEADER, *(person(nip(i), Nama=f"CONTOH {i}") for i in range(1, 90))])),
        "itu bukan nama perangkat daerah",
        11,
        {"map": ["Nama=agency"]},
    ),
    Ugly(
        "simulasi_campur.csv",
        "rows without the mark of simulation whose NIP says born before 1930",
        holding(with_header(PEOPLE[0], person(nip(2), Keterangan=""))),
        ("dimuat 1", "ditolak baris 3", "sebelum 1930"),
    ),
    Ugly(
        "tanda_simulasi.csv",
        f"marked {SIMULATED}, but a NIP that a living person could have",
        holding(with_header(PEOPLE[0], person(nip(999, birth="19900101")))),
        ("dimuat 1", "ditolak baris 3", "orang hidup"),
    ),
]

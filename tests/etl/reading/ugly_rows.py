"""Ugly rows: numbers, dates, totals, footers, other governments, control totals."""

from __future__ import annotations

from tests.etl.files import HEADER, SIMULATED, nip, person, write_xlsx
from tests.etl.reading.ugly import LOADED_3, PEOPLE, ROWS, Ugly
from tests.etl.reading.ugly_texts import holding, text_of, with_header

BORN = (
    "1893-04-12",
    "12-04-1893",
    "12/04/1893",
    "12.4.1893",
    "12 April 1893",
    "12 Apr 1893",
    "Rabu, 12 April 1893",
    "1893/04/12",
    "12-Apr-1893",
)
WIDE = (*HEADER, "Tanggal Lahir")
WORK = (*HEADER, "INSTANSI KERJA NAMA")


def one_wrong(written: str, **changes: str):
    """Three people and, in row 5, somebody with this number."""
    return holding(with_header(*PEOPLE, person(written, **changes)))


def refused(explanation: str):
    return ("dimuat 3", "ditolak baris 5", explanation)


def born(*cells: str) -> str:
    return text_of([WIDE, *((*person(nip(i)), cell) for i, cell in enumerate(cells, start=1))])


def grown_up(cell: str) -> str:
    """Somebody born on 31 December 1980, with a serial number that nobody has, and a date of birth as written."""
    return text_of([WIDE, (*person(nip(999, birth="19801231", since="201003"), Keterangan=""), cell)])


def employed(*names: str) -> str:
    return text_of([WORK, *((*person(nip(i)), name) for i, name in enumerate(names, start=1))])


FOOTER = [
    ["", "", "", "", "", "", "", "Samarinda, 30 November 2024", "", ""],
    ["", "", "", "", "", "", "", "Kepala Badan Kepegawaian", "", ""],
]
SIGNED = ["", "", "", "", "", "", "", f"NIP. {nip(900)}", "", ""]
SIGNED_FIRST = [f"NIP. {nip(900)}", "", "", "", "", "", "", "", "", ""]

CASES = [
    Ugly(
        "nip_spasi.csv",
        "NIP with the blanks it is printed with",
        holding(
            with_header(
                *(person(f"{nip(i)[:8]} {nip(i)[8:14]} {nip(i)[14]} {nip(i)[15:]}") for i in (1, 2, 3))
            )
        ),
    ),
    Ugly(
        "nip_tanda.csv",
        "NIP with an apostrophe, dots, quotes, no-break spaces",
        holding(
            with_header(
                *(
                    person(mark.format(nip(i)))
                    for i, mark in enumerate(("'{}", "{}.", "\u00a0{}\u00a0"), start=1)
                )
            )
        ),
    ),
    Ugly("nip_ilmiah.csv", "NIP in scientific notation", one_wrong("1,98E+17"), refused("notasi ilmiah")),
    Ugly(
        "nip_000.csv",
        "NIP rounded to …000",
        one_wrong("189304122014031000"),
        refused("Tiga angka terakhir NIP 000"),
    ),
    Ugly("nip_9.csv", "old NIP of 9 digits", one_wrong("130456789"), refused("NIP lama 9 angka")),
    Ugly("nip_17.csv", "NIP of 17 digits", one_wrong(nip(4)[:17]), refused("NIP tidak 18 angka")),
    Ugly(
        "nip_huruf.csv",
        "NIP with a letter O for a zero",
        one_wrong(nip(4).replace("0", "O", 1)),
        refused("huruf atau tanda"),
    ),
    Ugly("nip_kosong.csv", "no NIP", one_wrong(""), refused("NIP kosong")),
    Ugly(
        "nip_lahir.csv",
        "a birth on 31 February",
        one_wrong(nip(4, birth="18930231")),
        refused("bukan tanggal lahir yang ada"),
    ),
    Ugly(
        "nip_muda.csv",
        "appointed at the age of 10",
        one_wrong(nip(4, since="190303")),
        refused("kurang dari 17 tahun"),
    ),
    Ugly(
        "nip_masa_depan.csv",
        "appointed after the snapshot",
        one_wrong(nip(4, since="202503")),
        refused("sesudah tanggal potret"),
    ),
    Ugly("nip_bulan.csv", "month 13", one_wrong(nip(4, since="201413")), refused("Angka ke-13 dan ke-14")),
    Ugly("nip_kelamin.csv", "sex digit 3", one_wrong(nip(4, sex=3)), refused("Angka ke-15")),
    Ugly("tanpa_opd.csv", "no agency", one_wrong(nip(4), OPD="-"), refused("Perangkat daerah kosong")),
    Ugly(
        "ganda.csv",
        "the same person twice",
        one_wrong(nip(2)),
        ("dimuat 4", "peringatan 1, pertama baris 5", "yang dihitung baris yang pertama"),
    ),
    Ugly(
        "status_beda.csv",
        "PPPK in the status column, a NIP of a PNS",
        one_wrong(nip(4), Status="PPPK"),
        ("dimuat 4", "peringatan 1, pertama baris 5", "status kepegawaian"),
    ),
    Ugly(
        "kelamin_beda.csv",
        "P in the column, 1 in the NIP",
        one_wrong(nip(4), **{"L/P": "P"}),
        ("dimuat 4", "peringatan 1", "jenis kelamin"),
    ),
    Ugly("tanggal.csv", f"dates of birth in {len(BORN)} forms", holding(born(*BORN)), f"dimuat {len(BORN)}"),
    Ugly("tanggal_dua_angka.csv", "31 Des 80", holding(grown_up("31 Des 80")), "dimuat 1"),
    Ugly(
        "tanggal_dua_angka_lain.csv",
        "31/12/50, which can only be 1950, for a NIP of 1980",
        holding(grown_up("31/12/50")),
        ("dimuat 1", "tanggal lahir bertentangan"),
    ),
    Ugly(
        "tanggal_seri.csv",
        "a spreadsheet's serial number (29586 = 31 December 1980)",
        holding(grown_up("29586")),
        "dimuat 1",
    ),
    Ugly(
        "tanggal_mustahil.csv",
        "31 February, month 13, and words",
        holding(born("31-02-1893", "12/13/1893", "tidak tahu")),
        ("dimuat 3", "peringatan 3", "tidak ada dalam kalender"),
    ),
    Ugly(
        "tanggal_beda.csv",
        "a date of birth that disagrees with the NIP",
        holding(born("1893-04-13")),
        ("dimuat 1", "peringatan 1", "bertentangan dengan delapan angka pertama"),
    ),
    Ugly(
        "tanggal.xlsx",
        "dates of birth as real dates of a spreadsheet",
        lambda path: write_xlsx(
            path, [WIDE, (*person(nip(999, birth="19801231", since="201003"), Keterangan=""), 29586)]
        ),
        "dimuat 1",
    ),
    Ugly(
        "halaman.csv",
        "the header repeated on every page",
        holding(with_header(PEOPLE[0], HEADER, PEOPLE[1], HEADER, PEOPLE[2])),
        ("dimuat 3", "bukan data 2, pertama baris 3", "judul kolom yang berulang"),
    ),
    Ugly(
        "subtotal.csv",
        "subtotals, a total and a recapitulation",
        holding(
            with_header(
                PEOPLE[0], ["Sub Jumlah", "", "1"], *PEOPLE[1:], ["JUMLAH", "3"], ["Total keseluruhan", "3"]
            )
        ),
        ("dimuat 3", "bukan data 3", "jumlah dan subjumlah"),
    ),
    Ugly(
        "tanda_tangan.csv",
        "a footer with a signature that contains a NIP",
        holding(with_header(*PEOPLE, *FOOTER, SIGNED)),
        ("dimuat 3", "bukan data", "catatan kaki"),
    ),
    Ugly(
        "tanda_tangan_kolom.csv",
        "the same, the signer's NIP in the column of NIP",
        holding(with_header(*PEOPLE, *FOOTER, SIGNED_FIRST)),
        ("dimuat 3", "bukan data"),
    ),
    Ugly(
        "tanda_tangan_telanjang.csv",
        "a signature that is a bare NIP in the column of NIP and nothing else",
        holding(with_header(*PEOPLE, [nip(999, birth="19801231", since="201003")])),
        ("dimuat 3", "ditolak baris 5", "Perangkat daerah kosong"),
    ),
    Ugly(
        "penomoran.csv",
        "a numbering row below the header",
        holding(text_of([HEADER, [str(n) for n in range(1, 11)], *PEOPLE])),
        LOADED_3,
    ),
    Ugly(
        "bagian.csv",
        "headings of sections between people",
        holding(with_header(["DINAS PENDIDIKAN"], *PEOPLE)),
        ("dimuat 3", "judul bagian"),
    ),
    Ugly(
        "dua_provinsi.csv",
        "rows of another government, most of this one",
        holding(employed("Pemkab Kutai Timur", "Pemkab Kutai Timur", "Pemprov Kalimantan Barat")),
        ("dimuat 2", "ditolak baris 4", "pemerintah lain"),
    ),
    Ugly(
        "provinsi_lain.csv",
        "most rows of another government",
        holding(employed("Pemprov Kalimantan Barat", "Pemprov Kalimantan Barat", "Pemkab Kutai Timur")),
        ("menyebut", "bukan Kabupaten Kutai Timur", "--government 61"),
        11,
    ),
    Ugly(
        "judul_lain.csv",
        "a title that names another government",
        holding("PEMERINTAH KABUPATEN PASER\r\n" + text_of()),
        ("Kabupaten Paser (6401)", "--government 6401"),
        11,
    ),
    Ugly(
        "kendali.csv",
        "--expect-pns 9.607, three in the file",
        holding(text_of()),
        ("PNS 3 (harus 9607), PPPK 0; 0 baris ditolak", "--accept-mismatch"),
        11,
        {"expect_pns": 9607},
    ),
    Ugly(
        "nol_dimuat.csv",
        "every row refused",
        holding(with_header(person("1"), person("2"))),
        ("Tidak ada baris yang dapat dimuat (2 dibaca; 2 ditolak", "NIP tidak 18 angka"),
        11,
    ),
    Ugly(
        "catatan.csv",
        f"a column {SIMULATED} and notes below the table",
        holding(text_of() + "\r\nCatatan: data sementara,,,,,,,,,\r\n"),
        ("dimuat 3", "catatan kaki"),
    ),
    Ugly("semua.csv", "the rows of a correct file", holding(text_of(ROWS))),
]

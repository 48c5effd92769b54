from __future__ import annotations

import hashlib
import hmac
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import ContractError, SourceError
from etl.loading.roster import RosterRequest, examine, load_roster
from etl.loading.session import open_session
from etl.reading.content import received
from tests.etl.files import HEADER, nip, person, write_csv, write_xlsx

SNAPSHOT = date(2024, 11, 30)
OFFICE = "Dinas Café – “Utama”"


def request(path: Path, government: str = "6474", **more: object) -> RosterRequest:
    return RosterRequest(path, government, SNAPSHOT, **more)


def people(session, request: RosterRequest) -> pl.DataFrame:
    """The people that a roster holds, as they would be kept."""
    return examine(session, received(request.path), request)[1].people.rows


def everything_written(room) -> bytes:
    return b"".join(path.read_bytes() for path in room.data.rglob("*") if path.is_file())


def test_a_plain_roster_is_loaded_with_its_control_totals(session, tmp_path):
    rows = [HEADER, person(nip(1)), person(nip(2)), person(nip(1, since="202121"))]
    card, changed = load_roster(
        session, request(write_csv(tmp_path / "r.csv", rows), expect_pns=2, expect_pppk=1)
    )
    assert changed
    assert (card.rows_read, card.rows_loaded, card.rows_rejected) == (3, 3, 0)
    assert (card.pns_active, card.pppk_active, card.control_verdict) == (2, 1, "match")
    assert card.is_simulated


def test_the_same_file_twice_changes_nothing(session, tmp_path):
    path = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])
    load_roster(session, request(path))
    before = everything_written(session.settings)
    assert load_roster(session, request(path))[1] is False
    assert everything_written(session.settings) == before


def test_a_dry_run_writes_nothing(room, tmp_path):
    session = open_session(room, dry_run=True)
    card, _ = load_roster(session, request(write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])))
    session.close()
    assert card.rows_loaded == 1
    assert not room.data.exists()
    assert not room.key_file.exists()


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "nip_missing"),
        ("1,98E+17", "nip_scientific"),
        ("1.98001E+17", "nip_scientific"),
        ("131234567", "nip_old_number"),
        ("18930412201403100", "nip_length"),
        ("189304122014031000", "nip_truncated"),
        ("189313412014031001", "nip_birth_date"),
        ("189304121905031001", "nip_appointment_year"),
        ("189304122025031001", "nip_appointment_year"),
        ("189304122014141001", "nip_month_code"),
        ("189304122014033001", "nip_gender_digit"),
        ("1893O4122014031001", "nip_not_digits"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_with_its_reason(session, tmp_path, written, rule):
    path = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1)), person(written)])
    card, _ = load_roster(session, request(path))
    assert (card.rows_loaded, card.rows_rejected) == (1, 1)
    assert session.con.execute("SELECT row_number, rule FROM rejections").fetchall() == [(3, rule)]


@pytest.mark.parametrize("written", ["'{0}", " {0} ", "{1}", '"{0}"', "{0}."])
def test_spaces_dots_and_quotes_around_a_number_do_not_count(session, tmp_path, written):
    number = nip(1)
    spaced = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    path = write_csv(tmp_path / "r.csv", [HEADER, person(written.format(number, spaced))])
    assert load_roster(session, request(path))[0].rows_loaded == 1


def test_a_real_row_with_a_simulated_birth_year_and_the_reverse_are_refused(session, tmp_path):
    rows = [HEADER, person(nip(1)), person(nip(2), Keterangan=""), person(nip(3, birth="19300101"))]
    load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    found = session.con.execute("SELECT rule FROM rejections ORDER BY row_number").fetchall()
    assert found == [("nip_birth_year",), ("simulated_living",)]


def test_a_person_twice_in_one_file_counts_once(session, tmp_path):
    rows = [HEADER, person(nip(1)), person(nip(1))]
    card, _ = load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    assert (card.rows_loaded, card.rows_rejected, card.pns_active) == (2, 0, 1)
    assert card.warnings == {"duplicate_person": 1}


def test_retired_and_dismissed_people_are_loaded_but_not_counted(session, tmp_path):
    standings = ["Aktif", "01", "92", "15", "04", "Pensiun", "99", "Diberhentikan", "02"]
    rows = [HEADER, *(person(nip(i + 1), **{"Kedudukan Hukum": text}) for i, text in enumerate(standings))]
    card, _ = load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    assert (card.rows_loaded, card.pns_active) == (9, 5)


def test_positions_ranks_and_genders_are_read_apart_for_pns_and_pppk(session, tmp_path):
    rows = [
        HEADER,
        person(
            nip(1),
            Golongan="Penata Tk. I (III/d)",
            Jabatan="Kepala Dinas Kesehatan",
            **{"Jenis Jabatan": "Struktural"},
        ),
        person(
            nip(2, sex=2),
            Golongan="IV/a",
            Jabatan="Camat Bontang Utara",
            **{"Jenis Jabatan": "Administrator", "L/P": "P"},
        ),
        person(nip(1, since="202121"), Golongan="IX"),
    ]
    found = people(session, request(write_csv(tmp_path / "r.csv", rows)))
    found = (
        found.select("employment_type", "position_class", "rank_group", "gender").sort("rank_group").rows()
    )
    assert found == [
        ("PNS", "jpt", "PNS-III", "male"),
        ("PNS", "administrator", "PNS-IV", "female"),
        ("PPPK", "fungsional", "PPPK-IX", "male"),
    ]


def test_age_counts_the_years_added_to_simulated_births(session, tmp_path):
    rows = [HEADER, *(person(nip(1, birth=f"{year}1130")) for year in (1891, 1910, 1920, 1924))]
    found = people(session, request(write_csv(tmp_path / "r.csv", rows)))["age_band"]
    assert found.to_list() == ["50_plus", "40_49", "30_39", "under_30"]


def test_wrong_control_totals_stop_the_file_and_change_nothing(session, room, tmp_path):
    path = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])
    with pytest.raises(ContractError, match=r"r\.csv.*PNS 1 \(harus 2\).*--accept-mismatch") as fault:
        load_roster(session, request(path, expect_pns=2, expect_pppk=0))
    assert fault.value.exit_code == 11
    assert not room.sources.exists()
    card, _ = load_roster(
        session, request(path, expect_pns=2, expect_pppk=0, accepted_by="Kepala Bidang Data")
    )
    assert card.control_verdict == "mismatch_accepted"


def test_a_file_of_another_government_is_refused_by_column_and_by_title(session, tmp_path):
    columns = (*HEADER, "INSTANSI KERJA NAMA")
    rows = [columns, *((*person(nip(i)), "Pemerintah Kab. Paser") for i in range(1, 4))]
    with pytest.raises(
        ContractError, match=r"Kabupaten Paser \(6401\), bukan Kota Bontang.*--government 6401"
    ):
        load_roster(session, request(write_csv(tmp_path / "a.csv", rows)))
    titled = [("PEMERINTAH KABUPATEN PASER",), ("Keadaan 30 November 2024",), HEADER, person(nip(1))]
    with pytest.raises(ContractError, match="Kabupaten Paser"):
        load_roster(session, request(write_csv(tmp_path / "b.csv", titled)))


def test_single_rows_of_another_government_are_refused_alone(session, tmp_path):
    columns = (*HEADER, "INSTANSI KERJA NAMA")
    rows = [
        columns,
        *((*person(nip(i)), "Pemkot Bontang" if i < 4 else "Pemkot Samarinda") for i in range(1, 5)),
    ]
    card, _ = load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    assert (card.rows_loaded, card.rows_rejected) == (3, 1)


def test_titles_merged_headers_numbering_and_totals_are_not_people(session, tmp_path):
    rows = [
        ["DAFTAR PEGAWAI"], ["Kota Bontang"], [],
        ["No", "NIP", "Nama", "Jabatan", "", "SKPD", "Keterangan"],
        ["", "", "", "Nama", "Jenis", "", ""],
        ["1", "2", "3", "4", "5", "6", "7"],
        [1, nip(1), "CONTOH", "Guru Ahli Muda", "JFT", "Dinas Pendidikan", "DATA SIMULASI"],
        ["Jumlah", "1", "", "", "", "", ""],
        ["", "", "", "", "", "Mengetahui, Kepala Badan", ""],
    ]  # fmt: skip
    path = write_xlsx(tmp_path / "r.xlsx", rows, merged=("D4:E4",))
    card, _ = load_roster(session, request(path))
    assert (card.rows_read, card.rows_loaded, card.rows_skipped) == (1, 1, 2)
    assert card.columns["position_type"] == "Jabatan Jenis"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators_are_recognised(session, tmp_path, encoding, separator):
    rows = [HEADER, *(person(nip(i), OPD=OFFICE) for i in range(1, 4))]
    path = write_csv(tmp_path / "r.csv", rows, separator=separator, encoding=encoding)
    card, _ = load_roster(session, request(path))
    assert card.rows_loaded == 3
    assert people(session, request(path))["agency_name"].unique().to_list() == [OFFICE]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "kosong"),
        ("blank.csv", b" \n \n", "kosong"),
        ("binary.csv", b"\x00\x01\x02", "bukan berkas teks"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "tidak terbaca"),
        ("strange.docx", b"x", "tidak dikenal"),
        ("columns.csv", b"Nama,Alamat\na,b\n", r"Kolom wajib.*nip: nip baru.*agency: unor nama"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_with_its_cure(session, room, tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=f"(?s){name}.*{message}") as fault:
        load_roster(session, request(path))
    assert fault.value.cure
    assert fault.value.exit_code == 10
    assert not room.sources.exists()


def test_a_missing_file_and_a_missing_sheet_are_named(session, tmp_path):
    with pytest.raises(SourceError, match="tidak ditemukan"):
        load_roster(session, request(tmp_path / "none.csv"))
    path = write_xlsx(tmp_path / "r.xlsx", [HEADER, person(nip(1))])
    with pytest.raises(SourceError, match=r"Lembar 'Lain' tidak ada.*Data"):
        load_roster(session, request(path, sheet="Lain"))


def test_only_used_columns_reach_the_vault_and_no_number_or_name_is_written(session, room, tmp_path):
    header = (*HEADER, "NIK", "NOMOR HP", "AGAMA")
    rows = [header, (*person(nip(7), Nama="MARKED NAME"), "9999888877776666", "081299998888", "MARKEDFAITH")]
    rows.append((*person("1,98E+17", Nama="MARKED NAME"), "9999888877776666", "0", ""))
    load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    written = everything_written(room)
    for secret in (nip(7), "MARKED NAME", "9999888877776666", "081299998888", "MARKEDFAITH"):
        assert secret.encode() not in written
    outside = b"".join(
        p.read_bytes() for p in room.data.rglob("*") if p.is_file() and room.vault not in p.parents
    )
    assert b"1,98E+17" not in outside


def test_the_vault_is_closed_and_an_open_one_is_refused(session, room, tmp_path):
    load_roster(session, request(write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])))
    modes = {path.stat().st_mode & 0o777 for path in room.vault.rglob("*")}
    assert modes == {0o700, 0o600}
    room.vault.chmod(0o755)
    with pytest.raises(ContractError, match="chmod"):
        open_session(room)


def test_pseudonyms_are_hmac_sha256_of_the_bare_number(session, room, tmp_path):
    load_roster(session, request(write_csv(tmp_path / "r.csv", [HEADER, person("'" + nip(1))])))
    kept = next((room.vault / session.vault.people.name / "rosters").glob("*.parquet"))
    (found,) = session.con.execute("SELECT person FROM read_parquet(?)", [str(kept)]).fetchone()
    assert found == hmac.digest(room.key_file.read_bytes(), nip(1).encode(), hashlib.sha256)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_the_sql_pseudonym_equals_pythons_hmac_for_any_text(session, text):
    (found,) = session.con.execute("SELECT pseudonym(?)", [text]).fetchone()
    assert found == hmac.digest(session.settings.key_file.read_bytes(), text.encode(), hashlib.sha256)


def test_a_corrected_file_replaces_the_earlier_one(session, room, tmp_path):
    path = tmp_path / "r.csv"
    load_roster(session, request(write_csv(path, [HEADER, person(nip(1))])))
    card, changed = load_roster(session, request(write_csv(path, [HEADER, person(nip(1)), person(nip(2))])))
    assert changed
    assert card.pns_active == 2
    assert len(list(room.sources.glob("*.yml"))) == 1


def test_parquet_is_read_like_any_other_form(session, tmp_path):
    path = tmp_path / "r.parquet"
    names = ", ".join(f"'{value}' AS \"{name}\"" for name, value in zip(HEADER, person(nip(1)), strict=True))
    duckdb.sql(f"COPY (SELECT {names}) TO '{path}' (FORMAT parquet)")
    assert load_roster(session, request(path))[0].rows_loaded == 1


def test_columns_that_disagree_with_the_number_are_warnings_not_refusals(session, tmp_path):
    header = (*HEADER, "Tgl Lahir")
    rows = [
        header,
        (*person(nip(1)), "12-04-1893"),
        (*person(nip(2)), "1893-04-13"),
        (*person(nip(3), Status="PPPK"), "12 April 1893"),
        (*person(nip(4), **{"L/P": "P"}), "-"),
    ]
    card, _ = load_roster(session, request(write_csv(tmp_path / "r.csv", rows)))
    assert card.rows_loaded == 4
    assert card.warnings == {"employment_disagrees": 1, "gender_disagrees": 1, "birth_disagrees": 1}


def test_a_number_in_the_name_of_a_file_is_not_kept(session, room, tmp_path):
    path = write_csv(tmp_path / f"Daftar {nip(1)} 20241130.csv", [HEADER, person(nip(1))])
    assert load_roster(session, request(path))[0].file_name == "Daftar … 20241130.csv"
    assert nip(1).encode() not in everything_written(room)

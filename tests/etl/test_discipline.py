"""SIASN's history of discipline: what is read of it, what is refused, and how a decision finds its case."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from errors import ContractError, SourceError
from etl.building.build import SQL, build
from etl.building.publish import current
from etl.building.reconciling import reconcile
from etl.cards.card import read_cards
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.session import open_session
from etl.meaning.catalogues import concerns_neutrality, is_reactivation, sanction_of, siasn_sanction_of
from tests.etl.files import CASE_HEADER, SIMULATED, case, nip, write_csv

pytestmark = pytest.mark.usefixtures("on_facts")

FIELDS = (
    "id", "pnsOrangId", "nipBaru", "jenisHukumanId", "jenisHukumanNama", "jenisTingkatHukumanId", "alasanHukumanDisiplinId",
    "alasanHukumanDisiplinNama", "skNomor", "skTanggal", "hukumanTanggal", "masaTahun", "masaBulan", "akhirHukumanTanggal",
    "nomorPp", "golonganId", "kedudukanHukumId", "keterangan", "skPembatalanNomor", "skPembatalanTanggal", "path", "simulasi",
)  # fmt: skip
SPELLED = {
    "id": "ID Riwayat", "nipBaru": "NIP BARU", "jenisHukumanId": "Jenis Hukuman ID", "jenisHukumanNama": "Jenis Hukuman",
    "jenisTingkatHukumanId": "Tingkat Hukuman", "alasanHukumanDisiplinNama": "Alasan Hukuman Disiplin", "skNomor": "Nomor SK",
    "skTanggal": "Tanggal SK", "hukumanTanggal": "TMT Hukuman", "masaTahun": "Masa Tahun", "masaBulan": "Masa Bulan",
    "akhirHukumanTanggal": "Tanggal Akhir Hukuman", "nomorPp": "Nomor PP", "skPembatalanNomor": "Nomor SK Pembatalan",
    "skPembatalanTanggal": "Tanggal SK Pembatalan",
}  # fmt: skip
CAMPAIGN = "MENJADI PESERTA KAMPANYE DENGAN MENGGUNAKAN ATRIBUT PARTAI ATAU ATRIBUT PNS"
HOURS = "TIDAK MASUK KERJA DAN MENAATI KETENTUAN JAM KERJA"


def record(serial: int = 1, **changes: str) -> tuple[str, ...]:
    """A written reprimand of 10 January 2025 for a campaign, with what matters changed."""
    cells = dict.fromkeys(FIELDS, "") | {
        "id": f"A4689E6D5CA7-{serial:04d}", "pnsOrangId": "B1", "nipBaru": nip(), "jenisHukumanId": "2",
        "jenisHukumanNama": "TEGURAN TERTULIS", "jenisTingkatHukumanId": "R", "alasanHukumanDisiplinNama": CAMPAIGN,
        "skNomor": "800/12/BKPSDM/2025", "skTanggal": "10-01-2025", "hukumanTanggal": "01-02-2025", "nomorPp": "PP 94 Tahun 2021",
        "keterangan": "RAHASIA catatan", "path": "/dok/882/rahasia.pdf", "simulasi": SIMULATED,
    }  # fmt: skip
    return tuple((cells | changes)[name] for name in FIELDS)


def history(tmp_path, *records, name="d.csv", header=FIELDS):
    return write_csv(tmp_path / name, [header, *records])


def people(session, columns):
    return session.con.execute(f"SELECT {columns} FROM people ORDER BY row_number").fetchall()


@pytest.mark.parametrize("header", [FIELDS, tuple(SPELLED.get(name, name) for name in FIELDS)])
def test_both_spellings_of_the_service_are_read(session, tmp_path, header):
    done = {"masaBulan": "6", "akhirHukumanTanggal": "2025-07-31", "skPembatalanNomor": "800/99/BKN/2025"}
    row = record(**done, skPembatalanTanggal="2025-06-01T00:00:00")
    card, _ = load_discipline(
        session, DisciplineRequest(history(tmp_path, row, header=header), "BKPSDM Kutai Timur")
    )
    assert (card.kind, card.source_id, card.rows_loaded) == ("discipline", "discipline-bkpsdm-kutai-timur", 1)
    columns = "decided_on, started_on, ended_on, months, regulation, sanction_code, is_neutrality, annulled_on, decision_text"
    assert people(session, columns) == [
        (
            date(2025, 1, 10), date(2025, 2, 1), date(2025, 7, 31), 6, "PP94", "L_WRITTEN", True, date(2025, 6, 1),
            "800/12/BKPSDM/2025",
        )
    ]  # fmt: skip


def test_neither_remark_nor_path_nor_name_is_read(session, room, tmp_path):
    header = (*FIELDS, "Nama Pegawai")
    load_discipline(
        session, DisciplineRequest(history(tmp_path, (*record(), "CONTOH RAHASIA"), header=header), "x")
    )
    columns = {row[0] for row in session.con.execute("DESCRIBE raw").fetchall()}
    assert not columns & {"path", "keterangan", "name", "nama"}
    for path in room.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            assert b"rahasia" not in content, path.name
            assert nip().encode() not in content, path.name


def test_the_catalogue_decides_the_severity_not_the_level_that_siasn_files(room, tmp_path):
    expected = [
        ("21", "SANKSI MORAL TERBUKA", "MORAL_OPEN", "moral"),
        ("22", "", "MORAL_CLOSED", "moral"),
        ("", "Sanksi moral tertutup", "MORAL_CLOSED", "moral"),
        ("1", "", "L_ORAL", "light"),
        ("01", "", "L_ORAL", "light"),
        ("", "PEMOTONGAN TUNKIN 25% 9 BLN", "M_TUKIN_9", "medium"),
        ("", "Pemotongan tunjangan kinerja sebesar 25%", "M_TUKIN_12", "medium"),
        ("", "hukuman disiplin sedang", None, None),
        ("5", "PENURUNAN GAJI MAX 1 TH", None, None),
        ("11", "", "H_PTDH", "heavy"),
    ]
    filed = {"jenisTingkatHukumanId": "R", "masaTahun": "1"}
    rows = [
        record(day, nipBaru=nip(day), jenisHukumanId=key, jenisHukumanNama=name, skTanggal=f"{day:02d}-01-2025", **filed)
        for day, (key, name, _, _) in enumerate(expected, start=1)
    ]  # fmt: skip
    built(room, tmp_path, [], rows)
    found = ask(room, "SELECT sanction_code, severity FROM core_discipline ORDER BY decided_on")
    assert [(*row[:2], *said) for row, said in zip(expected, found, strict=True)] == expected


def test_a_record_that_cannot_be_used_is_refused_with_its_rule(room, tmp_path):
    expected = [
        ({"nipBaru": ""}, "nip_missing"),
        ({"nipBaru": "1,98E+17"}, "nip_scientific"),
        ({"nipBaru": "131234567"}, "nip_old_number"),
        ({"simulasi": ""}, "nip_birth_year"),
        ({"skTanggal": ""}, "decision_missing"),
        ({"skTanggal": "31-02-2025"}, "date_impossible"),
        ({"akhirHukumanTanggal": "kelak"}, "date_impossible"),
        ({"jenisHukumanId": "", "jenisHukumanNama": "-"}, "sanction_missing"),
        ({"skPembatalanNomor": "800/99/2025"}, "annulment_undated"),
    ]
    refused = [
        record(serial, **{"nipBaru": nip(serial)} | changes)
        for serial, (changes, _) in enumerate(expected, start=2)
    ]
    built(room, tmp_path, [], [record(), *refused])
    query = "SELECT row_number, rule, message_id <> message_en FROM core_rejection ORDER BY row_number"
    rules = [(row, rule, True) for row, (_, rule) in enumerate(expected, start=3)]
    assert ask(room, query) == rules
    counted = "SELECT rows_read, rows_loaded, rows_rejected FROM core_source"
    assert ask(room, counted) == [(len(expected) + 1, 1, len(expected))]


@pytest.mark.parametrize("other", ["A4689E6D5CA7-0001", "A4689E6D5CA7-0009"])
def test_a_record_that_comes_twice_is_refused(room, tmp_path, other):
    built(room, tmp_path, [], [record(), record(2, id=other)])
    query = "SELECT row_number, rule, message_id <> message_en FROM core_rejection"
    assert ask(room, query) == [(3, "duplicate_record", True)]
    assert ask(room, "SELECT rows_read, rows_loaded, rows_rejected FROM core_source") == [(2, 1, 1)]


def test_a_record_of_a_government_that_is_not_known_is_refused(session, tmp_path):
    header = (*FIELDS, "Instansi Kerja Nama")
    rows = [
        (*record(), "Pemkab Kutai Timur"),
        (*record(2, nipBaru=nip(2)), "Kementerian Agama"),
        (*record(3, nipBaru=nip(3)), ""),
    ]
    card, _ = load_discipline(session, DisciplineRequest(history(tmp_path, *rows, header=header), "x"))
    assert people(session, "government_code") == [("6408",), (None,)]
    assert card.rows_rejected == 1


def test_records_are_counted_by_what_they_concern(session, tmp_path):
    rows = [
        record(1), record(2, nipBaru=nip(2), alasanHukumanDisiplinNama=HOURS), record(3, nipBaru=nip(3), alasanHukumanDisiplinNama=""),
        record(4, nipBaru=nip(4), jenisHukumanId="12", jenisHukumanNama="PENGAKTIFAN HUKUMAN DISIPLIN"),
        record(5, nipBaru=nip(5), skPembatalanTanggal="01-03-2025"),
        record(6, nipBaru=nip(6), jenisHukumanId="1", jenisTingkatHukumanId="B"),
    ]  # fmt: skip
    card, _ = load_discipline(session, DisciplineRequest(history(tmp_path, *rows), "x"))
    assert card.counted == {"neutrality": 3, "other_matters": 1, "annulled": 1, "not_a_sanction": 1}
    assert card.warnings == {"level_disagrees": 1, "reason_does_not_tell": 1, "sanction_disagrees": 1}


@pytest.mark.parametrize(
    ("reason", "concerns"),
    [
        (CAMPAIGN, True),
        ("11EC54D9B3B057B1E050640A15026590", True),
        ("11ec54d9b39e57b1e050640a15026590", False),
        ("MEMBERIKAN DUKUNGAN KEPADA CALON PRESIDEN/WAKIL PRESIDEN, DPR, DPD ATAU DPRD", True),
        (
            "Memberikan dukungan kepada calon anggota DPD dengan cara memberikan surat dukungan disertai foto kopi KTP",
            True,
        ),
        ("Pelanggaran netralitas ASN pada Pilkada 2024", True),
        ("Menjadi anggota dan/atau pengurus partai politik", True),
        (
            "Pasal 5 huruf n PP 94/2021: memberikan dukungan kepada calon Kepala Daerah/Wakil Kepala Daerah",
            True,
        ),
        (HOURS, False),
        ("MELAKUKAN KEGIATAN BERSAMA DENGAN ATASAN DENGAN TUJUAN UNTUK KEUNTUNGAN PRIBADI", False),
        ("Menerima calon pegawai tanpa pemilihan yang sah", False),
        ("Memberi sesuatu untuk diangkat dalam jabatan", False),
        ("Melanggar kode etik ASN", None),
        ("", None),
    ],
)
def test_the_reason_tells_whether_an_election_is_concerned(reason, concerns):
    assert concerns_neutrality(reason) is concerns


@pytest.mark.parametrize("text", ["Teguran lisan dan pernyataan tidak puas", "", "dibina", "sanksi"])
def test_a_text_that_names_no_one_sanction_names_none(text):
    assert sanction_of(text) is None


def test_a_reactivation_is_not_a_sanction():
    assert is_reactivation("12")
    assert is_reactivation("Pengaktifan hukuman disiplin")
    assert not is_reactivation("1")
    assert siasn_sanction_of("99") is siasn_sanction_of("") is None


def test_the_same_history_twice_changes_nothing_and_another_one_does_not_replace_it(session, room, tmp_path):
    first = history(tmp_path, *(record(n, nipBaru=nip(n)) for n in range(1, 6)))
    assert load_discipline(session, DisciplineRequest(first, "BKPSDM"))[1]
    assert not load_discipline(session, DisciplineRequest(first, "BKPSDM"))[1]
    longer = history(tmp_path, *(record(n, nipBaru=nip(n)) for n in range(2, 9)), name="e.csv")
    assert load_discipline(session, DisciplineRequest(longer, "BKPSDM"))[1]
    other = history(tmp_path, *(record(n, nipBaru=nip(n)) for n in range(50, 60)), name="f.csv")
    with pytest.raises(ContractError, match="0 dari 7"):
        load_discipline(session, DisciplineRequest(other, "BKPSDM"))
    load_discipline(session, DisciplineRequest(other, "BKPSDM", register="BKPSDM 2"))
    assert len(read_cards(room.sources)) == 2


def test_a_history_of_nothing_usable_or_without_its_columns_is_refused(session, room, tmp_path):
    with pytest.raises(ContractError, match=r"d\.csv"):
        load_discipline(session, DisciplineRequest(history(tmp_path, record(nipBaru="x")), "x"))
    with pytest.raises(SourceError, match="sanction"):
        load_discipline(
            session, DisciplineRequest(write_csv(tmp_path / "e.csv", [("NIP", "Tanggal SK")]), "x")
        )
    assert read_cards(room.sources) == []


# How a decision finds its case.


def built(room, tmp_path, cases, records, government=None):
    session = open_session(room)
    if cases:
        load_cases(
            session, CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, *cases]), "Bawaslu Kaltim")
        )
    load_discipline(session, DisciplineRequest(history(tmp_path, *records), "BKPSDM", government=government))
    session.close()
    return build(room)


def ask(room, query):
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        return con.execute(query).fetchall()


JOINED = """SELECT c.ppk_decided_on, c.imposed_sanction_code, c.effective_on, c.annulled_on, c.status FROM core_case c"""


def test_a_decision_fills_what_the_register_does_not_know(room, tmp_path):
    built(room, tmp_path, [case(**{"Tanggal Rekomendasi": "10-12-2024"})], [record()], government="6408")
    assert ask(room, JOINED) == [(date(2025, 1, 10), "L_WRITTEN", date(2025, 2, 1), None, "effective")]
    assert ask(room, "SELECT count(*) FROM core_case_difference") == [(0,)]
    found = """SELECT d.government_code, is_neutrality, is_annulled, d.case_id = c.case_id, d.person_number
        FROM core_discipline d, core_case c"""
    assert ask(room, found) == [("6408", True, False, True, 1)]
    assert ask(room, "SELECT is_decided, imposed_severity FROM mart_case") == [(True, "light")]


def test_an_annulled_decision_leaves_the_case_undecided(room, tmp_path):
    built(room, tmp_path, [case()], [record(skPembatalanTanggal="01-06-2025", skPembatalanNomor="1/2/3")])
    assert ask(room, "SELECT status, annulled_on FROM core_case") == [("annulled", date(2025, 6, 1))]
    assert ask(room, "SELECT is_decided, imposed_severity FROM mart_case") == [(False, "none")]
    assert ask(room, "SELECT is_annulled FROM core_discipline") == [(True,)]


def test_where_both_know_the_register_stands_and_the_difference_is_listed(room, tmp_path):
    own = {"Tanggal Keputusan PPK": "05-01-2025", "Sanksi Dijatuhkan": "Teguran lisan"}
    built(room, tmp_path, [case(**own)], [record()])
    assert ask(room, JOINED) == [(date(2025, 1, 5), "L_ORAL", date(2025, 2, 1), None, "effective")]
    assert ask(
        room, "SELECT column_name, value, other_source_id, other_value FROM core_case_difference ORDER BY 1"
    ) == [
        ("imposed_sanction_code", "L_ORAL", "discipline-bkpsdm", "L_WRITTEN"),
        ("ppk_decided_on", "2025-01-05", "discipline-bkpsdm", "2025-01-10"),
    ]


def test_which_decision_belongs_to_which_case(room, tmp_path):
    """Each case is another person's and happened on another day."""
    expected = [
        ({"Tanggal Keputusan PPK": "27-12-2024"}, {}, True),
        ({"Tanggal Keputusan PPK": "26-12-2024"}, {}, False),
        ({"Tanggal Keputusan PPK": "24-01-2025"}, {}, True),
        ({"Tanggal Keputusan PPK": "25-01-2025"}, {}, False),
        # Without a decision: from the day of the recommendation, else of the report, to 730 days after.
        ({"Tanggal Rekomendasi": "10-01-2025"}, {}, True),
        ({"Tanggal Rekomendasi": "11-01-2025"}, {}, False),
        ({}, {"skTanggal": "03-10-2024"}, True),
        ({}, {"skTanggal": "02-10-2024"}, False),
        ({}, {"skTanggal": "03-10-2026"}, True),
        ({}, {"skTanggal": "04-10-2026"}, False),
        # A case that ended without proof has no decision to come.
        ({"Status Akhir": "Tidak terbukti"}, {}, False),
        ({}, {"alasanHukumanDisiplinNama": HOURS}, False),
        ({}, {"alasanHukumanDisiplinNama": ""}, False),
        ({}, {"nipBaru": nip(99)}, False),
        ({}, {"jenisHukumanId": "12", "jenisHukumanNama": ""}, False),
        ({"NIP": ""}, {}, False),
    ]
    serials = range(1, len(expected) + 1)
    cases = [
        case(
            **{"NIP": nip(serial), "Nomor Register": f"{serial}/A/B", "Tanggal Kejadian": f"{serial}-09-2024"}
            | changes
        )
        for serial, (changes, _, _) in zip(serials, expected, strict=True)
    ]
    records = [
        record(serial, **{"nipBaru": nip(serial)} | decision)
        for serial, (_, decision, _) in zip(serials, expected, strict=True)
    ]
    built(room, tmp_path, cases, records)
    query = "SELECT case_id IN (SELECT case_id FROM core_discipline WHERE case_id IS NOT NULL) FROM core_case ORDER BY occurred_on"
    joined = ask(room, query)
    assert ask(room, "SELECT count(case_id) FROM core_discipline") == [
        (sum(joins for *_, joins in expected),)
    ]
    assert [(*row[:2], is_joined) for row, (is_joined,) in zip(expected, joined, strict=True)] == expected


def test_the_nearest_case_takes_the_decision_and_each_only_one(room, tmp_path):
    cases = [
        case(**{"Nomor Register": "1/A/B"}),
        case(**{"Nomor Register": "2/A/B", "Tanggal Kejadian": "01-12-2024", "Tanggal Laporan": "05-12-2024", "Tanggal Registrasi": ""}),
    ]  # fmt: skip
    records = [record(1), record(2, skTanggal="20-01-2025"), record(3, skTanggal="30-01-2025")]
    built(room, tmp_path, cases, records)
    joined = "SELECT reported_on, ppk_decided_on FROM core_case ORDER BY 1"
    assert ask(room, joined) == [
        (date(2024, 10, 3), date(2025, 1, 20)),
        (date(2024, 12, 5), date(2025, 1, 10)),
    ]
    assert ask(room, "SELECT decided_on FROM core_discipline WHERE case_id IS NULL") == [(date(2025, 1, 30),)]


def test_a_decision_that_stands_is_joined_before_one_that_was_annulled(room, tmp_path):
    records = [record(1, skPembatalanTanggal="15-01-2025"), record(2, skTanggal="20-02-2025")]
    built(room, tmp_path, [case()], records)
    assert ask(room, "SELECT ppk_decided_on, annulled_on FROM core_case") == [(date(2025, 2, 20), None)]


def test_the_same_decision_in_two_exports_counts_once(room, tmp_path):
    session = open_session(room)
    first = history(tmp_path, record(), record(2, nipBaru=nip(2)))
    second = history(tmp_path, record(7, skPembatalanTanggal="01-06-2025"), name="e.csv")
    load_discipline(session, DisciplineRequest(first, "BKPSDM Kutai Timur"))
    load_discipline(session, DisciplineRequest(second, "BKN Regional"))
    session.close()
    build(room)
    assert ask(room, "SELECT source_id, is_annulled FROM core_discipline ORDER BY ALL") == [
        ("discipline-bkn-regional", True),
        ("discipline-bkpsdm-kutai-timur", False),
    ]


def test_the_warehouse_is_the_same_with_any_key_and_holds_no_letter(room, tmp_path):
    from settings import Settings

    contents = set()
    for number in (1, 2):
        own = Settings(data=tmp_path / f"data{number}", key_file=tmp_path / f"key{number}")
        manifest, _ = built(own, tmp_path, [case(), case(NIP=nip(2))], [record(), record(2, nipBaru=nip(2))])
        contents.add(manifest.content_hash)
        whole = (own.build / manifest.file).read_bytes()
        assert b"800/12/BKPSDM" not in whole
        assert nip().encode() not in whole
    assert len(contents) == 1


DAYS = st.integers(0, 1200).map(lambda n: date.fromordinal(date(2024, 1, 1).toordinal() + n))


@example_settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from([b"p", b"q"]), DAYS, st.none() | DAYS), max_size=5),
    st.lists(st.tuples(st.sampled_from([b"p", b"q"]), DAYS, st.booleans()), max_size=5),
)
def test_matching_is_one_to_one_of_one_person_and_leaves_no_pair_that_could_have_been(cases, records):
    con = duckdb.connect()
    con.execute(
        "CREATE SCHEMA staging; CREATE TABLE staging.source AS SELECT 's' AS source_id, 'Bawaslu' AS publisher"
    )
    for view in ("cases", "discipline"):
        con.execute(
            f"CREATE TABLE staging.{view} AS {(SQL / 'build' / f'empty_{view}.sql').read_text('utf-8')}"
        )
    for number, (who, reported, decided) in enumerate(cases):
        con.execute(
            """INSERT INTO staging.cases BY NAME SELECT $1::BIGINT AS row_number, 'h' || $1 AS register_hash, $2::BLOB AS person,
            'PNS' AS employment_type, '6408' AS government_code, $3::DATE AS reported_on, $4::DATE AS ppk_decided_on, '' AS caveats,
            false AS is_simulated, 's' AS source_id""",
            [number, who, reported, decided],
        )
    for number, (who, decided, annulled) in enumerate(records):
        con.execute(
            """INSERT INTO staging.discipline BY NAME SELECT $1::BIGINT AS row_number, 'r' || $1 AS record_hash, $2::BLOB AS person,
            $3::DATE AS decided_on, CASE WHEN $4 THEN $3::DATE END AS annulled_on, 'L_ORAL' AS sanction_code, true AS is_sanction,
            true AS is_neutrality, false AS is_simulated, 's' AS source_id""",
            [number, who, decided, annulled],
        )
    con.execute((SQL / "build" / "macros.sql").read_text("utf-8"))
    reconcile(con)
    pairs = con.execute("SELECT record_id, case_id FROM staging.sanction_match").fetchall()
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    left = con.execute(
        """SELECT r.record_id, c.case_id FROM staging.discipline_record r JOIN staging.reconciled c ON c.person = r.person
        WHERE r.record_id NOT IN (SELECT record_id FROM staging.sanction_match)
        AND c.case_id NOT IN (SELECT case_id FROM staging.sanction_match)
        AND CASE WHEN c.ppk_decided_on IS NULL THEN r.decided_on - c.reported_on BETWEEN 0 AND 730
            ELSE abs(c.ppk_decided_on - r.decided_on) <= 14 END"""
    ).fetchall()
    assert left == []
    wrong = con.execute(
        """SELECT * FROM staging.sanction_match m JOIN staging.discipline_record r USING (record_id)
        JOIN staging.reconciled c ON c.case_id = m.case_id WHERE c.person <> r.person"""
    ).fetchall()
    assert wrong == []

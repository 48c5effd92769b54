"""Lists of socialisation, circulars and pledges: what is read of them, what is refused, and to which election they belong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ContractError, SourceError
from etl.building.build import build
from etl.cards.card import read_card, read_cards, restore_card
from etl.loading.batch import load_batch
from etl.loading.prevention import PreventionRequest, load_prevention
from etl.loading.session import open_session
from etl.meaning.numbers import persons_written
from etl.meaning.prevention import issuer_of, kind_of, names_several_governments
from etl.mending.corrections import load_corrections
from etl.vault.store import writing
from tests.etl.files import SIMULATED, nip, write_csv, write_xlsx
from tests.etl.mending.test_register_corrections import given_back
from tests.etl.test_numbers import ask

pytestmark = pytest.mark.usefixtures("on_facts")

HEADER = (
    "No", "Tanggal Kegiatan", "Jenis Kegiatan", "Pemerintah Daerah", "Penyelenggara", "Sasaran", "Pemilihan", "Jumlah Peserta",
    "Jumlah Penanda Tangan", "Nomor Surat", "Tautan", "Narasumber", "Keterangan",
)  # fmt: skip
LIST = "prevention-bawaslu-kaltim"


def activity(**changes: str) -> tuple[str, ...]:
    """A socialisation of 3 October 2024 for Kutai Timur with 120 participants, with what matters changed."""
    cells = dict.fromkeys(HEADER, "") | {
        "No": "1", "Tanggal Kegiatan": "03-10-2024", "Jenis Kegiatan": "Sosialisasi", "Pemerintah Daerah": "Pemkab Kutai Timur",
        "Penyelenggara": "Bawaslu Kabupaten Kutai Timur", "Sasaran": "Dinas Kesehatan", "Jumlah Peserta": "120",
        "Tautan": "https://example.org/berita/1", "Narasumber": "CONTOH RAHASIA",
    }  # fmt: skip
    return tuple((cells | changes)[name] for name in HEADER)


def load(session, tmp_path, *rows, name="p.csv", publisher="Bawaslu Kaltim", **options):
    path = write_csv(tmp_path / name, [HEADER, *rows])
    return load_prevention(session, PreventionRequest(path, publisher, **options))


def built(room, tmp_path, *rows, query):
    session = open_session(room)
    load(session, tmp_path, *rows)
    session.close()
    build(room)
    return ask(room, query)


def test_a_row_becomes_an_activity_and_names_are_not_read(session, room, tmp_path):
    card, changed = load(session, tmp_path, activity())
    session.close()
    assert changed
    assert (card.kind, card.source_id, card.counted) == ("prevention", LIST, {"socialisation": 1})
    build(room)
    columns = "government_code, province_code, kind, held_on, issuer, election_code, participants, signatures, source_url, caveats"
    assert ask(room, f"SELECT {columns} FROM core_prevention") == [
        ("6408", "64", "socialisation", date(2024, 10, 3), "bawaslu", "PILKADA2024", 120, None, "https://example.org/berita/1", "")
    ]  # fmt: skip
    assert ask(room, "SELECT kind, rows_read, rows_loaded, rows_rejected FROM core_source") == [
        ("prevention", 1, 1, 0)
    ]
    for path in room.data.rglob("*"):
        if path.is_file():
            assert b"rahasia" not in path.read_bytes().lower(), path.name


REFUSED = [
    ({"Tanggal Kegiatan": ""}, "activity_undated", "Tanggal Kegiatan"),
    ({"Tanggal Kegiatan": "31-02-2024"}, "activity_date_impossible", "Tanggal Kegiatan"),
    ({"Tanggal Kegiatan": "12-13 Oktober 2024"}, "activity_date_impossible", "Tanggal Kegiatan"),
    ({"Tanggal Kegiatan": "03-10-1924"}, "activity_date_impossible", "Tanggal Kegiatan"),
    ({"Tanggal Kegiatan": "03-10-2098"}, "activity_in_future", "Tanggal Kegiatan"),
    ({"Jenis Kegiatan": ""}, "kind_unknown", "Jenis Kegiatan"),
    ({"Jenis Kegiatan": "rapat"}, "kind_unknown", "Jenis Kegiatan"),
    ({"Jenis Kegiatan": "Sosialisasi dan Ikrar Netralitas"}, "kind_several", "Jenis Kegiatan"),
    ({"Pemerintah Daerah": ""}, "government_missing", "Pemerintah Daerah"),
    ({"Pemerintah Daerah": "Kementerian Agama"}, "government_unknown", "Pemerintah Daerah"),
    ({"Pemerintah Daerah": "Pemkab Paser dan Pemkab Kutai Timur"}, "government_several", "Pemerintah Daerah"),
    ({"Jumlah Peserta": "-5"}, "participants_unusable", "Jumlah Peserta"),
    ({"Jumlah Peserta": "± 50"}, "participants_unusable", "Jumlah Peserta"),
    ({"Jumlah Peserta": "12,5"}, "participants_unusable", "Jumlah Peserta"),
    ({"Jumlah Peserta": nip()}, "participants_unusable", "Jumlah Peserta"),
    ({"Jumlah Penanda Tangan": "semua"}, "signatures_unusable", "Jumlah Penanda Tangan"),
    ({"No": "2", "Narasumber": "LAIN"}, "duplicate_activity", "Tanggal Kegiatan"),
]  # fmt: skip


def test_a_row_that_cannot_be_used_is_refused_with_its_rule(room, tmp_path):
    query = "SELECT row_number, rule, column_name, message_id <> message_en FROM core_rejection ORDER BY row_number"
    rows = [activity(**changes) for changes, *_ in REFUSED]
    assert built(room, tmp_path, activity(), *rows, query=query) == [
        (number, rule, column, True) for number, (_, rule, column) in enumerate(REFUSED, start=3)
    ]
    counted = "SELECT rows_read, rows_loaded, rows_rejected FROM core_source"
    assert ask(room, counted) == [(len(rows) + 1, 1, len(rows))]
    assert ask(room, "SELECT count(*) FROM core_prevention") == [(1,)]


def test_no_cell_of_a_refused_row_shows_a_number_or_a_name(session, room, tmp_path):
    wrong = activity(
        **{"Jumlah Peserta": "CONTOH BUDI", "Nomor Surat": nip(), "Keterangan": "hadir: CONTOH BUDI"}
    )
    load(
        session, tmp_path, activity(), wrong, activity(**{"Tautan": f"https://x.org/{nip()}", "Sasaran": ""})
    )
    for table in ("raw", "people", "rejections"):
        cells = str(session.con.execute(f"SELECT * EXCLUDE (row_number) FROM {table}").fetchall())
        assert nip() not in cells
        assert "BUDI" not in cells


def test_missing_is_not_zero(room, tmp_path):
    rows = [
        activity(**{"Jumlah Peserta": cell, "Tanggal Kegiatan": f"0{day}-10-2024"})
        for day, cell in enumerate(("", "-", "0", "1.250 orang", "50.0", "75 peserta"), start=1)
    ]
    query = "SELECT participants FROM core_prevention ORDER BY row_number"
    assert built(room, tmp_path, *rows, query=query) == [(None,), (None,), (0,), (1250,), (50,), (75,)]


def test_day_and_region_tell_the_election(room, tmp_path):
    expected = [
        ("01-02-2024", "Pemkab Kutai Timur", "", "PEMILU2024"),
        ("01-02-2024", "Pemkab Kutai Timur", "Pilkada 2024", "PILKADA2024"),
        ("01-10-2024", "Pemkab Kutai Timur", "Pemilu 2019", "PILKADA2024"),
        ("01-10-2024", "Pemprov Kaltim", "", "PILKADA2024"),
        ("10-04-2025", "Pemkab Kutai Kartanegara", "", "PSU2025-KUKAR"),
        ("10-04-2025", "Pemkab Kutai Timur", "", None),
        ("01-02-2022", "Pemkab Kutai Timur", "", None),
    ]
    rows = [
        activity(
            **{"Tanggal Kegiatan": day, "Pemerintah Daerah": government, "Pemilihan": claimed},
            Sasaran=f"Dinas {number}",
        )
        for number, (day, government, claimed, _) in enumerate(expected)
    ]
    query = (
        "SELECT election_code, caveats LIKE '%election_disagrees%' FROM core_prevention ORDER BY row_number"
    )
    assert built(room, tmp_path, *rows, query=query) == [
        (election, claimed == "Pemilu 2019") for _, _, claimed, election in expected
    ]


def test_two_activities_of_one_day_are_two_where_anything_tells_them_apart(session, tmp_path):
    rows = [activity(), activity(Sasaran="Dinas Pendidikan"), activity(**{"Jumlah Peserta": "121"})]
    assert load(session, tmp_path, *rows)[0].rows_loaded == 3


def test_one_letter_stands_once_and_a_refused_row_hides_none(session, tmp_path):
    letter = {
        "Jenis Kegiatan": "Surat Edaran",
        "Nomor Surat": "No. 100.3/12/BKPSDM/2024",
        "Jumlah Peserta": "",
    }
    rows = [
        activity(**letter | {"Jumlah Peserta": "banyak"}),
        activity(**letter),
        activity(**letter | {"Nomor Surat": "100.3/012/BKPSDM/2024", "Tautan": ""}),
        activity(**letter | {"Pemerintah Daerah": "Pemkab Paser"}),
    ]
    card, _ = load(session, tmp_path, *rows)
    assert (card.rows_loaded, card.rows_rejected) == (2, 2)
    found = session.con.execute(
        "SELECT row_number, government_code, letter_number FROM people ORDER BY 1"
    ).fetchall()
    assert found == [(3, "6408", "No. 100.3/12/BKPSDM/2024"), (5, "6401", "No. 100.3/12/BKPSDM/2024")]


def test_rows_without_a_government_are_for_the_one_that_is_named(session, room, tmp_path):
    rows = [activity(**{"Pemerintah Daerah": ""}), activity(**{"Pemerintah Daerah": "Kab. Paser"})]
    card, _ = load(session, tmp_path, *rows, government="6408")
    assert card.government_code == "6408"
    governments = "SELECT government_code FROM people ORDER BY row_number"
    assert session.con.execute(governments).fetchall() == [("6408",), ("6401",)]
    assert not load(session, tmp_path, *rows, government="6408")[1]
    assert load(session, tmp_path, *rows, government="6409")[1]
    assert session.con.execute(governments).fetchall() == [("6409",), ("6401",)]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], SourceError),
        ([("Nama", "Alamat"), ("CONTOH", "x")], SourceError),
        ([("Tanggal", "Kabupaten/Kota"), ("03-10-2024", "Paser")], SourceError),
        ([HEADER], ContractError),
        ([HEADER, activity(**{"Tanggal Kegiatan": ""})], ContractError),
    ],
    ids=["empty", "other columns", "no kind", "header only", "no usable row"],
)
def test_a_file_that_holds_no_activity_is_refused_and_writes_nothing(session, room, tmp_path, rows, fault):
    path = write_csv(tmp_path / "p.csv", rows)
    with pytest.raises(fault):
        load_prevention(session, PreventionRequest(path, "x"))
    assert read_cards(room.sources) == []


def test_titles_headings_totals_and_signatures_are_no_activities(session, tmp_path):
    rows = [
        ("DAFTAR KEGIATAN PENCEGAHAN",), HEADER, activity(), ("", "", "", "Kabupaten Paser"),
        ("Jumlah", "", "Jumlah", "", "", "", "", "120"), ("", "", "", "", "Bawaslu Kaltim"),
    ]  # fmt: skip
    card, _ = load_prevention(session, PreventionRequest(write_xlsx(tmp_path / "p.xlsx", rows), "x"))
    assert (card.rows_read, card.rows_loaded, card.rows_skipped) == (1, 1, 3)


def test_the_same_list_twice_changes_nothing_a_longer_one_replaces_it_and_another_does_not(
    session, room, tmp_path
):
    rows = [activity(**{"Tanggal Kegiatan": f"{day:02d}-10-2024"}) for day in range(1, 10)]
    first = load(session, tmp_path, *rows[:5])[0]
    assert not load(session, tmp_path, *rows[:5])[1]
    second = load(session, tmp_path, *rows, name="q.csv")[0]
    assert (second.source_id, second.rows_loaded) == (LIST, 9)
    other = [activity(**{"Tanggal Kegiatan": f"{day:02d}-06-2023"}) for day in range(1, 10)]
    with pytest.raises(ContractError, match="sudah berisi"):
        load(session, tmp_path, *other, name="r.csv")
    with writing(room):
        restore_card(room.sources, LIST)
    assert read_card(room.sources, LIST) == first
    build(room)
    assert ask(room, "SELECT count(*) FROM core_prevention") == [(5,)]


def test_a_corrected_row_joins_its_list_once(session, room, tmp_path):
    wrong = activity(**{"Tanggal Kegiatan": "31-02-2024", "Pemerintah Daerah": ""})
    again = activity(**{"Tanggal Kegiatan": ""})
    load(session, tmp_path, activity(), wrong, again, government="6401")
    back = given_back(
        session,
        tmp_path,
        {(3, "Tanggal Kegiatan"): "28-02-2024", (4, "Tanggal Kegiatan"): "03-10-2024"},
        "Pencegahan",
    )
    card, changed = load_corrections(session, back)
    assert changed
    assert (card.rows_read, card.rows_loaded, card.rows_rejected) == (3, 2, 1)
    assert card.counted == {"socialisation": 2}
    build(room)
    query = "SELECT row_number, government_code, held_on FROM core_prevention ORDER BY 1"
    assert ask(room, query) == [(2, "6408", date(2024, 10, 3)), (3, "6401", date(2024, 2, 28))]


def test_what_two_lists_may_both_hold_is_marked_in_one_of_them(session, room, tmp_path):
    letter = {"Jenis Kegiatan": "SE", "Nomor Surat": "100.3/12/BKPSDM/2024"}
    load(session, tmp_path, activity(), activity(**letter))
    theirs = [
        activity(Penyelenggara="BKPSDM", Sasaran=""),
        activity(**letter | {"Tanggal Kegiatan": "04-10-2024"}),
        activity(**{"Tanggal Kegiatan": "09-10-2024"}),
    ]
    load(session, tmp_path, *theirs, name="b.csv", publisher="BKPSDM Kutai Timur")
    build(room)
    query = "SELECT source_id, row_number FROM core_prevention WHERE is_possible_duplicate ORDER BY ALL"
    assert ask(room, query) == [("prevention-bkpsdm-kutai-timur", 2), ("prevention-bkpsdm-kutai-timur", 3)]


def test_a_list_marked_as_simulated_says_so_in_every_row(room, tmp_path):
    query = (
        "SELECT p.is_simulated, s.is_simulated FROM core_prevention p JOIN core_source s USING (source_id)"
    )
    assert built(room, tmp_path, activity(Keterangan=SIMULATED), query=query) == [(True, True)]


def test_a_manifest_takes_lists_too(room, tmp_path):
    write_csv(tmp_path / "p.csv", [HEADER, activity(**{"Pemerintah Daerah": ""})])
    manifest = write_csv(
        tmp_path / "manifest.csv", [("kind", "file", "government_code"), ("prevention", "p.csv", "6408")]
    )
    assert load_batch(room, manifest) == (1, 0)
    assert load_batch(room, manifest) == (0, 1)
    assert read_card(room.sources, "prevention-p").government_code == "6408"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sosialisasi", "socialisation"),
        ("Surat Edaran Bupati tentang Netralitas dan Larangan Kampanye", "circular"),
        ("SE", "circular"),
        ("Sosialisasi SE Netralitas", "socialisation"),
        ("Penandatanganan Pakta Integritas", "pledge"),
        ("Deklarasi dan Ikrar", "pledge"),
        ("Bimtek pengawasan", "training"),
        ("Rakor", "coordination"),
        ("Himbauan", "appeal"),
        ("Lain-lain", "other"),
        ("Rapat koordinasi, sosialisasi", "several"),
        ("Selesai", None),
        ("", None),
    ],
)
def test_what_a_part_of_the_text_begins_with_is_its_kind(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Badan Kepegawaian dan Pengembangan SDM", "personnel_agency"),
        ("Badan Kepegawaian Negara", "bkn"),
        ("Badan Pengawas Pemilu", "bawaslu"),
        ("Pj. Bupati Paser", "head_of_region"),
        ("Dinas Kesehatan", "government"),
        ("Bawaslu bersama BKPSDM", "joint"),
        ("Kemenpan RB", "ministry"),
        ("CONTOH BUDI", None),
    ],
)
def test_a_body_is_known_by_its_kind_and_a_person_by_none(text, issuer):
    assert issuer_of(text) == issuer


def test_several_governments_are_told_from_one():
    assert names_several_governments("Kab. Paser, Kota Bontang")
    assert not names_several_governments("Kutai Kartanegara / Kukar")


@given(st.text(max_size=12))
def test_a_count_is_a_whole_number_of_zero_or_more_or_none(text):
    count = persons_written(text)
    assert count is None or int(count) >= 0
    assert persons_written(f"-{text}") is None

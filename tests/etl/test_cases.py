from __future__ import annotations

import hashlib
from datetime import date

import pytest
import xlsxwriter

from errors import ContractError, SourceError
from etl.building.build import build
from etl.cards.card import read_cards
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session, read_sql
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv
from tests.etl.stories import PLACES, ask, on, person_of, retold


def act(day, **changes):
    return {"Tanggal Kejadian": day, "Tanggal Laporan": "", "Tanggal Registrasi": ""} | changes


# Each act in a government of its own.
DATES = {
    # SKB 22-09-2022: the same act before candidates are set (22 September 2024) and after.
    ("21-09-2024", "DIS-06"): ("PILKADA2024", "before_candidates_set", "ETIK-04", "code_of_ethics"),
    ("22-09-2024", "ETIK-04"): ("PILKADA2024", "candidates_set", "DIS-06", "discipline"),
    ("25-09-2024", "ETIK-04"): ("PILKADA2024", "campaign", "DIS-06", "discipline"),
    ("24-11-2024", "DIS-07"): ("PILKADA2024", "quiet", "DIS-07", "discipline"),
    ("27-11-2024", "DIS-07"): ("PILKADA2024", "voting", "DIS-07", "discipline"),
    ("28-11-2024", "ETIK-05"): ("PILKADA2024", "after_voting", "DIS-07", "discipline"),
    # Forms that are discipline breaches in any phase.
    ("01-05-2024", "DIS-03"): ("PILKADA2024", "before_candidates_set", "DIS-03", "discipline"),
    ("01-05-2024", "tim sukses"): ("PILKADA2024", "before_candidates_set", "DIS-09", "discipline"),
    # A type without a counterpart is an ethics breach before and a discipline breach after.
    ("01-05-2024", "ETIK-07"): ("PILKADA2024", "before_candidates_set", "ETIK-07", "code_of_ethics"),
    ("01-10-2024", "ETIK-07"): ("PILKADA2024", "campaign", "ETIK-07", "discipline"),
    ("01-10-2024", "PID-04"): ("PILKADA2024", "campaign", "PID-04", "criminal"),
    ("01-10-2024", ""): ("PILKADA2024", "campaign", None, None),
}
NAMED = {
    ("01-02-2024", ""): "PEMILU2024",
    ("01-02-2024", "Pilkada 2024"): "PILKADA2024",
    ("01-03-2024", ""): "PILKADA2024",
    ("01-10-2024", "Pemilu 2019"): "PILKADA2024",
    ("01-02-2022", "Pilkada 2020"): None,
    ("01-05-2025", ""): None,
}
STATUS = [
    ({"Tanggal Registrasi": ""}, "reported"),
    ({}, "under_review"),
    ({"Status Akhir": "Tidak terbukti"}, "not_proven"),
    ({"Status Akhir": "Dihentikan"}, "dropped"),
    ({"Tanggal Penerusan": "10-10-2024"}, "forwarded"),
    ({"Tanggal Penerusan": "10-10-2024", "Status Akhir": "Masih diproses"}, "under_examination"),
    ({"Tanggal Rekomendasi": "10-12-2024"}, "recommended"),
    ({"Tanggal Rekomendasi": "10-12-2024", "Tanggal Keputusan PPK": "10-01-2025"}, "decided"),
    ({"Tanggal Keputusan PPK": "10-01-2025", "Tanggal Pembatalan": "10-03-2025"}, "annulled"),
]
BODIES = {"23-08-2024": "KASN", "24-08-2024": "BKN"}
SPREAD = {
    "dates": [act(day, **{"Dugaan Pelanggaran": claimed}) for day, claimed in DATES],
    "named": [act(day, Pemilihan=claimed) for day, claimed in NAMED],
    "status": [changes for changes, _ in STATUS],
    "bodies": [act("01-08-2024", **{"Tanggal Penerusan": day}) for day in BODIES],
}
# Rows of one government whose roster has the persons 1 and 2.
DONE = {"Tanggal Rekomendasi": "10-12-2024", "Tanggal Keputusan PPK": "10-01-2025"}
REFUSED = [
    ({"Instansi": "Pemkab Sleman"}, "government_unknown"),
    ({"Tanggal Kejadian": "31-02-2024"}, "date_impossible"),
    ({"Tanggal Kejadian": "", "Tanggal Laporan": "", "Tanggal Registrasi": ""}, "date_missing"),
    ({"NIP": "1,98E+17"}, "nip_scientific"),
    ({"Keterangan": ""}, "nip_birth_year"),
    # The same person twice in a case.
    ({"Nomor Register": "001/LP/PB/KAB/X/2024"}, "duplicate_case"),
]
TOGETHER = {
    "severities": [
        DONE | {"Nomor Register": "1/LP/2024", "Rekomendasi Sanksi": "H_POSITION_12", "Sanksi Dijatuhkan": "M_TUKIN_6"},
        DONE | {"Nomor Register": "2/LP/2024", "Rekomendasi Sanksi": "Sanksi moral: pernyataan secara terbuka",
                "Sanksi Dijatuhkan": "Teguran lisan"},
        DONE | {"Nomor Register": "3/LP/2024", "Rekomendasi Sanksi": "H_POSITION_12", "Sanksi Dijatuhkan": "H_PDHTAPS"},
        DONE | {"Nomor Register": "4/LP/2024", "Rekomendasi Sanksi": "", "Sanksi Dijatuhkan": "H_PDHTAPS"},
        {"Nomor Register": "5/LP/2024", "Tanggal Rekomendasi": "10-12-2024", "Rekomendasi Sanksi": "H_PDHTAPS"},
    ],
    "persons": [
        {}, {"NIP": nip(2)}, {"NIP": "", "Status Kepegawaian": "Tenaga honorer"},
        {"NIP": "", "Nomor Register": "002/LP/PB/KAB/X/2024", "Status Kepegawaian": "PNS"},
    ],
    "ages": [
        {}, {"NIP": ""}, {"NIP": nip(7), "Nomor Register": "003/LP/PB/KAB/X/2024"},
        {"NIP": "131234567", "Nomor Register": "004/LP/PB/KAB/X/2024"},
    ],
    "silent": [{"Unit Kerja/OPD": "", "Jabatan": ""}],
    "doubts": [
        {"NIP": nip(7), "Tanggal Penerusan": "02-10-2024", "Pemilihan": "Pemilu 2019", "Dugaan Pelanggaran": "ETIK-04"}
    ],
    "dash": [{"Unit Kerja/OPD": "-", "Rekomendasi Sanksi": "–", "Pemilihan": "-", "Dugaan Pelanggaran": "-", "NIP": "-"}],
    "refused": [{}, *({"Nomor Register": "002/LP/PB/KAB/X/2024"} | changes for changes, _ in REFUSED)],
}  # fmt: skip
AGAIN = act("10-04-2025", Pemilihan="")
PLACE = {
    name: place
    for place, name in enumerate(
        [*((group, number) for group, rows in SPREAD.items() for number in range(len(rows))), *TOGETHER]
    )
}


def rows():
    """All of them as one register, those that are refused last."""
    yield case(**AGAIN, Instansi="Pemkab Kutai Kartanegara")
    yield case(**AGAIN | {"Nomor Register": "002/LP/PB/KAB/X/2024"})
    for group, spread in SPREAD.items():
        for number, changes in enumerate(spread):
            yield retold(case(**changes), PLACE[group, number])
    for group, together in TOGETHER.items():
        yield from (retold(case(**changes), PLACE[group]) for changes in together)


@pytest.fixture(scope="module")
def told(tmp_path_factory, facts):
    """The warehouse of one register that holds them all, and of the rosters."""
    folder = tmp_path_factory.mktemp("stories")
    settings = on(facts, folder)
    session = open_session(settings)
    for group in TOGETHER:
        people = [
            person(person_of(PLACE[group], i), Jabatan="Camat Sangatta", **{"Jenis Jabatan": "Administrator"})
            for i in (1, 2)
        ]
        roster = write_csv(folder / f"{group}.csv", [HEADER, *people])
        load_roster(session, RosterRequest(roster, code(group), date(2024, 11, 30)))
    register = write_csv(folder / "k.csv", [CASE_HEADER, *rows()])
    load_cases(session, CasesRequest(register, "Bawaslu Kaltim"))
    session.close()
    build(settings)
    return settings


def code(name):
    """The government that a row or a group of rows is of."""
    return PLACES[PLACE[name]][0]


def each(room, group, columns):
    """What becomes of the acts of a group, in their order."""
    outcomes = {
        government: outcome
        for government, *outcome in ask(room, f"SELECT government_code, {columns} FROM core_case")
    }
    return [tuple(outcomes[code((group, number))]) for number in range(len(SPREAD[group]))]


def test_every_row_that_can_be_used_is_one_person_of_one_case(told):
    assert ask(told, "SELECT count(*) FROM core_case") == [(len(list(rows())) - len(REFUSED),)]


def test_date_and_election_decide_not_the_file(told):
    found = each(told, "dates", "election_code, phase, violation_code, category")
    assert dict(zip(DATES, found, strict=True)) == DATES


def test_the_election_is_the_named_one_where_its_window_holds_the_date(told):
    found = [election for (election,) in each(told, "named", "election_code")]
    assert dict(zip(NAMED, found, strict=True)) == NAMED


def test_a_re_vote_belongs_to_its_own_region(told):
    query = "SELECT government_code, election_code FROM core_case WHERE occurred_on = DATE '2025-04-10' ORDER BY 1"
    assert ask(told, query) == [("6402", "PSU2025-KUKAR"), ("6408", None)]


def test_the_status_is_the_last_step_reached(told):
    assert each(told, "status", "status") == [(status,) for _, status in STATUS]


def test_the_examining_body_is_that_of_the_day(told):
    assert each(told, "bodies", "examined_by") == [(body,) for body in BODIES.values()]


@pytest.mark.parametrize(
    ("group", "query", "expected"),
    [
        (
            "severities", "SELECT recommended_severity, imposed_severity, comparison FROM mart_case {here} ORDER BY ALL",
            [
                ("heavy", "heavy", "as_recommended"), ("heavy", "medium", "lighter"), ("heavy", "none", "none"),
                ("moral", "light", "heavier"), ("unknown", "heavy", "unknown"),
            ],
        ),
        # Several persons of one case stay apart, and who is no civil servant leaves the mart.
        ("persons", "SELECT count(DISTINCT case_id), count(*), max(person_number) FROM core_case {here}", [(2, 4, 3)]),
        ("persons", "SELECT count(*) FROM mart_case {here}", [(3,)]),
        # The age of a case is that of the roster, and whether it was found is told.
        (
            "ages", "SELECT age_band, roster_match FROM mart_case {here} ORDER BY ALL",
            [("50_plus", "found"), ("unknown", "absent"), *[("unknown", "no_number")] * 2],
        ),
        # Position and agency come from the roster where the register is silent.
        (
            "silent", "SELECT position_class, agency_id FROM core_case {here}",
            [("administrator", "{code}-dinas-pendidikan-dan-kebudayaan")],
        ),
        (
            "doubts", "SELECT list_sort(string_split(caveats, ';')) FROM core_case {here}",
            [(["dates_out_of_order", "election_disagrees", "person_not_on_roster", "type_reclassified"],)],
        ),
        # A lone dash is an empty cell.
        ("dash", "SELECT agency_id, caveats FROM core_case {here}", [(None, "nip_missing")]),
    ],
)  # fmt: skip
def test_what_rows_of_one_government_become(told, group, query, expected):
    here = f"WHERE government_code = '{code(group)}'"
    found = ask(told, query.format(here=here))
    assert found == [
        tuple(cell.format(code=code(group)) if isinstance(cell, str) else cell for cell in row)
        for row in expected
    ]


@pytest.mark.parametrize("table", ["mart_workforce", "mart_workforce_stratum"])
def test_the_strata_of_an_agency_add_up_to_its_headcount(told, table):
    query = f"SELECT (SELECT sum(headcount) FROM {table}), (SELECT sum(headcount) FROM core_workforce)"
    assert ask(told, query) == [(2 * len(TOGETHER),) * 2]


def test_a_row_that_cannot_be_used_is_listed_with_its_rule_in_both_languages(told):
    """And no other row is."""
    query = """SELECT row_number, rule, message_id <> message_en, masked_value SIMILAR TO '[^0-8]*' FROM core_rejection
        ORDER BY row_number"""
    last = 1 + len(list(rows()))
    assert ask(told, query) == [
        (last - len(REFUSED) + number, rule, True, True) for number, (_, rule) in enumerate(REFUSED, start=1)
    ]


def test_the_window_of_a_re_vote_starts_after_that_of_the_vote_it_repeats(told):
    query = "SELECT election_code, window_start_on FROM core_election WHERE election_type = 'psu' ORDER BY 1"
    starts = dict(ask(told, query))
    assert starts["PSU2021-KALSEL"] == starts["PSU2021-BANJARMASIN"] == date(2021, 1, 9)
    assert starts["PSU2025-KUKAR"] == date(2024, 12, 28)
    assert starts["PILKADAULANG2025-BARITOUTARA"] == date(2025, 4, 22)


@pytest.mark.parametrize(
    ("written", "system", "code"),
    [
        ("6402", "kemendagri", "6402"),
        ("6402", "bps", "6407"),
        ("6402 Kab. Kutai Kartanegara", "bps", "6402"),
        ("PEMPROV KALTIM", "kemendagri", "64"),
        ("Pemerintah Kota Banjarbaru", "kemendagri", "6372"),
        ("Kab. Kotabaru", "kemendagri", "6302"),
    ],
)
def test_names_win_over_numbers_and_systems_do_not_mix(session, tmp_path, written, system, code):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case(Instansi=written)])
    load_cases(session, CasesRequest(path, "x", system))
    assert session.con.execute("SELECT government_code FROM people").fetchall() == [(code,)]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-10-01", "2024-10-01"), ("01-10-2024", "2024-10-01"), ("1/10/2024", "2024-10-01"), ("01.10.2024", "2024-10-01"),
        ("1 Oktober 2024", "2024-10-01"), ("17 Agt 2024", "2024-08-17"), ("45566", "2024-10-01"), ("1 Foo 2024", None),
        ("32-10-2024", None), ("10/2024", None), ("", None),
    ],
)  # fmt: skip
def test_dates_as_offices_write_them(session, written, day):
    (found,) = session.con.execute("SELECT written_date(?)", [written]).fetchone()
    assert found == (date.fromisoformat(day) if day else None)


def test_an_unusable_register_is_refused_whole(session, room, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case(Instansi="Pemkab Sleman")])
    with pytest.raises(ContractError, match=r"k\.csv"):
        load_cases(session, CasesRequest(path))
    with pytest.raises(SourceError, match="Kolom wajib"):
        load_cases(session, CasesRequest(write_csv(tmp_path / "n.csv", [("Nama", "Umur"), ("a", "b")])))
    assert not room.sources.exists()


def with_columns(*names: str):
    """The header with more columns, and a row for it."""
    return (*CASE_HEADER, *names), lambda cells=(), **changes: (*case(**changes), *cells)


NUMBERS = (
    "Nomor Register Bawaslu",
    "Nomor Surat Penerusan",
    "Nomor Rekomendasi",
    "Nomor SK",
    "Nomor SK Pembatalan",
)


def test_every_column_of_a_register_finds_its_place(session, tmp_path):
    header, row = with_columns(
        *NUMBERS,
        "Tanggal Penyampaian",
        "Tanggal Berlaku",
        "Tanggal Banding",
        "Tanggal Blokir",
        "Tanggal Buka Blokir",
    )
    cells = (
        *(
            "001/LP/PB/KAB/X/2024",
            "123/PM.00.02/K.KI/10/2024",
            "R-1194/KASN/4/2020",
            "800/12/2025",
            "800.1/99/2025",
        ),
        *("02-02-2025", "20-02-2025", "25-02-2025", "01-03-2025", "02-03-2025"),
    )
    line = row(cells, **{"Tanggal Pembatalan": "01-04-2025"})
    card, _ = load_cases(session, CasesRequest(write_csv(tmp_path / "k.csv", [header, line]), "x"))
    ((*texts,),) = session.con.execute(
        "SELECT bawaslu_text, forwarding_text, recommendation_text, decision_text, annulment_text FROM people"
    ).fetchall()
    assert texts == list(cells[:5])
    ((*days,),) = session.con.execute(
        "SELECT delivered_on, effective_on, appealed_on, blocked_on, unblocked_on, annulled_on FROM people"
    ).fetchall()
    assert [day.isoformat() for day in days] == [
        *("2025-02-02", "2025-02-20", "2025-02-25", "2025-03-01", "2025-03-02", "2025-04-01")
    ]
    assert {"bawaslu_number", "decision_number", "annulment_number"} <= set(card.columns)


@pytest.mark.parametrize(
    ("written", "kept", "has_key"),
    [
        ("B-12/KASN/4/2020", True, True),
        ("12", False, False),
        ("12/2024", True, False),
        ("", False, False),
        ("nihil", False, False),
        (nip(), False, False),
        ("18930412 201403 1 001", False, False),
        ("18930412.201403.1.001", False, False),
        ("131234567", False, False),
        ("Budi Santoso 12/A/2024", False, True),
        ("800/=cmd()/2024", False, True),
        ("800.1.11.1/1234/2024", True, True),
    ],
)
def test_a_number_of_a_letter_is_kept_only_in_the_shape_of_one(session, written, kept, has_key):
    """A person's number in the wrong column leaves nothing, not even a hash that could be tried out."""
    session.con.execute(read_sql("register_macros"))
    ((text, key),) = session.con.execute("SELECT kept_number($1), number_key($1)", [written]).fetchall()
    assert (text is not None, key is not None) == (kept, has_key)


@pytest.mark.parametrize(
    "other",
    [
        "1/LP/PB/KAB/X/2024",
        "No. 001/LP/PB/Kab/X/2024",
        "NO.REG. 001/LP/PB/KAB/X/2024",
        "001 / LP / PB / KAB / X / 2024",
    ],
)
def test_a_register_number_is_the_same_in_any_spelling(session, tmp_path, other):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case(), case(NIP=nip(2), **{"Nomor Register": other})])
    load_cases(session, CasesRequest(path, "x"))
    query = "SELECT count(DISTINCT register_hash), count(DISTINCT register_key) FROM people"
    assert session.con.execute(query).fetchall() == [(1, 1)]


def test_a_persons_number_as_register_number_does_not_name_the_case(session, tmp_path):
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case(**{"Nomor Register": nip()})])
    card, _ = load_cases(session, CasesRequest(path, "x"))
    assert card.warnings["register_number_unusable"] == 1
    hashes = session.con.execute("SELECT register_hash, register_key, register_text FROM people").fetchall()
    assert hashes[0][1:] == (None, None)
    assert hashes[0][0] not in {hashlib.sha256(text.encode()).hexdigest() for text in (nip(), nip()[:18])}


def numbered(start: int, stop: int, **changes: str):
    return [
        case(**{"Nomor Register": f"{n:03d}/LP/PB/X/2024", "NIP": nip(n)} | changes)
        for n in range(start, stop)
    ]


def test_another_register_of_the_same_publisher_does_not_replace_the_first_in_silence(
    session, room, tmp_path
):
    first = write_csv(tmp_path / "a.csv", [CASE_HEADER, *numbered(1, 11)])
    other = write_csv(tmp_path / "b.csv", [CASE_HEADER, *numbered(7, 20)])
    load_cases(session, CasesRequest(first, "Bawaslu Kaltim"))
    with pytest.raises(ContractError, match=r"a\.csv.*4 dari 10") as caught:
        load_cases(session, CasesRequest(other, "Bawaslu Kaltim"))
    assert "--register" in caught.value.cure
    assert "--replace" in caught.value.cure
    assert [card.file_name for card in read_cards(room.sources)] == ["a.csv"]
    load_cases(session, CasesRequest(other, "Bawaslu Kaltim", register="Bawaslu Kaltim 2025"))
    assert {card.source_id for card in read_cards(room.sources)} == {
        *("cases-bawaslu-kaltim", "cases-bawaslu-kaltim-2025")
    }


def test_a_register_is_replaced_where_the_operator_says_so(session, room, tmp_path):
    for name, start in (("a.csv", 1), ("b.csv", 50)):
        path = write_csv(tmp_path / name, [CASE_HEADER, *numbered(start, start + 5)])
        assert load_cases(session, CasesRequest(path, "Bawaslu Kaltim", replace=True))[1]
    assert [card.file_name for card in read_cards(room.sources)] == ["b.csv"]


def test_a_longer_register_of_the_same_cases_replaces_without_asking(session, room, tmp_path):
    load_cases(session, CasesRequest(write_csv(tmp_path / "a.csv", [CASE_HEADER, *numbered(1, 5)]), "x"))
    later = write_csv(
        tmp_path / "b.csv", [CASE_HEADER, *numbered(3, 30, **{"Tanggal Penerusan": "10-10-2024"})]
    )
    assert load_cases(session, CasesRequest(later, "x"))[1]
    assert [card.file_name for card in read_cards(room.sources)] == ["b.csv"]


def test_serial_numbers_do_not_make_two_registers_one(session, room, tmp_path):
    """Every register has a case number 1; such rows are known by person, place and dates."""

    def serial(first):
        return [case(**{"Nomor Register": str(n), "NIP": nip(first + n)}) for n in range(1, 6)]

    load_cases(session, CasesRequest(write_csv(tmp_path / "a.csv", [CASE_HEADER, *serial(0)]), "x"))
    longer = write_csv(
        tmp_path / "b.csv", [CASE_HEADER, *serial(0), case(NIP=nip(77), **{"Nomor Register": "6"})]
    )
    looking = open_session(room, dry_run=True)
    assert load_cases(looking, CasesRequest(longer, "x"))[0].rows_loaded == 6
    looking.close()
    assert load_cases(session, CasesRequest(longer, "x"))[1]
    with pytest.raises(ContractError, match="0 dari 6"):
        load_cases(session, CasesRequest(write_csv(tmp_path / "c.csv", [CASE_HEADER, *serial(100)]), "x"))


def test_two_long_names_stay_two_registers(session, room, tmp_path):
    office = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Kutai"
    for number, place in enumerate(("Barat", "Kartanegara", "Timur"), start=1):
        path = write_csv(tmp_path / f"{number}.csv", [CASE_HEADER, *numbered(number * 10, number * 10 + 3)])
        load_cases(session, CasesRequest(path, f"{office} {place}"))
    assert len(read_cards(room.sources)) == 3


def test_another_sheet_of_the_same_workbook_is_another_file(session, room, tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "k.xlsx"))
    for sheet, number in (("2023", 1), ("2024", 50)):
        page = book.add_worksheet(sheet)
        for line, cells in enumerate([CASE_HEADER, *numbered(number, number + 3)]):
            page.write_row(line, 0, cells)
    book.close()
    assert load_cases(session, CasesRequest(tmp_path / "k.xlsx", "x", sheet="2023"))[1]
    with pytest.raises(ContractError, match="nomor"):
        load_cases(session, CasesRequest(tmp_path / "k.xlsx", "x", sheet="2024"))
    load_cases(session, CasesRequest(tmp_path / "k.xlsx", "x", sheet="2024", register="x 2024"))
    assert {card.sheet for card in read_cards(room.sources)} == {"2023", "2024"}


def test_one_unread_sanction_is_noted_though_the_other_was_read(session, tmp_path):
    row = case(**{"Rekomendasi Sanksi": "Teguran lisan", "Sanksi Dijatuhkan": "dibina"})
    card, _ = load_cases(session, CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, row]), "x"))
    assert card.warnings == {"sanction_not_recognised": 1}


def test_a_register_with_grouped_columns_is_read_by_group_and_column(session, tmp_path):
    upper = (
        "Nomor Register",
        "NIP",
        "Instansi",
        "Tanggal Kejadian",
        "Rekomendasi",
        "",
        "",
        "Keputusan PPK",
        "",
        "",
        "Keterangan",
    )
    lower = ("", "", "", "", "Nomor", "Tanggal", "Sanksi", "Nomor", "Tanggal", "Sanksi", "")
    cells = (
        *(
            "001/LP/PB/X/2024",
            nip(),
            "Pemkab Kutai Timur",
            "01-10-2024",
            "R-1/KASN/4/2024",
            "10-12-2024",
            "Teguran lisan",
        ),
        *("800/1/2025", "10-01-2025", "Teguran tertulis", "DATA SIMULASI"),
    )
    load_cases(session, CasesRequest(write_csv(tmp_path / "k.csv", [upper, lower, cells]), "x"))
    query = """SELECT recommended_on::VARCHAR, recommended_sanction_code, recommendation_text, ppk_decided_on::VARCHAR,
        imposed_sanction_code, decision_text FROM people"""
    assert session.con.execute(query).fetchall() == [
        ("2024-12-10", "L_ORAL", "R-1/KASN/4/2024", "2025-01-10", "L_WRITTEN", "800/1/2025")
    ]

"""A selection is applied as values, said in words, and survives the address bar."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import SelectionError
from language import words
from metrics.answer import answer
from warehouse.selection import EMPLOYMENT, PARAMETERS, STATUSES, Known, Selection
from warehouse.tables import fetch, table

HOSTILE = (
    "x' OR '1'='1",
    "'; DROP TABLE mart_case; --",
    '64" OR 1=1 --',
    "\\' OR TRUE",
    "64%",
    "%27 OR 1=1",
    "{code}",
    "\x00",
    "𝟞𝟜",
    "NULL",
    "",
)
KNOWN = Known(
    provinces={
        "61": "Kalimantan Barat",
        "64": "Kalimantan Timur",
        "63": "Kalimantan Selatan",
        "62": "Kalimantan Tengah",
        "65": "Kalimantan Utara",
    },
    governments={"6472": "Pemerintah Kota Samarinda"},
    agencies={"6472:dinas, badan & 100%": "Dinas", "6472:a,b%2C": "Badan"},
    elections={"PILKADA2024": "Pilkada 2024", "PEMILU2024": "Pemilu 2024"},
    violations={"DIS-01": "Kampanye"},
)
dates = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@st.composite
def selections(draw):
    def some(values):
        return tuple(draw(st.lists(st.sampled_from(sorted(values)), max_size=3)))

    days = sorted(draw(st.lists(dates, min_size=2, max_size=2)))
    return Selection(
        provinces=some(KNOWN.provinces),
        governments=some(KNOWN.governments),
        agencies=some(KNOWN.agencies),
        elections=some(KNOWN.elections),
        since=draw(st.sampled_from((None, days[0]))),
        until=draw(st.sampled_from((None, days[1]))),
        statuses=some(STATUSES),
        violations=some(KNOWN.violations),
        employment=some(EMPLOYMENT),
    )


def cases(full, wish):
    found = fetch(full.backend(), wish.apply(table(full.backend(), "mart_case")))[0]
    return found.to_pylist()


@given(selections())
def test_the_address_brings_the_same_view_back(wish):
    query = dict(parse_qsl(urlencode(wish.as_query()), keep_blank_values=True))
    assert Selection.from_query(query, KNOWN) == (wish, [])


def test_nothing_chosen_leaves_the_address_empty():
    assert Selection().as_query() == {}
    assert Selection.from_query({"bahasa": "en", "theme": "dark"}, KNOWN) == (Selection(), [])


def test_the_address_speaks_indonesian():
    wish = Selection(provinces=("64", "61"), since=date(2024, 1, 2), employment=("PNS",))
    assert wish.as_query() == {"provinsi": "61,64", "dari": "2024-01-02", "kepegawaian": "PNS"}
    assert set(PARAMETERS.values()) == {
        "provinsi", "pemerintah", "instansi", "pemilihan", "dari", "sampai", "status", "jenis", "kepegawaian",
    }  # fmt: skip


def test_broken_parts_of_an_address_are_ignored_and_named():
    query = {
        "provinsi": "64, 99,,61",
        "pemerintah": "'; DROP TABLE mart_case",
        "dari": "2024-02-30",
        "sampai": "20241231",
        "status": "closed,decided",
        "kepegawaian": "pns",
        "jenis": "x" * 500,
    }
    wish, ignored = Selection.from_query(query, KNOWN)
    assert wish == Selection(provinces=("61", "64"), statuses=("decided",))
    assert ignored == [
        "provinsi=99",
        "pemerintah='; DROP TABLE mart_case",
        "dari=2024-02-30",
        "sampai=20241231",
        "status=closed",
        "jenis=" + "x" * 60 + "…",
        "kepegawaian=pns",
    ]


def test_a_last_day_before_the_first_is_ignored():
    wish, ignored = Selection.from_query({"dari": "2024-05-01", "sampai": "2024-04-30"}, KNOWN)
    assert (wish, ignored) == (Selection(since=date(2024, 5, 1)), ["sampai=2024-04-30"])
    with pytest.raises(SelectionError, match="lies after"):
        Selection(since=date(2024, 5, 1), until=date(2024, 4, 30))


@given(st.dictionaries(st.sampled_from(sorted(PARAMETERS.values())), st.text("0129-,%;'=AB ΩĄ", max_size=12)))
def test_no_address_breaks_the_page(query):
    wish, ignored = Selection.from_query(query, KNOWN)
    assert Selection.from_query(wish.as_query(), KNOWN) == (wish, [])
    assert all("=" in part for part in ignored)


def test_order_and_repetition_do_not_make_another_selection():
    one, two = Selection(provinces=("64", "61", "64")), Selection(provinces=("61", "64"))
    assert one == two
    assert hash(one) == hash(two)


def test_filters_keep_the_rows_they_name(full):
    everything = cases(full, Selection())
    for wish, keeps in (
        (Selection(provinces=("61",)), lambda row: row["province_code"] == "61"),
        (Selection(governments=("64", "6402")), lambda row: row["government_code"] in ("64", "6402")),
        (Selection(agencies=("64-dinas-pendidikan",)), lambda row: row["agency_id"] == "64-dinas-pendidikan"),
        (Selection(elections=("PEMILU2024",)), lambda row: row["election_code"] == "PEMILU2024"),
        (Selection(since=date(2024, 10, 15)), lambda row: row["event_on"] >= date(2024, 10, 15)),
        (Selection(until=date(2024, 1, 15)), lambda row: row["event_on"] <= date(2024, 1, 15)),
        (Selection(statuses=("decided",)), lambda row: row["status"] == "decided"),
        (Selection(violations=("ETIK-01",)), lambda row: row["violation_code"] == "ETIK-01"),
        (Selection(employment=("PPPK",)), lambda row: row["employment_type"] == "PPPK"),
    ):
        found = {row["case_id"] for row in cases(full, wish)}
        assert found == {row["case_id"] for row in everything if keeps(row)}, wish


def test_filters_without_a_column_are_left_out(full):
    staff = table(full.backend(), "mart_workforce")
    wish = Selection(statuses=("decided",), elections=("PEMILU2024",), since=date(2030, 1, 1))
    assert fetch(full.backend(), wish.apply(staff))[0].num_rows == 32


def test_hostile_text_is_a_value_that_matches_nothing(full):
    whole = len(cases(full, Selection()))
    for name in ("provinces", "governments", "agencies", "elections", "statuses", "violations", "employment"):
        for text in HOSTILE:
            assert cases(full, Selection(**{name: (text,)})) == []
    assert len(cases(full, Selection())) == whole > 0


def test_hostile_text_gets_an_answer_and_a_description(full):
    for text in HOSTILE:
        wish = Selection(governments=(text,), statuses=(text,), violations=(text,))
        found = answer(full, "alleged_rate", wish, by="kalimantan")
        assert found.frame["refusal"].tolist() == ["scope"]
        assert wish.describe(words("id")).count(text) >= 3


def test_a_selection_says_what_it_shows():
    everything = Selection()
    assert everything.describe(words("id")) == "Seluruh Kalimantan; semua pemilihan dan tanggal"
    assert everything.describe(words("en")) == "All of Kalimantan; all elections and dates"
    wish = Selection(
        provinces=("64",),
        elections=("PILKADA2024",),
        since=date(2024, 8, 17),
        until=date(2024, 11, 27),
        statuses=("decided",),
        employment=("PNS", "PPPK"),
    )
    assert wish.describe(words("id"), KNOWN) == (
        "Provinsi: Kalimantan Timur; Pemilihan: Pilkada 2024; Kedudukan perkara: diputus PPK; "
        "Kepegawaian: PNS dan PPPK; Kejadian 17 Agustus 2024 sampai 27 November 2024"
    )
    assert (
        Selection(since=date(2024, 8, 17)).describe(words("en"))
        == "All of Kalimantan; Acts since 17 August 2024"
    )
    assert Selection(until=date(2024, 8, 17)).describe(words("en")).endswith("Acts until 17 August 2024")


def test_long_lists_are_counted_and_unknown_codes_shown():
    wish = Selection(provinces=tuple(KNOWN.provinces), violations=("DIS-99",))
    assert wish.describe(words("en"), KNOWN) == (
        "Province: Kalimantan Barat, Kalimantan Tengah, Kalimantan Selatan and 2 others; "
        "Type of violation: DIS-99; all elections and dates"
    )


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_status_has_words(lang):
    for status in STATUSES:
        assert words(lang)(f"selection.status.{status}") in Selection(statuses=(status,)).describe(
            words(lang)
        )

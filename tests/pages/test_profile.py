"""The parts of a profile and the two comparisons: nothing loaded, one government, all of them, an empty filter."""

from datetime import date

import pytest

from tests import builders
from tests.pages.conftest import sound, text
from ui.explaining.shown import SUFFIX
from ui.unit.parts import PARTS

AGENCY = {"pemerintah": "6472", "instansi": "6472-rsud"}
PROFILES = [("regions", {"pemerintah": "6472"}, part) for part in PARTS["government"]] + [
    ("agencies", AGENCY, part) for part in PARTS["agency"]
]
LOOKS = ("employment", "election")
TIMES = {"PILKADA2024": date(2024, 10, 15), "PILKADA2020": date(2020, 10, 15)}


def everywhere(persons=6, without=()):
    """All 61 governments with two rosters and persons of both kinds in two elections; some lack the earlier roster."""
    codes = [row["government_code"] for row in builders.completed({})["core_government"]]
    kinds = (("PNS", 5000), ("PPPK", 900))
    staff = [
        builders.heads(count, code, day, kind, agency_id=f"{code}-rsud")
        for code in codes
        for day in (date(2020, 12, 31), date(2024, 11, 30))
        if day.year > 2020 or code not in without
        for kind, count in kinds
    ]
    cases = [
        builders.decided(
            government_code=code,
            agency_id=f"{code}-rsud",
            employment_type=kind,
            election_code=which,
            event_on=day,
        )
        for code in codes
        for which, day in TIMES.items()
        for kind, _ in kinds
        for _ in range(persons)
    ]
    return {
        "mart_workforce": staff,
        "mart_case": cases,
    }


@pytest.fixture(scope="module")
def all_of_them(tmp_path_factory):
    folder = tmp_path_factory.mktemp("everywhere")
    builders.build(folder, everywhere(without=("6472",)), build_id="all-1")
    return folder


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nothing")
    builders.build(
        folder,
        {"core_agency": [{"agency_id": "6472-rsud", "government_code": "6472", "name": "RSUD"}]},
        build_id="no-1",
    )
    return folder


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("page", "address", "part"), PROFILES)
def test_every_part_stands_with_few_cases_and_with_none(start, nothing, page, address, part, language):
    for folder in ({}, {"folder": nothing}):
        app = sound(start(page, **folder, **address, rinci=part, bahasa=language))
        assert "diabaikan" not in text(app) and "was ignored" not in text(app)


# What is published of one government or agency, and what is said of the rest.
PUBLISHED = (("regions", "all"), ("regions", "election"), ("regions", "agency"), ("agencies", "all"))
UNPUBLISHED = {
    "election": "Tingkat dugaan pelanggaran: Tidak diterbitkan pada rincian ini.",
    "employment": "Rincian ini tidak diterbitkan",
    "severity": "Orang yang diputus PPK: Tidak diterbitkan pada rincian ini.",
    "followup": "tidak diterbitkan untuk satu pemerintah daerah",
}


@pytest.mark.parametrize(("page", "address", "part"), PROFILES)
def test_every_part_draws_or_says_that_it_is_not_published(start, all_of_them, page, address, part):
    app = sound(start(page, folder=all_of_them, **address, rinci=part))
    is_published = (page, part) in PUBLISHED
    assert bool(app.get("plotly_chart")) == is_published
    assert (UNPUBLISHED.get(part, "Rincian ini tidak diterbitkan") in text(app)) != is_published


@pytest.mark.parametrize(("page", "address", "part"), PROFILES)
def test_every_part_draws_for_the_officials_of_the_unit(start, sign_in, all_of_them, page, address, part):
    sign_in(governments=("6472",))
    app = sound(start(page, folder=all_of_them, **address, rinci=part))
    # Comparisons are reckoned from what everybody sees, also where officials look.
    assert bool(app.get("plotly_chart")) == (part != "employment")


def test_numbers_in_a_sentence_have_their_explanation(start, sign_in, all_of_them):
    key, address = "profile_compared_government", {"pemerintah": "6472", "rinci": "severity"}
    app = sound(start("regions", folder=all_of_them, **address))
    assert "sudah diputus PPK" not in text(app)
    sign_in(governments=("6472",))
    app = sound(start("regions", folder=all_of_them, **address))
    assert "sudah diputus PPK" in text(app)
    assert any(element.proto.id.endswith(f"-{key}{SUFFIX}") for element in app.get("expander"))


def test_the_ratio_to_what_is_expected_is_explained_with_its_strata(start, all_of_them):
    app = start("regions", folder=all_of_them, pemerintah="6472")
    app.session_state[f"spine_government{SUFFIX}"] = True
    told = sound(app.run())
    assert "Rasio terstandar dan corong" in text(told)
    bound = [element.proto.body for element in told.get("html") if "netra-bound" in element.proto.body]
    strata = ("age_band=", "employment_type=", "is_covered=true", "position_class=")
    assert any(all(part in line for part in strata) for line in bound)
    assert any("mart_workforce_stratum" in element.value for element in told.code)


@pytest.mark.parametrize(("page", "address", "part"), PROFILES)
def test_a_filter_that_leaves_no_case_draws_no_empty_figure(start, page, address, part):
    app = sound(
        start(page, **address, rinci=part, jenis="DIS-01", kepegawaian="PPPK", pemilihan="PILKADA2018")
    )
    assert len(app.get("plotly_chart")) <= (2 if part in ("all", "agency") else 1)


@pytest.mark.parametrize("page", ["regions", "agencies"])
def test_both_profiles_name_rosters_and_match_rate(start, page):
    address = AGENCY if page == "agencies" else {"pemerintah": "6472"}
    told = text(sound(start(page, **address)))
    assert "Bagian orang yang ditemukan pada daftar pegawai" in told
    assert "30 November 2024" in told
    assert "Per tanggal" in told


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Three persons of an agency, and two of a neighbour who guard them."""
    agencies = {"6472": "6472-rsud", "6471": "6471-rsud"}
    persons = ["6472"] * 3 + ["6471"] * 2
    rows = {
        "mart_workforce": [builders.heads(400, code, agency_id=agency) for code, agency in agencies.items()],
        "mart_case": [
            builders.recommended(government_code=code, agency_id=agencies[code]) for code in persons
        ],
    }
    folder = tmp_path_factory.mktemp("few")
    builders.build(folder, rows, build_id="few-1")
    return folder


def test_an_agency_of_few_cases_gets_sentences_and_not_empty_figures(start, few):
    app = sound(start("agencies", folder=few, **AGENCY, rinci="severity"))
    assert text(app).count(": Tidak diterbitkan pada rincian ini.") == 3
    assert not app.get("plotly_chart")
    app = sound(start("agencies", folder=few, **AGENCY, rinci="followup", bahasa="en"))
    assert "stages are not published of a single government or agency" in text(app)
    assert not app.get("plotly_chart")
    app = sound(start("agencies", folder=few, **AGENCY, rinci="election"))
    assert "Perubahan dari bulan ke bulan tidak diterbitkan" in text(app)
    assert not app.get("plotly_chart")


def test_a_government_of_few_cases_gets_sentences_and_not_empty_figures(start, few):
    app = sound(start("regions", folder=few, pemerintah="6472", rinci="election"))
    assert "setiap bagian yang tidak nol disamarkan (1–4 orang)" in text(app)
    assert not app.get("plotly_chart")


def test_officials_see_the_few_cases_of_their_agency(start, sign_in, few):
    sign_in(governments=("6472",))
    told = text(sound(start("agencies", folder=few, **AGENCY, rinci="severity")))
    assert "; Disiplin 3;" in told
    assert "Orang yang diputus PPK: tidak ada yang tercatat." in told
    assert "sudah diputus PPK: lebih ringan" not in told
    assert "Perubahan tidak dinilai" in text(sound(start("agencies", folder=few, **AGENCY, rinci="election")))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("look", LOOKS)
def test_all_governments_are_compared_with_how_sure_it_is(start, all_of_them, look, language):
    told = text(sound(start("agencies", folder=all_of_them, lihat=look, bahasa=language)))
    said = {"id": ("uji eksak, p", "selang 95%", "Apakah beda akan terlihat?", "Selisihnya"),
            "en": ("exact test, p", "95% interval", "Could we even see a difference?", "The difference is")}  # fmt: skip
    assert all(part in told for part in said[language])
    if look == "election":
        assert ("atas 52 pemerintah daerah" in told) or ("over the 52 governments" in told)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_place_without_an_earlier_roster_is_not_compared_and_is_no_zero(start, all_of_them, language):
    address = {"pemerintah": "6472", "rinci": "election", "bahasa": language}
    told = text(sound(start("regions", folder=all_of_them, **address)))
    reason = {
        "id": "Pilkada 2020: tidak ada daftar pegawai",
        "en": "Pilkada 2020: no roster within 18 months",
    }
    assert reason[language] in told
    assert {"id": "ini bukan nol", "en": "this is not zero"}[language] in told
    assert {"id": "tanpa penyebut", "en": "no denominator"}[language] in told
    assert "uji eksak" not in told and "exact test" not in told


@pytest.mark.parametrize("look", LOOKS)
def test_picked_units_are_compared_each_with_itself(start, all_of_them, look):
    told = text(sound(start("agencies", folder=all_of_them, lihat=look, banding="6471,6402")))
    assert "Balikpapan, " in told and "Kutai Kartanegara, " in told
    silent = "Balikpapan, PPPK: Tidak diterbitkan pada rincian ini, jadi tidak dibandingkan; ini bukan nol."
    # Kinds of employment are published of provinces and of all Kalimantan.
    assert ("setelah memperhitungkan 3 perbandingan" in told) == (look == "election")
    assert (silent in told) == (look == "employment")
    assert "Kalimantan, PPPK: " in told or look == "election"


def test_a_filter_on_one_kind_of_staff_says_why_nothing_is_compared(start):
    told = text(sound(start("agencies", lihat="employment", kepegawaian="PPPK")))
    assert "hanya memuat PPPK" in told
    assert "The employment filter holds PNS only" in text(
        sound(start("agencies", lihat="employment", kepegawaian="PNS", bahasa="en"))
    )


def test_the_table_of_differences_withholds_what_the_sentence_withholds(start):
    app = sound(start("regions", pemerintah="6472", rinci="election"))
    app.session_state["sides_election_table"] = True
    assert "Tabel perbedaan" in [part.label for part in app.get("expander")]
    told = text(sound(app.run()))
    assert "p (mid-P)" in told

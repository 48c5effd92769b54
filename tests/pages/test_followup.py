"""The page of the follow-up clock with nothing, a register of six governments, and filters that are in no table or leave nothing."""

import itertools

import pytest

from settings import Settings
from tests import builders
from tests.etl.following.registers import built, rows
from tests.pages.conftest import sound, text

PAGE = "followup"
VIEWS = ("all", "days", "election", "bodies")
_builds = itertools.count(1)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A build of 260 persons of six governments."""
    folder = tmp_path_factory.mktemp("register")
    room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    built(room, folder, *rows(4, 260))
    return room.data


def folder(tmp_path, cases):
    # Answers are kept by the number of the build.
    builders.build(tmp_path, {"mart_case": cases}, build_id=f"followup-{next(_builds)}")
    return tmp_path


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_loaded(start, tmp_path, language):
    builders.build(tmp_path, {}, build_id="nothing-1")
    for view in (*VIEWS, "shares"):
        told = text(sound(start(PAGE, folder=tmp_path, bahasa=language, rinci=view)))
        assert ("tidak diketahui: register" if language == "id" else "is not known: no register") in told
        assert "netra-value'>–<" in told and "netra-value'>0<" not in told
        assert {"id": "Register perkara belum dimuat<", "en": "No register of cases is loaded<"}[
            language
        ] in told


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_kalimantan(start, register, language):
    app = sound(start(PAGE, folder=register, bahasa=language))
    told = text(app)
    assert "netra-value'>260<" in told
    assert len(app.get("plotly_chart")) == 1
    assert ("baris 1–" if language == "id" else "rows 1–") in told or "Pemerintah Kota Samarinda" in told
    assert ("kelipatan" if language == "id" else "multiple") not in told
    curves = sound(start(PAGE, folder=register, bahasa=language, rinci="days"))
    assert curves.get("plotly_chart")
    assert ("selang 95%" if language == "id" else "95% interval") in text(curves)


def test_a_government_has_totals_and_is_told_which_filter_hides_the_rest(start, register):
    told = text(sound(start(PAGE, folder=register, pemerintah="6408", bahasa="en")))
    assert "Take away the filter government to see it" in told
    assert "Pemerintah Kabupaten Kutai Timur" in told
    assert "netra-value'>–<" in told and "not published at this detail" in told
    for view in VIEWS[1:]:
        app = sound(start(PAGE, folder=register, pemerintah="6408", rinci=view, bahasa="en"))
        assert "Take away the filter government to see it" in text(app)
        assert not app.get("plotly_chart")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("address", "named"),
    [
        ({"kepegawaian": "PNS"}, "jenis kepegawaian"),
        ({"jenis": "DIS-06", "dari": "2024-01-01"}, "tanggal awal dan jenis pelanggaran"),
        ({"status": "decided", "provinsi": "64"}, "status"),
    ],
)
def test_a_filter_that_is_in_no_table_is_named_and_nothing_is_a_zero(start, register, view, address, named):
    app = sound(start(PAGE, folder=register, rinci=view, **address))
    told = text(app)
    assert f"Hapus saringan {named}" in told or f"Hapus saringan {named}, dan provinsi" in told.replace(
        " dan provinsi", ", dan provinsi"
    )
    assert "netra-value'>0<" not in told and "netra-value'>–<" in told
    if view != "all":
        assert not app.get("plotly_chart")


@pytest.mark.parametrize("view", ["all", "election"])
def test_the_page_says_for_which_stages_no_limit_was_found(start, tmp_path, view):
    row = {"limit_code": "a", "stage": "review", "judged": "yes", "note_id": "x", "note_en": "y"}
    limits = [
        row,
        row | {"limit_code": "b", "judged": "not_found"},
        row | {"limit_code": "c", "stage": "decision", "judged": "not_found"},
    ]
    builders.build(tmp_path, {"core_followup_limit": limits}, build_id="law-1")
    told = text(sound(start(PAGE, folder=tmp_path, rinci=view)))
    assert "Dinilai dengan batas hukum: Kajian sampai penerusan." in told
    assert "tidak dinilai: Rekomendasi sampai putusan PPK." in told


def test_an_election_without_a_register_is_not_known(start, register):
    assert "tidak diketahui: register" in text(start(PAGE, folder=register, pemilihan="PEMILU2019"))


def test_the_election_clock_keeps_pilkada_and_pemilu_apart(start, tmp_path):
    cases = [
        builders.case(election_code=code) for code in ("PILKADA2024", "PEMILU2024") for _ in range(12)
    ] + [builders.case(election_code="none", phase="no_election") for _ in range(6)]
    there = folder(tmp_path, cases)
    app = sound(start(PAGE, folder=there, rinci="election", bahasa="en"))
    told = text(app)
    assert [element.value for element in app.subheader] == ["Pilkada", "Pemilu"]
    assert "Outside the time of any election: 6 persons" in told
    assert "Pilkada 2024: 12 persons" in told
    assert "belong to their own region" in told
    rates = text(sound(start(PAGE, folder=there, rinci="election", ukuran="alleged_rate", bahasa="en")))
    assert "Pilkada 2024: no rate per 1,000 ASN" in rates
    narrowed = text(sound(start(PAGE, folder=there, rinci="election", provinsi="64", bahasa="en")))
    assert "Take away the filter province to see it" in narrowed


def test_decisions_are_compared_with_recommendations(start, tmp_path):
    cases = [builders.decided("lighter", recommended_severity="medium") for _ in range(7)] + [
        builders.decided() for _ in range(6)
    ]
    told = text(sound(start(PAGE, folder=folder(tmp_path, cases), bahasa="en")))
    assert "lighter than recommended 7, as recommended 6, heavier 0" in told


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_wait_by_examining_body_is_tested_or_says_why_not(start, tmp_path, language):
    # The bodies take turns (tests/steps.py).
    there = folder(tmp_path, [builders.decided() for _ in range(80)])
    app = sound(start(PAGE, folder=there, rinci="bodies", bahasa=language))
    told = text(app)
    assert ("uji log-rank, khi-kuadrat" if language == "id" else "log-rank test, chi-square") in told
    assert ("KASN memeriksa sampai 23 Agustus 2024" if language == "id" else "until 23 August 2024") in told
    assert len(app.get("plotly_chart")) == 1
    few = folder(tmp_path, [builders.decided() for _ in range(13)])
    app = sound(start(PAGE, folder=few, rinci="bodies", bahasa=language))
    assert ("Tidak diuji" if language == "id" else "Not tested") in text(app)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_share_decided_is_a_funnel_or_says_that_too_few_may_be_told(start, tmp_path, language):
    cases = [builders.decided(government_code="6472") for _ in range(18)]
    cases += [builders.recommended(government_code="6472") for _ in range(8)]
    cases += [builders.decided(government_code="6171") for _ in range(5)]
    cases += [builders.recommended(government_code="6171") for _ in range(25)]
    cases += [builders.recommended(government_code="6401") for _ in range(3)]
    builders.build(tmp_path, {"mart_case": cases}, build_id="shares-1")
    app = sound(start(PAGE, folder=tmp_path, rinci="shares", bahasa=language))
    assert len(app.get("plotly_chart")) == 1
    assert (
        "unit berada di luar batas 95%" if language == "id" else "units lie outside the 95% limits"
    ) in text(app)
    app.session_state["shares_funnel_table"] = True
    told = text(sound(app.run()))
    row = next(line for line in told.split("<tr>") if "row'>Kalimantan Barat" in line)
    assert "30" in row and "17%" in row
    narrow = sound(start(PAGE, folder=tmp_path, rinci="shares", bahasa=language, pemerintah="6401"))
    assert not narrow.get("plotly_chart")
    # Of agencies persons alone are published.
    assert ("Terlalu sedikit unit" if language == "id" else "Too few units") in text(narrow)


@pytest.mark.parametrize("level", ["province", "government"])
def test_shares_with_nothing_loaded_and_with_all_governments(start, tmp_path, level):
    few = folder(tmp_path, [builders.case() for _ in range(9)])
    told = text(sound(start(PAGE, folder=few, rinci="shares", tingkat=level)))
    assert "Terlalu sedikit unit" in told
    codes = [row["government_code"] for row in builders.completed({})["core_government"]]
    cases = [builders.decided(government_code=code) for code in codes for _ in range(6)]
    cases += [builders.recommended(government_code=code) for code in codes for _ in range(5)]
    builders.build(tmp_path, {"mart_case": cases}, build_id="shares-all")
    told = text(sound(start(PAGE, folder=tmp_path, rinci="shares", tingkat=level)))
    assert f"semua {61 if level == 'government' else 5} unit berada di dalam batas" in told

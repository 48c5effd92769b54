"""The page of the follow-up clock with nothing, one government, all of them, and a filter that leaves nothing."""

import itertools

import pytest

from tests import builders
from tests.metrics.followup.rows import everywhere, many, step
from tests.pages.conftest import sound, text

PAGE = "followup"
_builds = itertools.count(1)


def folder(tmp_path, rows):
    # Answers are kept by the number of the build.
    builders.build(
        tmp_path, builders.example_rows() | {"mart_followup": rows}, build_id=f"followup-{next(_builds)}"
    )
    return tmp_path


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_loaded(start, tmp_path, language):
    builders.build(tmp_path, {}, build_id="nothing-1")
    for view in ("all", "days", "election", "bodies", "shares"):
        told = text(sound(start(PAGE, folder=tmp_path, bahasa=language, rinci=view)))
        assert ("tidak diketahui: register" if language == "id" else "is not known: no register") in told
        assert "netra-value'>–<" in told and "netra-value'>0<" not in told
        assert {"id": "Register perkara belum dimuat<", "en": "No register of cases is loaded<"}[
            language
        ] in told


def test_one_government_has_counts_but_too_few_for_curves(start, tmp_path):
    rows = (
        many(7, "intake")
        + many(3, "review", "open", timing="overdue", limit_days=5)
        + many(7, "to_decided", days=3)
    )
    there = folder(tmp_path, rows)
    days = text(sound(start(PAGE, folder=there, pemerintah="6472", rinci="days")))
    assert "terlalu sedikit untuk sebuah kurva" in days
    told = text(sound(start(PAGE, folder=there, pemerintah="6472")))
    assert "1–4 di antaranya melewati batas hukum" in told
    assert "Pemerintah Kota Samarinda" in told


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


@pytest.mark.parametrize("language", ["id", "en"])
def test_all_governments(start, tmp_path, language):
    there = folder(tmp_path, everywhere())
    curves = sound(start(PAGE, folder=there, bahasa=language, rinci="days"))
    assert len(curves.get("plotly_chart")) == 2
    assert ("selang 95%" if language == "id" else "95% interval") in text(curves)
    app = sound(start(PAGE, folder=there, bahasa=language))
    told = text(app)
    assert ("baris 1–25 dari 61" if language == "id" else "rows 1–25 of 61") in told
    assert len(app.get("plotly_chart")) == 1
    assert ("Yang tidak diketahui: 10 dari" if language == "id" else "What is not known: 10 of") in told


def test_a_filter_that_leaves_nothing(start, tmp_path):
    there = folder(tmp_path, everywhere())
    assert "tidak diketahui: register" in text(start(PAGE, folder=there, pemilihan="PEMILU2019"))
    nobody = text(sound(start(PAGE, folder=there, jenis="ETIK-01")))
    assert "Tidak ada orang dalam pilihan ini" in nobody and "netra-value'>0<" in nobody


def test_the_election_clock_keeps_pilkada_and_pemilu_apart(start, tmp_path):
    cases = [
        builders.case(election_code=code) for code in ("PILKADA2024", "PEMILU2024") for _ in range(12)
    ] + [builders.case(election_code="none", phase="no_election") for _ in range(3)]
    builders.build(
        tmp_path, {"mart_case": cases, "mart_workforce": [builders.heads(9000)]}, build_id="clock-1"
    )
    app = sound(start(PAGE, folder=tmp_path, rinci="election", ukuran="alleged_persons", bahasa="en"))
    told = text(app)
    assert [element.value for element in app.subheader] == ["Pilkada", "Pemilu"]
    assert "Outside the time of any election: 1–4 persons" in told
    assert "Pilkada 2024: 10 persons" in told
    assert "belong to their own region" in told
    narrowed = text(sound(start(PAGE, folder=tmp_path, rinci="election", provinsi="64")))
    assert "milik wilayahnya sendiri" not in narrowed


def test_decisions_are_compared_with_recommendations(start, tmp_path):
    cases = [builders.decided("lighter") for _ in range(7)] + [builders.decided() for _ in range(3)]
    builders.build(tmp_path, {"mart_case": cases}, build_id="compared-1")
    told = text(sound(start(PAGE, folder=tmp_path, bahasa="en")))
    assert "lighter than recommended 7, as recommended 1–4, heavier 0" in told


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_wait_by_examining_body_is_tested_or_says_why_not(start, tmp_path, language):
    rows = []
    for body, first in (("kasn", 20), ("bkn", 60)):
        for n in range(30):
            decision = step("decision", days=first + n, holder="ppk")
            rows += [decision, step("examination", case_id=decision["case_id"], holder=body)]
    app = sound(start(PAGE, folder=folder(tmp_path, rows), rinci="bodies", bahasa=language))
    told = text(app)
    assert ("uji log-rank, khi-kuadrat" if language == "id" else "log-rank test, chi-square") in told
    assert ("KASN memeriksa sampai 23 Agustus 2024" if language == "id" else "until 23 August 2024") in told
    assert len(app.get("plotly_chart")) == 1
    narrow = sound(start(PAGE, folder=tmp_path, rinci="bodies", bahasa=language, provinsi="61"))
    assert ("Tidak diuji" if language == "id" else "Not tested") in text(narrow)
    assert not narrow.get("plotly_chart")


def test_a_register_without_bodies_has_none_to_compare(start, tmp_path):
    app = sound(start(PAGE, folder=folder(tmp_path, []), rinci="bodies"))
    assert "Tidak diuji" in text(app)
    assert "0 orang" in text(app)


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
    assert ("1 unit disamarkan" if language == "id" else "1 unit is withheld") in text(narrow)


@pytest.mark.parametrize("level", ["province", "government"])
def test_shares_with_nothing_loaded_and_with_all_governments(start, tmp_path, level):
    few = folder(tmp_path, [])
    told = text(sound(start(PAGE, folder=few, rinci="shares", tingkat=level, jenis="ETIK-01")))
    assert "Terlalu sedikit unit" in told
    codes = [row["government_code"] for row in builders.completed({})["core_government"]]
    cases = [builders.decided(government_code=code) for code in codes for _ in range(6)]
    cases += [builders.recommended(government_code=code) for code in codes for _ in range(5)]
    builders.build(tmp_path, {"mart_case": cases}, build_id="shares-all")
    told = text(sound(start(PAGE, folder=tmp_path, rinci="shares", tingkat=level)))
    assert f"semua {61 if level == 'government' else 5} unit berada di dalam batas" in told

"""Every page through app.py, in both languages, with and without something to show."""

import pytest

from tests import builders
from tests.pages.conftest import PAGES, sound, text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_in_its_frame_in_indonesian(start, page):
    app = sound(start(page))
    assert app.title[0].value == PAGES[page]
    assert "data simulasi" in text(app).lower()
    links = [link.proto.query_string for link in app.get("page_link")]
    assert len(links) >= len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_english_when_asked(start, page):
    app = sound(start(page, bahasa="en"))
    assert app.title[0].value != PAGES[page]
    assert "imulated data" in text(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_selection_without_any_case_is_shown_calmly(start, page):
    sound(start(page, provinsi="65", pemilihan="PSU2021-BANJARMASIN", jenis="DIS-01", kepegawaian="PPPK"))


@pytest.mark.parametrize("page", ["regions", "agencies", "sanctions", "downloads"])
def test_one_government_and_its_agencies(start, page):
    app = sound(start(page, pemerintah="6472", instansi="6472-rsud", banding="6472-rsud"))
    assert "Samarinda" in text(app)


@pytest.mark.parametrize("against", ["first", "rest"])
def test_units_side_by_side_are_told_with_what_could_be_seen(start, telling, against):
    app = sound(start("agencies", folder=telling, banding="6472,61,6401", lawan=against))
    told = text(app)
    assert "Apakah beda akan terlihat?" in told
    assert "Tingkatnya tidak dapat dihitung" in told
    app = sound(start("agencies", banding="6472", bahasa="en"))
    assert "Choose one more unit" in text(app)


CHANGE = {
    "id": ("Perubahan dari bulan ke bulan tidak diterbitkan", "Perubahan tidak dinilai"),
    "en": ("Change from month to month is not published", "Change is not judged"),
}


@pytest.mark.parametrize("language", CHANGE)
def test_the_profile_of_a_government_says_to_its_officials_whether_it_changed(start, sign_in, language):
    withheld, judged = CHANGE[language]
    address = {"pemerintah": "6472", "rinci": "election", "bahasa": language}
    told = text(sound(start("regions", **address)))
    assert withheld in told and judged not in told
    sign_in(governments=("6472",))
    told = text(sound(start("regions", **address)))
    assert withheld not in told and judged in told
    sign_in(governments=("6402",))
    told = text(sound(start("regions", **address)))
    assert withheld in told and judged not in told
    assert judged not in text(start("regions", bahasa=language))


@pytest.mark.parametrize(("view", "word"), [("map", "Peta"), ("tiles", "Peta ubin")])
def test_the_map_is_told_by_evidence_for_rates_and_by_value_for_counts(start, view, word):
    told = text(sound(start("regions", bentuk=view)))
    assert f"{word} " in told
    assert "menurut bukti" in told
    assert "menurut bukti" not in text(sound(start("regions", bentuk=view, ukuran="alleged_persons")))


@pytest.mark.parametrize("page", PAGES)
def test_without_a_warehouse_the_app_says_how_to_make_one(start, tmp_path, page):
    for language in ("id", "en"):
        app = start(page, folder=tmp_path, bahasa=language)
        assert not app.exception
        assert "make data" in app.warning[0].value
        assert len(app.title) == 1


def test_a_warehouse_without_any_row_is_shown(start, tmp_path):
    builders.build(tmp_path, {}, build_id="empty-1")
    for page in PAGES:
        sound(start(page, folder=tmp_path))


def test_a_new_build_is_picked_up_without_a_restart(start, tmp_path):
    builders.build(tmp_path, builders.example_rows(), build_id="first")
    assert "first" in text(start("method", folder=tmp_path))
    builders.build(tmp_path, builders.example_rows(), build_id="second")
    assert "second" in text(start("method", folder=tmp_path))


def test_an_unexpected_failure_is_told_with_a_number_and_without_internals(start, monkeypatch, caplog):
    monkeypatch.setattr("ui.layout.headline", lambda *_: 1 / 0)
    app = start("overview")
    assert not app.exception
    number = app.error[0].value.split("nomor ")[1].split(" ")[0]
    assert number in caplog.text
    assert "ZeroDivisionError" not in app.error[0].value


def test_long_tables_are_paged(start):
    app = start("downloads")
    assert "baris 1–25 dari 61" in text(app)


@pytest.mark.parametrize("look", ["funnel", "ratio", "rate", "employment", "election"])
@pytest.mark.parametrize("address", [{}, {"pemerintah": "6472"}, {"pemilihan": "PSU2021-BANJARMASIN"}])
def test_every_way_to_look_at_units(start, look, address):
    app = sound(start("agencies", lihat=look, **address))
    assert "diabaikan" not in text(app)


def test_the_table_of_a_comparison_withholds_what_the_figure_withholds(start):
    app = sound(start("agencies", lihat="funnel", provinsi="64"))
    app.session_state["agencies_funnel_table"] = True
    told = text(sound(app.run()))
    assert "Orang tercatat" in told and "tidak dapat diperingkat" in told
    row = next(line for line in told.split("<tr>") if "Kutai Kartanegara" in line)
    assert "0–4" in row and "disamarkan" in row


def test_one_agency_and_one_government_have_a_profile(start):
    for page, address in (
        ("agencies", {"pemerintah": "6472", "instansi": "6472-rsud"}),
        ("regions", {"pemerintah": "6472"}),
    ):
        told = text(sound(start(page, **address)))
        assert "Ukuran utama dibanding kelompok" in told
        assert "Samarinda" in told


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("metrics", ("Rumus", "Apa yang tidak dapat dikatakan")),
        ("methods", ("Penyamaran jumlah kecil", "Benjamini", "Jam tindak lanjut: berapa lama")),
        ("refusals", ("Register perkara belum dimuat", "tidak dapat diperingkat", "tidak sepadan")),
        ("glossary", ("Aparatur Sipil Negara", "satu-satunya yang memutus sanksi")),
        ("data", ("samarinda.csv", "pages-1")),
    ],
)
def test_the_method_page_carries_methodology_refusals_and_glossary(start, part, words):
    app = sound(start("method", bagian=part))
    told = "\n".join([text(app), *(element.value for element in app.header)])
    if f"{part}_page" in app.session_state:
        app.session_state[f"{part}_page"] = 2
        told += text(sound(app.run()))
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("overview", {"jenis": "DIS-01"}),
        *(
            ("regions", {"jenis": "DIS-01", **more})
            for more in ({}, {"bentuk": "tiles"}, {"pemerintah": "6472"})
        ),
        *(
            ("agencies", {"jenis": "DIS-01", "lihat": look})
            for look in ("funnel", "ratio", "rate", "employment")
        ),
        *(("sanctions", {"jenis": "DIS-01", "lihat": look}) for look in ("levels", "outcome")),
        # By election severity is published of all Kalimantan alone; other elections have no vote in the province.
        ("sanctions", {"provinsi": "64", "rinci": "election"}),
        ("followup", {"jenis": "DIS-01"}),
    ],
)
def test_what_is_not_published_is_a_sentence_and_no_figure_without_a_mark(start, telling, page, address):
    for language, sentence in (
        ("id", "Rincian ini tidak diterbitkan"),
        ("en", "This detail is not published"),
    ):
        app = sound(start(page, folder=telling, bahasa=language, **address))
        assert not app.get("plotly_chart")
        assert sentence in text(app)
        assert "lebih ringan dari rekomendasi –" not in text(app)

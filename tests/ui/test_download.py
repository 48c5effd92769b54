"""A download holds the same figures as the screen, says what they are, and is the same every time."""

import csv
import io
import zipfile

import pandas as pd
import pytest

from language import words
from ui import download, results
from ui.showing import tables
from warehouse.selection import Selection

CHOSEN = Selection(provinces=("64",), elections=("PILKADA2024",))


@pytest.fixture
def result(over):
    return results.of("alleged_rate", CHOSEN, "government")


def unpack(result, lang="id"):
    with zipfile.ZipFile(io.BytesIO(download.archive(words(lang), result))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_table_file_equals_the_table_on_the_screen(result):
    for lang in ("id", "en"):
        shown = tables.of_result(words(lang), result)
        assert read(unpack(result, lang)["tabel.csv"]) == [list(shown.head), *map(list, shown.rows)]


def test_data_csv_and_parquet_hold_the_frame(result):
    files = unpack(result)
    from_parquet = pd.read_parquet(io.BytesIO(files["data.parquet"]))
    assert from_parquet["unit_id"].tolist() == result.frame["unit_id"].tolist()
    assert from_parquet["events"].tolist() == result.frame["events"].tolist()
    rows = read(files["data.csv"])
    assert rows[0] == list(result.frame.columns)
    assert len(rows) == len(result.frame) + 1


def test_suppressed_figures_are_in_no_file(result):
    hidden = result.frame.loc[result.frame["suppressed"], "unit_id"].tolist()
    assert hidden
    rows = {
        row["unit_id"]: row
        for row in csv.DictReader(io.StringIO(unpack(result)["data.csv"].decode("utf-8-sig")))
    }
    assert all(rows[unit]["events"] == rows[unit]["estimate"] == "" for unit in hidden)


def test_every_column_is_explained_and_every_source_named(result):
    files = unpack(result)
    assert [row[0] for row in read(files["kamus.csv"])[1:]] == list(result.frame.columns)
    assert read(files["sumber.csv"])[1][0] == "S1"


@pytest.mark.parametrize(("lang", "name"), [("id", "BACA-SAYA.txt"), ("en", "README.txt")])
def test_the_explanation_names_filter_build_licence_and_simulation(result, lang, name):
    told = unpack(result, lang)[name].decode("utf-8-sig")
    for part in ("DATA SIMULASI", "Kalimantan Timur", "2024", "ui-1", "CC BY 4.0", "provinsi=64"):
        assert part in told


def test_the_same_view_gives_the_same_bytes(result):
    assert download.archive(words("id"), result) == download.archive(words("id"), result)


def test_the_name_carries_measure_filter_build_and_simulation(result):
    name = download.file_name(result)
    assert (
        name == "netra_alleged-rate_government_whole_provinsi-64_pemilihan-PILKADA2024_ui-1_DATA-SIMULASI.zip"
    )
    many = results.of("alleged_rate", Selection(governments=tuple(results.governments())), "government")
    assert len(download.file_name(many)) < 150


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+62 Dinas", "@SUM(A1)", "-cmd|x", "\tDinas"])
def test_a_name_that_looks_like_a_formula_is_inert(result, name):
    changed = result.shown_as(result.frame.assign(unit_name=name))
    rows = csv.DictReader(io.StringIO(unpack(changed)["data.csv"].decode("utf-8-sig")))
    assert {row["unit_name"] for row in rows} == {f"'{name}"}
    assert download._inert(name) == f"'{name}"


@pytest.mark.parametrize("text", ["-1,5", "-", "–", "12", "", "Dinas - Utara", "-.5"])
def test_numbers_and_dashes_stay_as_they_are(text):
    assert download._inert(text) == text

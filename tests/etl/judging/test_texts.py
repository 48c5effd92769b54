"""What texts mean: asked once each, the same from several threads, and positions by their parts as by both together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product

import duckdb
import polars as pl
import pytest

from etl.judging.lines import judge
from etl.judging.scales import CELLS
from etl.judging.texts import _KNOWN, Texts
from etl.loading.session import read_sql

AS_OF = date(2024, 11, 30)
TYPES = [
    None,
    "",
    "Struktural",
    "1",
    "2",
    "JFT",
    "Fungsional Umum",
    "Jabatan Pimpinan Tinggi",
    "Eselon III",
    "lain",
]
TITLES = [
    None,
    "",
    "Kepala Dinas X",
    "Camat",
    "Lurah",
    "Guru Ahli Muda",
    "Staf",
    "Penjaga",
    "Sekretaris Daerah",
]


@pytest.fixture
def con():
    with duckdb.connect() as found:
        found.execute(read_sql("macros"))
        found.execute(read_sql("agency_macros"))
        yield found


def lines(texts: Texts, **columns: list[str | None]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    cells = {
        name: pl.Series(name, columns.get(name, [None] * height), pl.String).cast(texts.dtypes[name])
        for name in CELLS
    }
    numbers = [str(192001012010011001 + place) for place in range(height)]
    return pl.DataFrame({"nip": numbers, "first_cell": [""] * height, **cells}).with_row_index("place")


def test_the_class_of_a_position_is_the_same_by_its_parts_and_by_both_together(con):
    pairs = list(product(TYPES, TITLES))
    texts = Texts(con, "64", AS_OF)
    batch = lines(
        texts,
        position_type=[kind for kind, _ in pairs],
        position=[title for _, title in pairs],
        agency=["Dinas X"] * len(pairs),
        simulated=["DATA SIMULASI"] * len(pairs),
    )
    found = judge(batch, texts, AS_OF).accepted["position_class"].to_list()
    for (kind, title), said in zip(pairs, found, strict=True):
        (both,) = con.execute(
            "SELECT position_class_of($kind, $title)", {"kind": kind, "title": title}
        ).fetchall()[0]
        assert said == both, (kind, title)
    assert len(set(found)) == 6


def test_several_threads_learn_the_same_texts(con):
    texts = Texts(con, "64", AS_OF)
    parts = [[f"Dinas {(start + n) % 300}" for n in range(500)] for start in range(0, 400, 50)]

    def ask(names: list[str]) -> list[str]:
        column = pl.Series("agency", names, texts.dtypes["agency"])
        return texts.meaning("agency", column, "agency_name")["agency_name"].to_list()

    with ThreadPoolExecutor(4) as team:
        assert list(team.map(ask, parts)) == parts


def test_an_empty_cell_means_what_an_empty_text_means(con):
    texts = Texts(con, "64", AS_OF)
    column = pl.Series("birth", [None, "", "31-12-1920", "kapan"], texts.dtypes["birth"])
    assert texts.meaning("birth", column)["written_day"].to_list() == [None, None, 19201231, 0]


def test_a_text_that_names_another_government_is_told(con):
    texts = Texts(con, "6474", AS_OF)
    column = pl.Series(
        "w", [None, "Pemkot Bontang", "Pemkot Samarinda", "Kantor"], texts.dtypes["work_government"]
    )
    assert texts.meaning("work_government", column)["is_other"].to_list() == [False, False, True, False]


def test_what_says_nothing_of_a_person_is_asked_once_for_all_files_and_the_rest_is_forgotten(con):
    asked, personal = ["Penata Yang Belum Pernah Ada", "Lurah"], ["15-03-1901"]
    answers = []
    for _ in range(2):
        texts = Texts(con, "64", AS_OF)
        for field, words in (("position", asked), ("birth", personal), ("agency", ["Dinas Contoh"])):
            column = pl.Series(words, dtype=pl.String).cast(texts.dtypes[field])
            answers.append(texts.meaning(field, column).rows())
    assert answers[:3] == answers[3:]
    assert set(asked) <= set(_KNOWN["position"])
    assert set(_KNOWN["birth"]) == set(_KNOWN["agency"]) == {""}

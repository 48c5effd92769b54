from __future__ import annotations

import duckdb

from bench.bare_read import Shape, read, shape_of

ROWS = [
    ["No", "NIP", "Lahir", "Kode"],
    ["1", "188801031992081017", "03-01-1888", "01"],
    ["2", "", "23-01-1888", "02"],
    ["3", "188801231983101017"],
]


def test_numbers_and_dates_get_types_and_long_numbers_stay_text():
    assert shape_of(ROWS, 1, ";") == Shape(";", 1, ("INTEGER", "VARCHAR", "DATE", "VARCHAR"), "%d-%m-%Y")


def test_a_file_is_read_with_its_types(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(";".join(row) for row in ROWS), encoding="utf-8")
    with duckdb.connect() as con:
        read(con, [(shape_of(ROWS, 1, ";"), [str(path), str(path)])])
        assert con.execute("SELECT count(*), sum(c0), min(year(c2)) FROM t0").fetchall() == [(6, 12, 1888)]

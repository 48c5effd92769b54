"""Questions are compiled once for every form of a selection; the reader's values are bound, never written into the SQL."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.answer import answer
from warehouse import tables
from warehouse.selection import Selection

CODES = st.lists(st.sampled_from(["61", "62", "63", "64", "65", "6402", "x' OR '1'='1"]), max_size=6)


@given(CODES, CODES, st.booleans())
def test_a_form_has_a_mark_for_every_value_and_lists_of_few_lengths(provinces, governments, dated):
    days = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)} if dated else {}
    selection = Selection(provinces=tuple(provinces), governments=tuple(governments), **days)
    form, values = selection.form()
    marks = [*form.provinces, *form.governments, *(["since", "until"] if dated else [])]
    assert sorted(marks) == sorted(values)
    for name in ("provinces", "governments"):
        asked, found = getattr(selection, name), [values[mark] for mark in getattr(form, name)]
        assert set(found) == set(asked)
        assert len(found) in (0, 1, 2, 4, 8)


def test_selections_of_one_form_are_compiled_once(full, monkeypatch):
    compiled = []
    there = tables.prepare
    monkeypatch.setattr("warehouse.asking.prepare", lambda *a: compiled.append(1) or there(*a))
    for code in ("61", "62", "63"):
        answer(full, "alleged_persons", Selection(governments=(f"{code}01",), statuses=("decided",)))
    assert len(compiled) == 1


@pytest.mark.parametrize(
    "code", ["x' OR '1'='1", "$provinces_00000", "provinces_00000", "'; DROP TABLE mart_case; --"]
)
def test_a_hostile_value_is_a_value(full, code):
    everything = answer(full, "alleged_persons", Selection(), by="kalimantan")
    found = answer(full, "alleged_persons", Selection(violations=(code,)), by="kalimantan")
    assert int(everything.frame["events"].sum()) > 0
    assert int(found.frame["events"].fillna(0).sum()) == 0
    assert code.replace("'", "''") in found.sql[0]


def test_the_sql_that_is_shown_gives_the_rows_that_were_counted(full):
    selection = Selection(provinces=("64", "65", "61"), since=date(2018, 1, 1), until=date(2024, 12, 31))
    found = answer(full, "alleged_persons", selection, by="kalimantan")
    rows = full.backend().con.sql(found.sql[0]).fetchall()
    assert "$" not in found.sql[0]
    assert rows

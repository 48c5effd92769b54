"""What the command line said, as a steward reads it."""

import csv
import io

import pytest

from language import LANGUAGES, words
from tests.ui.steward import fake_etl
from ui.showing import tables
from ui.steward import told

EVENT = {"event": "understood", **fake_etl.understood("roster", {"name": "a.csv", "expect-pns": "901"})}
CARD = EVENT["card"]


def test_totals_are_set_against_what_was_counted():
    table = told.controls(words("id"), CARD)
    assert table.rows == (("PNS", "901", "900", "berbeda"), ("PPPK", "–", "331", "tidak dinyatakan"))
    assert told.differ(CARD)
    assert not told.differ(CARD | {"expect_pns": 900})
    assert not told.differ({})
    accepted = told.controls(words("en"), CARD | {"control_verdict": "mismatch_accepted"})
    assert accepted.rows[0][3] == "differ, accepted by an officer"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_refused_rows_say_row_column_value_and_reason(lang):
    table = told.refused(words(lang), EVENT)
    assert [row[0] for row in table.rows] == ["3", "17", "40"]
    assert table.rows[0][1:3] == ("NIP", "9,99x+99")
    assert table.rows[0][3] == EVENT["refused"][0][f"message_{lang}"]


def test_the_list_to_take_home_has_both_languages_and_no_formula():
    text = told.refused_file(EVENT).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    assert rows[0]["message_id"] and rows[0]["message_en"]
    assert rows[2]["masked_value"] == "'=9+9"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_columns_are_told_in_words_and_unknown_codes_stand_for_themselves():
    table = told.columns(words("id"), EVENT)
    assert table.rows[1] == ("OPD", "perangkat daerah")
    strange = told.columns(words("id"), {"columns": [{"field": "something_new", "column": "<b>"}]})
    assert strange.rows == (("<b>", "something_new"),)
    assert "<b>" not in tables.as_html(strange)


def test_warnings_and_rows_that_are_no_data():
    assert told.warnings(words("id"), EVENT).rows == (("Tanggal lahir berbeda dari NIP.", "2", "7"),)
    assert told.skipped(words("en"), EVENT).rows == (("total", "1", "1,236"),)


def test_a_fault_names_fields_of_the_form_and_is_inert():
    event = {
        "what": "<script>", "where": "a.csv", "cure": "Muat dengan --government 6408, --accept-mismatch NAMA atau --unknown.",
    }  # fmt: skip
    html = told.fault(words("id"), event)
    assert "<script>" not in html
    assert "“Pemerintah daerah” 6408" in html
    assert "“Nama petugas yang menerima selisih jumlah” NAMA" in html
    assert "--unknown" in html


@pytest.mark.parametrize(
    "event", [{}, {"refused": "x", "columns": None, "warnings": [1], "skipped": {}, "sources": 1}]
)
def test_an_event_of_another_shape_is_no_fault(event):
    w = words("id")
    for table in (told.columns, told.refused, told.warnings, told.skipped, told.sources):
        assert table(w, event).rows == ()
    assert told.facts(w, event).rows
    assert told.summary(w, event)

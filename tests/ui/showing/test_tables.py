"""Tables as a screen reader meets them."""

import re

import pytest

from language import words
from ui import results
from ui.showing import tables
from ui.showing.tables import Link, Table
from warehouse.selection import Selection


def test_html_is_escaped_and_has_heads_with_scope():
    table = Table("A & B", ("Nama", "Jumlah"), (("<script>", "1"),), frozenset({1}))
    html = tables.as_html(table)
    assert "<script>" not in html
    assert "<caption>A &amp; B</caption>" in html
    assert html.count("scope='col'") == 2 and html.count("scope='row'") == 1
    assert "<td class='number'>1</td>" in html
    assert "tabindex='0'" in html and "role='region'" in html


def test_a_long_text_gets_room_and_a_number_does_not():
    html = tables.as_html(Table("t", ("a", "b", "c"), (("x", "word " * 9, "1" * 40),), frozenset({2})))
    assert html.count("class='long'") == 1 and "<td class='long'>word" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "/local", ""])
def test_only_web_addresses_become_links(address):
    assert "<a" not in tables.as_html(Table("t", ("a", "b"), (("x", Link("source", address)),)))


def test_a_quote_in_an_address_stays_inside_it():
    html = tables.as_html(Table("t", ("a", "b"), (("x", Link("s", "https://e.org/'onclick='x")),)))
    assert "onclick='" not in html


def cells(lang, metric, **shape):
    table = tables.of_result(words(lang), results.of(metric, Selection(), **shape))
    return [dict(zip(table.head, row, strict=True)) for row in table.rows]


def test_numbers_are_written_in_the_readers_language(over):
    indonesian = next(
        row
        for row in cells("id", "alleged_rate", by="government")
        if "Samarinda" in row["Wilayah atau instansi"]
    )
    english = next(
        row for row in cells("en", "alleged_rate", by="government") if "Samarinda" in row["Region or agency"]
    )
    assert indonesian["Jumlah ASN"] == "24.000"
    assert english["Headcount"] == "24,000"


def test_suppressed_missing_and_zero_are_three_things(over):
    rows = cells("id", "alleged_rate", by="government")
    assert {row["Orang"] for row in rows} >= {"0–4", "0", "–"}
    hidden = next(row for row in rows if row["Orang"] == "0–4")
    assert "disamarkan" in hidden["Catatan"]
    missing = next(row for row in rows if row["Orang"] == "–")
    assert missing["Catatan"] and missing["Jumlah ASN"] == "–"


def test_a_count_has_no_interval_and_a_split_names_its_groups(over):
    table = tables.of_result(
        words("id"), results.of("decided_persons", Selection(), "province", "whole", "comparison")
    )
    assert "Selang 95%" not in table.head
    assert "Kelompok" in table.head
    assert not any(re.search(r"[a-z]_[a-z]", str(cell)) for row in table.rows for cell in row), "a bare code"


def test_elections_are_named(over):
    rows = cells("id", "alleged_rate", by="kalimantan", period="election")
    assert any("Pilkada" in row["Masa"] for row in rows)
    assert not any("PILKADA" in row["Masa"] for row in rows)

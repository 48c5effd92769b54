from __future__ import annotations

import pytest

from bench.report import Row, Section, as_markdown, number


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [(2.0, "stretch"), (2.5, "stretch"), (3.0, "within"), (3.5, "within"), (3.6, "over")],
)
def test_a_verdict_compares_with_both_bounds(measured, verdict):
    assert Row("load", measured, "", 3.5, 2.5).verdict == verdict


def test_a_number_without_a_budget_has_no_verdict():
    assert Row("load", 9.0).verdict == "–"


def test_a_budget_without_a_stretch_is_kept_or_not():
    assert [Row("p95", value, "s", 0.3).verdict for value in (0.1, 0.4)] == ["within", "over"]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0234, "", "0.0234"),
        (3.456, "", "3.46"),
        (30, "kB", "30 kB"),
        (12345.6, "MiB", "12346 MiB"),
        (0.0, "", "0"),
    ],
)
def test_numbers_are_short(value, unit, text):
    assert number(value, unit) == text


def test_a_section_is_an_even_table():
    text = as_markdown(Section("Asking", (Row("a", 1.0), Row("longer name", 0.02, "", 0.05, 0.01)), "Why."))
    lines = text.splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert lines[0] == "## Asking"
    assert len(table) == 4
    assert len(set(map(len, table))) == 1
    assert "| within " in table[-1]
    assert "Why." in lines


def test_a_section_that_did_not_run_says_why():
    assert as_markdown(Section("First visit", remark="No Chromium.")) == "## First visit\n\nNo Chromium.\n"

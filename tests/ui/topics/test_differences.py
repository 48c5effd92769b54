"""Differences in words, in both languages: how sure, could it be seen, and why a pair is silent."""

import pytest

from language import words
from tests.metrics.comparing.answers import group_of, rates
from ui.topics import differences

COUNTS = [
    (40, 4000, "none"),
    (0, 2000, "none"),
    (3, 1500, "none"),
    (12, 6000, "none"),
    (9, 1000, "no_roster"),
]
ID, EN = words("id"), words("en")


@pytest.fixture
def pairs(over):
    return lambda *units, against="first", rows=COUNTS: differences.of(
        rates(rows), group_of(rows), units, against
    )


def test_a_difference_is_told_with_its_interval_and_its_chance(pairs):
    told = differences.sentences(EN, pairs("a", "d"))[0]
    assert told.startswith("Unit d: 0.20 times the rate of Unit a (95% interval: ")
    assert (
        "Chance alone hardly explains this difference (exact test, p < 0.001".replace(
            " 0.001", "\N{NO-BREAK SPACE}0.001"
        )
        in told
    )
    assert "Could we even see a difference?" in told
    assert "Berbeda" not in told


def test_no_difference_is_told_as_none(pairs):
    rows = [(10, 1000, "none"), (11, 1000, "none")]
    told = differences.sentences(ID, pairs("a", "b", rows=rows))[0]
    assert "Tidak ada beda yang dapat dibedakan dari kebetulan" in told
    assert differences.alt(ID, pairs("a", "b", rows=rows)).startswith(
        "Rasio tingkat untuk 1 pasangan; tidak ada"
    )


def test_zero_is_told_with_its_upper_bound(pairs):
    told = differences.sentences(ID, pairs("a", "b"))[0]
    assert told.startswith("Unit b: tidak ada kejadian; tingkatnya paling tinggi 0,")
    assert "sisa kelompok" in differences.sentences(ID, pairs("b", against="rest"))[0]


def test_two_zeros_are_not_compared_and_could_not_be(pairs):
    rows = [(0, 1000, "none"), (0, 1000, "none")]
    told = differences.sentences(EN, pairs("a", "b", rows=rows))[0]
    assert "nothing to compare" in told
    assert "Could we even see a difference? No" in told


@pytest.mark.parametrize("lang", ["id", "en"])
def test_withheld_pairs_say_so_and_the_table_shows_no_number_of_theirs(pairs, lang):
    w = words(lang)
    found = pairs("a", "b", "c", "d", "e")
    table = differences.table(w, found, rates(COUNTS))
    assert len(table.rows) == len(differences.sentences(w, found)) == len(differences.marks(w, found)) == 4
    assert all(len(row) == len(table.head) for row in table.rows)
    hidden = dict(zip(table.head, table.rows[1], strict=True))
    assert hidden[w("comparing.table.events")] == "1–4"
    assert hidden[w("comparing.table.ratio")] == "–"
    assert hidden[w("comparing.table.note")] == w("comparing.brief.suppressed")
    assert "Unit c" in differences.alt(w, found)
    assert w("comparing.withheld.suppressed") in differences.sentences(w, found)[1]


def test_the_figure_shows_what_the_table_shows(pairs):
    found = pairs("a", "b", "c", "d", "e")
    table = differences.table(EN, found, rates(COUNTS))
    for mark, row in zip(differences.marks(EN, found), table.rows, strict=True):
        assert mark.name == row[0]
        assert (mark.ratio is None) == (row[4] == "–")

"""What was known when, and who has a figure at all: the figures say what their sentences and frames say."""

import datetime as dt

import pandas as pd

from charts.published import coverage, timeline
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.test_figures import CELLS, TOTALS, VOTING

ID, EN = words("id"), words("en")


def drawn(frame):
    made = timeline.figure(frame, words=EN, theme=LIGHT, voting=VOTING)
    return {
        told: day for trace in made.data for told, day in zip(trace.customdata, trace.x, strict=True) if told
    }


def test_every_total_of_the_shown_strips_is_a_point_on_its_day():
    assert drawn(TOTALS) == {
        "369, NV021": "2020-06-26",
        "2,034, NV054": "2021-12-31",
        "195, NV020": "2020-07-31",
    }


def test_the_first_label_stands_under_the_rising_line_and_the_last_over_it():
    made = timeline.figure(TOTALS, words=EN, theme=LIGHT, voting=VOTING)
    sides = {
        text: side for one in made.data for text, side in zip(one.text, one.textposition, strict=True) if text
    }
    assert (sides["369"], sides["2,034"]) == ("bottom center", "top center")


def test_strips_beyond_the_limit_are_left_to_the_table_and_the_sentence_says_so():
    many = pd.concat([TOTALS.assign(strip=place) for place in range(timeline.STRIPS + 2)], ignore_index=True)
    assert (
        len(timeline.figure(many, words=EN, theme=LIGHT, voting=VOTING).layout.yaxis.ticktext)
        == timeline.STRIPS
    )
    assert f"in {timeline.STRIPS + 2} series ({timeline.STRIPS} drawn" in timeline.alt(
        many, words=EN, voting=VOTING
    )


def test_the_sentence_says_how_much_became_known_after_voting_day():
    told = timeline.alt(TOTALS, words=ID, voting=VOTING)
    assert "Dari 369 (26 Juni 2020) menjadi 2.034 (31 Desember 2021); banyaknya penerbit: 2." in told
    assert "baru 369 yang diketahui: 82% dari angka terakhir muncul sesudahnya" in told


def test_nothing_is_said_to_have_come_later_where_the_last_figure_is_older_than_voting_day():
    early = TOTALS.assign(day=dt.date(2020, 6, 26))
    assert "By voting day" not in timeline.alt(early, words=EN, voting=VOTING)
    assert "A single figure: 369" in timeline.alt(TOTALS.iloc[:1], words=EN, voting=VOTING)


def test_nothing_to_show_is_told_calmly():
    assert timeline.alt(TOTALS.iloc[:0], words=EN, voting=VOTING) == "There are no rows to show."
    assert not timeline.figure(TOTALS.iloc[:0], words=EN, theme=LIGHT, voting=VOTING).data
    assert coverage.alt(CELLS.iloc[:0], words=EN) == "There are no rows to show."
    assert not coverage.figure(CELLS.iloc[:0], words=EN, theme=LIGHT).data


def test_a_gap_of_coverage_is_a_sign_of_its_own_and_never_a_zero():
    grid = coverage.figure(CELLS, words=EN, theme=DARK).data[0]
    assert [list(line) for line in grid.text] == [["●", "–"], ["0", ""]]
    assert len(set(coverage.fills(DARK).values())) == len(coverage.STATES)


def test_the_sentence_of_coverage_counts_governments_and_gaps():
    told = coverage.alt(CELLS, words=EN)
    assert told.startswith("2 of 2 governments have a published figure, 1 of them one above zero")
    assert "for 1 of 3 pairs of government and election there is no figure, which does not mean zero" in told

"""Comparison without ranks, published evidence without sums."""

import pytest

from language import words
from ui.topics import comparison, evidence
from warehouse.selection import Selection

W = words("id")


def test_units_apart_from_the_whole_are_named_with_what_chance_would_give(answers):
    told = comparison.verdict(W, *answers)
    assert "Samarinda (di atas)" in told
    assert "Kalbar (di bawah)" in told
    assert "kebetulan" in told


def test_overlapping_intervals_are_called_chance(answers):
    units, whole = answers
    wide = units.frame.assign(lower=0.0, upper=99.0)
    assert comparison.verdict(W, units.shown_as(wide), whole).startswith("Tidak ada unit")


def test_too_little_to_judge_is_said(answers):
    units, whole = answers
    assert "Terlalu sedikit" in comparison.verdict(W, units.shown_as(units.frame.iloc[:0]), whole)


@pytest.mark.parametrize(
    ("refusal", "most", "said", "in_english"),
    [
        ("suppressed", 140.0, "rentang (100–140)", "a range (100–140)"),
        ("not_published", None, "disamarkan atau tidak diterbitkan", "withheld or not published"),
    ],
)
def test_a_group_whose_number_is_withheld_is_not_called_too_few(answers, refusal, most, said, in_english):
    units, whole = answers
    hidden = whole.shown_as(whole.frame.assign(estimate=None, refusal=refusal, least=100.0, most=most))
    told = comparison.verdict(W, units, hidden)
    assert said in told and "Terlalu sedikit" not in told
    assert in_english in comparison.verdict(words("en"), units, hidden)


def test_a_narrow_range_is_told_without_a_cause_that_may_be_another():
    told = comparison.around(W, (278, 282)), comparison.around(words("en"), (278, 282))
    assert all("278–282" in one for one in told)
    assert not any(word in one for one in told for word in ("terbitan", "berubah", "release", "changed"))


def test_a_unit_is_apart_from_a_narrow_range_only_where_it_is_from_both_ends(answers):
    units, whole = answers
    exposure = whole.frame["exposure"].iloc[0]
    ranged = whole.shown_as(whole.frame.assign(estimate=None, refusal="suppressed", least=100.0, most=104.0))
    for events, is_apart in ((103, False), (105, True)):
        near = units.frame.assign(lower=1000 * events / exposure, upper=1e9)
        assert ("(di atas)" in comparison.verdict(W, units.shown_as(near), ranged)) is is_apart
    for events, is_apart in ((101, False), (99, True)):
        near = units.frame.assign(lower=0.0, upper=1000 * events / exposure)
        assert ("(di bawah)" in comparison.verdict(W, units.shown_as(near), ranged)) is is_apart


def test_the_middle_of_a_narrow_range_stands_for_the_group_and_that_is_said(answers):
    units, whole = answers
    rate, exposure = whole.frame["estimate"].iloc[0], whole.frame["exposure"].iloc[0]
    ranged = whole.shown_as(whole.frame.assign(estimate=None, refusal="suppressed", least=100.0, most=104.0))
    far = units.shown_as(units.frame.assign(lower=0.0, upper=1e9))
    told = comparison.verdict(W, far, ranged)
    assert "100–104 orang" in told and "memakai tengahnya" in told
    assert W.number(1000 * 102 / exposure, 2) in told and 1000 * 102 / exposure != rate
    assert "tengahnya" not in comparison.verdict(W, far, whole)


@pytest.mark.parametrize(
    ("chosen", "n"),
    [
        (Selection(), 2),
        (Selection(provinces=("64",)), 2),
        (Selection(provinces=("61",)), 0),
        (Selection(governments=("6472",)), 2),
        (Selection(governments=("64",)), 0),
        (Selection(elections=("PEMILU2024",)), 0),
    ],
)
def test_published_figures_follow_place_and_election(over, chosen, n):
    assert len(evidence.figures(chosen)) == n


def test_every_figure_keeps_stage_unit_cut_off_overlap_and_source(over):
    table = evidence.table(W, Selection())
    row = dict(zip(table.head, table.rows[0], strict=True))
    assert row["Tahap"] == "diteruskan"
    assert row["Satuan"] == "orang, jumlah berjalan"
    assert row["Tumpang tindih dengan"] == "NV002"
    assert row["Sumber"].address == "https://example.org/a?b=1&c=2"
    assert row["Sampai"].replace("\N{NON-BREAKING HYPHEN}", "-") == "2024-11-01"


def test_the_map_counts_figures_and_adds_nothing_up(over):
    tidy = evidence.by_region(evidence.figures(Selection()))
    assert tidy["unit_id"].tolist() == ["6472"]
    assert tidy["events"].tolist() == [2]

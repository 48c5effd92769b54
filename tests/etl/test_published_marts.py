"""Published figures beside each other: what may be compared, what does not add up, who has a figure at all."""

import duckdb
import pytest

from etl.building.build import build
from settings import Settings


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """The warehouse of an empty data root: reference and published figures only."""
    folder = tmp_path_factory.mktemp("published")
    room = Settings(data=folder, key_file=folder / "key")
    manifest, _ = build(room)
    with duckdb.connect(str(room.build / manifest.file), read_only=True) as con:
        yield lambda query: con.execute(query).fetchall()


def test_only_figures_of_one_election_area_and_stage_are_paired_and_each_pair_once(facts):
    assert facts(
        """SELECT count(*) FROM mart_published_comparison c
        JOIN core_published_figure a ON a.figure_id = c.figure_id JOIN core_published_figure b ON b.figure_id = c.other_figure_id
        WHERE (a.election, a.stage, a.scope, a.government_name) <> (b.election, b.stage, b.scope, b.government_name)"""
    ) == [(0,)]
    pairs = """SELECT count(*) FROM core_published_figure a JOIN core_published_figure b ON a.figure_id < b.figure_id
        AND (a.election, a.stage, a.scope, a.government_name) = (b.election, b.stage, b.scope, b.government_name)"""
    assert facts(pairs) == facts("SELECT count(*) FROM mart_published_comparison")


def test_a_difference_is_stated_only_where_unit_part_and_persons_are_the_same(facts):
    assert facts(
        """SELECT count(*) FROM mart_published_comparison WHERE difference IS NOT NULL
        AND (differs_unit OR differs_part OR counts_non_asn OR counts_support_list)"""
    ) == [(0,)]
    assert facts(
        """SELECT count(*) FROM mart_published_comparison
        WHERE difference IS DISTINCT FROM other_count - count AND relation IN ('agree', 'grew', 'fell', 'differ')"""
    ) == [(0,)]


@pytest.mark.parametrize(
    ("one", "other", "relation", "difference"),
    [
        ("NV021", "NV024", "grew", 87),  # KASN, 26 June and 31 July 2020
        ("NV169", "NV170", "differ", -3),  # one source lists the province twice
        ("NV098", "NV099", "not_comparable", None),  # cases against persons
        ("NV158", "NV159", "not_comparable", None),  # civil servants against contract workers
    ],
)
def test_pairs_known_from_the_sources(facts, one, other, relation, difference):
    query = f"SELECT relation, difference FROM mart_published_comparison WHERE figure_id = '{one}' AND other_figure_id = '{other}'"
    assert facts(query) == [(relation, difference)]


def test_village_heads_and_contract_workers_are_a_reason(facts):
    assert facts(
        "SELECT counts_non_asn, relation FROM mart_published_comparison WHERE other_figure_id = 'NV159'"
    ) == [(True, "not_comparable")]


def test_a_year_means_its_last_day_and_the_earlier_figure_comes_first(facts):
    assert facts(
        "SELECT known_on::VARCHAR, known_by FROM mart_published_figure WHERE figure_id = 'NV054'"
    ) == [("2021-12-31", "cut_off")]
    assert facts(
        """SELECT count(*) FROM mart_published_comparison
        WHERE known_on > other_known_on OR (known_on IS NULL AND other_known_on IS NOT NULL)"""
    ) == [(0,)]


def test_sums_that_do_not_hold_are_found_with_both_numbers(facts):
    broken = "SELECT figure_id, stated, computed, difference FROM mart_published_arithmetic WHERE verdict = 'broken' ORDER BY 1"
    assert facts(broken) == [
        ("NV038", 72, 51, -21),  # blocked records and the regional list printed with them
        ("NV045", 1223, 1252, 29),  # findings and reports against forwarded and not proven
        ("NV088", 1158, 1218, 60),  # the sub-totals hold only without the rejected ones
    ]


def test_sums_that_hold_and_lists_that_are_incomplete_are_told_apart(facts):
    verdict = "SELECT verdict, stated, computed FROM mart_published_arithmetic WHERE rule = 'regional_parts' AND figure_id = '{}'"
    assert facts(verdict.format("NV302")) == [("holds", 13, 13)]
    assert facts(verdict.format("NV013")) == [("incomplete", 24, 8)]


def test_only_figures_with_an_address_are_checked(facts):
    assert facts("SELECT count(*) FROM mart_published_arithmetic WHERE url NOT LIKE 'http%'") == [(0,)]


def test_coverage_knows_every_government_that_voted_and_shows_no_figure_as_none(facts):
    assert facts(
        "SELECT count(*) FROM mart_published_coverage WHERE election_code = 'PILKADA2024' AND voted"
    ) == [(61,)]
    # Named in data/published/README.md as without any figure.
    assert facts(
        """SELECT count(*) FROM (SELECT government_code FROM mart_published_coverage WHERE length(government_code) = 4
        GROUP BY 1 HAVING sum(own_figures) = 0)"""
    ) == [(6,)]
    assert facts(
        "SELECT count(DISTINCT government_code) FROM mart_published_coverage WHERE own_above_zero > 0 AND length(government_code) = 4"
    ) == [(45,)]

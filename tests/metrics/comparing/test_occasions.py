"""Which elections are held against each other, against a search in plain Python over the files of reference."""

import csv

import pytest

from metrics.comparing.occasions import occasions
from settings import ROOT
from tests import builders
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

USUAL = ("pilkada", "pemilu")


def reference(name):
    with (ROOT / "data/reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ELECTIONS = {row["code"]: row for row in reference("elections.csv")}
VOTES = {(row["election_code"], row["region_code"]) for row in reference("elections_regions.csv")}
GOVERNMENTS = [row["code"] for row in reference("regions.csv")]


def votes(code, government):
    """A provincial government votes where any of its regencies does."""
    inside = {place for election, place in VOTES if election == code}
    return government in inside or (len(government) == 2 and any(p[:2] == government for p in inside))


def earlier(code, government):
    """The code that a reader would look for by hand."""
    day = ELECTIONS[code]["voting_date"]
    before = sorted(
        (row["voting_date"], other, row["type"])
        for other, row in ELECTIONS.items()
        if row["voting_date"] < day and votes(other, government)
    )
    alike = [other for _, other, kind in before if kind == ELECTIONS[code]["type"]]
    usual = [other for _, other, kind in before if kind in USUAL]
    return (alike or usual or [other for _, other, _ in before] or [None])[-1]


@pytest.mark.parametrize("code", ELECTIONS)
def test_a_pilkada_is_held_against_a_pilkada_of_the_same_place_first(warehouse, code):
    asked = [government for government in GOVERNMENTS if votes(code, government)]
    assert asked
    for government in asked:
        found = occasions(warehouse, Selection(governments=(government,), elections=(code,)))
        assert found.election.election_code == code
        wanted = earlier(code, government)
        assert (found.base and found.base.election_code) == wanted
        assert found.is_alike == (wanted is not None and ELECTIONS[wanted]["type"] == ELECTIONS[code]["type"])


def test_who_does_not_vote_has_nothing_to_compare(warehouse):
    assert occasions(warehouse, Selection(governments=("6472",), elections=("PSU2025-KUKAR",))) is None


def test_without_a_choice_it_is_the_latest_with_cases(warehouse):
    found = occasions(warehouse, Selection())
    assert (found.election.election_code, found.base.election_code) == ("PILKADA2024", "PILKADA2020")


def test_two_chosen_elections_are_held_against_each_other(warehouse):
    found = occasions(warehouse, Selection(governments=("6472",), elections=("PEMILU2024", "PILKADA2024")))
    assert (found.election.election_code, found.base.election_code) == ("PILKADA2024", "PEMILU2024")
    assert not found.is_alike


def test_without_any_case_there_is_no_election_to_look_at(tmp_path):
    opened = open_warehouse(builders.build(tmp_path, {}))
    assert occasions(opened, Selection()) is None
    opened.close()


@pytest.fixture
def rosters(tmp_path):
    """Three cities that voted in 2020 and 2024; one of them has no roster of the earlier time."""
    from datetime import date

    late, early = date(2024, 11, 30), date(2020, 12, 31)
    staff = [builders.heads(1000, code, late) for code in ("6471", "6472", "6474")]
    staff += [builders.heads(900, code, early) for code in ("6471", "6472")]
    cases = [builders.case(code) for code in ("6471", "6472", "6474")]
    opened = open_warehouse(builders.build(tmp_path, {"mart_workforce": staff, "mart_case": cases}))
    yield opened
    opened.close()


def test_only_governments_with_a_roster_of_both_times_are_counted(rosters):
    found = occasions(rosters, Selection(governments=("6471", "6472", "6474")))
    assert found.places.governments == ("6471", "6472")
    assert (found.kept, found.voting) == (2, 3)


def test_one_government_without_an_earlier_roster_keeps_its_place(rosters):
    found = occasions(rosters, Selection(governments=("6474",)))
    assert found.places == Selection(governments=("6474",))
    assert (found.kept, found.voting) == (0, 1)

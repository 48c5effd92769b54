from collections import Counter

import pytest

from etl.sample.cases.allocation import Allocation, prominence
from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_governments, read_rows, read_voting_regions
from settings import Settings

REFERENCE = Settings().reference
GOVERNMENTS = read_governments(REFERENCE)
VOTING = read_voting_regions(REFERENCE)
PUBLISHED = read_rows(Settings().published / "violations.csv")
MODEL = read_definition(REFERENCE / "sample_model.yml", SampleModel).cases
ALLOCATION = Allocation(MODEL, GOVERNMENTS, VOTING, PUBLISHED)


@pytest.mark.parametrize("seed", [1, 2024, 77])
def test_persons_stay_within_the_declared_range(seed):
    persons = Counter()
    for incident in ALLOCATION.incidents(seed):
        persons[incident.election.code, incident.government[:2]] += incident.persons
    for election in MODEL.elections:
        for province, expected in election.provinces.items():
            assert expected.low <= persons[election.code, province] <= expected.high


def test_cases_arise_only_where_people_vote():
    for incident in ALLOCATION.incidents(2024):
        voting = VOTING.get(incident.election.code)
        if voting and not GOVERNMENTS[incident.government].is_province:
            assert incident.government in voting


def test_most_regencies_have_no_case_in_an_election():
    with_case = {i.government for i in ALLOCATION.incidents(2024) if i.election.code == "PEMILU2024"}
    assert len(with_case) < 30


def test_governments_in_the_news_weigh_more():
    election = next(e for e in MODEL.elections if e.code == "PEMILU2019")
    weights = ALLOCATION.weights(election, "64")
    assert max(weights, key=weights.__getitem__) == "6408"


def test_support_lists_and_others_than_civil_servants_do_not_count():
    counts = prominence(PUBLISHED)
    assert counts[("Pilkada 2020", "6472")] < 50
    assert ("Pilkada 2018", "6105") in counts
    assert counts[("Pilkada 2018", "6105")] < 8


def test_the_same_seed_gives_the_same_incidents():
    assert ALLOCATION.incidents(5) == ALLOCATION.incidents(5)
    assert ALLOCATION.incidents(5) != ALLOCATION.incidents(6)

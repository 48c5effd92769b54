import datetime

import numpy as np
import pytest

from etl.sample.cases.timeline import Clock, phases
from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_election_dates
from settings import Settings

REFERENCE = Settings().reference
MODEL = read_definition(REFERENCE / "sample_model.yml", SampleModel).cases
DATES = read_election_dates(REFERENCE)
CLOCK = Clock(MODEL)
ORDER = ("recommended_on", "decided_on", "delivered_on", "effective_on")


@pytest.mark.parametrize("election", MODEL.elections, ids=lambda election: election.code or "none")
def test_dates_are_in_order_and_before_the_cut_off(election):
    random = np.random.default_rng(11)
    for _ in range(150):
        act = CLOCK.act(election, DATES.get(election.code), random)
        intake = CLOCK.intake(act, election.outcome, random)
        course = CLOCK.course(act, intake, ("DIS-06", False), election.outcome, random)
        days = [act.occurred_on, intake.reported_on, intake.registered_on, intake.forwarded_on]
        days += [getattr(course, name) for name in ORDER]
        known = [day for day in days if day is not None]
        assert known == sorted(known)
        assert known[-1] <= MODEL.cut_off
        assert election.opens_on <= act.occurred_on <= election.closes_on
        assert bool(course.imposed) == bool(course.decided_on)
        if course.blocked_on:
            assert course.blocked_on >= course.recommended_on
            assert not course.unblocked_on or course.unblocked_on >= course.decided_on
        if course.appealed_on:
            assert course.effective_on is None
            assert course.appealed_on >= course.delivered_on


def test_phases_follow_the_calendar():
    election = next(entry for entry in MODEL.elections if entry.code == "PILKADA2024")
    spans = phases(election, DATES["PILKADA2024"])
    assert spans["before"][1] == datetime.date(2024, 9, 21)
    assert spans["campaign"] == (datetime.date(2024, 9, 25), datetime.date(2024, 11, 23))
    assert spans["quiet"][1] == datetime.date(2024, 11, 27)


def test_types_depend_on_the_phase():
    election = next(entry for entry in MODEL.elections if entry.code == "PEMILU2024")
    random = np.random.default_rng(3)
    acts = [CLOCK.act(election, DATES["PEMILU2024"], random) for _ in range(60)]
    assert {act.group(election) for act in acts} == {"general_before", "general_after"}
    assert all(
        (act.group(election) == "general_before") == (act.occurred_on < DATES["PEMILU2024"].candidate_set_on)
        for act in acts
    )

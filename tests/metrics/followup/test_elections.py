"""The election clock against a slow count, and that no step of it stands for few persons."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from metrics.followup.elections import election_clock
from metrics.followup.standing import NOBODY, Count
from stats.waiting.phases import PHASES
from stats.waiting.rounding import told
from tests import builders
from tests.metrics.followup.rows import counted
from warehouse.selection import Selection

VOTING = {
    "PILKADA2020": date(2020, 12, 9),
    "PEMILU2024": date(2024, 2, 14),
    "PILKADA2024": date(2024, 11, 27),
}
PSU = "PSU2025-KUKAR"


def world(seed, persons=300):
    chance = random.Random(seed)
    cases = []
    for _ in range(persons):
        code = chance.choice([*VOTING, "none", PSU])
        voting = VOTING.get(code, date(2022, 1, 1))
        cases.append(
            builders.case(
                chance.choice(("6472", "6402", "6171")),
                election_code=code,
                phase=chance.choice(PHASES[:-1]) if code != "none" else "no_election",
                event_on=voting + timedelta(days=chance.randrange(-300, 30)),
            )
        )
    heads = [
        builders.heads(10_000, code, day)
        for code in ("6472", "6402")
        for day in (date(2020, 6, 1), date(2024, 6, 1))
    ]
    return {"mart_case": cases, "mart_workforce": heads}


@pytest.fixture
def ask(tmp_path):
    opened = []

    def run(rows, selection=Selection()):  # noqa: B008 - frozen
        warehouse = counted(builders.build(tmp_path, rows, f"b{len(opened)}"))
        opened.append(warehouse)
        return election_clock(warehouse, selection)

    yield run
    for warehouse in opened:
        warehouse.close()


@pytest.mark.parametrize("seed", range(3))
def test_counts_and_curves_agree_with_the_slow_way(ask, seed):
    rows = world(seed)
    found = ask(rows)
    cases = rows["mart_case"]
    assert [course.code for course in found.courses] == [*VOTING, PSU]
    assert found.outside == Count.of(sum(case["election_code"] == "none" for case in cases), 5)
    assert found.in_re_votes == Count.of(sum(case["election_code"] == PSU for case in cases), 5)
    for course in found.courses[:-1]:
        own = [case for case in cases if case["election_code"] == course.code]
        by_phase = Counter(case["phase"] for case in own)
        assert course.persons == Count.of(len(own), 5)
        assert course.phases == {phase: Count.of(by_phase[phase], 5) for phase in PHASES}
        days = [(case["event_on"] - course.voting_on).days for case in own]
        steps = course.steps.dropna(subset="persons")
        assert len(steps) > 3
        last = -10_000
        for step in steps.to_dict("records"):
            assert step["persons"] == told(sum(day <= step["day"] for day in days), 5)
            assert step["lower"] < step["persons"] < step["upper"]
            assert sum(last < day <= step["day"] for day in days) >= 5
            last = step["day"]


def test_a_rate_has_numerator_and_denominator_of_the_same_governments(ask):
    rows = world(7)
    course = next(course for course in ask(rows).courses if course.code == "PILKADA2024")
    covered = [
        c for c in rows["mart_case"] if c["election_code"] == course.code and c["government_code"] != "6171"
    ]
    days = [(case["event_on"] - course.voting_on).days for case in covered]
    assert course.headcount == pytest.approx(20_000)
    rates = course.steps.dropna(subset="rate")
    for step in rates.to_dict("records"):
        assert step["rate"] == pytest.approx(told(sum(day <= step["day"] for day in days), 5) / 20)
        assert step["rate_lower"] < step["rate"] < step["rate_upper"]
    assert rates["rate"].is_monotonic_increasing


def test_without_a_roster_there_are_persons_but_no_rate(ask):
    rows = world(3) | {"mart_workforce": []}
    course = ask(rows).courses[0]
    assert course.headcount == 0
    assert course.steps["rate"].isna().all()
    assert course.steps["persons"].notna().all()


def test_phases_are_those_that_decide_the_track(tmp_path):
    election = {
        "election_code": "PILKADA2024", "name_id": "a", "name_en": "b", "election_type": "pilkada", "scope": "",
        "candidate_set_on": date(2024, 9, 22), "campaign_start_on": date(2024, 9, 25), "campaign_end_on": date(2024, 11, 23),
        "quiet_start_on": date(2024, 11, 24), "voting_on": date(2024, 11, 27), "window_start_on": date(2023, 9, 22),
        "window_end_on": date(2024, 12, 27), "confidence": "verified",
    }  # fmt: skip
    rows = {"core_election": [election], "mart_case": [builders.case() for _ in range(4)]}
    warehouse = counted(builders.build(tmp_path, rows))
    course = election_clock(warehouse, Selection()).courses[0]
    warehouse.close()
    assert course.bands == {
        "before_candidates_set": (-432, -67),
        "candidates_set": (-66, -64),
        "campaign": (-63, -4),
        "quiet": (-3, -1),
        "voting": (0, 0),
        "after_voting": (1, 30),
        "unknown": None,
    }
    assert course.persons == Count(1, 4)
    assert course.steps.empty


def test_a_selection_narrows_the_clock(ask):
    assert ask(world(1), Selection(elections=("PEMILU2019",))).courses == ()
    chosen = ask(world(1), Selection(governments=("6472",), elections=("PEMILU2024",)))
    assert [course.code for course in chosen.courses] == ["PEMILU2024"]
    assert chosen.courses[0].headcount == pytest.approx(10_000)
    assert chosen.outside == NOBODY

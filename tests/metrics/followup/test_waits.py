"""Curves of which every step stands for several persons, against a slow count."""

import itertools
import random

import pytest

from stats.waiting.waits import HORIZON, MARKS, STILL, wait


def rows(*groups):
    return [{"state": state, "days": days, "persons": persons} for state, days, persons in groups]


def test_without_censoring_the_curve_is_the_share_that_has_got_there():
    found = wait("to_decided", rows(("done", 10, 6), ("done", 40, 6), ("ended", 5, 8)), 5)
    assert found.steps.to_dict("list")["day"] == [0, 10, 30]
    assert found.steps.to_dict("list")["share"] == pytest.approx([0.0, 0.3, 0.3])
    assert (found.subjects, found.left_out, found.median) == (20, 0, None)


def test_kaplan_meier_starts_with_all_and_halves():
    found = wait("decision", rows(("done", 10, 12), ("open", 100, 12)), 5)
    assert found.steps.to_dict("list")["share"] == pytest.approx([1.0, 0.5, 0.5])
    assert found.median == 10


@pytest.mark.parametrize(
    "groups", [(), (("done", 10, 9),), (("done", 10, 4), ("open", 30, 60)), (("undated_end", None, 90),)]
)
def test_few_persons_get_no_curve(groups):
    found = wait("to_decided", rows(*groups), 5)
    assert not found.is_drawn
    assert found.median is None
    assert list(found.risk["day"]) == list(MARKS)


@pytest.mark.parametrize("name", ["to_effective", "decision"])
@pytest.mark.parametrize("seed", range(6))
def test_no_step_stands_for_fewer_than_the_threshold(name, seed):
    chance = random.Random(seed)
    people = [
        (chance.choice(("done", "done", "open", "ended")), chance.randrange(900))
        for _ in range(chance.randrange(30, 400))
    ]
    people += [("done", chance.randrange(900)) for _ in range(5)]
    found = wait(name, rows(*((state, days, 1) for state, days in people)), 5)
    steps = found.steps.to_dict("records")
    assert steps[0]["day"] == 0
    assert steps[-1]["day"] <= HORIZON
    assert found.steps.notna().all().all()
    assert (found.steps["lower"] <= found.steps["share"] + 1e-9).all()
    for before, here in itertools.pairwise(steps[:-1]):
        ended = sum(
            state == "done" and (before["day"] < days <= here["day"] or days == before["day"] == 0)
            for state, days in people
        )
        assert ended >= 5
        assert sum(days >= here["day"] for _, days in people) >= 5
    rising = found.steps["share"].diff().dropna()
    assert (rising <= 1e-12).all() if name in STILL else (rising >= -1e-12).all()


def test_the_table_below_the_curve_counts_everybody_once():
    found = wait("to_decided", rows(("done", 20, 40), ("ended", 50, 30), ("open", 200, 30)), 5).risk
    assert list(found["waiting"]) == [100, 60, 30, 30, 0, 0]
    assert list(found["reached"]) == [0, 40, 40, 40, 40, 40]
    assert list(found["ended"]) == [0, 0, 30, 30, 30, 30]
    assert list(found["followed"]) == [0, 0, 0, 0, 30, 30]

"""The course of a unit against the same written out month by month, on invented rosters and cases."""

import random
from datetime import date
from itertools import pairwise

import pytest

from metrics import scope
from metrics.counts.tally import tally_workforce
from metrics.exposure import REACH_DAYS
from metrics.signals.course import course, months_of_all, snapshots_of
from tests import builders
from tests.builders import case, heads
from warehouse.selection import Selection

PLACES = ("6402", "6408", "6471", "6472", "6503", "6571")


def world(folder, seed):
    dice = random.Random(seed)
    rosters = [
        heads(dice.choice((0, 1, 40, 5000, 2_000_000)), code, day)
        for code in PLACES[: dice.randint(1, 6)]
        for day in (date(2017, 6, 30), date(2018, 12, 31), date(2021, 6, 30))[: dice.randint(1, 3)]
    ]
    cases = [
        case(dice.choice(PLACES), event_on=date(dice.randint(2017, 2021), dice.randint(1, 12), 10))
        for _ in range(dice.choice((1, 30, 200)))
    ]
    votes = [
        {"election_code": "PILKADA2018", "region_code": code, "contest": "regent_mayor"}
        for code in dice.sample(PLACES, 3)
    ]
    rows = {"mart_workforce": rosters, "mart_case": cases, "core_election_region": votes}
    return builders.in_full(builders.build(folder, rows)), rosters, cases


def headcount(rosters, code, day):
    """On a straight line between snapshots, 0 where the nearest is more than 18 months away."""
    known = sorted((row["as_of"], row["headcount"]) for row in rosters if row["government_code"] == code)
    if not known or min(abs((day - at).days) for at, _ in known) > REACH_DAYS:
        return 0.0
    for (start, low), (end, high) in pairwise(known):
        if start <= day <= end:
            return low + (high - low) * (day - start).days / (end - start).days
    return float(known[0][1] if day < known[0][0] else known[-1][1])


def votes(known, code, day):
    return any(
        election.window_start_on <= day <= election.window_end_on
        for name, election in known.elections.items()
        if (name, code) in known.took_part
    )


def slow(known, rosters, cases, home):
    first, last = known.registers.first_event, known.as_of
    found, codes = {}, {row["government_code"] for row in rosters}
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        middle = date(month // 12, month % 12 + 1, 15)
        count = base = 0.0
        for code in codes:
            staff = headcount(rosters, code, middle)
            if staff > 0 and votes(known, code, middle) == votes(known, home, middle):
                base += staff
                count += len(
                    {
                        row["case_id"]
                        for row in cases
                        if row["government_code"] == code
                        and (row["event_on"].year, row["event_on"].month) == (middle.year, middle.month)
                    }
                )
        own = headcount(rosters, home, middle)
        if own > 0 and base and count:
            found[month] = own * count / base
    return found


@pytest.mark.parametrize("seed", range(12))
def test_expectations_are_those_of_the_slow_way(tmp_path, seed):
    opened, rosters, cases = world(tmp_path, seed)
    known = scope.facts(opened)
    staff = tally_workforce(opened, Selection(), ["government_code", "as_of"], ())
    months = months_of_all(opened)
    for home in ("6472", "6402"):
        found = course(known, months, staff, home, snapshots_of(staff, home))
        expected = slow(known, rosters, cases, home)
        assert found.months.tolist() == list(expected)
        assert found.expected.tolist() == pytest.approx(list(expected.values()), rel=1e-9)
    opened.close()


def test_the_invented_worlds_say_something(tmp_path):
    """Most of them have months that are judged, or the comparison above would compare nothing."""
    lengths = []
    for seed in range(12):
        opened, rosters, cases = world(tmp_path / str(seed), seed)
        lengths.append(len(slow(scope.facts(opened), rosters, cases, "6402")))
        opened.close()
    assert sum(length > 0 for length in lengths) >= 8 and max(lengths) > 20

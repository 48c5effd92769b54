"""Comparable units: of the same kind, near in size and make-up."""

import math
import random

import pytest

from metrics.between.neighbours import comparable
from tests import builders
from tests.metrics.between.worlds import rows, staff
from warehouse.connection import open_warehouse


@pytest.fixture
def world(tmp_path):
    strata = [
        staff("64", "a", 9000), staff("6401", "a", 4000), staff("6401", "b", 60), staff("6402", "a", 4100),
        staff("6403", "a", 2000), staff("6403", "b", 2200, "PPPK", "fungsional", "under_30"), staff("6407", "a", 400),
    ]  # fmt: skip
    opened = open_warehouse(builders.build(tmp_path, rows(strata, [])))
    yield opened
    opened.close()


def test_governments_of_one_level_by_size_and_composition(world):
    found = comparable(world, "6401", "government")
    assert [row.unit_id for row in found] == ["6402", "6403", "6407"]
    assert found[0].headcount == 4100
    assert found[0].distance < found[1].distance < found[2].distance


def test_agencies_of_one_type(world):
    assert [row.unit_id for row in comparable(world, "6401-a", "agency")][:2] == ["6402-a", "6403-a"]


def test_a_unit_without_a_roster_has_none(world):
    assert comparable(world, "6471", "government") == ()
    assert comparable(world, "64", "government") == ()
    assert comparable(world, "nowhere", "agency") == ()


MADE = (
    ("PNS", "jpt", "50_plus"), ("PNS", "pelaksana", "30_39"), ("PPPK", "fungsional", "under_30"), ("PNS", "unknown", "unknown"),
)  # fmt: skip
REGENCIES = ("6401", "6402", "6403", "6407", "6408", "6409", "6411", "6471")


def distance(mine, other):
    """Doublings in size and steps of 0.2 of Hellinger's distance, one stratum after the other."""
    size, own = sum(other.values()), sum(mine.values())
    common = sum(math.sqrt(mine.get(part, 0) / own * other[part] / size) for part in other)
    return math.hypot(math.log2(size / own), math.sqrt(max(0.0, 1 - common)) / 0.2)


@pytest.mark.parametrize("sizes", [(1, 1), (0, 400), (5, 5000), (1, 400_000_000)], ids=str)
def test_the_nearest_are_those_of_slow_counting(tmp_path, sizes):
    chance = random.Random(str(sizes))
    heads = {
        code: {part: chance.randint(*sizes) for part in chance.sample(MADE, chance.randint(1, 4))}
        for code in REGENCIES
    }
    strata = [staff(code, "a", many, *part) for code, parts in heads.items() for part, many in parts.items()]
    opened = open_warehouse(builders.build(tmp_path, rows(strata, [])))
    for code in REGENCIES:
        others = [other for other in REGENCIES if other != code and sum(heads[other].values())]
        away = (
            {other: distance(heads[code], heads[other]) for other in others}
            if sum(heads[code].values())
            else {}
        )
        wanted = sorted(away, key=lambda other: (round(away[other], 9), other))[:5]
        found = comparable(opened, code, "government")
        assert [row.unit_id for row in found] == wanted
        assert [row.distance for row in found] == pytest.approx([away[other] for other in wanted], abs=1e-6)
        assert [row.headcount for row in found] == [sum(heads[other].values()) for other in wanted]
    opened.close()

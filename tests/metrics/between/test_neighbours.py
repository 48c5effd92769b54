"""Comparable units: of the same kind, near in size and make-up."""

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

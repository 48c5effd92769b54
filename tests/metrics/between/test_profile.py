"""Spine charts: multiples of the group, and ranges as wide as what is withheld."""

from datetime import date

import pytest

from metrics.answer import answer
from metrics.between.profile import spine
from metrics.between.profile import staff as agency_staff
from tests import builders
from tests.metrics.between.worlds import persons, rows, staff
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

CODES = ("6401", "6402", "6403", "6407", "6408")


@pytest.fixture
def world(tmp_path):
    strata = [staff(code, "a", 1000) for code in CODES]
    cases = persons(12, "6401") + persons(6, "6402") + persons(2, "6403") + persons(4, "6407")
    opened = open_warehouse(builders.build(tmp_path, rows(strata, cases)))
    yield opened
    opened.close()


def of(world, unit, peers=None, metric="alleged_rate"):
    everywhere = Selection()
    near = peers and answer(world, metric, Selection(governments=peers), "government")
    return spine(
        answer(world, metric, Selection(governments=(unit,)), "kalimantan"),
        answer(world, metric, everywhere, "kalimantan"),
        answer(world, metric, everywhere, "government"),
        near,
        world.suppress_below,
    )


def test_a_unit_is_a_multiple_of_its_group(world):
    found = of(world, "6401")
    assert found.state == "value"
    assert found.value == pytest.approx(12 / (24 / 5))
    assert found.low < found.value < found.high


def test_withheld_counts_leave_a_range_of_one_to_four(world):
    found = of(world, "6401", ("6402", "6403"))
    group = 24 / 5
    assert found.pooled == 2
    assert found.peers_low == pytest.approx((6 + 1) / 2 / group)
    assert found.peers_high == pytest.approx((6 + 4) / 2 / group)


def test_published_peers_have_one_value(world):
    found = of(world, "6401", ("6402", "6408"))
    assert found.peers_low == found.peers_high == pytest.approx(3 / (24 / 5))


def test_the_middle_half_holds_what_withheld_units_may_be(world):
    found = of(world, "6401")
    assert found.units == 5
    # Values per 1,000 in units of the group's: 12, 6, 1 to 4, 1 to 4, 0.
    assert found.quarter == pytest.approx(1 / (24 / 5))
    assert found.three_quarters == pytest.approx(6 / (24 / 5))


def test_a_withheld_unit_has_no_multiple(world):
    found = of(world, "6403")
    assert (found.state, found.value) == ("suppressed", None)


def test_zero_is_zero_with_its_bound(world):
    found = of(world, "6408")
    assert (found.state, found.value) == ("zero", 0.0)
    assert found.high > 0


def test_without_a_value_of_the_group_nothing_is_compared(world):
    assert of(world, "6401", metric="followed_up_share").state in ("no_reference", "group_suppressed")


def test_staff_of_an_agency_is_told_roster_by_roster(tmp_path):
    """Against the rows themselves, summed by hand."""
    first, second = date(2023, 11, 30), date(2024, 11, 30)
    heads = [
        builders.heads(40, "6401", first, "PNS", agency_id="6401-rsud"),
        builders.heads(50, "6401", second, "PNS", agency_id="6401-rsud"),
        builders.heads(7, "6401", second, "PPPK", agency_id="6401-rsud"),
        builders.heads(99, "6401", second, "PNS", agency_id="6401-dinas"),
    ]
    opened = open_warehouse(builders.build(tmp_path, {"mart_workforce": heads}))
    assert agency_staff(opened, "6401-rsud") == ((first, 40, 0), (second, 50, 7))
    assert agency_staff(opened, "6401-none") == ()
    opened.close()

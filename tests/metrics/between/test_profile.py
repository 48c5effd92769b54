"""Spine charts: multiples of the group, and ranges as wide as what is withheld."""

import math
from datetime import date

import pytest

from metrics.answer import answer
from metrics.between.profile import spine
from metrics.between.profile import staff as agency_staff
from tests import builders
from tests.metrics.between.worlds import persons, rows, staff
from tests.metrics.comparing.answers import K, group_of, rates
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


FIELDS = {
    "one unit": [(9, 900)],
    "zeros": [(0, 900), (0, 1), (12, 4000), (0, 10**9), (7, 700)],
    "withheld": [(3, 900), (1, 50), (12, 4000), (4, 4000), (0, 800), (9, 900)],
    "huge": [(2000, 10**9), (5, 1), (1500, 2 * 10**9), (900, 10**9), (4, 3)],
    "nobody": [(0, 900), (0, 70)],
}


def quartile(values, share):
    """A quantile between the two nearest of the ordered values."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low + (place - math.floor(place)) * (high - low)


@pytest.mark.parametrize("name", FIELDS)
def test_a_spine_is_what_slow_counting_gives(name):
    field = [(*row, "none") for row in FIELDS[name]]
    persons, years = (sum(row[n] for row in field) for n in (0, 1))
    for place, (x, e, _) in enumerate(field):
        near = (field[:place] + field[place + 1 :])[:3]
        found = spine(rates([field[place]]), group_of(field), rates(field), rates(near) if near else None, K)
        if not persons or 0 < persons < K:
            assert found.value is None and found.state in ("no_reference", "group_suppressed")
            continue
        hidden, group = 0 < x < K, persons / years
        assert found.value == (None if hidden else pytest.approx(x / e / group))
        assert found.state == ("suppressed" if hidden else "value" if x else "zero")
        ends = [[(n if 0 < c < K else c) / t / group for c, t, _ in field] for n in (1, K - 1)]
        drawn = len(field) >= 4
        assert found.quarter == (pytest.approx(quartile(ends[0], 0.25)) if drawn else None)
        assert found.three_quarters == (pytest.approx(quartile(ends[1], 0.75)) if drawn else None)
        assert found.pooled == len(near)
        pooled = [
            sum(n if 0 < c < K else c for c, _, _ in near) / sum(t for _, t, _ in near) / group
            for n in (1, K - 1)
            if near
        ]
        assert [found.peers_low, found.peers_high] == (pytest.approx(pooled) if near else [None, None])

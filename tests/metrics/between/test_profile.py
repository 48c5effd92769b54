"""Spine charts: multiples of the group, and ranges as wide as what is withheld."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.answer import answer
from metrics.between.profile import spine
from metrics.between.profile import staff as agency_staff
from tests import builders
from tests.metrics.between.worlds import persons, rows, staff
from tests.metrics.comparing.answers import K, rates, span
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

CODES = ("6401", "6402", "6403", "6407", "6408")


@pytest.fixture
def world(tmp_path):
    strata = [staff(code, "a", 1000) for code in CODES]
    cases = persons(12, "6401") + persons(6, "6402") + persons(2, "6403") + persons(4, "6407")
    opened = builders.in_full(builders.build(tmp_path, rows(strata, cases)))
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


def test_the_public_is_told_the_range_that_the_protected_table_leaves(tmp_path):
    """Of peers together all that their ranges allow, of the middle half what the ranges of all units allow."""
    everyone = [row["government_code"] for row in builders.completed({})["core_government"]]
    strata = [staff(code, "a", 1000) for code in everyone if code[:2] == "64"]
    cases = persons(12, "6401") + persons(6, "6402") + persons(2, "6403") + persons(4, "6407")
    opened = open_warehouse(builders.build(tmp_path, rows(strata, cases)))
    field = answer(opened, "alleged_rate", Selection(provinces=("64",)), "government").frame.set_index(
        "unit_id"
    )
    assert field.loc[["6403", "6407"], "suppressed"].all()
    found = of(opened, "6401", ("6402", "6403", "6407"))
    years = float(field.loc["6402", "exposure"])
    group = 24 / (len(field) * years)
    near = field.loc[["6402", "6403", "6407"]]
    ends = [float(near[end].sum()) / (3 * years) / group for end in ("least", "most")]
    assert [found.peers_low, found.peers_high] == pytest.approx(ends)
    assert ends[0] < 12 / (3 * years) / group < ends[1]
    spans = [field[end].astype(float).tolist() for end in ("least", "most")]
    wanted = [quartile(ends, share) / years / group for ends, share in zip(spans, (0.25, 0.75), strict=True)]
    assert [found.quarter, found.three_quarters] == pytest.approx(wanted)
    opened.close()


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
    "ranges": [((0, 9), 900), ((1, 4), 50), (12, 4000), ((6, 30), 4000), ((0, 2), 800), (9, 900)],
    "huge": [(2000, 10**9), (5, 1), (1500, 2 * 10**9), (900, 10**9), (4, 3)],
    "nobody": [(0, 900), (0, 70)],
}


def quartile(values, share):
    """A quantile between the two nearest of the ordered values."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low + (place - math.floor(place)) * (high - low)


def group(field):
    """The group of a field, its persons told."""
    persons = sum(sum(row[0]) // 2 if isinstance(row[0], tuple) else row[0] for row in field)
    return persons, sum(row[1] for row in field)


@pytest.mark.parametrize("name", FIELDS)
def test_a_spine_is_what_slow_counting_gives(name):
    field = [(*row, "none") for row in FIELDS[name]]
    persons, years = group(field)
    for place, (x, e, _) in enumerate(field):
        near = (field[:place] + field[place + 1 :])[:3]
        whole = rates([(persons, years, "none")], "kalimantan")
        found = spine(rates([field[place]]), whole, rates(field), rates(near) if near else None)
        if not persons or 0 < persons < K:
            assert found.value is None and found.state in ("no_reference", "group_suppressed")
            continue
        low, high = span(x)
        hidden, middle = low != high, persons / years
        assert found.value == (None if hidden else pytest.approx(x / e / middle))
        assert found.state == ("suppressed" if hidden else "value" if x else "zero")
        ends = [[span(c)[n] / t / middle for c, t, _ in field] for n in (0, 1)]
        drawn = len(field) >= 4
        assert found.quarter == (pytest.approx(quartile(ends[0], 0.25)) if drawn else None)
        assert found.three_quarters == (pytest.approx(quartile(ends[1], 0.75)) if drawn else None)
        assert found.pooled == len(near)
        pooled = [
            sum(span(c)[n] for c, _, _ in near) / sum(t for _, t, _ in near) / middle for n in (0, 1) if near
        ]
        assert [found.peers_low, found.peers_high] == (pytest.approx(pooled) if near else [None, None])


counts = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 4000))


@given(st.lists(counts, min_size=2, max_size=7), st.data())
def test_a_wider_range_never_gives_a_narrower_spine(drawn, data):
    near = [((low, low + width), years, "none") for low, width, years in drawn]
    wide = [
        ((data.draw(st.integers(0, low)), high + data.draw(st.integers(0, 9))), years, why)
        for (low, high), years, why in near
    ]
    whole = rates([((90, 90), 9000, "none")], "kalimantan")
    first, other = (spine(rates(rows[:1]), whole, rates(rows), rates(rows[1:])) for rows in (near, wide))
    assert other.peers_low <= first.peers_low <= first.peers_high <= other.peers_high
    if len(drawn) >= 4:
        assert other.quarter <= first.quarter
        assert first.three_quarters <= other.three_quarters
    assert (first.units, first.pooled) == (other.units, other.pooled)


def test_a_unit_that_nothing_bounds_is_no_part_of_the_middle_half_and_leaves_its_peers_without_a_value():
    field = [
        (9, 900, "none"),
        ((3, math.nan), 900, "none"),
        (12, 900, "none"),
        (6, 900, "none"),
        (7, 900, "none"),
    ]
    whole = rates([(90, 9000, "none")], "kalimantan")
    found = spine(rates(field[:1]), whole, rates(field), rates(field[1:3]))
    assert found.units == 4
    assert (found.peers_low, found.peers_high, found.pooled) == (None, None, 2)


def test_what_is_not_published_says_so():
    whole = rates([(90, 9000, "none")], "kalimantan")
    silent = rates([(0, 0, "not_published")])
    assert spine(silent, whole, rates([(9, 900, "none")]), None).state == "not_published"
    assert (
        spine(silent, rates([(0, 0, "not_published")], "kalimantan"), silent, None).state == "not_published"
    )

"""The same unit in two answers: ratio and test against counts and binomial sums in plain Python."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from metrics.answer import answer
from metrics.comparing.pairs import across
from tests import builders
from tests.metrics import oracle
from tests.metrics.comparing.answers import K, mid_p, rates
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

PLACE = Selection(governments=("6472",))
SIDES = {
    "employment": (replace(PLACE, employment=("PPPK",)), replace(PLACE, employment=("PNS",))),
    "elections": (replace(PLACE, elections=("PILKADA2024",)), replace(PLACE, elections=("PILKADA2020",))),
}
COUNTS = {
    ("PILKADA2024", "PNS"): 14,
    ("PILKADA2024", "PPPK"): 9,
    ("PILKADA2020", "PNS"): 21,
    ("PILKADA2020", "PPPK"): 2,
}
DAYS = {"PILKADA2024": date(2024, 10, 15), "PILKADA2020": date(2020, 10, 15)}


def rows():
    staff = [
        builders.heads(count, "6472", day, employment)
        for day, pns, pppk in ((date(2020, 12, 31), 6200, 300), (date(2024, 11, 30), 5800, 1900))
        for employment, count in (("PNS", pns), ("PPPK", pppk))
    ]
    # Another government with a roster, so that what the covered ones have together does not tell of one.
    staff += [builders.heads(900, "6471", day, "PNS") for day in (date(2020, 12, 31), date(2024, 11, 30))]
    cases = [
        builders.case(election_code=code, employment_type=employment, event_on=DAYS[code])
        for (code, employment), count in COUNTS.items()
        for _ in range(count)
    ]
    return {"mart_workforce": staff, "mart_case": cases}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    opened = builders.in_full(builders.build(tmp_path_factory.mktemp("across"), rows()))
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", SIDES)
def test_two_sides_are_what_slow_counting_says(world, kind):
    first, base = (answer(world, "alleged_rate", side, "government") for side in SIDES[kind])
    pair = across(first, base, ("6472",), ("one", "other"), K)[0]
    slow = [
        oracle.answer(builders.completed(rows()), "alleged_rate", side, "government", "whole", None)[0]
        for side in SIDES[kind]
    ]
    (x1, e1), (x0, e0) = ((row["events"], row["exposure"]) for found in slow for row in found.values())
    assert (pair.unit.events, pair.base.events) == (x1, x0)
    assert (pair.unit.exposure, pair.base.exposure) == pytest.approx((e1, e0))
    assert pair.ratio == pytest.approx((x1 / e1) / (x0 / e0))
    assert pair.difference == pytest.approx(1000 * (x1 / e1 - x0 / e0))
    assert pair.p == pytest.approx(mid_p(int(x1), int(x1 + x0), e1 / (e1 + e0)))
    assert pair.adjusted == pair.p
    assert pair.ratio_interval[0] < pair.ratio < pair.ratio_interval[1]
    assert (pair.unit.name, pair.base.name) == ("Samarinda, one", "other")


def test_the_public_sees_elections_side_by_side_and_no_employment_of_a_government(tmp_path, world):
    settings = builders.build(tmp_path, rows())
    public = open_warehouse(settings)
    pairs = {
        kind: [
            across(
                *(answer(opened, "alleged_rate", side, "government") for side in sides),
                ("6472",),
                ("", ""),
                K,
            )
            for opened in (public, world)
        ]
        for kind, sides in SIDES.items()
    }
    told, full = pairs["elections"]
    assert told == full and told[0].withheld == "none"
    told, full = pairs["employment"]
    assert (told[0].withheld, told[0].unit.refusal) == ("no_rate", "not_published")
    assert full[0].withheld == "none" and np.isnan([told[0].ratio, told[0].p]).all()
    public.close()


def test_a_period_without_a_roster_has_no_rate_and_is_no_zero():
    first, base = rates([(12, 4000, "none")]), rates([(0, 0, "no_roster")])
    pair = across(first, base, ("a",), ("later", "earlier"), K)[0]
    assert pair.withheld == "base_no_rate"
    assert (pair.base.exposure, pair.base.events, pair.base.refusal) == (None, None, "no_roster")
    assert np.isnan([pair.ratio, pair.p, pair.difference, pair.visible_from]).all()


@pytest.mark.parametrize("hidden", [1, 2, 4])
def test_a_few_persons_on_either_side_withhold_the_pair_whatever_their_number(hidden):
    known, few = rates([(12, 4000, "none")]), rates([(hidden, 4000, "none")])
    told = across(few, known, ("a",), ("PPPK", "PNS"), K)[0]
    assert told.withheld == "suppressed"
    assert np.isnan([told.ratio, told.p, *told.ratio_interval]).all()
    assert across(known, few, ("a",), ("PPPK", "PNS"), K)[0].withheld == "base_suppressed"
    same = [across(rates([(n, 4000, "none")]), known, ("a",), ("PPPK", "PNS"), K) for n in (1, hidden)]
    assert repr(same[0]) == repr(same[1])
    assert (told.unit.least, told.unit.most, told.base.least, told.base.most) == (1, K - 1, 12, 12)


def test_a_wide_range_withholds_the_pair_as_a_few_persons_do():
    known = rates([(12, 4000, "none")])
    for least, most, shown in ((0, 30, 30.0), (8, float("nan"), None)):
        wide = rates([((least, most), 4000, "none")])
        told = across(wide, known, ("a",), ("PPPK", "PNS"), K)[0]
        assert told.withheld == "suppressed"
        assert (told.unit.events, told.unit.least, told.unit.most) == (None, least, shown)
        assert np.isnan([told.ratio, told.p, *told.ratio_interval]).all()
        assert across(known, wide, ("a",), ("PPPK", "PNS"), K)[0].withheld == "base_suppressed"


def test_what_is_not_published_has_no_rate_to_compare():
    known, silent = rates([(12, 4000, "none")]), rates([(0, 0, "not_published")])
    assert across(silent, known, ("a",), ("x", "y"), K)[0].withheld == "no_rate"
    assert across(known, silent, ("a",), ("x", "y"), K)[0].withheld == "base_no_rate"


def test_a_unit_that_one_answer_lacks_has_no_pair():
    first, base = rates([(12, 4000, "none"), (9, 900, "none")]), rates([(12, 4000, "none")])
    assert [pair.unit.unit_id for pair in across(first, base, ("a", "b"), ("x", "y"), K)] == ["a"]


def test_answers_over_different_kinds_of_exposure_are_not_compared():
    first, base = rates([(12, 4000, "none")]), replace(rates([(12, 4000, "none")]), basis="asn")
    with pytest.raises(AssertionError, match="same kind of exposure"):
        across(first, base, ("a",), ("x", "y"), K)

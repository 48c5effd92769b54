"""Differences between a few units: what is told, what is withheld, and that nothing hidden comes through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.comparing.pairs import Difference, differences
from stats.comparing.many import adjusted
from stats.comparing.ratios import Pair, ratio_interval, ratio_p
from tests.metrics.comparing.answers import K, group_of, mid_p, rates

COUNTS = [
    (40, 4000, "none"),
    (0, 2000, "none"),
    (3, 1500, "none"),
    (12, 6000, "none"),
    (9, 1000, "no_roster"),
]
ABC = ("a", "b", "c", "d", "e")
NUMBERS = ("ratio", "difference", "p", "adjusted", "visible_from", "visible_to")
counts = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(1, 5000),
        st.sampled_from(["none", "none", "none", "no_roster", "scope"]),
    ),
    min_size=2,
    max_size=6,
)


def asked(found: tuple[Difference, ...]) -> dict[str, Difference]:
    return {pair.unit.unit_id: pair for pair in found}


def silent(pair: Difference) -> bool:
    numbers = [getattr(pair, name) for name in NUMBERS]
    return bool(np.isnan([*numbers, *pair.ratio_interval, *pair.difference_interval]).all())


def test_units_are_held_against_the_first():
    found = asked(differences(rates(COUNTS), group_of(COUNTS), ABC, "first", K))
    assert list(found) == ["b", "c", "d", "e"]
    pair = Pair([0, 12], [2000, 6000], 40, 4000)
    assert (found["b"].p, found["d"].p) == pytest.approx(tuple(ratio_p(pair)))
    assert (found["b"].adjusted, found["d"].adjusted) == pytest.approx(tuple(adjusted(ratio_p(pair))))
    assert found["d"].ratio == pytest.approx(0.2)
    assert found["d"].ratio_interval == pytest.approx(tuple(float(end[1]) for end in ratio_interval(pair)))
    assert found["d"].difference == pytest.approx(2 - 10)
    assert found["d"].is_apart
    assert 0.3 < found["d"].visible_to < 1 < found["d"].visible_from < 3


EDGES = {
    "one pair": [(12, 4000, "none"), (9, 900, "none")],
    "zeros": [(0, 4000, "none"), (12, 1, "none"), (0, 1, "none"), (30, 9000, "none")],
    "huge": [(2000, 4 * 10**9, "none"), (1900, 4 * 10**9, "none"), (5, 7, "none"), (0, 10**9, "none")],
    "nulls": [(40, 900, "none"), (9, 900, "no_roster"), (6, 5, "scope"), (7, 700, "none"), (3, 90, "none")],
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("against", ["first", "rest"])
def test_ratios_and_tests_are_what_slow_counting_gives(edge, against):
    rows = dict(zip(ABC, EDGES[edge], strict=False))
    told = [name for name, (x, _, why) in rows.items() if why == "none" and not 0 < x < K]
    group = [row for row in rows.values() if row[2] == "none"]
    chances = {}
    for name, pair in asked(
        differences(rates([*rows.values()]), group_of([*rows.values()]), tuple(rows), against, K)
    ).items():
        x, e, _ = rows[name]
        x0, e0 = (
            (rows["a"][:2]) if against == "first" else (sum(r[n] for r in group) - (x, e)[n] for n in (0, 1))
        )
        if pair.withheld != "none":
            assert silent(pair)
            assert name not in told or 0 < x0 < K
            continue
        chances[name] = (pair.p, pair.adjusted)
        if x + x0 == 0:
            # Two zeros have no ratio; they are a comparison all the same.
            assert np.isnan(pair.ratio) and pair.p == 1.0
            continue
        assert pair.ratio == pytest.approx(x / e / (x0 / e0) if x0 else np.inf)
        assert pair.difference == pytest.approx(1000 * (x / e - x0 / e0))
        assert pair.p == pytest.approx(mid_p(x, x + x0, e / (e + e0)), rel=1e-6, abs=1e-300)
    order = sorted(chances.values())
    for p, lifted in order:
        # Benjamini and Hochberg: the least of n p / rank over all that are not smaller.
        assert lifted == pytest.approx(
            min(1.0, *(len(order) * q / (place + 1) for place, (q, _) in enumerate(order) if q >= p))
        )


def test_units_are_held_against_the_rest_of_the_group():
    found = asked(differences(rates(COUNTS), group_of(COUNTS), ABC, "rest", K))
    assert list(found) == list(ABC)
    assert found["a"].base.events == 15
    assert found["a"].base.exposure == 9500
    assert found["a"].ratio == pytest.approx((40 / 4000) / (15 / 9500))


@pytest.mark.parametrize("against", ["first", "rest"])
def test_units_without_a_rate_and_suppressed_units_say_why(against):
    found = asked(differences(rates(COUNTS), group_of(COUNTS), ABC, against, K))
    assert found["c"].withheld == "suppressed"
    assert found["e"].withheld == "no_rate"
    assert silent(found["c"])
    assert silent(found["e"])
    assert found["c"].unit.events is None


def test_a_suppressed_base_withholds_every_pair():
    found = differences(rates(COUNTS), group_of(COUNTS), ("c", "a", "b"), "first", K)
    assert [pair.withheld for pair in found] == ["base_suppressed", "base_suppressed"]
    assert all(silent(pair) for pair in found)


def test_a_rest_of_a_few_persons_is_withheld():
    few = [(8, 1000, "none"), (2, 900, "none")]
    assert differences(rates(few), group_of(few), ("a",), "rest", K)[0].withheld == "rest_small"
    none_left = [(8, 1000, "none")]
    assert differences(rates(none_left), group_of(none_left), ("a",), "rest", K)[0].withheld == "base_no_rate"


def test_nothing_is_asked_of_one_unit_against_itself():
    assert differences(rates(COUNTS), group_of(COUNTS), ("a",), "first", K) == ()


@settings(deadline=None, max_examples=40)
@given(counts, st.sampled_from(["first", "rest"]), st.data())
def test_a_hidden_count_changes_nothing_that_is_told(rows, against, data):
    """Another count from 1 to k-1 behind the same total gives the same answer, pair by pair."""
    whole = group_of(rows)
    other = [
        (data.draw(st.integers(1, K - 1)), row[1], row[2]) if 0 < row[0] < K and row[2] == "none" else row
        for row in rows
    ]
    names = ABC[: len(rows)] if len(rows) <= len(ABC) else (*ABC, "f")
    first = differences(rates(rows), whole, names, against, K)
    again = differences(rates(other), whole, names, against, K)
    assert repr(first) == repr(again)
    for pair in first:
        assert (pair.withheld == "none") != silent(pair)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["first", "rest"]))
def test_a_range_of_one_count_is_that_count(first, base, against):
    """Told as a range of one count, a pair is the pair of the counts themselves, and says so of its ends."""
    whole = rates([((first + base, first + base), 3000, "none")], "kalimantan")
    told = [((count, count), own, "none") for count, own in ((base, 2000), (first, 1000))]
    found = differences(rates(told), whole, ("a", "b"), against, 1)
    pair = found[-1]
    assert pair.withheld == "none"
    assert (pair.unit.least, pair.unit.most, pair.unit.events) == (first, first, first)
    assert pair.p == pytest.approx(float(ratio_p(Pair(first, 1000, base, 2000))))


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 40),
    st.one_of(st.integers(1, 40), st.just(float("nan"))),
    st.sampled_from(["first", "rest"]),
)
def test_a_range_withholds_every_pair_it_is_a_side_of(least, width, against):
    whole = rates([(200, 9000, "none")], "kalimantan")
    rows = [((least, least + width), 1000, "none"), (60, 4000, "none"), (9, 700, "none")]
    found = asked(differences(rates(rows), whole, ("a", "b", "c"), against, K))
    withheld = {name for name, pair in found.items() if pair.withheld != "none"}
    assert withheld == ({"b", "c"} if against == "first" else {"a"})
    assert all(silent(found[name]) for name in withheld)

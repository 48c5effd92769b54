"""Differences between a few units: what is told, what is withheld, and that nothing hidden comes through."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.comparing.pairs import Difference, differences
from stats.comparing.many import adjusted
from stats.comparing.ratios import Pair, ratio_interval, ratio_p
from tests.metrics.comparing.answers import K, group_of, rates

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

"""Shares against the share of their group: positions against binomial sums in plain Python, and nothing hidden shows."""

from dataclasses import replace
from math import exp, fsum, lgamma, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.answer import answer
from metrics.between.shares import compare, lines
from metrics.definition import definition
from metrics.estimate import Counted, estimate
from tests import builders
from tests.metrics.comparing.answers import K, rates
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

METRIC = definition("followed_up_share")


def shares(counts, by="government"):
    """Units a, b, c … with decided of recommended persons, suppressed and estimated as everywhere."""
    empty = rates([(0, 1, "none")] * len(counts), by)
    events, trials = (np.array([row[n] for row in counts], dtype=float) for n in (0, 1))
    nobody = np.zeros(len(counts))
    columns = estimate(Counted.exactly(events, trials, nobody, np.full(len(counts), "none"), K), METRIC, K)
    return replace(empty.shown_as(empty.frame.assign(**columns)), definition=METRIC, basis="persons")


def group_of(counts):
    return shares([tuple(map(sum, zip(*counts, strict=True)))], "kalimantan")


def place(events, n, target):
    """2 or 1 where the smaller binomial tail is below one half of 0.2 % or 5 %, with the sign of the side."""
    if target in (0.0, 1.0):
        return 0

    def chance(x):
        ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
        return exp(ways + x * log(target) + (n - x) * log1p(-target))

    below, above = fsum(map(chance, range(events + 1))), fsum(map(chance, range(events, n + 1)))
    for found, tail in ((2, 0.001), (1, 0.025)):
        if above <= tail:
            return found
        if below <= tail:
            return -found
    return 0


def test_positions_are_those_of_the_exact_tails():
    counts = [(50, 60), (20, 60), (31, 60), (5, 60)]
    found = compare(shares(counts), group_of(counts))
    target = sum(x for x, _ in counts) / 240
    assert found.target == pytest.approx(target)
    assert found.frame["position"].tolist() == [place(x, n, target) for x, n in counts] == [2, 0, 0, -2]
    assert found.frame["discovered"].tolist() == [True, False, False, True]
    assert found.frame["share"].tolist() == pytest.approx([x / n for x, n in counts])


@given(st.lists(st.tuples(st.integers(5, 40), st.integers(5, 40)), min_size=2, max_size=4))
def test_few_units_are_never_widened_and_lie_where_the_tails_say(pairs):
    counts = [(x, x + rest) for x, rest in pairs]
    found = compare(shares(counts), group_of(counts))
    assert not found.dispersion.is_over
    wanted = [place(x, n, found.target) for x, n in counts]
    got = found.frame["position"].tolist()
    # On a limit, rounding decides.
    for (x, n), one, other in zip(counts, wanted, got, strict=True):
        near = [abs(place(x, n, found.target * (1 + step)) - other) for step in (-1e-7, 1e-7)]
        assert one == other or 0 in near


@pytest.mark.parametrize(
    "counts",
    [
        [(12, 30)],
        [(0, 30), (0, 900)],
        [(30, 30), (900, 900)],
        [(0, 12), (6, 12)],
        [(9_000, 20_000), (9_400, 20_000), (0, 7)],
        [(100_000, 300_000), (99_000, 300_000), (7, 14)],
    ],
)
def test_positions_hold_for_one_unit_for_zeros_and_for_huge_units(counts):
    found = compare(shares(counts), group_of(counts))
    assert found.target == pytest.approx(sum(x for x, _ in counts) / sum(n for _, n in counts))
    assert not found.dispersion.is_over
    assert found.frame["position"].tolist() == [place(x, n, found.target) for x, n in counts]


def test_units_that_scatter_widen_the_limits():
    counts = [(5 + 30 * (n % 2), 40) for n in range(10)]
    found = compare(shares(counts), group_of(counts))
    assert found.dispersion.is_over
    near = lines(found)
    plain = lines(replace(found, dispersion=replace(found.dispersion, tau2=0.0)))
    assert (near["upper"] >= plain["upper"]).all()
    assert near["upper"].max() <= 1.0
    assert near["lower"].min() >= 0.0


@pytest.mark.parametrize("hidden", [(1, 30), (4, 30), (28, 30), (2, 3)])
def test_a_withheld_unit_has_no_place_and_changes_nothing(hidden):
    known = [(20, 40), (12, 40)]
    whole = group_of([*known, (15, 30)])
    found = compare(shares([*known, hidden]), whole)
    other = compare(shares([*known, (3, 30)]), whole)
    assert found.frame["position"].tolist()[2] == 0
    assert np.isnan(found.frame.loc[2, ["observed", "trials", "share"]].to_numpy(float)).all()
    assert repr(found.dispersion) == repr(other.dispersion)
    assert found.frame.drop(columns=["lower", "upper"]).equals(other.frame.drop(columns=["lower", "upper"]))


def test_without_a_share_of_the_group_nothing_is_held_against_it():
    found = compare(shares([(1, 9), (0, 3)]), group_of([(1, 9), (0, 3)]))
    assert np.isnan(found.target)
    assert lines(found).empty
    everybody = [(20, 20), (30, 30)]
    same = compare(shares(everybody), group_of(everybody))
    assert same.target == 1.0
    assert same.frame["position"].tolist() == [0, 0]


def test_it_is_a_function_of_answers_over_the_warehouse(tmp_path):
    cases = [builders.decided(government_code="6472") for _ in range(12)]
    cases += [builders.recommended(government_code="6472") for _ in range(8)]
    cases += [builders.decided(government_code="6171") for _ in range(5)]
    cases += [builders.recommended(government_code="6171") for _ in range(25)]
    opened = open_warehouse(builders.build(tmp_path, {"mart_case": cases}))
    found = compare(
        *(answer(opened, "followed_up_share", Selection(), by) for by in ("province", "kalimantan"))
    )
    told = found.told.set_index("unit_id")
    assert found.target == pytest.approx(17 / 50)
    assert told["trials"].to_dict() == {"61": 30, "64": 20}
    assert told["position"].to_dict() == {"61": place(5, 30, 0.34), "64": place(12, 20, 0.34)}
    opened.close()


def test_rates_are_not_compared_here():
    with pytest.raises(AssertionError, match="shares are compared here"):
        compare(rates([(9, 900, "none")]), rates([(9, 900, "none")]))

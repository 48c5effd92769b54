"""Which class a unit gets, that the class of a hidden count tells nothing, and that no data is never a zero."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.comparing.evidence import judged
from stats.comparing.ratios import Pair, ratio_p
from tests.metrics.comparing.answers import K, group_of, mid_p, rates

ROWS = [
    (40, 10_000, "none"),  # 8 in 10,000 are the rule
    (28, 10_000, "none"),
    (18, 20_000, "none"),
    (0, 9_000, "none"),
    (0, 500, "none"),
    (5, 600, "none"),
    (3, 5_000, "none"),
    (2, 300, "none"),
    (0, 0, "no_roster"),
    (0, 0, "no_events_table"),
    (0, 0, "scope"),
]
counts = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20_000)), min_size=2, max_size=6)


def classes(rows, whole=None) -> list[str]:
    return [row["evidence"] for row in judged(rates(rows), whole or group_of(rows))]


def test_every_state_has_a_class_of_its_own():
    found = classes(ROWS)
    assert found[0] == "far_above"
    assert found[3] == "far_below"
    assert found[4] == "too_few"
    assert found[5] == "above"  # one was to be expected: too few for a low value, not for a high one
    assert found[8:] == ["no_roster", "no_report", "outside"]


@settings(deadline=None, max_examples=60)
@given(counts)
def test_a_class_is_what_the_test_against_the_rest_says(rows):
    rows = [(*row, "none") for row in rows]
    found, group = judged(rates(rows), group_of(rows)), group_of(rows).frame
    if group["refusal"].iloc[0] != "none":
        return
    total, exposure = int(group["events"].iloc[0]), float(group["exposure"].iloc[0])
    for row, verdict in zip(rows, [row["evidence"] for row in found], strict=True):
        events, own, _ = row
        if 0 < events < K:
            continue
        pair = Pair(events, own, total - events, exposure - own)
        p, zero = float(ratio_p(pair)), float(ratio_p(Pair(0, own, total, exposure - own)))
        if min(abs(p - 0.05), abs(p - 0.002), abs(zero - 0.05)) < 1e-9:
            continue
        assert (verdict in ("far_above", "far_below")) == (p < 0.002)
        assert (verdict in ("above", "below")) == (0.002 <= p < 0.05)
        if p >= 0.05:
            assert verdict == ("within" if zero < 0.05 else "too_few")
        else:
            assert verdict.endswith("above") == (events / own > total / exposure)


@pytest.mark.parametrize(
    "rows",
    [
        [(900, 10**9), (1_000, 10**9), (5, 7), (0, 2)],
        [(2_000, 3_000), (0, 10**9), (7, 1)],
        [(0, 1), (12, 1)],
        [(0, 5), (0, 10**9)],
    ],
)
def test_a_class_is_what_slow_counting_says_of_zeros_and_huge_units(rows):
    found = classes([(*row, "none") for row in rows])
    total, exposure = (sum(row[n] for row in rows) for n in (0, 1))
    for (events, own), verdict in zip(rows, found, strict=True):
        if not total:
            assert verdict == "too_few"
            continue
        p = mid_p(events, total, own / exposure)
        side = "above" if events / own > total / exposure else "below"
        if p < 0.05:
            assert verdict == ("far_" if p < 0.002 else "") + side
        else:
            assert verdict == ("within" if mid_p(0, total, own / exposure) < 0.05 else "too_few")


@settings(deadline=None, max_examples=60)
@given(counts, st.data())
def test_the_class_of_a_hidden_count_is_the_same_for_every_count_it_may_be(rows, data):
    rows, whole = [(*row, "none") for row in rows], group_of([(*row, "none") for row in rows])
    other = [(data.draw(st.integers(1, K - 1)), *row[1:]) if 0 < row[0] < K else row for row in rows]
    first, again = judged(rates(rows), whole), judged(rates(other), whole)
    for name in ("evidence", "expected"):
        assert [row[name] for row in first] == [row[name] for row in again]


ORDER = {"far_below": 0, "below": 1, "within": 2, "too_few": 2, "above": 3, "far_above": 4}
worlds = st.tuples(st.integers(1, 60), st.integers(1, 5_000), st.integers(1, 20_000))


def of_range(world, least, most):
    """The class of one unit of which a range is told, in a group of so many persons and so much exposure."""
    total, own, others = world
    return classes(
        [((least, most), own, "none")], rates([((total, total), own + others, "none")], "kalimantan")
    )[0]


@settings(deadline=None, max_examples=25)
@given(worlds)
def test_more_events_never_make_a_class_lower(world):
    """What the code relies on when it looks at both ends of a range alone."""
    found = [of_range(world, count, count) for count in range(world[0] + 1)]
    assert [ORDER[one] for one in found] == sorted(ORDER[one] for one in found)
    assert not {"within", "too_few"} <= set(found)


@settings(deadline=None, max_examples=25)
@given(worlds, st.data())
def test_the_class_of_a_range_is_the_class_of_every_count_in_it(world, data):
    least = data.draw(st.integers(0, world[0]))
    most = data.draw(st.integers(least, 80))
    every = {of_range(world, count, count) for count in range(least, min(most, world[0]) + 1)}
    wanted = every.pop() if len(every) == 1 else "suppressed"
    assert of_range(world, least, most) == wanted


@settings(deadline=None, max_examples=25)
@given(worlds, st.data())
def test_a_wider_range_never_tells_more(world, data):
    ends = sorted(data.draw(st.lists(st.integers(0, 70), min_size=4, max_size=4)))
    wide = of_range(world, ends[0], ends[3])
    assert wide in ("suppressed", of_range(world, ends[1], ends[2]))


def test_a_count_without_bounds_and_one_that_is_not_published_are_not_judged():
    whole = rates([(300, 60_000, "none")], "kalimantan")
    rows = [((280, np.nan), 1_000, "none"), ((0, np.nan), 50_000, "none"), (0, 0, "not_published")]
    assert classes(rows, whole) == ["suppressed"] * 3
    assert classes([((280, 290), 1_000, "none"), ((0, 9), 50_000, "none")], whole) == [
        "far_above",
        "far_below",
    ]
    assert classes([((0, 0), 1_000, "none"), ((0, 0), 9, "none")], whole) == ["below", "too_few"]


def test_a_hidden_count_is_judged_only_where_it_cannot_matter():
    rows = [(3, 100, "none"), (3, 50_000, "none"), (60, 60_000, "none"), (50, 60_000, "none")]
    found = classes(rows)
    assert found[0] == "suppressed"  # one would be within, four would not
    assert found[1] == "far_below"  # whether one or four: 33 were to be expected
    assert classes([(3, 2_000, "none"), (0, 2_000, "none")]) == ["suppressed", "group_suppressed"]


def test_without_a_rest_or_a_group_nothing_is_judged():
    one = [(12, 1_000, "none")]
    assert classes(one) == ["alone"]
    few = [(2, 1_000, "none"), (0, 1_000, "none")]
    found = judged(rates(few), group_of(few))
    assert [(row["evidence"], row["expected"]) for row in found] == [
        ("suppressed", None),
        ("group_suppressed", None),
    ]


def test_shares_and_counts_are_not_judged():
    from dataclasses import replace

    from metrics.definition import definition

    wrong = replace(rates(ROWS), definition=definition("alleged_persons"))
    with pytest.raises(AssertionError, match="rates"):
        judged(wrong, group_of(ROWS))

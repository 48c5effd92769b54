"""The log-rank test where there is nothing to compare, and what must not matter to it."""

import numpy as np
import pytest

from stats.duration import log_rank


@pytest.mark.parametrize(
    ("days", "ended", "group"),
    [
        ([], [], []),
        ([1, 2], [1, 1], ["a", "a"]),
        ([1, 2], [0, 0], ["a", "b"]),
        ([5, 9, 1], [1, 1, 0], ["a", "a", "b"]),
    ],
    ids=["nobody", "one group", "no end", "never together"],
)
def test_nothing_to_compare_is_none(days, ended, group):
    assert log_rank(days, ended, group) is None


def test_equal_groups_do_not_differ():
    found = log_rank([1, 2, 3] * 2, [1, 0, 1] * 2, ["a"] * 3 + ["b"] * 3)
    assert found.statistic == pytest.approx(0.0, abs=1e-12)
    assert found.p == pytest.approx(1.0)
    assert found.expected.tolist() == found.observed.tolist()


def test_names_of_groups_and_order_of_subjects_do_not_matter():
    generator = np.random.default_rng(3)
    days, ended, group = (
        generator.integers(0, 50, 90),
        generator.random(90) < 0.7,
        generator.integers(0, 3, 90),
    )
    first, order = log_rank(days, ended, group), generator.permutation(90)
    second = log_rank(days[order], ended[order], 10 - group[order])
    assert first.freedom == 2
    assert second.statistic == pytest.approx(first.statistic)
    assert second.expected[::-1] == pytest.approx(first.expected)
    assert first.expected.sum() == pytest.approx(first.observed.sum())

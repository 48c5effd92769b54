"""Comparable units: near in size and composition, the same every time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.between.neighbours import distances, nearest


def test_a_doubling_is_as_far_as_a_fifth_of_the_composition():
    parts = [[50, 50], [100, 100], [100, 0]]
    found = distances([100, 200, 100], parts, 0)
    assert found[1] == pytest.approx(1.0)
    assert found[2] == pytest.approx(np.sqrt(1 - np.sqrt(0.5)) / 0.2)


@given(
    st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 90), st.integers(1, 90)), min_size=2, max_size=20)
)
def test_distance_is_symmetric_and_zero_between_twins(units):
    sizes, parts = [n for n, *_ in units], [[a, b] for _, a, b in units]
    assert distances(sizes, parts, 0)[1] == pytest.approx(distances(sizes, parts, 1)[0])
    assert distances([*sizes, sizes[0]], [*parts, parts[0]], 0)[-1] == pytest.approx(0.0, abs=1e-6)


def test_the_nearest_come_first_and_twins_in_their_order():
    sizes, parts = [100, 400, 110, 110, 0, 95], [[1, 1]] * 6
    assert nearest(sizes, parts, 0, 3) == [5, 2, 3]
    assert nearest(sizes, parts, 0, 9) == [5, 2, 3, 1]


def test_a_unit_without_anybody_has_no_neighbours():
    assert nearest([0, 10], [[0, 0], [1, 1]], 0) == []

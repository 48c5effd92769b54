"""Whole numbers from corners that are not whole: what is found holds the sums, and the next question is asked as if nothing had been."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from stats.protecting.program import Program

# Three columns of which any two make up the fourth, but for what the fifth gives at ten times the price.
SUMS = csr_array(np.array([[1, 1, 0, -1, 1], [0, 1, 1, -1, 1], [1, 0, 1, -1, 1]]))
COST = np.array([1.0, 1, 1, 0, 10])
FOURTH = 3


def program(most_of_the_fifth: float) -> Program:
    return Program(SUMS, np.zeros(3), COST, (np.zeros(5), np.array([9.0, 9, 9, 9, most_of_the_fifth])))


@pytest.mark.parametrize(
    ("wanted", "whole"), [(1, [0, 0, 0, 1, 1]), (2, [1, 1, 1, 2, 0]), (3, [1, 1, 1, 3, 1])]
)
def test_a_corner_of_halves_is_made_whole_at_its_price(wanted, whole):
    asked = program(9)
    corner = asked.held({FOURTH: wanted})
    assert corner is not None and corner[0] == wanted / 2
    for _ in range(2):
        found = asked.rounded({FOURTH: wanted})
        assert found is not None and np.rint(found).tolist() == whole
        assert np.array_equal(asked.held({FOURTH: wanted}), corner)


def test_where_no_whole_numbers_fit_none_are_found_and_no_bound_is_left_behind():
    asked = program(0)
    assert asked.rounded({FOURTH: 3}) is None
    assert asked.rounded({FOURTH: 20}) is None
    found = asked.rounded({FOURTH: 4})
    assert found is not None and np.rint(found).tolist() == [2, 2, 2, 4, 0]


def test_what_was_cheap_is_not_when_prices_change():
    asked = program(9)
    asked.price(np.array([0, 1, 2]), np.full(3, 50.0))
    found = asked.rounded({FOURTH: 3})
    assert found is not None and np.rint(found).tolist() == [0, 0, 0, 3, 3]

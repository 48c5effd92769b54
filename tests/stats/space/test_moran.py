"""Against esda on random fields; what stands out; and what there is nothing to say about."""

from itertools import pairwise

import numpy as np
import pytest
from esda.moran import Moran, Moran_Local
from libpysal.weights import W, lat2W

from stats.space import Neighbours, local_moran, moran, standardised_rates
from stats.space.moran import _discoveries, _orders


def grid(side):
    square = lat2W(side, side, rook=False)
    pairs = [(str(one), str(other)) for one, others in square.neighbors.items() for other in others]
    return square, Neighbours.of(pairs, [str(unit) for unit in square.id_order])


def test_esda_finds_the_same_in_a_random_field():
    square, neighbours = grid(7)
    values = np.random.default_rng(5).normal(size=49) + np.repeat(np.arange(7), 7) * 0.25
    np.random.seed(1)
    found, theirs = moran(values, neighbours), Moran(values, square, permutations=1999)
    assert (found.i, found.expected) == (pytest.approx(theirs.I), pytest.approx(theirs.EI))
    local = local_moran(values, neighbours)
    with pytest.warns(DeprecationWarning, match="alternative"):
        reference = Moran_Local(values, square, permutations=9999, seed=1)
    assert local.i == pytest.approx(reference.Is)
    # esda's p-values are of one tail. Those that are plainly chance rest on 500 draws here.
    assert found.p / 2 == pytest.approx(theirs.p_sim, abs=0.07)
    assert local.p / 2 == pytest.approx(reference.p_sim, abs=0.07)
    small = local.p < 0.2
    assert small.any()
    assert local.p[small] / 2 == pytest.approx(reference.p_sim[small], abs=0.01)
    assert np.array_equal((local.own > 0) & (local.around > 0), reference.q == 1)


def test_a_field_without_pattern_is_rarely_called_one():
    _, neighbours = grid(6)
    generator = np.random.default_rng(8)
    p = [moran(generator.normal(size=36), neighbours, permutations=499).p for _ in range(200)]
    assert np.mean(np.array(p) <= 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 200)
    named = [
        local_moran(generator.normal(size=36), neighbours, permutations=1999).stands_out.any()
        for _ in range(60)
    ]
    assert np.mean(named) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 60)


def test_a_cluster_stands_out_and_nothing_else():
    _, neighbours = grid(8)
    values = np.random.default_rng(4).normal(size=(8, 8))
    values[:3, :3] += 6
    found = local_moran(values.ravel(), neighbours)
    high = {
        int(unit)
        for unit, out, own in zip(found.units, found.stands_out, found.own, strict=True)
        if out and own > 0
    }
    assert {0, 1, 8, 9} <= high <= {0, 1, 2, 8, 9, 10, 16, 17, 18}


def test_the_same_question_has_the_same_answer():
    _, neighbours = grid(5)
    values = np.random.default_rng(6).normal(size=25)
    np.random.default_rng(7)
    assert moran(values, neighbours) == moran(values, neighbours)
    assert np.array_equal(local_moran(values, neighbours).p, local_moran(values, neighbours).p)


@pytest.mark.parametrize("values", [[], [3.0, 3.0], [1.0] * 9], ids=["nobody", "two", "no variation"])
def test_where_there_is_nothing_to_say_nothing_is_said(values):
    units = [str(number) for number in range(len(values))]
    neighbours = Neighbours.of(pairwise(units), units)
    assert moran(values, neighbours) is None
    assert local_moran(values, neighbours) is None


def test_units_without_a_neighbour_are_left_out():
    neighbours = Neighbours.of([("a", "c"), ("c", "b"), ("d", "x")], ["a", "b", "c", "d"])
    assert neighbours.units == ("a", "b", "c")
    assert neighbours.places.tolist() == [0, 1, 2]
    expected = W({"a": ["c"], "b": ["c"], "c": ["a", "b"]})
    expected.transform = "r"
    assert neighbours.weights.tolist() == expected.full()[0].tolist()


def test_benjamini_and_hochbergs_own_example():
    # Benjamini and Hochberg 1995, section 4.1: of these fifteen p-values four are discoveries at 5 %.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert _discoveries(np.array(p[::-1]), 0.05).tolist() == [False] * 11 + [True] * 4
    assert not _discoveries(np.array([0.2, 0.9]), 0.05).any()


def test_standardised_rates_need_somebody_and_something():
    assert standardised_rates([0, 0], [10, 20]).tolist() == [0.0, 0.0]
    with pytest.raises(AssertionError, match="population"):
        standardised_rates([1], [0])


def test_a_value_for_each_unit_is_needed():
    neighbours = Neighbours.of([("a", "b"), ("b", "c")], ["a", "b", "c"])
    with pytest.raises(AssertionError, match="one value"):
        moran([1.0], neighbours)
    with pytest.raises(AssertionError, match="left out"):
        moran([1.0, np.nan, 2.0], neighbours)


def test_fewer_random_orders_are_the_first_ones_of_more():
    assert (_orders(20, 900, 7)[:300] == _orders(20, 300, 7)).all()

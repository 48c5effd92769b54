"""The attack finds what is there: checked against the enumeration of all solutions, and on planted weaknesses."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.protecting.attack import attack
from stats.protecting.merging import merged
from stats.protecting.release import BOUNDLESS, FEW, PUBLISHED, WITHHELD, Release, System, narrowed
from stats.protecting.suppression import protect, release

K = 5


def table(rows: int, columns: int) -> System:
    """A table with its row totals, column totals and grand total: cells first, then rows, columns, all."""
    inner = np.arange(rows * columns).reshape(rows, columns)
    row, column, whole = rows * columns, rows * columns + rows, rows * columns + rows + columns
    sums = [(row + r, inner[r].tolist()) for r in range(rows)]
    sums += [(column + c, inner[:, c].tolist()) for c in range(columns)]
    sums += [(whole, list(range(row, row + rows))), (whole, list(range(column, column + columns)))]
    return System.of(whole + 1, sums)


def filled(inner: list[list[int]]) -> np.ndarray:
    cells = np.array(inner, dtype=np.int64)
    return np.concatenate([cells.ravel(), cells.sum(axis=1), cells.sum(axis=0), [cells.sum()]])


def only_small(counts: np.ndarray, k: int = K) -> Release:
    """Primary suppression alone: what the attack must break."""
    return release(counts, np.where((counts > 0) & (counts < k), FEW, PUBLISHED).astype(np.int8), k)


def enumerated(rows: int, columns: int, shown: Release) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest count of every cell over all solutions, by trying every filling of the inner cells."""
    inner = rows * columns
    spans = [range(low, high + 1) for low, high in zip(shown.lower[:inner], shown.upper[:inner], strict=True)]
    every = [filled(np.reshape(x, (rows, columns)).tolist()) for x in product(*spans)]
    found = [x for x in every if (shown.lower <= x).all() and (x <= shown.upper).all()]
    return np.min(found, axis=0), np.max(found, axis=0)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=2))
def test_bounds_are_those_of_all_solutions(inner):
    system, counts = table(2, 3), filled(inner)
    shown = only_small(counts)
    if not shown.unknown.any():
        return
    reached = attack(system, shown, shown.unknown)
    least, most = enumerated(2, 3, shown)
    assert np.array_equal(reached.least[shown.unknown], least[shown.unknown])
    assert np.array_equal(reached.most[shown.unknown], most[shown.unknown])
    pencil = narrowed(system, shown)
    assert (pencil.lower <= least).all() and (pencil.upper >= most).all()


# A row of cells with its total; the second cell is a small count, and its least and greatest value to the attack.
WEAK = {
    "a lone small count is the total less the rest": ([9, 3, 0], (3, 3)),
    "two small counts that add up to two are not four": ([9, 1, 1], (0, 2)),
    "two small counts that add up to eight are fours": ([9, 4, 4], (4, 4)),
    "three that add up to ten are not one": ([9, 3, 3, 4], (2, 4)),
}


@pytest.mark.parametrize("weakness", WEAK)
def test_the_attack_finds_planted_weaknesses(weakness):
    parts, bounds = WEAK[weakness]
    system, counts = (
        System.of(len(parts) + 1, [(len(parts), range(len(parts)))]),
        np.array([*parts, sum(parts)]),
    )
    shown = only_small(counts)
    reached = attack(system, shown, shown.unknown)
    assert (reached.least[1], reached.most[1]) == bounds
    mended = protect(system, counts, (K, 1 + counts))
    reached = attack(system, mended.release(), mended.targets)
    assert reached.least[1] <= 1 and reached.most[1] >= K - 1


def test_a_weakness_across_two_tables_needs_both():
    """Government by election and government by employment share the government's total: alone each is safe."""
    # Cells: two elections, two kinds of employment, the total; then the elections' island totals are known elsewhere.
    system = System.of(7, [(4, [0, 1]), (4, [2, 3]), (5, [0, 6])])
    counts = np.array([2, 3, 4, 1, 5, 10, 8])
    states = np.array([FEW, FEW, FEW, FEW, WITHHELD, PUBLISHED, PUBLISHED], dtype=np.int8)
    alone = System.of(7, [(4, [0, 1]), (4, [2, 3])])
    shown = release(counts, states, K)
    targets = shown.unknown & (counts < K)
    safe = attack(alone, shown, targets)
    assert (safe.least[targets] <= 1).all() and (safe.most[targets] >= K - 1).all()
    broken = attack(system, shown, targets)
    assert (broken.least[0], broken.most[0]) == (2, 2)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.data(), st.integers(3, 6))
def test_what_is_protected_withstands_the_attack(rows, columns, data, k):
    cell = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 30))
    inner = data.draw(
        st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    system, counts = table(rows, columns), filled(inner)
    found = protect(system, counts, (k, 1 + counts))
    again = protect(system, counts, (k, 1 + counts))
    assert np.array_equal(found.states, again.states)
    small = (counts > 0) & (counts < k)
    assert (found.states[small] != PUBLISHED).all()
    shown = found.release()
    assert (shown.lower <= counts).all() and (counts <= shown.upper).all()
    reached = attack(system, shown, small)
    assert (reached.least[small] <= 1).all() and (reached.most[small] >= k - 1).all()


def test_nothing_small_withholds_nothing():
    counts = filled([[9, 0], [7, 12]])
    found = protect(table(2, 2), counts, (K, 1 + counts))
    assert not found.states.any() and found.questions == 0


def test_a_total_of_two_ones_cannot_be_published():
    counts = filled([[1, 1], [0, 0]])
    found = protect(table(2, 2), counts, (K, 1 + counts))
    assert found.states[-1] != PUBLISHED or (found.release().unknown[:4]).sum() > 2


def test_figures_that_contradict_each_other_are_a_fault():
    system = System.of(2, [(0, [1])])
    with pytest.raises(AssertionError, match="contradict"):
        narrowed(system, Release(np.array([3, 4]), np.array([3, 4])))


def test_one_count_by_two_names_is_withheld_by_both_or_neither():
    """The second sum makes cells 1 and 4 the same, the third has nothing but a cell that is always 0 beside it."""
    system = System.of(
        7, [(0, [1, 2, 3]), (1, [4]), (2, [5, 6])], least=[0] * 7, most=[*[BOUNDLESS] * 5, 0, BOUNDLESS]
    )
    counts = np.array([12, 2, 10, 0, 2, 0, 10])
    one = merged(system)
    assert one.group[1] == one.group[4] and one.group[2] == one.group[6] and one.group[5] == -1
    found = protect(system, counts, (K, 1 + counts))
    assert found.states[1] == found.states[4] != PUBLISHED
    assert found.states[2] == found.states[6]
    # A cell that is 0 by its meaning cannot guard.
    assert found.states[5] == PUBLISHED
    reached = attack(system, found.release(), found.targets)
    assert (reached.least[[1, 4]] <= 1).all() and (reached.most[[1, 4]] >= K - 1).all()


def test_what_everybody_knows_is_asked_for_in_vain():
    """Three listed elections have a case each, so that three persons in all can be no fewer; what is told adds nothing."""
    system = System.of(5, [(0, [1, 2, 3]), (4, [0])], least=[0, 1, 1, 1, 0])
    found = protect(system, np.array([3, 1, 1, 1, 3]), (K, np.ones(5, dtype=np.int64)))
    reached = attack(system, found.release(), found.targets)
    assert reached.least.tolist() == [3, 1, 1, 1, 3] and (reached.most >= K - 1).all()


def test_a_cell_that_is_not_shown_guards_for_nothing_and_is_as_safe():
    """The part that no table shows would be the total less the other part."""
    system, counts = System.of(3, [(0, [1, 2])]), np.array([12, 10, 2])
    found = protect(system, counts, (K, np.array([9, 1, 1])), np.array([True, True, False]))
    assert found.states.tolist() == [PUBLISHED, WITHHELD, WITHHELD]

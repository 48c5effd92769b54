"""Moran's I of a field and of each of its units, judged by permutation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stats.space.neighbours import Floats, Neighbours

# The smallest p-value is 1 / 10,000; with 56 units at a false-discovery rate of 5 % it must get below 0.0009.
PERMUTATIONS: Final = 9999
SEED: Final = 20241127
# A p-value above 0.2 after 500 draws (standard error 0.02) is never among discoveries at 5 %.
FIRST, PLAINLY_CHANCE = 500, 0.2


@dataclass(frozen=True)
class Global:
    """Moran's I, what it would be on average without any pattern (-1 / (n - 1)), and a two-sided p-value."""

    i: float
    expected: float
    p: float
    units: int


@dataclass(frozen=True)
class Local:
    """One entry per unit of the neighbours.

    `own` and `around` are the unit's deviation from the mean and its neighbours' average deviation; `stands_out` is
    True where the false-discovery rate allows it. High among high: both positive, and so on.
    """

    units: tuple[str, ...]
    i: Floats
    own: Floats
    around: Floats
    p: Floats
    stands_out: NDArray[np.bool_]


def moran(
    values: ArrayLike, neighbours: Neighbours, permutations: int = PERMUTATIONS, seed: int = SEED
) -> Global | None:
    """I = sum over pairs of w z z' / sum of z², rows of w adding up to one; Moran 1950, Biometrika 37:17.

    `values` has one entry per unit of the neighbours. The p-value is twice the smaller tail of the values laid out at
    random, (hits + 1) / (permutations + 1). None with fewer than three units or without any variation.
    """
    z = _deviations(values, neighbours)
    if z is None:
        return None
    square = float(z @ z)
    found = float(z @ neighbours.weights @ z) / square

    def drawn(count: int) -> Floats:
        laid_out = z[_orders(len(z), count, seed)]
        return np.asarray(np.einsum("ri,ri->r", laid_out, laid_out @ neighbours.weights.T) / square)

    return Global(found, -1.0 / (len(z) - 1), _p_value(found, drawn, permutations), len(z))


def local_moran(
    values: ArrayLike,
    neighbours: Neighbours,
    false_discovery: float = 0.05,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Local | None:
    """I(i) = (n - 1) z(i) sum of w(i,j) z(j) / sum of z²; Anselin 1995, Geographical Analysis 27:93.

    Each unit's p-value (two-sided) holds its own value and lays the others out at random. Which units stand out follows
    Benjamini and Hochberg 1995, JRSS B 57:289, at the rate `false_discovery`. None as in `moran`.
    """
    z = _deviations(values, neighbours)
    if z is None:
        return None
    around = neighbours.weights @ z
    scale = (len(z) - 1) / float(z @ z)
    lots = (permutations, seed)
    p = np.array([_unit(z, place, row, lots) for place, row in enumerate(neighbours.weights)])
    return Local(neighbours.units, scale * z * around, z, around, p, _discoveries(p, false_discovery))


def _unit(z: Floats, place: int, weights: Floats, lots: tuple[int, int]) -> float:
    """P-value of one unit: the others in random order, of which the first ones are its neighbours."""
    others, degree = np.delete(z, place), int((weights > 0).sum())
    permutations, seed = lots

    def drawn(count: int) -> Floats:
        orders = _orders(len(others), count, seed)
        return np.asarray(sum(others[orders[:, column]] for column in range(degree)) / degree)

    return _p_value(float(weights @ z), drawn, permutations)


def _p_value(found: float, drawn: Callable[[int], Floats], permutations: int) -> float:
    """Two-sided; after `FIRST` draws nothing more is drawn for what is plainly chance (Besag and Clifford 1991)."""
    first = _two_sided(found, drawn(min(FIRST, permutations)))
    return (
        first if first > PLAINLY_CHANCE or permutations <= FIRST else _two_sided(found, drawn(permutations))
    )


@lru_cache(maxsize=16)
def _orders(units: int, permutations: int, seed: int) -> NDArray[np.int16]:
    """Random orders of so many units, one a row; kept, since they depend on nothing else.

    Fewer are the first ones of more.
    """
    order = np.tile(np.arange(units, dtype=np.int16), (permutations, 1))
    return np.asfortranarray(np.random.default_rng(seed).permuted(order, axis=1))


def _deviations(values: ArrayLike, neighbours: Neighbours) -> Floats | None:
    given = np.asarray(values, dtype=np.float64)
    assert given.shape == (len(neighbours.units),), "one value for each unit of the neighbours"
    assert bool(np.isfinite(given).all()), "units without a value are left out beforehand"
    z = given - given.mean() if len(given) else given
    return z if len(z) >= 3 and float(z @ z) > 1e-20 * float(given @ given) else None


def _two_sided(found: float, drawn: Floats) -> float:
    # What is equal but for rounding counts as reached, or a p-value would depend on the processor.
    slack = 1e-12 * max(1.0, abs(found))
    tail = min(int((drawn >= found - slack).sum()), int((drawn <= found + slack).sum()))
    return min(1.0, 2.0 * (tail + 1) / (len(drawn) + 1))


def _discoveries(p: Floats, rate: float) -> NDArray[np.bool_]:
    order = np.sort(p)
    passed = np.flatnonzero(order <= rate * np.arange(1, len(p) + 1) / len(p))
    return np.asarray(p <= order[passed[-1]] if len(passed) else np.zeros(len(p)), dtype=np.bool_)

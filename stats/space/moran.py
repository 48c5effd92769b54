"""Moran's I of a field and of each of its units, judged by permutation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stats.space.neighbours import Floats, Neighbours

# The smallest p-value is 1 / 10,000; with 56 units at a false-discovery rate of 5 % it must get below 0.0009.
PERMUTATIONS: Final = 9999
SEED: Final = 20241127


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
    generator = np.random.default_rng(seed)
    laid_out = generator.permuted(np.tile(z, (permutations, 1)), axis=1)
    square = float(z @ z)
    drawn = np.einsum("ri,ri->r", laid_out, laid_out @ neighbours.weights.T) / square
    found = float(z @ neighbours.weights @ z) / square
    return Global(found, -1.0 / (len(z) - 1), float(_two_sided(found, drawn)), len(z))


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
    generator = np.random.default_rng(seed)
    widest = int((neighbours.weights > 0).sum(axis=1).max())
    # Places among the others, the same draws for every unit.
    drawn = generator.permuted(np.tile(np.arange(len(z) - 1), (permutations, 1)), axis=1)[:, :widest]
    p = np.empty(len(z))
    for place, row in enumerate(neighbours.weights):
        degree = int((row > 0).sum())
        lag = np.delete(z, place)[drawn[:, :degree]].mean(axis=1)
        p[place] = _two_sided(around[place], lag)
    return Local(neighbours.units, scale * z * around, z, around, p, _discoveries(p, false_discovery))


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

"""A release with what it told along days as one system, so that whatever is told later is protected beside both."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from stats.protecting.release import BOUNDLESS, Ints, Release, System, narrowed
from stats.protecting.succession import Earlier
from stats.waiting.courses import Course, Key, Linked


def enlarged(earlier: Earlier, course: Course, places: Mapping[Key, int]) -> Earlier:
    """The cells of the release, and behind them the counts of the course by phase, kind and group of days.

    `places` are the cells that count what the course counts by phase and kind alone; these are one cell.
    """
    linked = Linked.of(course)
    at = np.array([places.get(key, -1) for key in linked.keys], dtype=np.int64)
    new, known = at < 0, narrowed(linked.system, linked.release)
    at[new] = len(earlier.counts) + np.arange(int(new.sum()))
    return Earlier(
        _both(earlier.system, linked.system, at),
        np.concatenate([earlier.counts, linked.counts[new]]),
        Release(
            np.concatenate([earlier.known.lower, known.lower[new]]),
            np.concatenate([earlier.known.upper, known.upper[new]]),
        ),
    )


def _both(system: System, more: System, at: Ints) -> System:
    """The sums of both; `at` is the column of each cell of the second one, those that the first one lacks behind it."""
    from scipy.sparse import csr_array, vstack

    cells = max(system.cells, int(at.max()) + 1)
    first, second = system.sums.tocoo(), more.sums.tocoo()
    one = csr_array((first.data, (first.row, first.col)), shape=(first.shape[0], cells))
    other = csr_array((second.data, (second.row, at[second.col])), shape=(second.shape[0], cells))
    wide = cells - system.cells
    return System(
        csr_array(vstack([one, other]).tocsr().astype(np.int64)),
        np.concatenate([system.least, np.zeros(wide, dtype=np.int64)]),
        np.concatenate([system.most, np.full(wide, BOUNDLESS)]),
    )

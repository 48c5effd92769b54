"""The table below a curve: how many were still waiting, had ended or had not been followed longer, at given days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats.duration.subjects import Ints, waiting


@dataclass(frozen=True)
class RiskTable:
    """One column per day of `at`; on each day `at_risk` + the sum of `ended` + `censored` is the number of subjects."""

    at: Ints
    at_risk: Ints
    """Still waiting at the start of the day."""
    ended: Ints
    """One row per cause: ended before the day."""
    censored: Ints
    """Not ended, and not followed up to the day."""


def numbers_at_risk(days: ArrayLike, cause: ArrayLike, at: ArrayLike, causes: int = 1) -> RiskTable:
    """Counts at the days `at`, as printed below a survival curve. They count persons: suppress first."""
    waited, kind = waiting(days, np.asarray(cause).astype(np.int64), causes)
    when = np.asarray(at, dtype=np.int64)
    before = waited[None, :] < when[:, None]
    ended = np.array(
        [(before & (kind == k)[None, :]).sum(axis=1) for k in range(1, causes + 1)], dtype=np.int64
    )
    censored = (before & (kind == 0)[None, :]).sum(axis=1).astype(np.int64)
    return RiskTable(when, (~before).sum(axis=1).astype(np.int64), ended.reshape(causes, len(when)), censored)

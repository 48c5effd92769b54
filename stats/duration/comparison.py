"""Do groups wait equally long? The log-rank test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from stats.duration.subjects import Floats, Ints, waiting


@dataclass(frozen=True)
class LogRank:
    """Ends observed and expected if all groups waited alike, and the test; arrays have one entry per group."""

    groups: NDArray[Any]
    subjects: Ints
    observed: Ints
    expected: Floats
    statistic: float
    freedom: int
    p: float


def log_rank(days: ArrayLike, ended: ArrayLike, group: ArrayLike) -> LogRank | None:
    """Mantel 1966, Cancer Chemother. Rep. 50:163: chi-square of observed against expected ends over all days.

    Expected in group g: sum over days of d(u) n_g(u) / n(u), with the hypergeometric variance. None where nothing can
    be compared: fewer than two groups, no end, or no day on which two groups waited together. Statistic by
    statsmodels' survdiff. With few ends (fewer than five expected in a group) the p-value is rough.
    """
    waited, cause = waiting(days, np.asarray(ended).astype(np.int64))
    groups, place = np.unique(np.asarray(group), return_inverse=True)
    assert place.shape == waited.shape, "one group for each subject"
    if len(groups) < 2 or not bool(np.any(cause)):
        return None
    from statsmodels.duration.survfunc import survdiff

    try:
        statistic, _ = survdiff(waited, cause, place)
    except np.linalg.LinAlgError:  # no variance: no group was at risk beside another
        return None
    observed = np.bincount(place[cause == 1], minlength=len(groups)).astype(np.int64)
    return LogRank(
        groups=groups,
        subjects=np.bincount(place).astype(np.int64),
        observed=observed,
        expected=_expected(waited, cause, place, len(groups)),
        statistic=float(statistic),
        freedom=len(groups) - 1,
        p=float(chdtrc(len(groups) - 1, float(statistic))),
    )


def _expected(waited: Ints, cause: Ints, place: NDArray[np.intp], groups: int) -> Floats:
    step, ends = np.unique(waited[cause == 1], return_counts=True)
    at_risk = np.array([(waited[place == g][None, :] >= step[:, None]).sum(axis=1) for g in range(groups)])
    return np.asarray((ends * at_risk / at_risk.sum(axis=0)).sum(axis=1), dtype=np.float64)

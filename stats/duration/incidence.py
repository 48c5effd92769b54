"""Cumulative incidence: how many have ended in each way after so many days, where one end excludes the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats.duration.subjects import ROUNDING, Floats, Ints, quantile, waiting


@dataclass(frozen=True)
class Incidence:
    """Share that has ended by cause after each day on which anybody's waiting ended.

    `days`, `at_risk` and `waiting` have one entry per such day, the others one row per cause (row 0 is cause 1) and
    one column per day. Before `days[0]` every share is 0. On each day `waiting` + the sum of `share` is 1.
    `lower` and `upper` are NaN where the share is 0 or 1. Without any end all arrays are empty.
    """

    days: Ints
    at_risk: Ints
    waiting: Floats
    ended: Ints
    share: Floats
    lower: Floats
    upper: Floats
    subjects: int
    last_day: int | None


def cumulative_incidence(days: ArrayLike, cause: ArrayLike, causes: int, level: float = 0.95) -> Incidence:
    """Aalen and Johansen's estimate for competing ends with pointwise log(-log) interval.

    I_k(t) = sum over days u <= t of S(u-) d_k(u) / n(u); Aalen and Johansen 1978, Scand. J. Statist. 5:141. `cause` is
    0 for not ended, else 1 to `causes`; a cause that never happened has a row of zeros. Treating the other ends as
    censored (1 - Kaplan-Meier) would answer another question and too high. Shares by statsmodels'
    CumIncidenceRight; its variance fails on a day on which the last subject ends, so that `_variance` is ours.
    """
    waited, kind = waiting(days, cause, causes)
    last = int(waited.max()) if len(waited) else None
    if not bool(np.any(kind)):
        none, row = np.array([], dtype=np.int64), np.empty((causes, 0))
        return Incidence(none, none, row[0], row.astype(np.int64), row, row, row, len(waited), last)
    step, at_risk, ended = _steps(waited, kind, causes)
    share = _shares(waited, kind, causes, step)
    error = np.sqrt(_variance(share, at_risk, ended))
    lower, upper = _bounds(share, error, quantile(level))
    left = np.clip(1.0 - share.sum(axis=0), 0.0, 1.0)
    return Incidence(step, at_risk, left, ended, share, lower, upper, len(waited), last)


def _steps(waited: Ints, kind: Ints, causes: int) -> tuple[Ints, Ints, Ints]:
    step = np.unique(waited[kind > 0])
    at_risk = len(waited) - np.searchsorted(np.sort(waited), step, side="left")
    ended = np.zeros((causes, len(step)), dtype=np.int64)
    chosen = kind > 0
    np.add.at(ended, (kind[chosen] - 1, np.searchsorted(step, waited[chosen])), 1)
    return step, at_risk.astype(np.int64), ended


def _shares(waited: Ints, kind: Ints, causes: int, step: Ints) -> Floats:
    from statsmodels.duration.survfunc import CumIncidenceRight

    with np.errstate(divide="ignore", invalid="ignore"):  # its variance, which is not used
        found = CumIncidenceRight(waited, kind)
    place = np.searchsorted(found.times, step)
    rows = [np.asarray(found.cinc[k])[place] if k < len(found.cinc) else 0.0 * step for k in range(causes)]
    return np.vstack(rows)


def _variance(share: Floats, at_risk: Ints, ended: Ints) -> Floats:
    """Greenwood's type of variance; Marubini and Valsecchi 1995, p. 341.

    Var I_k(t) = sum over u <= t of (I_k(t) - I_k(u))² d / (n (n - d)) + S(u-)² d_k (n - d_k) / n³
    - 2 (I_k(t) - I_k(u)) S(u-) d_k / n². Where all at risk end on day u there is no later t, and the first term is
    zero.
    """
    n, d = at_risk.astype(np.float64), ended.sum(axis=0).astype(np.float64)
    before = np.concatenate(([1.0], np.cumprod(1.0 - d / n)[:-1]))
    hazard = np.where(n > d, d / (n * np.maximum(n - d, 1.0)), 0.0)
    found = np.empty_like(share)
    for k, own in enumerate(ended.astype(np.float64)):
        # rows: the day t that is asked for; columns: the days u up to t
        distance = np.tril(share[k][:, None] - share[k][None, :])
        fixed = np.cumsum(before**2 * own * (n - own) / n**3)
        found[k] = distance**2 @ hazard + fixed - 2.0 * distance @ (before * own / n**2)
    return np.maximum(found, 0.0)


def _bounds(share: Floats, error: Floats, z: float) -> tuple[Floats, Floats]:
    """I^exp(-+z s / (I log I)); Choudhury 2002, Statistics in Medicine 21:1129."""
    # Where all have ended the sum of shares, or what is left of one, may miss the end by a rounding.
    inside = (share > ROUNDING) & (share < 1 - ROUNDING)
    safe = np.where(inside, share, 0.5)
    width = np.exp(z * error / (safe * np.log(safe)))
    return np.where(inside, safe ** (1.0 / width), np.nan), np.where(inside, safe**width, np.nan)

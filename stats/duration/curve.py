"""Kaplan and Meier's curve of those still waiting, its interval and its median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from stats.duration.subjects import ROUNDING, Floats, Ints, quantile, waiting


@dataclass(frozen=True)
class Curve:
    """Share still waiting after each day on which somebody's waiting ended; all arrays have one entry per such day.

    Before `days[0]` the share is 1. `lower` and `upper` are NaN on a day after which nobody is left waiting
    (share 0): the interval is not defined there. Without any end all arrays are empty.
    """

    days: Ints
    at_risk: Ints
    """Subjects still waiting, and not yet censored, just before the day."""
    ended: Ints
    share: Floats
    lower: Floats
    upper: Floats
    subjects: int
    last_day: int | None
    """The longest waiting seen, ended or not; beyond it the curve says nothing. None without subjects."""


@dataclass(frozen=True)
class Median:
    """Days after which half have ended, and its interval; None where the curve (or its bound) does not get there."""

    days: int | None
    lower: int | None
    upper: int | None


def kaplan_meier(days: ArrayLike, ended: ArrayLike, level: float = 0.95) -> Curve:
    """Product-limit estimate with pointwise log(-log) interval.

    S(t) = prod over days u <= t of (1 - d(u) / n(u)); Kaplan and Meier 1958, JASA 53:457. Greenwood's variance
    s² = S² sum d / (n (n - d)), carried to log(-log S): S^exp(+-z s / (S log S)); Kalbfleisch and Prentice 2002,
    p. 18. A subject censored on a day on which others end was at risk on that day. `ended` is 1 or True where the
    waiting ended. Estimates by statsmodels' SurvfuncRight.
    """
    waited, cause = waiting(days, np.asarray(ended).astype(np.int64))
    if not bool(np.any(cause)):
        none, share = np.array([], dtype=np.int64), np.array([], dtype=np.float64)
        return Curve(none, none, none, share, share, share, len(waited), _last(waited))
    from statsmodels.duration.survfunc import SurvfuncRight

    found = SurvfuncRight(waited, cause)
    share = np.asarray(found.surv_prob, dtype=np.float64)
    lower, upper = _log_log(share, np.asarray(found.surv_prob_se, dtype=np.float64), quantile(level))
    return Curve(
        days=np.asarray(found.surv_times, dtype=np.int64),
        at_risk=np.asarray(found.n_risk, dtype=np.int64),
        ended=np.asarray(found.n_events, dtype=np.int64),
        share=share,
        lower=lower,
        upper=upper,
        subjects=len(waited),
        last_day=_last(waited),
    )


def median(curve: Curve) -> Median:
    """First day on which the share still waiting is at most one half, and the days on which its bounds are.

    Brookmeyer and Crowley 1982, Biometrics 38:29, with the interval of the curve.
    """
    return Median(*(_first(curve.days, bound) for bound in (curve.share, curve.lower, curve.upper)))


def at(curve_days: ArrayLike, values: ArrayLike, when: ArrayLike, start: float) -> Floats:
    """A step function read at the days `when`: the value of the last of `curve_days` up to then, else `start`."""
    place = np.searchsorted(np.asarray(curve_days), np.asarray(when), side="right")
    return np.asarray(np.concatenate(([start], np.asarray(values, dtype=np.float64)))[place])


def _log_log(share: Floats, error: Floats, z: float) -> tuple[Floats, Floats]:
    # Where all have ended the sum of shares, or what is left of one, may miss the end by a rounding.
    inside = (share > ROUNDING) & (share < 1 - ROUNDING)
    safe = np.where(inside, share, 0.5)
    width = np.exp(z * np.where(inside, error, 0.0) / (safe * np.log(safe)))
    # log(safe) is negative, so that `width` lies below one: the larger power gives the smaller bound.
    return np.where(inside, safe ** (1.0 / width), np.nan), np.where(inside, safe**width, np.nan)


def _first(days: Ints, bound: Floats) -> int | None:
    # A product of fractions may miss one half by a rounding.
    reached = np.flatnonzero(bound <= 0.5 + ROUNDING)
    return int(days[reached[0]]) if len(reached) else None


def _last(waited: Ints) -> int | None:
    return int(waited.max()) if len(waited) else None

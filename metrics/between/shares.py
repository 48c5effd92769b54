"""Units of one share compared with the share of their group, from published counts only: the numbers of a binomial funnel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.between.compared import discovered
from stats.between import dispersion as spread
from stats.between import funnel
from stats.between.dispersion import Dispersion

if TYPE_CHECKING:
    from metrics.result import Result

POINTS: Final = 36
_MARGIN: Final = 1.3
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """A row per unit: unit_id, unit_name, observed, trials, share, lower, upper, position, discovered, suppressed, refusal,
    is_simulated.

    `target` is the share of the group, NaN where it may not be told; then no unit has a position. `position` is -2 to 2
    against the exact binomial limits of 95 % and 99.8 %, widened by `dispersion`, which rests on the units that may be
    told; `discovered` units stay apart when all of them are tested at once (Benjamini and Hochberg, 5 %).
    """

    frame: pd.DataFrame
    target: float
    dispersion: Dispersion

    @property
    def told(self) -> pd.DataFrame:
        """Rows that have a share."""
        return self.frame[self.frame["refusal"] == "none"]


def compare(units: Result, whole: Result) -> Shares:
    """The units of a share against the share of `whole`, the answer for all of them together."""
    assert units.definition.kind == "proportion", (
        "shares are compared here, rates in metrics.between.compared"
    )
    assert units.period == whole.period == "whole" and units.group is None, "one row per unit is compared"
    names = ["unit_id", "unit_name", "lower", "upper", "suppressed", "refusal", "is_simulated"]
    frame = units.frame[names].assign(
        observed=_floats(units.frame, "events"),
        trials=_floats(units.frame, "exposure"),
        share=_floats(units.frame, "estimate"),
        position=0,
        discovered=False,
    )
    target = _target(whole)
    shown = (frame["refusal"] == "none").to_numpy(np.bool_)
    count, trials = (frame[name].to_numpy(np.float64)[shown] for name in ("observed", "trials"))
    if np.isnan(target) or not shown.any():
        return Shares(frame, target, Dispersion(1.0, 0.0, 1.0, 0))
    scatter = _scatter(count, trials, target)
    factor = scatter.additive(_precision(trials, target))
    limits = {level: _limits(trials, target, level, factor) for level in funnel.LEVELS}
    frame.loc[shown, "position"] = funnel.position(count / trials, limits)
    p = funnel.two_sided(funnel.binomial_tails(count, trials, target))
    frame.loc[shown, "discovered"] = discovered(p, factor)
    return Shares(frame, target, scatter)


def lines(found: Shares) -> pd.DataFrame:
    """Columns trials, level, lower, upper: the limits along the number of persons; no row where there is nothing to compare."""
    trials = found.told["trials"].to_numpy(np.float64)
    if not len(trials) or np.isnan(found.target):
        return pd.DataFrame(columns=["trials", "level", "lower", "upper"])
    at = np.geomspace(trials.min() / _MARGIN, trials.max() * _MARGIN, POINTS)
    factor = found.dispersion.additive(_precision(at, found.target))
    parts = []
    for level in funnel.LEVELS:
        lower, upper = _limits(at, found.target, level, factor)
        parts.append(pd.DataFrame({"trials": at, "level": level, "lower": lower, "upper": upper}))
    return pd.concat(parts, ignore_index=True)


def _limits(trials: Floats, target: float, level: float, factor: Floats) -> tuple[Floats, Floats]:
    lower, upper = funnel.widened(funnel.binomial_limits(trials, target, level), target, factor)
    return lower, np.minimum(upper, 1.0)


def _scatter(count: Floats, trials: Floats, target: float) -> Dispersion:
    precision = _precision(trials, target)
    scores = (count / trials - target) * np.sqrt(precision)
    return spread.dispersion(scores, precision) if 0.0 < target < 1.0 else Dispersion(1.0, 0.0, 1.0, 0)


def _precision(trials: Floats, target: float) -> Floats:
    """One over the variance of a share of `trials` under chance alone; 0 where there is no chance."""
    variance = target * (1.0 - target)
    return trials / variance if variance > 0 else np.zeros_like(trials)


def _target(whole: Result) -> float:
    rows = whole.frame
    return (
        float(rows["estimate"].iloc[0]) if len(rows) and rows["refusal"].iloc[0] == "none" else float("nan")
    )


def _floats(frame: pd.DataFrame, name: str) -> Floats:
    return np.asarray(frame[name].to_numpy(np.float64, na_value=np.nan))

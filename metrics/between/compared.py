"""Units of one answer compared with what is expected of them, from published counts only.

Everything here is a function of a frame that has passed suppression, of expected counts, and of the published total.
A withheld count enters as the range in which it lies, never as itself, so that nothing shown can be turned back into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from metrics.between.strata import Expectation, expectation
from metrics.comparing.reference import is_withheld, reference_ends, reference_range, reference_total
from metrics.estimate import LEVEL
from stats.between import dispersion as spread
from stats.between import funnel, ranks, smoothing
from stats.between.dispersion import Dispersion
from stats.between.hidden import Hidden
from stats.between.smoothing import Prior
from stats.intervals import garwood, upper_bound_zero

if TYPE_CHECKING:
    from metrics.result import Result
    from warehouse.connection import Warehouse

Floats = NDArray[np.float64]
FDR: Final = 0.05
COLUMNS: Final = (
    "unit_id", "unit_name", "headcount", "exposure", "observed", "least", "most", "expected", "ratio", "lower", "upper",
    "position", "discovered", "smoothed", "weight", "suppressed", "refusal", "is_simulated",
)  # fmt: skip
_NUMBERS: Final = (*COLUMNS[2:11], "smoothed", "weight")


@dataclass(frozen=True)
class Compared:
    """The frame (a row per unit, columns as COLUMNS; `placed` has those of the ranks too) and what all units share.

    `position` is -2 to 2: outside the 99.8 % limits below, outside 95 %, within, above, above 99.8 %; the limits are
    widened by `dispersion`. `discovered` units stay apart when all units are tested at once (Benjamini and Hochberg,
    5 %). `ratio` is observed / expected, `smoothed` the same drawn in by `prior`, `weight` the share of the unit's own
    ratio in it; `least` to `most` is the range of a withheld count. Ranks are missing where they would say nothing;
    `ranked` units, withheld ones included, make the field. `expected` adds up to the published number of persons of the
    group, or to the middle of a narrow range of it (`metrics.comparing.reference`), which is `around`; `position` and
    `discovered` are then what both ends give. `refusal` is that of the answer, `no_reference` where nothing is expected
    of anybody, or `group_suppressed` where the number of the group is withheld. The stratum of `known` of `counted`
    persons is known; both are None where that is not published.
    """

    frame: pd.DataFrame
    dispersion: Dispersion
    prior: Prior
    ranked: int
    known: int | None
    counted: int | None
    around: tuple[int, int] | None = None

    @cached_property
    def told(self) -> pd.DataFrame:
        """Rows that have a ratio."""
        return self.frame[self.frame["refusal"] == "none"]

    @cached_property
    def placed(self) -> pd.DataFrame:
        """The frame with `rank_lower` and `rank_upper`, drawn by lot when they are first asked for."""
        return self.frame.assign(**_ranks(self.frame, self.prior))


def compared(warehouse: Warehouse, units: Result, whole: Result) -> Compared:
    """Compare the units of a rate with each other; `whole` is the same answer for all of them together."""
    assert units.period == whole.period == "whole" and units.group is None, "one row per unit is compared"
    found = expectation(warehouse, units.definition, units.selection, units.by)
    return compare(units, whole, found)


def compare(units: Result, whole: Result, found: Expectation) -> Compared:
    """The comparison of published counts with an expectation of the same units."""
    frame = units.frame
    assert tuple(frame["unit_id"]) == found.units, "the expectation is of the same units"
    mean = _fitted(units, whole, found, reference_total(whole))
    count = _floats(frame, "events")
    refusal = frame["refusal"].to_numpy(object).copy()
    without = np.isin(refusal.astype(str), ["none", "suppressed"]) & ~(mean > 0)
    refusal[without] = "group_suppressed" if is_withheld(whole) else "no_reference"
    shown, hidden = refusal == "none", refusal == "suppressed"
    ends = _floats(frame, "least"), _floats(frame, "most")
    unseen = Hidden.of(mean[hidden], ends[0][hidden], ends[1][hidden])
    scatter = _scatter(count[shown], mean[shown], unseen)
    prior = smoothing.likeliest(count[shown], mean[shown], unseen)
    columns: dict[str, Any] = {
        **{name: np.full(len(frame), np.nan) for name in _NUMBERS},
        "unit_id": frame["unit_id"].to_numpy(object),
        "unit_name": frame["unit_name"].to_numpy(object),
        "headcount": _floats(frame, "headcount"),
        "exposure": _floats(frame, "exposure"),
        "observed": np.where(shown, count, np.nan),
        "least": ends[0],
        "most": ends[1],
        "expected": np.where(shown | hidden, mean, np.nan),
        "position": np.zeros(len(frame), dtype=np.int64),
        "discovered": np.zeros(len(frame), dtype=np.bool_),
        "suppressed": hidden,
        "refusal": refusal,
        "is_simulated": frame["is_simulated"].to_numpy(np.bool_),
    }
    _intervals(columns, shown, hidden)
    totals = reference_ends(whole) or (np.nan, np.nan)
    means = [_fitted(units, whole, found, total)[shown] for total in dict.fromkeys(totals)]
    _positions(columns, shown, scatter, means)
    _smoothing(columns, shown, prior)
    table = pd.DataFrame({name: columns[name] for name in COLUMNS})
    ranked, around = int((shown | hidden).sum()), reference_range(whole)
    return Compared(table, scatter, prior, ranked, found.known, found.counted, around)


def _fitted(units: Result, whole: Result, found: Expectation, total: float) -> Floats:
    """Expected counts that add up to a number of persons in the units."""
    reachable = np.isin(units.frame["refusal"].astype(str), ["none", "suppressed"])
    base = found.expected[reachable].sum()
    if not total > 0 or not base > 0:
        return np.where(reachable, 0.0, np.nan)
    placeless = 0
    if units.events_out_of_scope is not None and whole.events_out_of_scope is not None:
        # Persons of the group that no unit holds: their agency is not known, or has no staff on any roster.
        placeless = units.events_out_of_scope - whole.events_out_of_scope
    return np.asarray(found.expected * max(total - placeless, 0.0) / base)


def _scatter(count: Floats, mean: Floats, unseen: Hidden) -> Dispersion:
    scores = np.append(spread.poisson_scores(count, mean), spread.hidden_scores(unseen))
    return spread.dispersion(scores, np.append(mean, unseen.expected))


def _intervals(columns: dict[str, Any], shown: NDArray[np.bool_], hidden: NDArray[np.bool_]) -> None:
    """Exact interval of every ratio; after zero events the one-sided bound; a withheld count has that of its range."""
    count, mean = columns["observed"][shown], columns["expected"][shown]
    lower, upper = garwood(count, mean, LEVEL)
    columns["ratio"][shown] = count / mean
    columns["lower"][shown] = lower
    columns["upper"][shown] = np.where(count == 0, upper_bound_zero(mean, LEVEL), upper)
    columns["lower"][hidden] = garwood(columns["least"][hidden], columns["expected"][hidden], LEVEL)[0]
    columns["upper"][hidden] = garwood(columns["most"][hidden], columns["expected"][hidden], LEVEL)[1]


def _positions(
    columns: dict[str, Any], shown: NDArray[np.bool_], scatter: Dispersion, means: Sequence[Floats]
) -> None:
    """How far outside units are whichever of the expected numbers holds, the least or the greatest of their group."""
    found = [_position(columns["observed"][shown], mean, scatter) for mean in means]
    places = np.stack([place for place, _ in found])
    columns["position"][shown] = np.maximum(places.min(axis=0), 0) + np.minimum(places.max(axis=0), 0)
    columns["discovered"][shown] = np.logical_and.reduce([apart for _, apart in found])


def _position(
    count: Floats, mean: Floats, scatter: Dispersion
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    factor = scatter.additive(mean)
    limits = {
        level: funnel.widened(funnel.poisson_limits(mean, level), 1.0, factor) for level in funnel.LEVELS
    }
    p_values = funnel.two_sided(funnel.poisson_tails(count, mean))
    return funnel.position(count / mean, limits), discovered(p_values, factor)


def _smoothing(columns: dict[str, Any], shown: NDArray[np.bool_], prior: Prior) -> None:
    found = smoothing.smooth(columns["observed"][shown], columns["expected"][shown], prior)
    columns["smoothed"][shown], columns["weight"][shown] = found.mean, found.weight


def _ranks(frame: pd.DataFrame, prior: Prior) -> dict[str, Floats]:
    """Ranks in the field of all units, withheld ones included by what is known of them."""
    shown, hidden = ((frame["refusal"] == state).to_numpy(np.bool_) for state in ("none", "suppressed"))
    numbers = {name: _floats(frame, name) for name in ("observed", "expected", "least", "most")}
    found = smoothing.smooth(numbers["observed"][shown], numbers["expected"][shown], prior)
    seen = smoothing.draws(found, ranks.DRAWS, ranks.SEED)
    unseen = Hidden.of(*(numbers[name][hidden] for name in ("expected", "least", "most")))
    others = smoothing.hidden_draws(unseen, prior, ranks.DRAWS, ranks.SEED + 1)
    placed = ranks.rank_intervals(np.hstack([seen, others]))
    # Where no difference beyond chance was found, the order of the units is the order of nothing.
    told = placed.told[: shown.sum()] & prior.has_spread
    columns = {"rank_lower": np.full(len(frame), np.nan), "rank_upper": np.full(len(frame), np.nan)}
    for name, ends in (("rank_lower", placed.lower), ("rank_upper", placed.upper)):
        columns[name][shown] = np.where(told, ends[: shown.sum()], np.nan)
    return columns


def discovered(p_values: Floats, factor: Floats) -> NDArray[np.bool_]:
    """Units that stay apart at a false-discovery rate of 5 % (Benjamini and Hochberg 1995, JRSS B 57:289).

    `factor` is how much further away their limits lie than chance alone would put them.
    """
    # Limits that are `factor` times as far away make a z-score so much smaller.
    widened = 2.0 * ndtr(ndtri(np.maximum(p_values, 1e-300) / 2.0) / factor)
    n = len(widened)
    passed = np.sort(widened) <= FDR * np.arange(1, n + 1) / max(n, 1)
    last = int(np.flatnonzero(passed).max(initial=-1))
    return np.asarray(widened <= (np.sort(widened)[last] if last >= 0 else -1.0))


def _floats(frame: pd.DataFrame, name: str) -> Floats:
    return np.asarray(frame[name].to_numpy(np.float64, na_value=np.nan))

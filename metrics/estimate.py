"""Counts become figures here: estimate, interval, refusal, and the suppression of small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from stats.disclosure import small, small_share
from stats.intervals import garwood, jeffreys, upper_bound_zero, wilson

if TYPE_CHECKING:
    from metrics.definition import Definition

LEVEL: Final = 0.95
Floats = NDArray[np.float64]
_SHARES: Final = {"wilson": wilson, "jeffreys": jeffreys}


@dataclass(frozen=True)
class Counted:
    """Counts per row: `refusal` is scope, no_events_table, no_roster or none; a proportion's exposure is n."""

    events: Floats
    exposure: Floats
    headcount: Floats
    refusal: NDArray[np.str_]


def estimate(counted: Counted, definition: Definition, k: int) -> dict[str, NDArray[Any]]:
    """Columns events to refusal of the tidy frame, NaN for missing; counts from 1 to k-1 are suppressed."""
    said = counted.refusal == "none"
    columns: dict[str, NDArray[Any]] = {
        "events": np.where(said, counted.events, np.nan),
        "exposure": np.where(said, counted.exposure, np.nan),
        "headcount": np.where(said, counted.headcount, np.nan),
        **{name: np.full(len(said), np.nan) for name in ("estimate", "lower", "upper", "level")},
        "interval_method": np.full(len(said), "none", dtype=object),
        "suppressed": np.zeros(len(said), dtype=np.bool_),
        "refusal": counted.refusal.astype(object),
    }
    {"rate": _rate, "proportion": _proportion, "count": _count}[definition.kind](columns, said, definition, k)
    hidden = columns["suppressed"]
    columns["refusal"][hidden] = "suppressed"
    columns["events"][hidden] = columns["estimate"][hidden] = np.nan
    return columns


def _rate(columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], definition: Definition, k: int) -> None:
    per = definition.per or 1
    events, exposure = columns["events"][said], columns["exposure"][said]
    hidden = small(events, k)
    lower, upper = garwood(np.where(hidden, 1, events), exposure, LEVEL)
    # A suppressed row tells no more than that its count lies from 1 to k-1.
    upper = np.where(hidden, garwood(k - 1, exposure, LEVEL)[1], upper)
    upper = np.where(events == 0, upper_bound_zero(exposure, LEVEL), upper)
    columns["estimate"][said] = per * events / exposure
    columns["lower"][said], columns["upper"][said] = per * lower, per * upper
    columns["level"][said] = LEVEL
    columns["interval_method"][said] = np.select(
        [events == 0, hidden], ["exact_poisson_zero", "exact_poisson_range"], "exact_poisson"
    )
    columns["suppressed"][said] = hidden


def _proportion(
    columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], definition: Definition, k: int
) -> None:
    events, trials = columns["events"], columns["exposure"]
    columns["refusal"][said & (trials == 0)] = "no_cases"
    hidden = said & small_share(events, trials, k)
    shown = said & ~hidden & (trials > 0)
    lower, upper = _SHARES[definition.interval](events[shown], trials[shown], LEVEL)
    columns["estimate"][shown] = events[shown] / trials[shown]
    columns["lower"][shown], columns["upper"][shown] = lower, upper
    columns["level"][shown] = LEVEL
    columns["interval_method"][shown] = definition.interval
    columns["suppressed"] = hidden
    columns["exposure"][hidden] = np.nan
    columns["headcount"][:] = np.nan


def _count(columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], _: Definition, k: int) -> None:
    hidden = said & small(columns["events"], k)
    columns["estimate"][said] = columns["events"][said]
    columns["lower"][hidden], columns["upper"][hidden] = 1.0, k - 1.0
    columns["suppressed"] = hidden
    columns["exposure"][:] = columns["headcount"][:] = np.nan

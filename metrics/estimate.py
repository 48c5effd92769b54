"""Counts become figures here: estimate, interval and refusal; of what is not told, the range it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

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
    """Counts per row: `events`, NaN where only `least` and `most` are told (NaN where nothing bounds them).

    A proportion's exposure is n, NaN where it is not told. `refusal` is scope, no_events_table, no_roster, not_published or
    none. `total` are the events of all rows, for sums alone.
    """

    events: Floats
    least: Floats
    most: Floats
    exposure: Floats
    headcount: Floats
    refusal: NDArray[np.str_]
    total: Floats

    @classmethod
    def exactly(
        cls, events: Floats, exposure: Floats, headcount: Floats, refusal: NDArray[np.str_], k: int
    ) -> Self:
        """Rows whose counts are known; of those from 1 to k-1, and of shares of which any part is so small, only that
        is told."""
        few = small(events, k)
        told = np.where(few, np.nan, events)
        least, most = np.where(few, 1.0, events), np.where(few, k - 1.0, events)
        return cls(told, least, most, exposure, headcount, refusal, events)


def estimate(counted: Counted, definition: Definition, k: int = 1) -> dict[str, NDArray[Any]]:
    """Columns events to refusal of the tidy frame, NaN for missing; rows whose events are not told are suppressed.

    A proportion is so too where its denominator or its complement is from 1 to k-1.
    """
    said = counted.refusal == "none"
    columns: dict[str, NDArray[Any]] = {
        "events": np.where(said, counted.events, np.nan),
        "least": np.where(said, counted.least, np.nan),
        "most": np.where(said, counted.most, np.nan),
        "exposure": np.where(said, counted.exposure, np.nan),
        "headcount": np.where(said, counted.headcount, np.nan),
        **{name: np.full(len(said), np.nan) for name in ("estimate", "lower", "upper", "level")},
        "interval_method": np.full(len(said), "none", dtype=object),
        "suppressed": said & np.isnan(counted.events),
        "refusal": counted.refusal.astype(object),
    }
    {"rate": _rate, "proportion": _proportion, "count": _count}[definition.kind](columns, said, definition, k)
    hidden = columns["suppressed"]
    columns["refusal"][hidden] = "suppressed"
    columns["events"][hidden] = columns["estimate"][hidden] = np.nan
    return columns


def _rate(columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], definition: Definition, _: int) -> None:
    per, hidden = definition.per or 1, columns["suppressed"][said]
    events, exposure = columns["events"][said], columns["exposure"][said]
    # A suppressed row tells no more than the range that its count lies in.
    lower = garwood(columns["least"][said], exposure, LEVEL)[0]
    upper = garwood(columns["most"][said], exposure, LEVEL)[1]
    upper = np.where(events == 0, upper_bound_zero(exposure, LEVEL), upper)
    columns["estimate"][said] = per * events / exposure
    columns["lower"][said] = per * np.where(np.isnan(upper), np.nan, lower)
    columns["upper"][said] = per * upper
    columns["level"][said] = LEVEL
    columns["interval_method"][said] = np.select(
        [events == 0, hidden], ["exact_poisson_zero", "exact_poisson_range"], "exact_poisson"
    )


def _proportion(
    columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], definition: Definition, k: int
) -> None:
    events, trials = columns["events"], columns["exposure"]
    none = said & (trials == 0)
    columns["refusal"][none] = "no_cases"
    # A small denominator or complement would tell of the numerator, and the other way round.
    few = small_share(np.nan_to_num(events), np.nan_to_num(trials), k)
    hidden = said & ~none & (np.isnan(events) | np.isnan(trials) | few)
    shown = said & ~hidden & ~none
    lower, upper = _SHARES[definition.interval](events[shown], trials[shown], LEVEL)
    columns["estimate"][shown] = events[shown] / trials[shown]
    columns["lower"][shown], columns["upper"][shown] = lower, upper
    columns["level"][shown] = LEVEL
    columns["interval_method"][shown] = definition.interval
    columns["suppressed"] = hidden
    for name in ("least", "most", "exposure"):
        columns[name][hidden] = np.nan
    columns["headcount"][:] = np.nan


def _count(columns: dict[str, NDArray[Any]], said: NDArray[np.bool_], _: Definition, __: int) -> None:
    hidden, bounded = columns["suppressed"], ~np.isnan(columns["most"])
    columns["estimate"][said] = columns["events"][said]
    for name, end in (("lower", "least"), ("upper", "most")):
        columns[name][hidden & bounded] = columns[end][hidden & bounded]
    columns["exposure"][:] = columns["headcount"][:] = np.nan

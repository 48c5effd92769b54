"""What the evidence on every unit of a rate is: outside the limits of chance, within, or not to be judged.

Each unit is tested against the rest of its group: given the group's total, the unit's count is binomial with the
unit's share of the exposure (the conditional test of stats.comparing, mid-P). A suppressed unit is judged only where
every count from 1 to k-1 would give the same class, so that the class tells nothing that the rule does not tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from metrics.comparing.reference import reference_total
from stats.midp import binomial_tails

if TYPE_CHECKING:
    from metrics.result import Result

NEAR: Final = 0.95
FAR: Final = 0.998
Floats = NDArray[np.float64]
_REFUSED: Final[Mapping[str, str]] = {
    "no_roster": "no_roster", "no_events_table": "no_report", "scope": "outside", "suppressed": "suppressed",
    "not_published": "suppressed",
}  # fmt: skip


def judged(result: Result, whole: Result) -> list[dict[str, Any]]:
    """The rows of a rate with two columns more, a row per unit as before.

    `evidence`: far_above or far_below (outside 99.8 %), above or below (outside 95 %), within, too_few (within, but so
    would zero be), alone (there is no rest to compare with), suppressed, no_roster, no_report (no register is
    loaded), outside (did not vote, or out of the data). `expected`: events if the unit had the group's rate.
    """
    assert result.definition.kind == "rate", "evidence is judged on rates"
    total, group_exposure = _group(whole)
    exposure = result.columns["exposure"]
    share = exposure / group_exposure
    refusal = result.columns["refusal"]
    events = result.columns["events"]
    told = np.array([_REFUSED.get(str(reason), "within") for reason in refusal], dtype=object)
    shown, hidden = refusal == "none", refusal == "suppressed"
    told[shown] = _verdicts(events[shown], total, share[shown])
    if not np.isnan(total):
        ends = result.columns["least"][hidden], result.columns["most"][hidden]
        told[hidden] = _between(*ends, total, share[hidden])
    expected = (total * share).tolist()
    return [
        {**row, "evidence": verdict, "expected": None if np.isnan(events) else events}
        for row, verdict, events in zip(result.rows, told.tolist(), expected, strict=True)
    ]


def _group(whole: Result) -> tuple[float, float]:
    """Events and exposure of the group; NaN where either may not be told."""
    total, row = reference_total(whole), whole.head
    return (np.nan, np.nan) if row is None or np.isnan(total) else (total, float(row["exposure"]))


def _verdicts(events: Floats | float, total: float, share: Floats) -> NDArray[np.object_]:
    if np.isnan(total):
        return np.full(share.shape, "too_few", dtype=object)
    inside = np.minimum(share, 1.0)
    below, above = binomial_tails(np.minimum(events, total), total, inside)
    zero_stands_out = 2.0 * binomial_tails(0.0, total, inside)[0] < 1.0 - NEAR
    near, far = (1.0 - NEAR) / 2.0, (1.0 - FAR) / 2.0
    cases = [share >= 1.0, above < far, above < near, below < far, below < near, ~zero_stands_out]
    found = np.select(cases, ["alone", "far_above", "above", "far_below", "below", "too_few"], "within")
    return np.asarray(found, dtype=object)


def _between(least: Floats, most: Floats, total: float, share: Floats) -> NDArray[np.object_]:
    """The class that every count of a range would give; suppressed where they differ or nothing bounds the count.

    More events never make a class lower, so both ends decide.
    """
    low, high = (
        _verdicts(np.minimum(end, total), total, share) for end in (least, np.nan_to_num(most, nan=total))
    )
    return np.where((low == high) & ~np.isnan(most), low, "suppressed").astype(object)

"""What the evidence on every unit of a rate is: outside the limits of chance, within, or not to be judged.

Each unit is tested against the rest of its group: given the group's total, the unit's count is binomial with the
unit's share of the exposure (the conditional test of stats.comparing, mid-P). A suppressed unit is judged only where
every count from 1 to k-1 would give the same class, so that the class tells nothing that the rule does not tell. Where
the group's number is told as a narrow range, a class is kept only where every number of that range gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from metrics.comparing.reference import reference_ends, reference_total
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
    would zero be), alone (there is no rest to compare with), suppressed, group_suppressed (the group's number is
    withheld: a wide range, or one whose numbers give different classes), no_roster, no_report (no register is loaded),
    outside (did not vote, or out of the data). `expected`: events if the unit had the group's rate, of the middle of a range.
    """
    assert result.definition.kind == "rate", "evidence is judged on rates"
    columns, totals, row = result.columns, reference_ends(whole), whole.head
    share = columns["exposure"] / (float(row["exposure"]) if row and totals else np.nan)
    refusal = columns["refusal"]
    told = np.array([_REFUSED.get(str(reason), "within") for reason in refusal], dtype=object)
    for state, undecided in (("none", "group_suppressed"), ("suppressed", "suppressed")):
        own = refusal == state
        ends = columns["least"][own], columns["most"][own]
        told[own] = undecided if totals is None else _agreed(ends, totals, share[own], undecided)
    expected = (reference_total(whole) * share).tolist()
    return [
        {**row, "evidence": verdict, "expected": None if np.isnan(events) else events}
        for row, verdict, events in zip(result.rows, told.tolist(), expected, strict=True)
    ]


def _agreed(
    ends: tuple[Floats, Floats], totals: tuple[float, float], share: Floats, undecided: str
) -> NDArray[np.object_]:
    """The class of every count from least to most in a group of every number between two; `undecided` where they differ.

    More events never make a class lower and more of the group never make it higher, so it is lowest with the fewest
    events and the greatest group, and highest with the most events in a group no greater than need be. The third
    corner decides whether zero stands out in the smallest group as well.
    """
    (least, most), (fewest, largest) = ends, totals
    first, *others = (
        _verdicts(np.minimum(events, total), total, share)
        for events, total in (
            (least, np.full_like(least, largest)),
            (np.nan_to_num(most, nan=largest), np.clip(np.nan_to_num(most, nan=largest), fewest, largest)),
            (least, np.full_like(least, fewest)),
        )
    )
    same = np.logical_and.reduce([first == other for other in others]) & ~np.isnan(most)
    return np.where(same, first, undecided).astype(object)


def _verdicts(events: Floats, total: Floats, share: Floats) -> NDArray[np.object_]:
    inside = np.minimum(share, 1.0)
    below, above = binomial_tails(events, total, inside)
    zero_stands_out = 2.0 * binomial_tails(np.zeros_like(events), total, inside)[0] < 1.0 - NEAR
    near, far = (1.0 - NEAR) / 2.0, (1.0 - FAR) / 2.0
    cases = [share >= 1.0, above < far, above < near, below < far, below < near, ~zero_stands_out]
    found = np.select(cases, ["alone", "far_above", "above", "far_below", "below", "too_few"], "within")
    return np.asarray(found, dtype=object)

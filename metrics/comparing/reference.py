"""How many events a group has that units are held against, where its number is told as a narrow range."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.result import Result

NARROW: Final = 0.05
"""The widest range, as a part of its least count, whose middle may stand for the number: it is at most half of that away."""


def reference_total(whole: Result) -> float:
    """Events of the one row of an answer for all units together; NaN where there is no number to hold units against.

    A total that has changed by less than the threshold since the release before is told as a range ("278-282"). Its middle,
    rounded down, differs from the truth by 2.5 % at most, far less than the interval of any count it is held against.
    """
    row = whole.head
    if row is None:
        return math.nan
    if row["refusal"] == "none":
        return float(row["events"])
    ends = reference_range(whole)
    return math.nan if ends is None else float(sum(ends) // 2)


def reference_range(whole: Result) -> tuple[int, int] | None:
    """The narrow range as which the number of the group is told, where units are held against its middle; else None."""
    row = whole.head
    if row is None or row["refusal"] != "suppressed" or row["most"] is None:
        return None
    least, most = row["least"], row["most"]
    return (int(least), int(most)) if 0 < most - least <= NARROW * least else None


def reference_rate(whole: Result) -> float | None:
    """The rate of the group in the unit of its metric, of the middle where its number is told as a narrow range."""
    row, total = whole.head, reference_total(whole)
    if row is None or math.isnan(total):
        return None
    return (
        float(row["estimate"]) if row["refusal"] == "none" else _per_exposure(whole, total, row["exposure"])
    )


def _per_exposure(whole: Result, total: float, exposure: float) -> float:
    return (whole.definition.per or 1) * total / float(exposure)

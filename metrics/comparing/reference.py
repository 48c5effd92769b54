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

    A total may be told as a range ("278-282"): it has changed by less than the threshold since the release before, or one
    small count of it is withheld. The middle of a narrow one, which need not be a whole number, differs from the truth by
    2.5 % at most. Lines and expected numbers are drawn with it; who judges takes both ends (`reference_ends`).
    """
    ends = reference_ends(whole)
    return math.nan if ends is None else sum(ends) / 2


def reference_ends(whole: Result) -> tuple[float, float] | None:
    """The least and the greatest number that the group may have, equal where it is told; None where none is narrow enough."""
    row = whole.head
    if row is not None and row["refusal"] == "none":
        return float(row["events"]), float(row["events"])
    return reference_range(whole)


def reference_range(whole: Result) -> tuple[int, int] | None:
    """The narrow range as which the number of the group is told, where units are held against it; else None."""
    row = whole.head
    if row is None or row["refusal"] != "suppressed" or row["most"] is None:
        return None
    least, most = row["least"], row["most"]
    return (int(least), int(most)) if 0 < most - least <= NARROW * least else None


def reference_rate(whole: Result) -> float | None:
    """The rate of the group in the unit of its metric, of the middle where its number is told as a narrow range."""
    rates = reference_rates(whole)
    return None if rates is None else sum(rates) / 2


def reference_rates(whole: Result) -> tuple[float, float] | None:
    """The lowest and the highest rate that the group may have, equal where its number is told; None as `reference_rate`."""
    row, ends = whole.head, reference_ends(whole)
    if row is None or ends is None:
        return None
    if row["refusal"] == "none":
        return float(row["estimate"]), float(row["estimate"])
    low, high = (_per_exposure(whole, end, row["exposure"]) for end in ends)
    return low, high


def is_withheld(whole: Result) -> bool:
    """Whether nothing is held against the group because its number is withheld, and not because there is none."""
    row = whole.head
    return (
        row is not None
        and row["refusal"] in ("suppressed", "not_published")
        and reference_ends(whole) is None
    )


def _per_exposure(whole: Result, total: float, exposure: float) -> float:
    return (whole.definition.per or 1) * total / float(exposure)

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
    least, most = row["least"], row["most"]
    if row["refusal"] != "suppressed" or most is None or not 0 < most - least <= NARROW * least:
        return math.nan
    return float((least + most) // 2)

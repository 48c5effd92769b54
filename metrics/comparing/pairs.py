"""A few units of an answer, each against the first of them, the rest of the group, or itself in another answer.

Everything is computed from the tidy frame, that is from counts that have passed suppression. A pair with a suppressed
side is withheld as a whole: a ratio, a p-value or a limit beside the other side's count would give the count away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from metrics.frame import ALL, records
from stats.comparing.detectable import Design, detectable_ratio, detectable_ratio_below
from stats.comparing.many import adjusted
from stats.comparing.ratios import (
    Pair,
    difference_interval,
    rate_difference,
    rate_ratio,
    ratio_interval,
    ratio_p,
)
from stats.disclosure import small

if TYPE_CHECKING:
    import pandas as pd

    from metrics.result import Result

LEVEL: Final = 0.95
Against = Literal["first", "rest"]
Withheld = Literal["none", "suppressed", "base_suppressed", "rest_small", "no_rate", "base_no_rate"]
Row = Mapping[Any, Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """One side of a comparison: `events` is None where the count is suppressed, `exposure` where there is no rate.

    `refusal` says why there is none, as the tidy frame does; `least` to `most` is the range of a suppressed count.
    """

    unit_id: str
    name: str
    events: float | None
    exposure: float | None
    refusal: str = "none"
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Difference:
    """A unit against its base; numbers are NaN where the pair is `withheld` for another reason than "none".

    `ratio` is NaN where neither side has an event and infinite where only the unit has; `difference` is in the
    metric's unit (per 1,000). `adjusted` is p after Benjamini and Hochberg over the pairs told together.
    `visible_from` is the smallest ratio above 1 that the test would find with 80 %, infinite where none is;
    `visible_to` the largest below 1, NaN where not even 0 would be found.
    """

    unit: Side
    base: Side
    withheld: Withheld
    ratio: float = np.nan
    ratio_interval: tuple[float, float] = (np.nan, np.nan)
    difference: float = np.nan
    difference_interval: tuple[float, float] = (np.nan, np.nan)
    p: float = np.nan
    adjusted: float = np.nan
    visible_from: float = np.nan
    visible_to: float = np.nan

    @property
    def is_apart(self) -> bool:
        """Whether the pair differs by more than chance, the number of pairs allowed for."""
        return self.adjusted < 1.0 - LEVEL


def differences(
    result: Result, whole: Result, units: Sequence[str], against: Against, k: int
) -> tuple[Difference, ...]:
    """The pairs of the chosen units of a rate: each after the first against the first, or each against the rest.

    `whole` is the answer for the group that the units belong to; `k` is the threshold of small counts.
    """
    assert result.definition.kind == "rate", "pairs are compared by their rates"
    sides = _sides(result.frame, units)
    if against == "first":
        found = [_told(side, sides[0], k) for side in sides[1:]]
    else:
        group = _group(whole)
        found = [_told(side, _rest(side, group), k, is_rest=True) for side in sides]
    return _computed(found, result.definition.per or 1)


def across(
    first: Result, base: Result, units: Sequence[str], names: tuple[str, str], k: int
) -> tuple[Difference, ...]:
    """The same units in two answers of one rate (two periods, PNS and PPPK): each in `first` against itself in `base`.

    `names` are what the two answers are called. A unit that either answer lacks has no pair.
    """
    assert first.definition.kind == base.definition.kind == "rate", "pairs are compared by their rates"
    assert first.basis == base.basis, "both sides are over the same kind of exposure"
    mine = _sides(first.frame, units)
    others = {side.unit_id: replace(side, name=names[1]) for side in _sides(base.frame, units)}
    found = [
        _told(replace(side, name=f"{side.name}, {names[0]}"), others[side.unit_id], k)
        for side in mine
        if side.unit_id in others
    ]
    return _computed(found, first.definition.per or 1)


def _sides(frame: pd.DataFrame, units: Sequence[str]) -> list[Side]:
    rows = {row["unit_id"]: row for row in records(frame[frame["group"] == ALL])}
    return [_side(rows[unit]) for unit in units if unit in rows]


def _side(row: Row) -> Side:
    told = row["refusal"] in ("none", "suppressed")
    events = float(row["events"]) if row["refusal"] == "none" else None
    exposure = float(row["exposure"]) if told else None
    ends = row["least"], row["most"]
    return Side(row["unit_id"], row["unit_name"], events, exposure, str(row["refusal"]), *ends)


def _group(whole: Result) -> Side:
    rows = records(whole.frame)
    return _side(rows[0]) if rows else Side("", "", None, None)


def _rest(side: Side, group: Side) -> Side:
    """The group without the unit; without a count where either is suppressed."""
    if side.exposure is None or group.exposure is None or group.exposure <= side.exposure:
        return Side("", "", None, None)
    exposure = group.exposure - side.exposure
    if side.events is None or group.events is None:
        return Side("", "", None, exposure)
    return Side("", "", group.events - side.events, exposure)


def _told(unit: Side, base: Side, k: int, *, is_rest: bool = False) -> Difference:
    reasons: tuple[tuple[Withheld, bool], ...] = (
        ("no_rate", unit.exposure is None),
        ("suppressed", unit.events is None),
        ("base_no_rate", base.exposure is None),
        ("base_suppressed", base.events is None),
        ("rest_small", is_rest and base.events is not None and bool(small(base.events, k))),
    )
    return Difference(unit, base, next((reason for reason, holds in reasons if holds), "none"))


def _computed(pairs: Sequence[Difference], per: int) -> tuple[Difference, ...]:
    open_ = [pair for pair in pairs if pair.withheld == "none"]
    if not open_:
        return tuple(pairs)
    counts = np.array([_numbers(pair) for pair in open_]).T
    pair = Pair(*counts)
    ratio, p = rate_ratio(pair), ratio_p(pair)
    ends, steps = ratio_interval(pair, LEVEL), difference_interval(pair, LEVEL)
    apart, adapted = per * rate_difference(pair), adjusted(p)
    known = {
        id(told): replace(
            told,
            ratio=float(ratio[n]),
            ratio_interval=(float(ends[0][n]), float(ends[1][n])),
            difference=float(apart[n]),
            difference_interval=(per * float(steps[0][n]), per * float(steps[1][n])),
            p=float(p[n]),
            adjusted=float(adapted[n]),
            visible_from=detectable_ratio(_design(counts[:, n])),
            visible_to=detectable_ratio_below(_design(counts[:, n])),
        )
        for n, told in enumerate(open_)
    }
    return tuple(known.get(id(told), told) for told in pairs)


def _numbers(pair: Difference) -> tuple[float, float, float, float]:
    unit, base = pair.unit, pair.base
    return unit.events or 0.0, unit.exposure or 0.0, base.events or 0.0, base.exposure or 0.0


def _design(counts: Floats) -> Design:
    events, exposure, base_events, base_exposure = (float(number) for number in counts)
    return Design(exposure, base_exposure, (events + base_events) / (exposure + base_exposure), LEVEL)

"""One unit against its group and against comparable units: the numbers of a spine chart, from published cells only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.comparing.reference import reference_rate
from metrics.counts.tally import tally_workforce
from warehouse.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from metrics.result import Result
    from warehouse.connection import Warehouse

_FEWEST: Final = 4
_MISSING: Final = ("no_events_table", "no_roster", "scope", "not_published")


@dataclass(frozen=True)
class Spine:
    """A measure of one unit as multiples of its group's value; missing where there is none to tell.

    `quarter` to `three_quarters` holds the middle half of the `units` of the group, `peers_low` to `peers_high` the
    value of the `pooled` comparable units together. Withheld counts among them may be any of their ranges; both are as
    wide as that makes them and equal where nothing is withheld.
    """

    state: str
    value: float | None
    low: float | None
    high: float | None
    quarter: float | None
    three_quarters: float | None
    units: int
    peers_low: float | None
    peers_high: float | None
    pooled: int


def spine(unit: Result, group: Result, field: Result, peers: Result | None) -> Spine:
    """`unit` and `group` are answers with one row, `field` has a row per unit of the group, `peers` per comparable unit."""
    middle = _reference(group)
    row = unit.frame.iloc[0] if len(unit.frame) else None
    if not middle:
        return Spine(_without(row, group.frame), None, None, None, None, None, 0, None, None, 0)
    told = row is not None and row["refusal"] == "none"
    value, low, high = (
        float(row[name]) / middle if row is not None and told else None
        for name in ("estimate", "lower", "upper")
    )
    quarter, three_quarters, units = _middle_half(field)
    near_low, near_high, pooled = _pooled(peers)
    ends = (None if x is None else x / middle for x in (quarter, three_quarters, near_low, near_high))
    first, third, least, most = ends
    return Spine(_state(row), value, low, high, first, third, units, least, most, pooled)


def staff(warehouse: Warehouse, agency_id: str) -> tuple[tuple[date, int, int], ...]:
    """Date, PNS and PPPK of one agency on every roster that has the agency, the earliest first."""
    keys = ["agency_id", "as_of", "employment_type"]
    found = tally_workforce(warehouse, Selection(agencies=(agency_id,)), keys, ())
    kinds = zip(found.keys["as_of"], found.keys["employment_type"], strict=True)
    counts = dict(zip(kinds, found.counts["headcount"].tolist(), strict=True))
    return tuple(
        (day, counts.get((day, "PNS"), 0), counts.get((day, "PPPK"), 0))
        for day in sorted({day for day, _ in counts})
    )


def _reference(group: Result) -> float | None:
    """The group's value, also where its number is told as a narrow range."""
    return reference_rate(group) if group.definition.kind == "rate" else _number(group.frame, "estimate")


def _state(row: Any) -> str:
    if row is None:
        return "scope"
    if row["refusal"] != "none":
        return str(row["refusal"])
    return "zero" if float(row["estimate"]) == 0 else "value"


def _without(row: Any, group: pd.DataFrame) -> str:
    """Why there is nothing to hold a unit against; that it has no number of its own comes first."""
    if row is not None and row["refusal"] in _MISSING:
        return str(row["refusal"])
    hidden = bool(len(group)) and bool(group["suppressed"].iloc[0])
    return "group_suppressed" if hidden else "no_reference"


def _middle_half(field: Result) -> tuple[float | None, float | None, int]:
    lows, highs = _ends(field)
    if len(lows) < _FEWEST:
        return None, None, len(lows)
    return float(np.quantile(lows, 0.25)), float(np.quantile(highs, 0.75)), len(lows)


def _ends(field: Result) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the highest value that every unit with a count may have."""
    rows = field.frame[field.frame["refusal"].isin(["none", "suppressed"])]
    if field.definition.kind == "rate":
        # What nothing bounds could be anything, and is no part of a range.
        rows = rows[rows["most"].notna()]
    hidden = rows["suppressed"].to_numpy(np.bool_)
    values = rows["estimate"].to_numpy(np.float64, na_value=np.nan)
    if field.definition.kind != "rate":
        # A withheld share may be anything.
        return np.where(hidden, 0.0, values), np.where(hidden, 1.0, values)
    one = (field.definition.per or 1) / rows["exposure"].to_numpy(np.float64, na_value=np.nan)
    least, most = (rows[end].to_numpy(np.float64, na_value=np.nan) for end in ("least", "most"))
    return np.where(hidden, least * one, values), np.where(hidden, most * one, values)


def _pooled(peers: Result | None) -> tuple[float | None, float | None, int]:
    """The least and highest value of the peers taken together, and how many they are."""
    if peers is None:
        return None, None, 0
    rows = peers.frame[peers.frame["refusal"].isin(["none", "suppressed"])]
    hidden = int(rows["suppressed"].sum())
    base = float(rows["exposure"].sum()) if len(rows) else 0.0
    if not base or (hidden and peers.definition.kind != "rate"):
        return None, None, len(rows)
    if rows["most"].isna().any():
        return None, None, len(rows)
    per = (peers.definition.per or 1) / base
    least, most = (
        float((rows[end] if peers.definition.kind == "rate" else rows["events"]).sum())
        for end in ("least", "most")
    )
    return per * least, per * most, len(rows)


def _number(frame: pd.DataFrame, name: str) -> float | None:
    return None if frame.empty or pd.isna(frame[name].iloc[0]) else float(frame[name].iloc[0])

"""The course that a unit's cases would take if it moved with the others: what elections and registers do to all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from metrics.exposure import REACH_DAYS
from warehouse.tables import fetch, table

if TYPE_CHECKING:
    from metrics.counts.picked import Tally
    from metrics.scope import Facts
    from warehouse.connection import Warehouse

Floats = NDArray[np.float64]
_MIDDLE = 15


@dataclass(frozen=True)
class Course:
    """Months (12 x year + month - 1) in which the unit can be judged, and what is expected of it, on any scale.

    `judged` has an entry for every month of the data, `months` and `expected` for those that are judged.
    """

    months: NDArray[np.int64]
    expected: Floats
    judged: NDArray[np.bool_]
    is_simulated: bool

    def day(self, place: int) -> date:
        """First day of a judged month."""
        year, month = divmod(int(self.months[place]), 12)
        return date(year, month + 1, 1)


Months = Mapping[tuple[int, bool], tuple[int, bool]]


def months_of_all(own: Warehouse) -> Months:
    """Cases of all governments, and whether any is simulated, by month and by whether these then stand in the window of an
    election in which they vote."""
    rows, _ = fetch(own.backend(), table(own.backend(), "mart_month"))
    return {(row["month"], row["in_window"]): (row["cases"], row["is_simulated"]) for row in rows.to_pylist()}


def course(known: Facts, cases: Months, staff: Tally, home: str, own: Mapping[date, int]) -> Course:
    """Staff of the unit (`own`, by snapshot) times the rate of all governments in its situation, month by month.

    In its situation are those which then stand in the window of an election in which they vote, or which do not, as the
    unit's government `home`; itself included, since a rate of few cases without its own would be a moving target and
    false alarms more frequent than simulated (with it they are rarer). A month is judged where a snapshot of `own` lies
    within 18 months.
    """
    months = _months(known)
    codes = sorted(known.snapshots)
    nothing = np.zeros((0, len(months)))
    heads = np.vstack([nothing, *(_heads(snapshots_of(staff, code), months) for code in codes)])
    votes = np.vstack([nothing, *(_in_window(known, code, months) for code in codes)]).astype(np.bool_)
    voting = _in_window(known, home, months)
    own_heads = _heads(own, months)
    base = (heads * ((votes == voting) & (heads > 0))).sum(axis=0)
    at = list(zip(months.tolist(), voting.tolist(), strict=True))
    count = np.array([cases.get(key, (0, False))[0] for key in at], dtype=np.float64)
    rate = np.divide(count, base, out=np.zeros(len(months)), where=base > 0)
    judged = (own_heads > 0) & (rate > 0)
    simulated = any(flag for _, flag in cases.values()) or bool(staff.counts["simulated"].any())
    return Course(months[judged], (own_heads * rate)[judged], judged, simulated)


def _months(known: Facts) -> NDArray[np.int64]:
    first, last = known.registers.first_event or known.as_of, known.as_of
    return np.arange(first.year * 12 + first.month - 1, last.year * 12 + last.month, dtype=np.int64)


def _middle(months: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([date(m // 12, m % 12 + 1, _MIDDLE).toordinal() for m in months.tolist()], dtype=np.int64)


def _heads(snapshots: Mapping[date, int], months: NDArray[np.int64]) -> Floats:
    """Headcount in the middle of each month, on a straight line between snapshots; 0 where none is near enough."""
    if not snapshots:
        return np.zeros(len(months))
    days = sorted(snapshots)
    known, middle = np.array([day.toordinal() for day in days]), _middle(months)
    near = np.abs(middle[:, None] - known[None, :]).min(axis=1) <= REACH_DAYS
    return np.asarray(np.where(near, np.interp(middle, known, [snapshots[day] for day in days]), 0.0))


def snapshots_of(staff: Tally, home: str) -> dict[date, int]:
    """Headcount of the government `home` by snapshot."""
    rows = zip(
        staff.keys["government_code"], staff.keys["as_of"], staff.counts["headcount"].tolist(), strict=True
    )
    return {day: heads for code, day, heads in rows if code == home}


def _in_window(known: Facts, home: str, months: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the middle of each month lies in the window of an election in which the government's region votes."""
    middle, found = _middle(months), np.zeros(len(months), dtype=np.bool_)
    for code, election in known.elections.items():
        if (code, home) in known.took_part:
            start, end = election.window_start_on.toordinal(), election.window_end_on.toordinal()
            found |= (middle >= start) & (middle <= end)
    return found

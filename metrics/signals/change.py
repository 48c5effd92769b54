"""Did the rate of cases of one government or agency change against the others of its time? For its own officials alone.

Months are not published: a verdict on single months of one unit would tell of counts that nobody may know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from metrics import scope
from metrics.counts.picked import Tally
from metrics.counts.tally import tally_months, tally_workforce
from metrics.signals.course import Course, course, months_of_all, snapshots_of
from stats.change import Change, detect
from stats.disclosure import small
from warehouse.selection import Selection

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

# A false alarm about one unit in ten years, in how many of a hundred stable units.
FALSE_ALARMS: Final = 0.05
FEWEST_MONTHS: Final = 12
# Where a doubling would be noticed in fewer than one of five series, silence says nothing.
LEAST_POWER: Final = 0.2
State = Literal["none", "up", "down", "few", "no_roster", "no_register", "not_published"]
NOT_JUDGED: Final[tuple[State, ...]] = ("few", "no_roster", "no_register", "not_published")


@dataclass(frozen=True)
class ChangeSignal:
    """The verdict on one unit.

    `none` stands for no change beyond chance and for one whose stretch, or what lies outside it, holds 1 to k-1 persons:
    which of the two is not told, or a verdict would say something about a small count. `since` and `until` are the
    first days of the first and last month of a stretch. `false_alarms` is the simulated number of false alarms per unit in
    ten years, `power` the share of series in which a doubling half way would have been noticed. `first` and `last` are
    the first days of the first and last month judged.
    """

    state: State
    since: date | None = None
    until: date | None = None
    false_alarms: float = 0.0
    power: float = 0.0
    first: date | None = None
    last: date | None = None
    is_simulated: bool = False


def change(public: Warehouse, selection: Selection, own: Warehouse | None = None) -> ChangeSignal | None:
    """The verdict on the one government, or the one agency, of the selection; None where it does not choose just one.

    `own` holds the cases of the unit; without it, or with filters of cases (other governments have no months by those), the
    verdict is not published. All months of the data are judged, whatever election or days the selection names. Fewer than
    2 k persons, k cases or twelve months are `few`, and so is silence where a doubling would hardly have been noticed.
    """
    known = scope.facts(public)
    employers = scope.governments(known, selection)
    if len(employers) != 1 or len(selection.agencies) > 1:
        return None
    home = employers[0].government_code
    if home[:2] not in known.registers.provinces:
        return ChangeSignal("no_register")
    if own is None or selection.statuses or selection.violations or selection.employment:
        return ChangeSignal("not_published")
    always = replace(selection, elections=(), since=None, until=None)
    staff = tally_workforce(public, Selection(), ["government_code", "as_of"], ())
    heads = _agency_staff(public, always) if selection.agencies else snapshots_of(staff, home)
    rest = course(known, months_of_all(own), staff, home, heads)
    if not rest.judged.any():
        return ChangeSignal("no_roster")
    return _verdict(rest, tally_months(own, always), public.suppress_below)


def _agency_staff(warehouse: Warehouse, selection: Selection) -> dict[date, int]:
    found = tally_workforce(warehouse, selection, ["agency_id", "as_of"], ())
    return dict(zip(found.keys["as_of"], found.counts["headcount"].tolist(), strict=True))


def _verdict(rest: Course, own: Tally, k: int) -> ChangeSignal:
    cases, persons = (_series(rest, own, name) for name in ("cases", "persons"))
    first, last = rest.day(0), rest.day(-1)
    simulated = bool(own.counts["simulated"].any()) or rest.is_simulated
    if persons.sum() < 2 * k or cases.sum() < k or len(cases) < FEWEST_MONTHS:
        return ChangeSignal("few", first=first, last=last, is_simulated=simulated)
    decades = len(cases) / 120.0
    found = detect(cases, rest.expected, chance=min(0.5, FALSE_ALARMS * decades))
    shown = found.change if found.change and _may_be_named(found.change, persons, k) else None
    if not shown and found.power < LEAST_POWER:
        return ChangeSignal("few", first=first, last=last, is_simulated=simulated)
    return ChangeSignal(
        state=shown.direction if shown else "none",
        since=rest.day(shown.first) if shown else None,
        until=rest.day(shown.last) if shown else None,
        false_alarms=found.false_alarm / decades,
        power=found.power,
        first=first,
        last=last,
        is_simulated=simulated,
    )


def _may_be_named(found: Change, persons: NDArray[np.int64], k: int) -> bool:
    inside = int(persons[found.first : found.last + 1].sum())
    return not bool(small([inside, int(persons.sum()) - inside], k).any())


def _series(rest: Course, own: Tally, name: str) -> NDArray[np.int64]:
    """Counts of the unit in the judged months; cases of other months have no expectation and are left out."""
    place = {month: number for number, month in enumerate(rest.months.tolist())}
    series = np.zeros(len(rest.months), dtype=np.int64)
    for month, count in zip(own.keys["month"], own.counts[name].tolist(), strict=True):
        if month in place:
            series[place[month]] += count
    return series

"""The counts of an answer as everybody may see them: for every row the least and the greatest number of persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from metrics import assemble
from metrics.estimate import Counted
from metrics.exposure import DAYS_PER_YEAR
from metrics.published import wording
from metrics.published.asking import Asking
from metrics.published.cells import published
from metrics.published.outside import has_unknown, outside

if TYPE_CHECKING:
    from metrics.counts.picked import Tally
    from metrics.counts.question import Question
    from warehouse.connection import Warehouse
    from warehouse.tables import Query

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """Counted rows, which of them rest on simulated data, and the question whose rows they are reckoned from.

    `left_out` are persons of the selection that no row holds; None where what is published does not tell. `unknown` tells
    whether some may be of unknown employment.
    """

    counted: Counted
    is_simulated: NDArray[np.bool_]
    left_out: int | None
    unknown: bool
    query: Query


def told(warehouse: Warehouse, question: Question, heads: Tally | None, k: int) -> Told:
    """What is published of the rows of a question; `heads` are the staff of a rate."""
    asking = Asking(warehouse, question, published(warehouse))
    events = _rows(asking, wording.conditions(question.metric, events=True), question.group)
    if heads is not None:
        per_day = 1.0 / DAYS_PER_YEAR if question.basis == "asn_years" else None
        staff, nothing = assemble.staff(question.grid, heads, question.cells, per_day), events.nothing
    else:
        trials, zeros = events, np.zeros(question.grid.shape)
        if question.metric.kind == "proportion":
            trials = _rows(asking, wording.conditions(question.metric, events=False), question.group)
            events = _Rows(np.where(np.isnan(trials.least), np.nan, events.least), events.most)
        staff, nothing = assemble.Staff(trials.exactly(k), zeros, zeros), trials.nothing
    refusal = question.refusal(nothing, staff.exposure)
    refusal = np.where((refusal == "none") & np.isnan(events.least), "not_published", refusal)
    simulated = (refusal == "none") & (question.known.registers.is_simulated | (staff.simulated > 0))
    counted = events.counted(k, staff, refusal)
    if not (refusal != "not_published").any():
        return Told(counted, simulated.ravel(), 0, False, asking.query)
    refused = ~np.isin(refusal, ["none", "not_published"])
    left_out = outside(asking, list(zip(events.least[refused], events.most[refused], strict=True)))
    return Told(counted, simulated.ravel(), left_out, has_unknown(asking), asking.query)


@dataclass(frozen=True)
class _Rows:
    """Least and greatest count of every row of the grid, NaN where none is published."""

    least: Floats
    most: Floats

    @property
    def nothing(self) -> NDArray[np.bool_]:
        """Rows that certainly hold nobody."""
        return np.asarray(self.most == 0)

    def guarded(self, k: int) -> tuple[Floats, Floats]:
        """The ranges; what anybody could work out to be 1 to k-1 is still not written down."""
        few = (self.least == self.most) & (self.least > 0) & (self.least < k)
        return np.where(few, 0.0, self.least), np.where(few, k - 1.0, self.most)

    def exactly(self, k: int) -> Floats:
        """Counts, NaN where only a range is known."""
        least, most = self.guarded(k)
        return np.where(least == most, least, np.nan)

    def counted(self, k: int, staff: assemble.Staff, refusal: NDArray[np.str_]) -> Counted:
        """As the counts of an answer."""
        least, most = self.guarded(k)
        most = np.where(np.isinf(most), np.nan, most)
        return Counted(
            events=self.exactly(k).ravel(),
            least=least.ravel(),
            most=most.ravel(),
            exposure=staff.exposure.ravel(),
            headcount=staff.headcount.ravel(),
            refusal=refusal.ravel(),
            total=self.most.ravel(),
        )


def _rows(asking: Asking, where: wording.Where, group: str | None) -> _Rows:
    """The ranges of all rows of the grid for persons who meet conditions; the same for all groups without `group`."""
    grid, selection = asking.question.grid, asking.question.selection
    least, most = np.full(grid.shape, np.nan), np.full(grid.shape, np.nan)
    if not asking.is_open:
        return _Rows(least, most)
    places = asking.places()
    for group_at, value in enumerate(grid.groups if group else grid.groups[:1]):
        wanted = wording.filtered(where, selection, (group, value) if group else None)
        if asking.question.is_rate and selection.employment:
            wanted = wording.stated(wanted)
        for period_at, parts in asking.parts(wanted):
            for place_at, place in enumerate(places):
                if (found := asking.span(place, parts)) is not None:
                    at = (place_at, period_at, group_at if group else slice(None))
                    least[at], most[at] = found
    return _Rows(least, most)

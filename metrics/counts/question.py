"""A question on the facts of a warehouse: its metric, its rows, and which of them can have no number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from errors import SelectionError
from metrics import assemble, scope
from metrics.assemble import By, Cells, Grid
from metrics.definition import Definition, Group
from metrics.exposure import Coverage
from metrics.result import Basis, Periods

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

Split = tuple[By, Periods, Group | None]


@dataclass(frozen=True)
class Question:
    """What is asked, the facts it rests on, the state of every government in every period, and the rows."""

    metric: Definition
    selection: Selection
    by: By
    period: Periods
    group: Group | None
    known: scope.Facts
    cells: Cells
    grid: Grid

    @property
    def is_rate(self) -> bool:
        """Whether persons are divided by civil servants."""
        return self.metric.kind == "rate"

    @property
    def by_election(self) -> bool:
        """Whether a case belongs to the question through its election, not through its day alone."""
        return self.period == "election" or bool(self.selection.elections)

    @property
    def basis(self) -> Basis:
        """What the exposure counts."""
        if not self.is_rate:
            return "persons"
        single = self.period == "election" or len(self.selection.elections) == 1
        return "asn" if single else "asn_years"

    @property
    def keys(self) -> list[str]:
        """The columns by which persons and staff are counted."""
        return ["government_code", "agency_id"] if self.by == "agency" else ["government_code"]

    def used_dates(self) -> tuple[date, ...]:
        """The snapshots that the periods lean on, in order."""
        days = {day for cell in self.cells.values() if cell.weights for day, _ in cell.weights.days}
        return tuple(sorted(days))

    def coverage(self) -> Coverage:
        """How many governments have a usable roster, of how many the question is about."""
        cells = self.cells.values()
        about = {cell.government_code for cell in cells if cell.state != "scope"}
        usable = {cell.government_code for cell in cells if cell.state == "used"}
        return Coverage(len(usable), len(about))

    def refusal(self, nothing: NDArray[np.bool_], exposure: NDArray[np.float64]) -> NDArray[np.str_]:
        """Why a row cannot be computed; counts and proportions are refused only where `nothing` was counted."""
        outside = ~assemble.took_part(self.grid, self.cells)
        registered = np.array([period.has_register for period in self.grid.periods], dtype=np.bool_)
        unregistered = ~registered.reshape(1, -1, 1) | (
            ~outside & ~assemble.has_register(self.grid, self.cells)
        )
        if self.is_rate:
            reasons = [outside, unregistered, exposure <= 0]
        else:
            reasons = [outside & nothing, unregistered & nothing, np.zeros_like(outside)]
        return np.select(reasons, ["scope", "no_events_table", "no_roster"], "none")


def question(warehouse: Warehouse, metric: Definition, selection: Selection, split: Split) -> Question:
    """The question on the facts of a warehouse; an impossible wish is a SelectionError."""
    known, (by, period, group) = scope.facts(warehouse), split
    wishes = (
        ("by", by, get_args(By)),
        ("period", period, get_args(Periods)),
        ("group", group, (None, *metric.groups)),
    )
    for name, wish, allowed in wishes:
        if wish not in allowed:
            raise SelectionError(f"{metric.metric_id} cannot be split by {name} '{wish}'.")
    employers = scope.governments(known, selection)
    days = scope.by_election if period == "election" else scope.whole
    periods = days(known, selection)
    grid = Grid(assemble.units(known, employers, selection, by), periods, assemble.groups(group, metric.kind))
    cells = scope.cells(known, employers, periods)
    return Question(metric, selection, by, period, group, known, cells, grid)

"""One question in, one checked frame out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from errors import SelectionError
from metrics import assemble, scope
from metrics.assemble import By, Cells, Grid
from metrics.counts.picked import Tally
from metrics.counts.tally import tally_cases, tally_workforce
from metrics.definition import Caveat, Definition, Group, definition
from metrics.estimate import Counted, estimate
from metrics.exposure import DAYS_PER_YEAR, REACH_DAYS, Coverage
from metrics.frame import WHOLE, checked
from metrics.result import Basis, Periods, Result
from stats.disclosure import small

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection


@dataclass(frozen=True)
class _Question:
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
        return self.metric.kind == "rate"

    @property
    def by_election(self) -> bool:
        """Whether a case belongs to the question through its election, not through its day alone."""
        return self.period == "election" or bool(self.selection.elections)

    @property
    def basis(self) -> Basis:
        if not self.is_rate:
            return "persons"
        single = self.period == "election" or len(self.selection.elections) == 1
        return "asn" if single else "asn_years"

    @property
    def keys(self) -> list[str]:
        return ["government_code", "agency_id"] if self.by == "agency" else ["government_code"]


def answer(  # noqa: PLR0913, PLR0917 - the six parts of a question, named by every caller
    warehouse: Warehouse,
    metric_id: str,
    selection: Selection,
    by: By = "government",
    period: Periods = "whole",
    group: Group | None = None,
) -> Result:
    """Answer one metric for one selection; an impossible wish is a SelectionError.

    The frame has one row per unit, period and group (see metrics.frame). The exposure of a rate is ASN-years
    (headcount x days / 365.25), for a single election the mean headcount of its window.
    """
    question = asked(warehouse, definition(metric_id), selection, (by, period, group))
    cases = cases_of(warehouse, question)
    heads = heads_of(warehouse, question) if question.is_rate else None
    counted, is_simulated = counted_of(question, cases, heads)
    columns = estimate(counted, question.metric, warehouse.suppress_below)
    told = checked({**question.grid.columns(), **columns, "is_simulated": is_simulated})
    left_out = int(cases.counts["events"].sum() - counted.events[counted.refusal == "none"].sum())
    return Result(
        columns=told,
        definition=question.metric,
        selection=selection,
        by=by,
        period=period,
        group=group,
        caveats=_caveats(
            question,
            bool(columns["suppressed"].any()),
            left_out,
            int(cases.counts["unknown_employment"].sum()),
        ),
        coverage=_coverage(question),
        events_out_of_scope=None if small(left_out, warehouse.suppress_below) else left_out,
        is_simulated=bool(is_simulated.any()),
        as_of=_used_dates(question) if question.is_rate else (),
        basis=question.basis,
        queries=tuple(tally.query for tally in (cases, heads) if tally),
    )


def asked(
    warehouse: Warehouse, metric: Definition, selection: Selection, split: tuple[By, Periods, Group | None]
) -> _Question:
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
    return _Question(metric, selection, by, period, group, known, cells, grid)


def cases_of(warehouse: Warehouse, question: _Question) -> Tally:
    """The cases that a question is about, as a warehouse holds them."""
    selection = question.selection
    keys = question.keys + (["election_code"] if question.by_election else [])
    keys += [question.group] if question.group else []
    if question.period == "election":
        # A code that no case has keeps an empty list of elections from meaning all of them.
        selection = replace(selection, elections=tuple(question.grid.period_places) or ("",))
    elif not question.by_election:
        selection = scope.counted(selection, question.grid.periods[0])
    found = tally_cases(warehouse, question.metric, selection, keys)
    period = found.keys["election_code"] if question.period == "election" else [WHOLE] * found.length
    return replace(found, keys={**found.keys, "period": period})


def heads_of(warehouse: Warehouse, question: _Question) -> Tally:
    """The staff of a rate at the snapshots that its periods lean on."""
    split = ["employment_type"] if question.group == "employment_type" else []
    keys = [*question.keys, "as_of", *split]
    return tally_workforce(warehouse, question.selection, keys, _used_dates(question))


def counted_of(question: _Question, cases: Tally, heads: Tally | None) -> tuple[Counted, NDArray[np.bool_]]:
    """The counts of every row, and which rows were made from simulated data."""
    grid = question.grid
    if heads is None:
        people = assemble.persons(grid, cases, question.group, np.ones(cases.length, dtype=np.bool_))
        staff = assemble.Staff(people["trials"], np.zeros(grid.shape), np.zeros(grid.shape))
    else:
        comparable, inside = _comparable(question, cases)
        people = assemble.persons(grid, comparable, question.group, inside)
        per_day = 1.0 / DAYS_PER_YEAR if question.basis == "asn_years" else None
        staff = assemble.staff(grid, heads, question.cells, per_day)
    refusal = _refusal(question, people["trials"], staff.exposure)
    # A zero is as simulated as the registers it comes from.
    zeros = question.known.registers.is_simulated
    from_cases = np.where(people["trials"] > 0, people["simulated"] > 0, zeros)
    is_simulated = (refusal == "none") & (from_cases | (staff.simulated > 0))
    events, exposure, headcount = (x.ravel() for x in (people["events"], staff.exposure, staff.headcount))
    return Counted(events, exposure, headcount, refusal.ravel()), is_simulated.ravel()


def _comparable(question: _Question, cases: Tally) -> tuple[Tally, NDArray[np.bool_]]:
    """Numerator and denominator cover the same governments, elections and kinds of employment."""
    employers, known = cases.keys["government_code"], question.known
    used = {key for key, cell in question.cells.items() if cell.state == "used"}
    inside = [pair in used for pair in zip(employers, cases.keys["period"], strict=True)]
    if question.by_election:
        votes = zip(cases.keys["election_code"], employers, strict=True)
        inside = [kept and vote in known.took_part for kept, vote in zip(inside, votes, strict=True)]
    if question.selection.employment:
        stated = cases.counts["events"] - cases.counts["unknown_employment"]
        cases = replace(cases, counts={**cases.counts, "events": stated, "trials": stated})
    return cases, np.array(inside, dtype=np.bool_)


def _refusal(
    question: _Question, trials: NDArray[np.float64], exposure: NDArray[np.float64]
) -> NDArray[np.str_]:
    """Why a row cannot be computed; counts and proportions are refused only where nothing was counted."""
    grid = question.grid
    outside = ~assemble.took_part(grid, question.cells)
    registered = np.array([period.has_register for period in grid.periods], dtype=np.bool_)
    unregistered = ~registered.reshape(1, -1, 1) | (~outside & ~assemble.has_register(grid, question.cells))
    if question.is_rate:
        reasons = [outside, unregistered, exposure <= 0]
    else:
        reasons = [outside & (trials == 0), unregistered & (trials == 0), np.zeros_like(outside)]
    return np.select(reasons, ["scope", "no_events_table", "no_roster"], "none")


def _used_dates(question: _Question) -> tuple[date, ...]:
    days = {day for cell in question.cells.values() if cell.weights for day, _ in cell.weights.days}
    return tuple(sorted(days))


def _coverage(question: _Question) -> Coverage:
    cells = question.cells.values()
    about = {cell.government_code for cell in cells if cell.state != "scope"}
    usable = {cell.government_code for cell in cells if cell.state == "used"}
    return Coverage(len(usable), len(about))


def _caveats(question: _Question, is_hidden: bool, left_out: int, unknown: int) -> tuple[str, ...]:
    coverage = _coverage(question)
    reaches = [cell.weights.farthest for cell in question.cells.values() if cell.weights]
    found: dict[Caveat, bool] = {
        "unknown_employment": question.is_rate and unknown > 0,
        "partial_roster": question.is_rate and coverage.governments_with_roster < coverage.governments_total,
        "old_roster": question.is_rate and max(reaches, default=0) > REACH_DAYS,
        "events_left_out": left_out > 0,
        "several_elections": question.period == "whole" and len(question.selection.elections) > 1,
        "suppressed_cells": is_hidden,
    }
    return (*question.metric.caveats, *(code for code, holds in found.items() if holds))

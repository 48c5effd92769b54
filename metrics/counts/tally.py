"""The only questions to the engine: counts of cases and sums of headcount, by plain keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import ibis
import numpy as np

from metrics.counts.picked import Tally, picked, traits
from warehouse.asking import ask
from warehouse.selection import Selection
from warehouse.tables import table

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from metrics.definition import Definition
    from warehouse.connection import Warehouse

STRATUM: Final = ("employment_type", "position_class", "age_band")


def tally_cases(
    warehouse: Warehouse, definition: Definition, selection: Selection, keys: Sequence[str]
) -> Tally:
    """Persons in cases of the selection by `keys`, of which one is the government.

    Columns: the keys, `events`, `trials` (rows of the exposure; equal to events without one),
    `unknown_employment` (events without PNS or PPPK) and `simulated` (simulated rows of the exposure).

    The engine counts once for all metrics, and once for all places unless agencies are asked for: a metric's rows and
    the chosen places are picked out of the few rows that come back.
    """
    asked = selection
    if "agency_id" not in keys and not selection.agencies:
        asked = replace(selection, provinces=(), governments=())
    wanted = tuple(dict.fromkeys((*keys, *traits())))
    found = warehouse.recent(("mart_case", asked, wanted), lambda: _tally_cases(warehouse, asked, wanted))
    return picked(found, definition, selection, keys)


def tally_months(warehouse: Warehouse, selection: Selection) -> Tally:
    """Cases of the selection by `government_code` and `month` (12 x year + month - 1).

    Columns: `cases` (a case with several persons of a government once), `persons` and `simulated` (simulated rows).
    """
    return warehouse.recent(("mart_case by month", selection), lambda: _tally_months(warehouse, selection))


def tally_workforce(
    warehouse: Warehouse, selection: Selection, keys: Sequence[str], dates: Sequence[date]
) -> Tally:
    """Headcount by `keys` at least at the snapshots of `dates`; `simulated` counts simulated rows.

    Without agencies among the keys the count holds all governments and dates, more than the selection asks for:
    the few rows are shared by every choice of places.
    """
    # Other filters say nothing about staff, so views that differ in them share the count.
    staff = replace(selection, elections=(), since=None, until=None, statuses=(), violations=())
    if "agency_id" not in keys:
        staff, dates = replace(staff, provinces=(), governments=()), ()
    return warehouse.recent(
        ("mart_workforce", staff, tuple(keys), tuple(dates)),
        lambda: _tally_workforce(warehouse, staff, keys, dates),
    )


def tally_strata(warehouse: Warehouse, selection: Selection, unit: str) -> Tally:
    """Headcount by `unit` (government_code or agency_id), snapshot and stratum, for the employment of the selection.

    A stratum is an employment type, a position class and an age band. By government it holds all governments, by
    agency those of the selection.
    """
    staff = Selection(employment=selection.employment)
    if unit == "agency_id":
        staff = replace(staff, provinces=selection.provinces, governments=selection.governments)
    keys = [*dict.fromkeys(("government_code", unit)), "as_of", *STRATUM]
    return warehouse.recent(
        ("mart_workforce_stratum", staff, unit), lambda: _tally_strata(warehouse, staff, keys)
    )


def _tally_cases(warehouse: Warehouse, selection: Selection, keys: Sequence[str]) -> Tally:
    def counted(wanted: Selection) -> ir.Table:
        rows = wanted.apply(table(warehouse.backend(), "mart_case"))
        return rows.group_by(list(keys)).agg(
            persons=rows.count(),
            unknown_employment=_count(rows.employment_type == "unknown"),
            simulated=_count(rows.is_simulated),
        )

    return _collect(warehouse, ("mart_case", tuple(keys)), selection, counted)


def _tally_months(warehouse: Warehouse, selection: Selection) -> Tally:
    keys = ["government_code", "month"]

    def counted(wanted: Selection) -> ir.Table:
        rows = wanted.apply(table(warehouse.backend(), "mart_case"))
        rows = rows.mutate(month=rows.event_on.year() * 12 + rows.event_on.month() - 1)
        return rows.group_by(keys).agg(
            cases=rows.case_id.nunique(), persons=rows.count(), simulated=_count(rows.is_simulated)
        )

    return _collect(warehouse, ("months", tuple(keys)), selection, counted)


def _tally_workforce(
    warehouse: Warehouse, selection: Selection, keys: Sequence[str], dates: Sequence[date]
) -> Tally:
    def counted(wanted: Selection) -> ir.Table:
        staff = wanted.apply(table(warehouse.backend(), "mart_workforce"))
        if dates:
            staff = staff.filter(staff.as_of.isin(list(dates)))
        sums = {"headcount": staff.headcount.sum(), "simulated": _count(staff.is_simulated)}
        return staff.group_by(list(keys)).agg(**sums)

    return _collect(warehouse, (tuple(dates), tuple(keys)), selection, counted)


def _tally_strata(warehouse: Warehouse, selection: Selection, keys: Sequence[str]) -> Tally:
    def counted(wanted: Selection) -> ir.Table:
        staff = wanted.apply(table(warehouse.backend(), "mart_workforce_stratum"))
        return staff.group_by(list(keys)).agg(headcount=staff.headcount.sum(), simulated=staff.count())

    return _collect(warehouse, ("strata", tuple(keys)), selection, counted)


def _count(condition: ir.BooleanValue) -> ir.IntegerScalar:
    return ibis.cases((condition, 1), else_=0).sum()


def _collect(
    warehouse: Warehouse,
    question: tuple[Any, tuple[str, ...]],
    selection: Selection,
    counted: Callable[[Selection], ir.Table],
) -> Tally:
    """The rows of `counted`, compiled once for every form of the selection; `question` names it, its keys last."""
    keys, found = question[-1], ask(warehouse, question, selection, counted)
    # Engines return groups in any order; sums of floats would then differ in their last digit.
    places = [found.names.index(key) for key in keys]
    rows = sorted(found.rows, key=lambda row: [(row[place] is None, row[place]) for place in places])
    columns = dict(
        zip(found.names, zip(*rows, strict=True) if rows else ((),) * len(found.names), strict=True)
    )
    return Tally(
        keys={key: list(columns.pop(key)) for key in keys},
        counts={name: np.array(column, dtype=np.int64) for name, column in columns.items()},
        query=found.query,
    )

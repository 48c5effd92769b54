"""One question in, one checked frame out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metrics.assemble import By
from metrics.counts.full import cases_of, counted_of, heads_of
from metrics.counts.question import Question, question
from metrics.definition import Caveat, Group, definition
from metrics.estimate import estimate
from metrics.exposure import REACH_DAYS
from metrics.frame import checked
from metrics.published.counted import Told, told
from metrics.result import Periods, Result
from stats.disclosure import small

if TYPE_CHECKING:
    from metrics.counts.picked import Tally
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection


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
    (headcount x days / 365.25), for a single election the mean headcount of its window. On the public's warehouse every
    count of persons comes from the protected table; what that does not hold is refused as `not_published`.
    """
    asked = question(warehouse, definition(metric_id), selection, (by, period, group))
    heads = heads_of(warehouse, asked) if asked.is_rate else None
    k = warehouse.suppress_below
    found = (told if warehouse.is_protected else _in_full)(warehouse, asked, heads, k)
    columns = checked(
        {
            **asked.grid.columns(),
            **estimate(found.counted, asked.metric, k),
            "is_simulated": found.is_simulated,
        }
    )
    return Result(
        columns=columns,
        definition=asked.metric,
        selection=selection,
        by=by,
        period=period,
        group=group,
        caveats=_caveats(asked, found, is_hidden=bool(columns["suppressed"].any())),
        coverage=asked.coverage(),
        events_out_of_scope=found.left_out,
        is_simulated=bool(found.is_simulated.any()),
        as_of=asked.used_dates() if asked.is_rate else (),
        basis=asked.basis,
        queries=(found.query, *((heads.query,) if heads else ())),
    )


def _in_full(warehouse: Warehouse, asked: Question, heads: Tally | None, k: int) -> Told:
    """The same from the rows of every person."""
    cases = cases_of(warehouse, asked)
    counted, is_simulated = counted_of(asked, cases, heads, k)
    told_rows = counted.refusal == "none"
    left_out = int(cases.counts["events"].sum() - counted.total[told_rows].sum())
    unknown = bool(cases.counts["unknown_employment"].sum() > 0)
    return Told(counted, is_simulated, None if small(left_out, k) else left_out, unknown, cases.query)


def _caveats(asked: Question, found: Told, *, is_hidden: bool) -> tuple[str, ...]:
    coverage = asked.coverage()
    reaches = [cell.weights.farthest for cell in asked.cells.values() if cell.weights]
    holds: dict[Caveat, bool] = {
        "unknown_employment": asked.is_rate and found.unknown,
        "partial_roster": asked.is_rate and coverage.governments_with_roster < coverage.governments_total,
        "old_roster": asked.is_rate and max(reaches, default=0) > REACH_DAYS,
        "events_left_out": found.left_out != 0,
        "several_elections": asked.period == "whole" and len(asked.selection.elections) > 1,
        "suppressed_cells": is_hidden,
    }
    return (*asked.metric.caveats, *(code for code, said in holds.items() if said))

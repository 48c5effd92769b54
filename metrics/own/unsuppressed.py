"""The same answer with the rows of the own scope told in full; every other row stays as the public sees it.

The counts of the own rows come from the warehouse of the scope, which holds no other cases, and never from the public's.
What was measured from answers (comparisons, likeness, change) is not done again: it stays what it is for everybody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from metrics.counts.full import cases_of, counted_of, heads_of
from metrics.counts.question import question as asking
from metrics.estimate import estimate
from warehouse.reference import agencies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from metrics.assemble import Grid
    from metrics.result import Result
    from warehouse.access.scope import Scope
    from warehouse.connection import Warehouse

NOTHING_HIDDEN: Final = 1
"""The threshold under which no count is small."""


def in_full(public: Warehouse, own: Warehouse, result: Result) -> Result:
    """`result`, an answer of `public`, with the units that lie wholly in the scope of `own` unsuppressed."""
    question = asking(public, result.definition, result.selection, (result.by, result.period, result.group))
    inside = _inside(question.grid, result, own.scope, homes(public))
    if not inside.any():
        return result
    cases = cases_of(own, question)
    heads = heads_of(public, question) if question.is_rate else None
    counted, is_simulated = counted_of(question, cases, heads, NOTHING_HIDDEN)
    full = {**estimate(counted, result.definition), "is_simulated": is_simulated}
    _, periods, groups = question.grid.shape
    rows = np.repeat(inside, periods * groups)
    columns = {
        name: np.where(rows, full[name], column) if name in full else column
        for name, column in result.columns.items()
    }
    hides = bool(columns["suppressed"].any())
    units = np.array(list(question.grid.units.names), dtype=object)
    return replace(
        result,
        columns=columns,
        caveats=tuple(code for code in result.caveats if hides or code != "suppressed_cells"),
        queries=(*result.queries, cases.query),
        own=frozenset(units[inside].tolist()),
    )


def homes(warehouse: Warehouse) -> dict[str, str]:
    """The government of every agency."""
    return warehouse.once(
        "metrics.own.homes", lambda: {row.agency_id: row.government_code for row in agencies(warehouse)}
    )


def _inside(grid: Grid, result: Result, scope: Scope, governments: dict[str, str]) -> NDArray[np.bool_]:
    """Which units of the grid lie wholly in the scope: all their governments, or the agency itself."""
    units = list(grid.units.names)
    if scope.holds_all(result.selection, governments):
        return np.ones(len(units), dtype=np.bool_)
    held: dict[int, bool] = {}
    for place, code in grid.units.homes:
        agency: Any = units[place] if result.by == "agency" else None
        held[place] = held.get(place, True) and scope.holds(code, agency)
    return np.array([held.get(place, False) for place in range(len(units))], dtype=np.bool_)

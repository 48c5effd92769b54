"""How many events would be expected of every unit, given who works there: indirect standardisation.

Strata are employment type x position class x age band. Their rates are those of all Kalimantan over all days, from published
counts; whether a unit has more or fewer than others of its kind is then a ratio to these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from metrics import assemble, scope
from metrics.between.staff import NOTE, staff_of
from metrics.counts.tally import STRATUM
from metrics.definition import definition
from metrics.exposure import DAYS_PER_YEAR
from metrics.published import wording
from metrics.published.cells import COVERED, ISLAND, WHOLE, published
from metrics.published.cells import asked as cells_asked
from stats.between import standard
from warehouse.dictionary import dictionary
from warehouse.selection import Selection

if TYPE_CHECKING:
    from metrics.assemble import By
    from metrics.definition import Definition
    from metrics.published.cells import Published
    from warehouse.connection import Warehouse
    from warehouse.tables import Query

Floats = NDArray[np.float64]
_UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Expectation:
    """Events expected of every unit with the rates of all Kalimantan, before they are fitted to the group's total.

    `parts` is the exposure of every unit (row) by stratum (column). `known` of `counted` persons have all three
    characteristics of a stratum on record; None where that is not published. The others count in coarser rates.
    """

    units: tuple[str, ...]
    expected: Floats
    parts: Floats
    known: int | None
    counted: int | None

    @property
    def exposure(self) -> Floats:
        """Exposure of every unit."""
        return np.asarray(self.parts.sum(axis=1))


def expectation(warehouse: Warehouse, metric: Definition, selection: Selection, by: By) -> Expectation:
    """The expectation of a rate for the units of a breakdown over all days of the selection.

    A stratum with fewer events in all Kalimantan than the threshold of small numbers, or with a count that is withheld,
    takes the rate of its employment type and position class, then of its employment type, then of everybody: no rate
    rests on a handful of persons.
    """
    assert metric.kind == "rate", "only a rate has an expected count"
    base = warehouse.once(f"metrics.between.strata.{metric.metric_id}", lambda: _base(warehouse, metric))
    known = scope.facts(warehouse)
    employers = scope.governments(known, selection)
    units = assemble.units(known, employers, selection, by)
    staff = staff_of(warehouse, units.key, selection.employment, codes())
    cells = scope.cells(known, employers, scope.whole(known, selection)).values()
    standing = staff.exposure(cells, None if len(selection.elections) == 1 else 1.0 / DAYS_PER_YEAR)
    parts = np.zeros((len(units.names), len(codes())))
    for code, place in units.places.items():
        if code in staff.units:
            parts[place] += standing[staff.units[code]]
    return Expectation(
        tuple(units.names), standard.expected(parts, base.rates), parts, base.known, base.counted
    )


@dataclass(frozen=True)
class _Base:
    """The rate of every stratum of all Kalimantan over all days."""

    rates: Floats
    known: int | None
    counted: int | None


def _base(warehouse: Warehouse, metric: Definition) -> _Base:
    facts, cells = scope.facts(warehouse), published(warehouse)
    staff = staff_of(warehouse, "government_code", (), codes())
    covered = scope.cells(facts, facts.governments, scope.whole(facts, Selection())).values()
    standing = staff.exposure(covered, 1.0 / DAYS_PER_YEAR).sum(axis=0)
    where = wording.conditions(metric, events=True)
    counts = [
        np.array([_told(cells, _names(where, kind)) for kind in kinds], dtype=np.float64)
        for kinds in _kinds()
    ]
    total = _told(cells, wording.names(where, COVERED))
    rates = standard.nested_rates(
        counts, np.nan_to_num(total), standing, groupings(), warehouse.suppress_below
    )
    known = float(counts[0].sum())
    exact = not (np.isnan(known) or np.isnan(total))
    return _Base(rates, int(known) if exact else None, int(total) if exact else None)


def _names(where: wording.Where, kind: Sequence[str]) -> tuple[str, ...]:
    strata = {column: frozenset((value,)) for column, value in zip(STRATUM, kind, strict=False)}
    return wording.names({**where, **strata}, COVERED)


def _told(cells: Published, names: tuple[str, ...]) -> float:
    """Persons of all Kalimantan over all days; NaN where that is not published."""
    if not cells.has(ISLAND, WHOLE, names):
        return np.nan
    least, most = cells.span(ISLAND, ISLAND, WHOLE, names)
    return float(least) if least == most else np.nan


def asked(warehouse: Warehouse, metric_id: str, by: By) -> tuple[Query, ...]:
    """What an expectation rests on besides its answer: cells of the protected table, and who works where."""
    where = wording.conditions(definition(metric_id), events=True)
    names = [name for kinds in _kinds() for kind in kinds for name in _names(where, kind)]
    staff = staff_of(warehouse, "agency_id" if by == "agency" else "government_code", (), codes())
    return cells_asked((WHOLE,), [*names, *wording.names(where, COVERED)]), staff.query


def codes() -> tuple[str, ...]:
    """Codes of all strata, `employment|position|age`."""
    columns = dictionary()["mart_workforce_stratum"]
    return tuple(NOTE.join(parts) for parts in product(*(columns[name].values for name in STRATUM)))


@cache
def _kinds() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """From fine to coarse the kinds of strata that have a rate of their own: all their characteristics are known."""
    strata = [code.split(NOTE) for code in codes()]
    return tuple(
        tuple(sorted({tuple(parts[:depth]) for parts in strata if _UNKNOWN not in parts[:depth]}))
        for depth in (3, 2, 1)
    )


@cache
def groupings() -> tuple[tuple[int, ...], ...]:
    """From fine to coarse the group of every stratum, -1 where a characteristic is unknown."""
    strata = [code.split(NOTE) for code in codes()]
    found = []
    for depth, kinds in zip((3, 2, 1), _kinds(), strict=True):
        order = {kind: place for place, kind in enumerate(kinds)}
        found.append(tuple(order.get(tuple(parts[:depth]), -1) for parts in strata))
    return tuple(found)

"""How many events would be expected of every unit, given who works there: indirect standardisation.

Strata are employment type x position class x age band. Their rates are those of all Kalimantan in the same days and
under the same filters of cases; whether a unit has more or fewer than others of its kind is then a ratio to these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from metrics import assemble, scope
from metrics.assemble import By, Cells, Grid
from metrics.counts.picked import Tally
from metrics.counts.tally import STRATUM, tally_cases, tally_strata
from metrics.definition import definition
from metrics.exposure import DAYS_PER_YEAR
from stats.between import standard
from warehouse.dictionary import dictionary

if TYPE_CHECKING:
    from metrics.definition import Definition
    from metrics.scope import Facts, Period
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection
    from warehouse.tables import Query

Floats = NDArray[np.float64]
_UNKNOWN: Final = "unknown"
_NOTE: Final = "|"


@dataclass(frozen=True)
class Expectation:
    """Events expected of every unit with the rates of all Kalimantan, before they are fitted to the group's total.

    `parts` is the exposure of every unit (row) by stratum (column). `known` of `counted` persons have all three
    characteristics of a stratum on record; the others count in coarser rates.
    """

    units: tuple[str, ...]
    expected: Floats
    parts: Floats
    known: int
    counted: int

    @property
    def exposure(self) -> Floats:
        """Exposure of every unit."""
        return np.asarray(self.parts.sum(axis=1))


def expectation(
    warehouse: Warehouse, metric: Definition, selection: Selection, by: By, fewest: int
) -> Expectation:
    """The expectation of a rate for the units of a breakdown over all days of the selection.

    A stratum with fewer than `fewest` events in all Kalimantan takes the rate of its employment type and position
    class, then of its employment type, then of everybody: no rate rests on a handful of persons.
    """
    assert metric.kind == "rate", "only a rate has an expected count"
    known = scope.facts(warehouse)
    island = replace(selection, provinces=(), governments=(), agencies=())
    # Whatever places are chosen, the rates are those of all Kalimantan.
    base = warehouse.recent(
        ("strata", metric.metric_id, island, fewest), lambda: _base(warehouse, metric, island, fewest)
    )
    parts, names = _parts(warehouse, known, (selection, by), base)
    return Expectation(names, standard.expected(parts, base.rates), parts, base.fully, base.persons)


@dataclass(frozen=True)
class _Base:
    """All Kalimantan: the rate of every stratum, and the exposure of every government (row) by stratum."""

    rates: Floats
    governments: Mapping[str, int]
    standing: Floats
    period: Period
    cells: Cells
    per_day: float | None
    fully: int
    persons: int


def _base(warehouse: Warehouse, metric: Definition, island: Selection, fewest: int) -> _Base:
    known = scope.facts(warehouse)
    everybody = scope.governments(known, island)
    period = scope.whole(known, island)[0]
    cells = scope.cells(known, everybody, (period,))
    heads = _labelled(tally_strata(warehouse, island, "government_code"))
    units = assemble.units(known, everybody, island, "government")
    per_day = None if len(island.elections) == 1 else 1.0 / DAYS_PER_YEAR
    standing = assemble.staff(Grid(units, (period,), codes()), heads, cells, per_day).exposure[:, 0, :]
    cases, inside = _persons(warehouse, metric, island, period, cells)
    events, persons, fully = _events(cases, inside)
    rates = standard.stratum_rates(
        np.append(events, persons - events.sum()), np.append(standing.sum(axis=0), 0.0), groupings(), fewest
    )[:-1]
    return _Base(rates, units.places, standing, period, cells, per_day, fully, persons)


def asked(warehouse: Warehouse, metric_id: str, selection: Selection, by: By) -> tuple[Query, ...]:
    """What the engine is asked for an expectation, besides the questions of its answer."""
    known, metric = scope.facts(warehouse), definition(metric_id)
    island = replace(selection, provinces=(), governments=(), agencies=())
    period = scope.whole(known, island)[0]
    cells = scope.cells(known, scope.governments(known, island), (period,))
    tallies = [_persons(warehouse, metric, island, period, cells)[0]]
    tallies.append(tally_strata(warehouse, island, "government_code"))
    if by == "agency":
        tallies.append(tally_strata(warehouse, selection, "agency_id"))
    return tuple(tally.query for tally in tallies)


def codes() -> tuple[str, ...]:
    """Codes of all strata, `employment|position|age`."""
    columns = dictionary()["mart_workforce_stratum"]
    return tuple(_NOTE.join(parts) for parts in product(*(columns[name].values for name in STRATUM)))


def groupings() -> tuple[tuple[int, ...], ...]:
    """From fine to coarse the group of every stratum, -1 where a characteristic is unknown; the last place is for
    persons whose stratum is not known at all and who count only in the rate of everybody."""
    strata = [code.split(_NOTE) for code in codes()]
    found = []
    for depth in (3, 2, 1):
        kinds = sorted({tuple(parts[:depth]) for parts in strata if _UNKNOWN not in parts[:depth]})
        order = {kind: place for place, kind in enumerate(kinds)}
        found.append((*(order.get(tuple(parts[:depth]), -1) for parts in strata), -1))
    return tuple(found)


def _labelled(tally: Tally) -> Tally:
    """The tally with its strata as one key, where assemble looks for the group."""
    columns = [tally.keys[name] for name in STRATUM]
    strata = [_NOTE.join(parts) for parts in zip(*columns, strict=True)]
    return replace(tally, keys={**tally.keys, "employment_type": strata})


def _persons(
    warehouse: Warehouse, metric: Definition, island: Selection, period: Period, cells: Cells
) -> tuple[Tally, NDArray[np.bool_]]:
    """Persons by stratum, and which of them belong to a government with a usable denominator."""
    by_election = bool(island.elections)
    keys = ["government_code", *STRATUM, *(["election_code"] if by_election else [])]
    asked = island if by_election else scope.counted(island, period)
    cases = tally_cases(warehouse, metric, asked, keys)
    used = {code for (code, _), cell in cells.items() if cell.state == "used"}
    inside = [code in used for code in cases.keys["government_code"]]
    if by_election:
        took_part = scope.facts(warehouse).took_part
        votes = zip(cases.keys["election_code"], cases.keys["government_code"], strict=True)
        inside = [kept and vote in took_part for kept, vote in zip(inside, votes, strict=True)]
    return cases, np.array(inside, dtype=np.bool_)


def _events(cases: Tally, inside: NDArray[np.bool_]) -> tuple[Floats, int, int]:
    """Persons by stratum, all of them, and those whose stratum is known in full."""
    order = {code: place for place, code in enumerate(codes())}
    events = np.zeros(len(order))
    persons = fully = 0
    rows = zip(*(cases.keys[name] for name in STRATUM), cases.counts["events"], inside, strict=True)
    for *parts, count, kept in rows:
        if not kept:
            continue
        persons += int(count)
        fully += int(count) * (_UNKNOWN not in parts)
        place = order.get(_NOTE.join(parts))
        if place is not None:
            events[place] += count
    return events, persons, fully


def _parts(
    warehouse: Warehouse, known: Facts, asked: tuple[Selection, By], base: _Base
) -> tuple[Floats, tuple[str, ...]]:
    selection, by = asked
    employers = scope.governments(known, selection)
    units = assemble.units(known, employers, selection, by)
    if by == "agency":
        heads = _labelled(tally_strata(warehouse, selection, "agency_id"))
        inside = _of(base.cells, [row.government_code for row in employers])
        grid = Grid(units, (base.period,), codes())
        found = assemble.staff(grid, heads, inside, base.per_day).exposure[:, 0, :]
    else:
        found = np.zeros((len(units.names), base.standing.shape[1]))
        for place, code in units.homes:
            found[place] += base.standing[base.governments[code]]
    return found, tuple(units.names)


def _of(cells: Cells, governments: Sequence[str]) -> Cells:
    chosen = set(governments)
    return {key: cell for key, cell in cells.items() if key[0] in chosen}

"""The courses of elections as the build has laid them out for everybody: all Kalimantan, election by election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
import pandas as pd

from metrics import assemble, scope
from metrics.counts.tally import tally_workforce
from metrics.followup import cells
from metrics.followup.laid import laid_out
from metrics.followup.published import register
from metrics.followup.standing import NOBODY, Count
from stats.intervals import garwood
from stats.waiting.phases import bands
from warehouse import reference
from warehouse.asking import ask
from warehouse.selection import Selection
from warehouse.tables import Query, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

Kind = Literal["pilkada", "pemilu", "psu"]
KINDS: Final[tuple[Kind, ...]] = ("pilkada", "pemilu")
OUTSIDE: Final = "none"
PER: Final = 1000.0
LEVEL: Final = 0.95
_COVERED: Final = "is_covered=true"


@dataclass(frozen=True)
class Course:
    """One election: `bands` are its phases as first and last day relative to voting (day 0), None where a date is unknown.

    `persons` and `phases` are counts as they may be told; `phases` lacks those that are not published. `steps`: day, persons,
    lower, upper, rate, rate_lower, rate_upper, cumulative; every step stands for k persons at least. A rate is per 1,000 ASN
    over the window, of the governments that have a roster for it: its persons are theirs; NaN where none has, and, of
    published courses, where not all persons are theirs.
    """

    code: str
    kind: Kind
    voting_on: date
    bands: Mapping[str, tuple[int, int] | None]
    persons: Count
    phases: Mapping[str, Count]
    steps: pd.DataFrame
    headcount: float


@dataclass(frozen=True)
class ElectionClock:
    """The courses of all elections with persons, in order of voting; `outside` are persons in cases of no election.

    Where `hindering` names filters, nothing is published until they are taken away.
    """

    courses: tuple[Course, ...]
    outside: Count | None
    in_re_votes: Count | None
    is_simulated: bool
    k: int
    query: Query
    hindering: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Course, ...]:
        """The courses of one kind of election."""
        return tuple(course for course in self.courses if course.kind == kind)


def published(warehouse: Warehouse, selection: Selection) -> ElectionClock:
    """The published courses: of all Kalimantan, of all elections or some."""
    in_the_way = cells.hindering(selection)
    in_the_way += tuple(name for name in ("provinces", "governments") if getattr(selection, name))
    there = [] if in_the_way else _elections(warehouse, selection)
    counts = {row.election_code: _counts(warehouse, row.election_code) for row in there}
    re_votes, outside = _beside(warehouse, there, is_everything=not selection.elections)
    return ElectionClock(
        courses=tuple(
            _course(warehouse, row, counts[row.election_code]) for row in there if row.election_type in KINDS
        ),
        outside=None if in_the_way else outside,
        in_re_votes=None if in_the_way else re_votes,
        is_simulated=register(warehouse).is_simulated,
        k=warehouse.suppress_below,
        query=_asked(warehouse, selection),
        hindering=in_the_way,
    )


def _beside(
    warehouse: Warehouse, there: Sequence[reference.Election], *, is_everything: bool
) -> tuple[Count, Count]:
    """Persons in re-votes and in cases of no election; the first also from what the other periods leave of all."""
    by_kind = {
        is_main: [
            _counts(warehouse, row.election_code) for row in there if (row.election_type in KINDS) == is_main
        ]
        for is_main in (True, False)
    }
    main, again = (
        cells.total(found[cells.PERSONS] for found in by_kind[one]) or NOBODY for one in (True, False)
    )
    everybody = _counts(warehouse, cells.WHOLE).get(cells.PERSONS)
    if not is_everything or everybody is None:
        return again, NOBODY
    outside = _counts(warehouse, OUTSIDE).get(cells.PERSONS, NOBODY)
    return again.within(everybody.minus(main.plus(outside))), outside


def headcounts(warehouse: Warehouse, selection: Selection) -> dict[tuple[str, str], float]:
    """Mean headcount of the window by government and election, only where a rate may be computed."""
    known = scope.facts(warehouse)
    employers, periods = scope.governments(known, selection), scope.by_election(known, selection)
    grid = assemble.Grid(
        assemble.units(known, employers, selection, "government"), periods, assemble.groups(None, "rate")
    )
    there = scope.cells(known, employers, periods)
    days = sorted({day for cell in there.values() if cell.weights for day, _ in cell.weights.days})
    heads = tally_workforce(warehouse, selection, ["government_code", "as_of"], days)
    staff = assemble.staff(grid, heads, there, None)
    places = grid.columns()
    mean = staff.exposure.ravel()
    return {
        (unit, period): float(heads)
        for unit, period, heads in zip(places["unit_id"], places["period"], mean, strict=True)
        if heads > 0
    }


def stepped(
    steps: Sequence[tuple[int, int]], covered: Sequence[tuple[int, int]], headcount: float
) -> pd.DataFrame:
    """`Course.steps` of the days by which so many persons, and so many of those of the rate, have come."""
    merged = pd.merge(
        pd.DataFrame(steps, columns=["day", "persons"]),
        pd.DataFrame(covered, columns=["day", "covered"]),
        on="day",
        how="outer",
    ).sort_values("day", ignore_index=True)
    for name, column, per in (("", "persons", 1.0), ("rate_", "covered", headcount / PER or np.nan)):
        counts = merged[column].to_numpy(dtype=np.float64)
        low, high = garwood(np.nan_to_num(counts), np.full(len(counts), per), LEVEL)
        known = ~np.isnan(counts)
        merged[f"{name}lower"] = np.where(known, low, np.nan)
        merged[f"{name}upper"] = np.where(known, high, np.nan)
        if name:
            merged["rate"] = counts / per
    return merged.drop(columns="covered")


def _elections(warehouse: Warehouse, selection: Selection) -> list[reference.Election]:
    """The elections of the selection that have cases, in order of voting."""
    there = cells.known(warehouse).periods
    return [
        row
        for row in reference.elections(warehouse)
        if row.election_code in there
        and (not selection.elections or row.election_code in selection.elections)
    ]


def _counts(warehouse: Warehouse, code: str) -> Mapping[str, Count]:
    """Persons of an election, and those of governments with a roster for it."""
    return warehouse.once("metrics.followup.covered", lambda: _all_counts(warehouse)).get(code, {})


def _all_counts(warehouse: Warehouse) -> dict[str, dict[str, Count]]:
    rows = table(warehouse.backend(), "open_cell")
    wanted = rows.filter(rows.level == cells.ISLAND, rows.measure.isin([cells.PERSONS, _COVERED]))
    found: dict[str, dict[str, Count]] = {}
    for row in cells.fetched(warehouse, wanted.select("period", "measure", "least", "most")):
        found.setdefault(row["period"], {})[row["measure"]] = Count(row["least"], row["most"])
    return found


def _course(warehouse: Warehouse, election: reference.Election, counts: Mapping[str, Count]) -> Course:
    code, persons = election.election_code, counts[cells.PERSONS]
    steps = [
        (_not_later(warehouse, row["day"], election), row["persons"])
        for row in laid_out(warehouse, "open_clock_step")
        if row["election_code"] == code
    ]
    # A rate has the persons of the curve above only where all of them belong to governments with a roster.
    is_covered = bool(steps) and persons.exact is not None and counts.get(_COVERED) == persons
    headcount = _headcount(warehouse, code) if is_covered else 0.0
    return Course(
        code=code,
        kind=cast(Kind, election.election_type),
        voting_on=election.voting_on,
        bands=_bands(warehouse, code),
        persons=persons,
        phases={
            row["phase"]: Count(row["least"], row["most"])
            for row in laid_out(warehouse, "open_clock_phase")
            if row["election_code"] == code
        },
        steps=stepped(steps, steps if headcount > 0 else [], headcount),
        headcount=headcount,
    )


def _not_later(warehouse: Warehouse, day: int, election: reference.Election) -> int:
    """The end of a window that is still open is the last day of the data."""
    return min(day, max((reference.build(warehouse).as_of - election.voting_on).days, 0))


def _headcount(warehouse: Warehouse, code: str) -> float:
    return sum(
        heads
        for (_, asked_of), heads in headcounts(warehouse, Selection(elections=(code,))).items()
        if asked_of == code
    )


def _bands(warehouse: Warehouse, code: str) -> dict[str, tuple[int, int] | None]:
    return bands(next(row for row in election_rows(warehouse) if row["election_code"] == code))


def election_rows(warehouse: Warehouse) -> tuple[Mapping[str, Any], ...]:
    """All rows of core_election in order of voting."""
    rows = laid_out(warehouse, "core_election")
    return tuple(sorted(rows, key=lambda row: (row["voting_on"], row["election_code"])))


def _asked(warehouse: Warehouse, selection: Selection) -> Query:
    """The question for the steps of a selection, as somebody would ask it."""
    return ask(
        warehouse,
        "followup.courses",
        Selection(elections=selection.elections),
        lambda form: form.apply(table(warehouse.backend(), "open_clock_step")),
    ).query

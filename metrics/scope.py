"""Which governments and days a question is about, and which of them have a usable denominator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from metrics.counts.loaded import Registers, registers, snapshots
from metrics.exposure import Span, Spans, Weights, union, weights
from metrics.frame import WHOLE
from warehouse import reference

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.reference import Agency, Election, Government
    from warehouse.selection import Selection

ALWAYS_SHOWN: Final = ("pilkada", "pemilu")


@dataclass(frozen=True, eq=False)
class Facts:
    """What the scope rests on, whatever is selected; one object for each opened warehouse."""

    provinces: Mapping[str, str]
    governments: tuple[Government, ...]
    agencies: tuple[Agency, ...]
    elections: Mapping[str, Election]
    took_part: frozenset[tuple[str, str]]
    snapshots: Mapping[str, tuple[date, ...]]
    registers: Registers
    as_of: date


@dataclass(frozen=True)
class Period:
    """A stretch of days: one election's window, or all days asked for.

    `windows` are the days by election, `None` standing for no election; they are empty where the period lies
    outside the data. `has_register` tells whether any case of this period was loaded.
    """

    code: str
    start: date
    end: date
    windows: Mapping[str | None, Span]
    has_register: bool


@dataclass(frozen=True)
class Cell:
    """A government in a period; `weights` are there where the state is `used`."""

    government_code: str
    period: str
    state: Literal["used", "no_roster", "no_register", "scope"]
    weights: Weights | None = None


def facts(warehouse: Warehouse) -> Facts:
    """The facts of a warehouse, read once."""
    return warehouse.once("metrics.scope.facts", lambda: _facts(warehouse))


def governments(known: Facts, selection: Selection) -> tuple[Government, ...]:
    """Governments of the selection; chosen agencies stand for their governments."""
    chosen = set(selection.agencies)
    employers = (
        {row.government_code for row in known.agencies if row.agency_id in chosen} if chosen else set()
    )
    return tuple(
        row
        for row in known.governments
        if (not selection.provinces or row.province_code in selection.provinces)
        and (not selection.governments or row.government_code in selection.governments)
        and (not chosen or row.government_code in employers)
    )


def is_registered(warehouse: Warehouse, selection: Selection) -> bool:
    """Whether a register is loaded for any place and any election of a selection; where none is, no case is no zero."""
    known = facts(warehouse)
    places = any(row.province_code in known.registers.provinces for row in governments(known, selection))
    return places and (
        not selection.elections or any(code in known.registers.elections for code in selection.elections)
    )


def whole(known: Facts, selection: Selection) -> tuple[Period, ...]:
    """All days of the selection as the only period.

    Without elections: from the first window of the elections with cases (or the first event, if earlier) to
    the latest date of the data, cut by the selection. With elections: their windows, cut likewise.
    """
    if selection.elections:
        return (_windows(known, selection),)
    days = _cut(_first_day(known), known.as_of, selection)
    shown = days or (selection.since or known.as_of, selection.until or selection.since or known.as_of)
    windows: dict[str | None, Span] = {None: days} if days else {}
    return (Period(WHOLE, min(shown), max(shown), windows, bool(known.registers.elections)),)


def by_election(known: Facts, selection: Selection) -> tuple[Period, ...]:
    """One period per election, in order of voting day.

    The chosen elections, or else every general and regional election that has cases or a roster near it and
    every re-vote that has cases, as far as they touch the days of the selection.
    """
    if selection.elections:
        return tuple(
            _window(known, selection, code) for code in known.elections if code in selection.elections
        )
    periods = [_window(known, selection, code) for code in known.elections]
    return tuple(period for period in periods if period.windows and _is_shown(known, period, selection))


def counted(selection: Selection, period: Period) -> Selection:
    """The selection whose cases belong to a period of all days: cut to the days of the data."""
    days = period.windows.get(None)
    return replace(selection, since=days[0], until=days[1]) if days else selection


def cells(
    known: Facts, employers: tuple[Government, ...], periods: tuple[Period, ...]
) -> dict[tuple[str, str], Cell]:
    """The state of every government in every period, keyed (government_code, period)."""
    windows = {period.code: tuple(period.windows.items()) for period in periods}
    return {
        (row.government_code, code): _cell(known, row.government_code, code, windows[code])
        for row in employers
        for code in windows
    }


def _facts(warehouse: Warehouse) -> Facts:
    employers = reference.governments(warehouse)
    votes = reference.voting_regions(warehouse)
    homes = {row.region_code: row.province_code for row in reference.regions(warehouse)}
    provinces = {(election, homes.get(region)) for election, region in votes}
    return Facts(
        provinces={
            row.region_code: row.name for row in reference.regions(warehouse) if row.level == "province"
        },
        governments=employers,
        agencies=reference.agencies(warehouse),
        elections={row.election_code: row for row in reference.elections(warehouse)},
        # A province's own staff is bound where any of its regencies votes.
        took_part=frozenset(
            (election, row.government_code)
            for election in {election for election, _ in votes}
            for row in employers
            if (election, row.government_code) in votes
            or (row.level == "province" and (election, row.government_code) in provinces)
        ),
        snapshots=snapshots(warehouse),
        registers=registers(warehouse),
        as_of=reference.build(warehouse).as_of,
    )


def _first_day(known: Facts) -> date:
    starts = [
        row.window_start_on for code, row in known.elections.items() if code in known.registers.elections
    ]
    first = known.registers.first_event
    return min([*starts, *([first] if first else [])], default=known.as_of)


def _cut(start: date, end: date, selection: Selection) -> Span | None:
    days = (max(start, selection.since or start), min(end, selection.until or end))
    return days if days[0] <= days[1] else None


def _windows(known: Facts, selection: Selection) -> Period:
    parts = [_window(known, selection, code) for code in selection.elections if code in known.elections]
    return Period(
        WHOLE,
        min((part.start for part in parts), default=known.as_of),
        max((part.end for part in parts), default=known.as_of),
        {code: span for part in parts for code, span in part.windows.items()},
        any(part.has_register for part in parts),
    )


def _window(known: Facts, selection: Selection, code: str) -> Period:
    election = known.elections[code]
    days = _cut(election.window_start_on, min(election.window_end_on, known.as_of), selection)
    start, end = days or (election.window_start_on, election.window_end_on)
    return Period(code, start, end, {code: days} if days else {}, code in known.registers.elections)


def _is_shown(known: Facts, period: Period, selection: Selection) -> bool:
    # A re-vote concerns its own region and is shown where places are chosen, not in the picture of all.
    is_re_vote = known.elections[period.code].election_type not in ALWAYS_SHOWN
    if is_re_vote and not (selection.provinces or selection.governments or selection.agencies):
        return False
    if period.has_register:
        return True
    spans = union(period.windows.values())
    return not is_re_vote and any(weights(dates, spans).usable for dates in known.snapshots.values())


@lru_cache(maxsize=8192)
def _cell(known: Facts, code: str, period: str, windows: tuple[tuple[str | None, Span], ...]) -> Cell:
    spans: Spans = union(
        days for election, days in windows if election is None or (election, code) in known.took_part
    )
    if not spans:
        return Cell(code, period, "scope")
    if code[:2] not in known.registers.provinces:
        return Cell(code, period, "no_register")
    dates = known.snapshots.get(code)
    found = weights(dates, spans) if dates else None
    if found is None or not found.usable:
        return Cell(code, period, "no_roster")
    return Cell(code, period, "used", found)

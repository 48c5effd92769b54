"""The election clock: persons alleged along the days to voting, election over election, and the phase they fall into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metrics.followup.cells import is_protected
from metrics.followup.courses import (
    OUTSIDE,
    Course,
    ElectionClock,
    election_rows,
    headcounts,
    published,
    stepped,
)
from metrics.followup.standing import Count
from stats.waiting.phases import PHASES, bands
from stats.waiting.rounding import told
from stats.waiting.timeline import gathered
from warehouse.asking import ask
from warehouse.tables import table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

TRACKS: Final = {"before_candidates_set": "ethics", "unknown": "unknown"}
"""What an act of the phase is: a breach of ethics before candidates are set, of discipline (not listed) after."""


def election_clock(warehouse: Warehouse, selection: Selection) -> ElectionClock:
    """The election clock for one selection: the published courses, or of the own scope what its persons say."""
    return published(warehouse, selection) if is_protected(warehouse) else _of_persons(warehouse, selection)


def _of_persons(warehouse: Warehouse, selection: Selection) -> ElectionClock:
    k = warehouse.suppress_below
    keys = ["election_code", "phase", "event_on", "government_code"]

    def counted(wanted: Selection) -> Any:
        rows = wanted.apply(table(warehouse.backend(), "mart_case"))
        return rows.group_by(keys).agg(persons=rows.count(), simulated=rows.is_simulated.sum())

    asked = ask(warehouse, "followup.elections", selection, counted)
    found = pd.DataFrame(asked.rows, columns=asked.names).sort_values(keys, ignore_index=True)
    staff = headcounts(warehouse, selection)
    courses = [
        _course(election, found[found["election_code"] == election["election_code"]], staff, k)
        for election in election_rows(warehouse)
        if (found["election_code"] == election["election_code"]).any()
    ]
    re_votes = {course.code for course in courses if course.kind == "psu"}
    return ElectionClock(
        courses=tuple(courses),
        outside=Count.of(_persons(found[found["election_code"] == OUTSIDE]), k),
        in_re_votes=Count.of(_persons(found[found["election_code"].isin(re_votes)]), k),
        is_simulated=bool(found["simulated"].sum()),
        k=k,
        query=asked.query,
    )


def _course(
    election: Mapping[str, Any], rows: pd.DataFrame, staff: Mapping[tuple[str, str], float], k: int
) -> Course:
    code, voting = election["election_code"], election["voting_on"]
    day = (pd.to_datetime(rows["event_on"]) - pd.Timestamp(voting)).dt.days
    covered = rows["government_code"].isin([place for place, asked in staff if asked == code])
    headcount = sum(heads for (_, asked), heads in staff.items() if asked == code)
    return Course(
        code=code,
        kind=election["election_type"],
        voting_on=voting,
        bands=bands(election),
        persons=Count.of(_persons(rows), k),
        phases={phase: Count.of(_persons(rows[rows["phase"] == phase]), k) for phase in PHASES},
        steps=_steps(day.to_numpy(), rows["persons"].to_numpy(), covered.to_numpy(), headcount, k),
        headcount=headcount,
    )


def _persons(rows: pd.DataFrame) -> int:
    return int(rows["persons"].sum())


def _steps(days: Any, persons: Any, covered: Any, headcount: float, k: int) -> pd.DataFrame:
    """Cumulative persons on the days by which at least k more have come; a rate steps by its own k persons."""
    whole = gathered(days, persons, k)
    inside = gathered(days[covered], persons[covered], k) if headcount > 0 else whole[:0]
    # Rounded, since the rate counts part of the same persons and the rest would be the difference.
    steps, covered = ([(day, told(n, k) or 0) for day, n in part] for part in (whole, inside))
    return stepped(steps, covered, headcount)

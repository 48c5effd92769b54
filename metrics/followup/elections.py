"""The election clock: persons alleged along the days to voting, election over election, and the phase they fall into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from metrics.answer import answer
from metrics.followup.rounding import told
from stats.intervals import garwood
from warehouse.asking import ask
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

Kind = Literal["pilkada", "pemilu", "psu"]
PHASES: Final = (
    "before_candidates_set",
    "candidates_set",
    "campaign",
    "quiet",
    "voting",
    "after_voting",
    "unknown",
)
TRACKS: Final = {"before_candidates_set": "ethics", "unknown": "unknown"}
"""What an act of the phase is: a breach of ethics before candidates are set, of discipline (not listed) after."""
OUTSIDE: Final = "none"
PER: Final = 1000.0
LEVEL: Final = 0.95


@dataclass(frozen=True)
class Course:
    """One election: `bands` are its phases as first and last day relative to voting (day 0), None where a date is unknown.

    `persons` and `phases` are counts as told (metrics.followup.rounding). `steps`: day, persons, lower, upper, rate,
    rate_lower, rate_upper, cumulative and rounded; every step stands for k persons at least, what is left of fewer is not
    drawn. A rate is per 1,000 ASN over the window, of the governments that have a roster for it: its persons are theirs;
    NaN where none has.
    """

    code: str
    kind: Kind
    voting_on: date
    bands: Mapping[str, tuple[int, int] | None]
    persons: int | None
    phases: Mapping[str, int | None]
    steps: pd.DataFrame
    headcount: float


@dataclass(frozen=True)
class ElectionClock:
    """The courses of all elections with persons, in order of voting; `outside` are persons in cases of no election."""

    courses: tuple[Course, ...]
    outside: int | None
    in_re_votes: int | None
    is_simulated: bool
    k: int
    query: Query

    def of(self, kind: Kind) -> tuple[Course, ...]:
        """The courses of one kind of election."""
        return tuple(course for course in self.courses if course.kind == kind)


def election_clock(warehouse: Warehouse, selection: Selection) -> ElectionClock:
    """The election clock for one selection."""
    k = warehouse.suppress_below
    keys = ["election_code", "phase", "event_on", "government_code"]

    def counted(wanted: Selection) -> Any:
        rows = wanted.apply(table(warehouse.backend(), "mart_case"))
        return rows.group_by(keys).agg(persons=rows.count(), simulated=rows.is_simulated.sum())

    asked = ask(warehouse, "followup.elections", selection, counted)
    found = pd.DataFrame(asked.rows, columns=asked.names).sort_values(keys, ignore_index=True)
    staff = _staff(warehouse, selection)
    courses = [
        _course(election, found[found["election_code"] == election["election_code"]], staff, k)
        for election in _elections(warehouse)
        if (found["election_code"] == election["election_code"]).any()
    ]
    re_votes = {course.code for course in courses if course.kind == "psu"}
    return ElectionClock(
        courses=tuple(courses),
        outside=told(_persons(found[found["election_code"] == OUTSIDE]), k),
        in_re_votes=told(_persons(found[found["election_code"].isin(re_votes)]), k),
        is_simulated=bool(found["simulated"].sum()),
        k=k,
        query=asked.query,
    )


def _elections(warehouse: Warehouse) -> Sequence[Mapping[str, Any]]:
    def read() -> list[Mapping[str, Any]]:
        rows, _ = fetch(warehouse.backend(), table(warehouse.backend(), "core_election"))
        return sorted(rows.to_pylist(), key=lambda row: (row["voting_on"], row["election_code"]))

    return warehouse.once("metrics.followup.elections", read)


def _staff(warehouse: Warehouse, selection: Selection) -> Mapping[tuple[str, str], float]:
    """Mean headcount of the window by government and election, only where a rate may be computed."""
    frame = answer(warehouse, "alleged_rate", selection, "government", "election").frame
    known = frame[frame["exposure"].notna()]
    return dict(
        zip(zip(known["unit_id"], known["period"], strict=True), known["exposure"].astype(float), strict=True)
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
        bands=_bands(election),
        persons=told(_persons(rows), k),
        phases={phase: told(_persons(rows[rows["phase"] == phase]), k) for phase in PHASES},
        steps=_steps(day.to_numpy(), rows["persons"].to_numpy(), covered.to_numpy(), headcount, k),
        headcount=headcount,
    )


def _persons(rows: pd.DataFrame) -> int:
    return int(rows["persons"].sum())


def _bands(election: Mapping[str, Any]) -> dict[str, tuple[int, int] | None]:
    """First and last day of every phase relative to voting, by the dates that decide the phase of a case."""
    voting = election["voting_on"]
    names = ("window_start_on", "candidate_set_on", "campaign_start_on", "quiet_start_on")
    start, settled, campaign, quiet = (
        (election[name] - voting).days if election[name] else None for name in names
    )
    end = (election["window_end_on"] - voting).days
    edges = {
        "before_candidates_set": (start, None if settled is None else settled - 1),
        "candidates_set": (settled, None if campaign is None else campaign - 1),
        "campaign": (campaign, None if quiet is None else quiet - 1),
        "quiet": (quiet, -1),
        "voting": (0, 0),
        "after_voting": (1, end),
    }
    return {
        name: (first, last) if first is not None and last is not None and first <= last else None
        for name, (first, last) in edges.items()
    }


def _steps(days: Any, persons: Any, covered: Any, headcount: float, k: int) -> pd.DataFrame:
    """Cumulative persons on the days by which at least k more have come; a rate steps by its own k persons."""
    whole = _gathered(days, persons, k)
    inside = _gathered(days[covered], persons[covered], k) if headcount > 0 else whole[:0]
    merged = pd.merge(
        pd.DataFrame(whole, columns=["day", "persons"]),
        pd.DataFrame(inside, columns=["day", "covered"]),
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


def _gathered(days: Any, persons: Any, k: int) -> list[tuple[int, int]]:
    steps, total, gathered = [], 0, 0
    for day in np.unique(days):
        gathered += int(persons[days == day].sum())
        if gathered >= k:
            total += gathered
            gathered = 0
            # Rounded, since the rate counts part of the same persons and the rest would be the difference.
            steps.append((int(day), told(total, k) or 0))
    return steps

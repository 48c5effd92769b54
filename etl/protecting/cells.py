"""The cells of all published tables with their counts and what they are worth, as a warehouse has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from etl.protecting.counting import Persons, Table, counted
from etl.protecting.family import read_family
from etl.protecting.layout import WHOLE, Cell, Known, Layout
from stats.protecting.release import Flags, Ints, System

SQL: Final = Path(__file__).resolve().parents[1] / "sql" / "lists"
MAIN: Final = ("pemilu", "pilkada")
# What a count is worth to readers where another must be withheld to guard a small one: the wider, the more.
_WORTH: Final[Mapping[str, int]] = {"kalimantan": 50, "province": 8, "government": 1, "agency": 1}
_FINE: Final = frozenset({"stage", "part", "position_class", "age_band", "severity_pair"})


@dataclass(frozen=True)
class Cells:
    """All cells in order, their counts and what they are worth, which of them are published, and the sums.

    `guards` are zeros that may be withheld before it is known that nothing else serves.
    """

    cells: tuple[Cell, ...]
    counts: Ints
    worth: Ints
    shown: Flags
    guards: Flags
    system: System


def cells_of(known: Known, persons: Persons) -> Cells:
    """The cells of everything that is known to exist, and how many persons each counts."""
    layout = Layout(known)
    counts = counted(layout, persons)
    worth = [_worth(layout, cell) for cell in layout.cells]
    worths = np.array(worth, dtype=np.int64) * (2 + counts)
    return Cells(layout.cells, counts, worths, layout.shown, _guards(layout), layout.system)


def read_cells(con: duckdb.DuckDBPyConnection) -> Cells:
    """All cells with the counts of the cases that the connection sees."""
    persons = Persons(_table(con, "kinds_of_persons"), _table(con, "steps_of_persons"))
    first, as_of = con.execute(
        "SELECT date_trunc('year', min(event_on))::DATE, (SELECT max(as_of) FROM mart_followup) FROM mart_case"
    ).fetchall()[0]
    elections = sorted(set(persons.cases["election_code"].tolist()))
    provinces = set(persons.cases["province_code"].tolist())
    return cells_of(read_known(con, (elections, provinces), (first, as_of)), persons)


def read_known(
    con: duckdb.DuckDBPyConnection, listed: tuple[list[str], set[str]], days: tuple[date | None, date | None]
) -> Known:
    """What everybody knows, from tables that hold no person: the elections and provinces that are listed, and from the first
    day of the year of the first event to the last day of the data."""
    elections, provinces = listed
    governments = con.execute(
        "SELECT government_code, province_code FROM core_government ORDER BY 1"
    ).fetchall()
    homes = {code: home for code, home in governments if home in provinces}
    offices = con.execute((SQL / "offices.sql").read_text("utf-8")).fetchall()
    types = dict(con.execute("SELECT election_code, election_type FROM core_election").fetchall())
    known = {"elections": elections, "first": days[0], "as_of": days[1]}
    covered = con.execute((SQL / "covered.sql").read_text("utf-8"), known).fetchall() if homes else []
    begun = con.execute((SQL / "phases_begun.sql").read_text("utf-8"), {"as_of": days[1]}).fetchall()
    return Known(
        read_family(),
        {code: types.get(code) in MAIN for code in elections},
        homes,
        {office: code for office, code in offices if code in homes},
        frozenset((code, period) for code, period in covered if code in homes),
        {code: frozenset(phases) for code, phases, _ in begun},
        {code: frozenset(voters) for code, _, voters in begun if voters},
    )


def _table(con: duckdb.DuckDBPyConnection, name: str) -> Table:
    found: dict[str, Any] = con.execute((SQL / f"{name}.sql").read_text("utf-8")).fetchnumpy()
    return found


def _worth(layout: Layout, cell: Cell) -> int:
    is_base = cell.measure in layout.measures(cell.level, cell.period).bases
    return _WORTH[cell.level] * (3 if cell.period == WHOLE else 1) * (3 if is_base else 1)


def _guards(layout: Layout) -> Flags:
    """Zeros of wide places. Most others are in places and groups without any person, of which there are thousands; those come and
    go with rosters, and what is withheld of the rest should not change with them."""
    return np.array(
        [
            is_shown and _guards_well(layout, cell)
            for cell, is_shown in zip(layout.cells, layout.shown, strict=True)
        ],
        dtype=np.bool_,
    )


def _guards_well(layout: Layout, cell: Cell) -> bool:
    if cell.level == "agency":
        return cell.place.endswith("-unknown")
    # Everybody supposes a zero where nobody votes.
    if cell.level == "province" and cell.place not in layout.known.voters.get(cell.period, {cell.place}):
        return False
    columns = layout.measures(cell.level, cell.period).conditions[cell.measure].keys()
    return not columns & _FINE and (cell.level != "government" or cell.period == WHOLE)

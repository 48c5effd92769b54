"""Lays out the tables of waiting and of the election clock beside the draft of a warehouse, before the build takes them in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from etl.building.dictionary import read_dictionary
from etl.following.elections import clock
from etl.following.remembering import NOTHING, Lines, remember
from etl.following.waits import Curves

SQL: Final = Path(__file__).resolve().parents[1] / "sql" / "lists"
TABLES: Final = ("open_wait", "open_wait_step", "open_wait_risk", "open_bodies", "open_clock_step")
ISLAND: Final = "kalimantan"
WHOLE: Final = "whole"
MAIN: Final = ("pemilu", "pilkada")
Row = Mapping[str, Any]
Known = Mapping[tuple[str, str], set[str]]


class Following:
    """Makes the curves of one build out of its steps, its cases and what open_cell publishes of them.

    `before` is what all releases before have told, as text; `lines` is the same with what this build tells.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, k: int, before: str = NOTHING) -> None:
        self.con, self.k, self.before, self.lines = con, k, before, before

    def lay_out(self) -> None:
        """The temporary tables `laid_open_wait` and so on; without a published count they are empty."""
        told, known = Lines.read(self.before), self._known()
        told.latest.clear()
        curves, clocks = Curves(self.k, told.curves), self._clock(told)
        steps = _rows(self.con, "waiting.sql")
        for place in dict.fromkeys(place for place, period in known if period == WHOLE):
            own = [row for row in steps if place in (ISLAND, row["province_code"])]
            curves.add(place, own, known[place, WHOLE])
        rows = (curves.waits, curves.steps, curves.risk, curves.bodies, clocks)
        for table, found in zip(TABLES, rows, strict=True):
            shape = {name: column.type for name, column in read_dictionary()[table].columns.items()}
            self.con.execute(
                f"CREATE OR REPLACE TEMP TABLE laid_{table} AS "
                "SELECT line.* FROM (SELECT unnest(from_json($rows, $shape)) AS line)",
                {"rows": json.dumps(found), "shape": json.dumps([shape])},
            )
        self.lines = told.text

    def _clock(self, told: Lines) -> list[Row]:
        """Steps of the general and regional elections with a case."""
        rows, counts = defaultdict(list), defaultdict[str, dict[str, tuple[int, int]]](dict)
        for row in _rows(self.con, "days_to_voting.sql"):
            rows[row["election_code"]].append(row)
        for row in _rows(self.con, "counts_of_elections.sql"):
            counts[row["period"]][row["measure"]] = (row["least"], row["most"])
        steps: list[Row] = []
        for election in _rows(self.con, "elections_in_order.sql"):
            code = election["election_code"]
            if election["election_type"] in MAIN and code in counts:
                more, telling = clock(election, rows[code], counts[code], (self.k, told.clocks.get(code, [])))
                steps += more
                if telling:
                    told.latest[code] = remember(told.clocks, code, telling)
        return steps

    def _known(self) -> Known:
        """The measures that open_cell publishes, by place and period; places are all Kalimantan and the provinces."""
        found = defaultdict(set)
        for row in _rows(self.con, "published_counts.sql"):
            found[row["place_code"], row["period"]].add(row["measure"])
        return dict(found)


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> Sequence[Row]:
    found = con.execute((SQL / name).read_text("utf-8"))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, line, strict=True)) for line in found.fetchall()]

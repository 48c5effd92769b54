"""How the warehouse is divided into parts. A part is made from its own sources alone, and is made anew only with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SQL = Path(__file__).resolve().parents[2] / "sql"
BY_GOVERNMENT = (
    "core_agency",
    "core_agency_review",
    "core_workforce",
    "mart_workforce",
    "mart_workforce_stratum",
)
"""A part per government: its rosters, its agencies in registers, the decisions on them."""
BY_SOURCE = ("core_rejection", "core_warning")
"""A part per source: what was refused and warned of in that file."""
OF_CASES = (
    "core_case",
    "core_case_origin",
    "core_case_difference",
    "core_discipline",
    "mart_case",
    "mart_month",
    "mart_followup",
    "open_cell",
    "open_protection",
    "open_register",
    "open_wait",
    "open_wait_step",
    "open_wait_risk",
    "open_bodies",
    "open_clock_phase",
    "open_clock_step",
)
"""One part: cases are joined across all registers and looked up in all rosters."""
OF_SOURCES = ("core_source", "core_prevention")
"""One part: what is loaded, and the activities of all lists, since two lists may hold the same one."""
OF_FACTS = (
    "core_region", "core_region_neighbour", "core_government", "core_election", "core_election_region", "core_violation_type",
    "core_sanction", "core_followup_limit", "core_examining_body",
    "core_published_figure", "core_published_overlap", "core_published_workforce", "core_correction", "core_correction_scope",
    "mart_published_figure", "mart_published_comparison", "mart_published_arithmetic", "mart_published_coverage",
)  # fmt: skip
"""One part: made from the files of the repository alone, never from what is loaded."""
RECEIPT = "core_build"
FACTS, CASES, SOURCES, GOVERNMENT, SOURCE = "facts", "cases", "sources", "government", "source"


@dataclass(frozen=True)
class Division:
    """The kind of part that a table's rows belong to, and the column that says which of them; None where there is one."""

    kind: str
    column: str | None = None

    def part(self, value: object = None) -> str:
        """The name of a part: `facts`, `government/6408`, `source/roster-6408-2024-11-30`."""
        return f"{self.kind}/{value}" if self.column else self.kind


def division_of(table: str) -> Division:
    """How a table is divided; a table that is named nowhere here is a fault of whoever added it."""
    if table in BY_GOVERNMENT:
        return Division(GOVERNMENT, "government_code")
    if table in BY_SOURCE:
        return Division(SOURCE, "source_id")
    if table in OF_CASES:
        return Division(CASES)
    if table in OF_SOURCES:
        return Division(SOURCES)
    assert table in (*OF_FACTS, RECEIPT), f"{table} is missing in etl/building/parts/division.py"
    return Division(FACTS)


def step_of(table: str) -> str:
    """The SELECT that makes a table."""
    path = SQL / table.split("_", maxsplit=1)[0] / f"{table}.sql"
    return path.read_text("utf-8").rstrip().rstrip(";")

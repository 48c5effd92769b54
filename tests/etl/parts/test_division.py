"""The division of the tables is what their steps read: whoever adds a table or a source of one meets these."""

from __future__ import annotations

import re

import pytest

from etl.building.dictionary import listed, read_dictionary
from etl.building.parts.division import FACTS, RECEIPT, SQL, division_of, step_of
from etl.building.parts.fingerprints import fingerprint_of_cases, has_cases
from etl.building.parts.ledger import Tally, total

READ = re.compile(r"\b(staging\.\w+|(?:core|mart)_[a-z_]+)")
AGENCIES = {"staging.agency_name", "staging.agency_link", "staging.agency_seen", "staging.agency_review"}
MAY_READ = {
    "facts": set(),
    "government": {"staging.workforce", *AGENCIES},
    "source": {"staging.rejection", "staging.warning", "staging.message"},
    "sources": {"staging.source"},
}
"""The tables of a schema that change with a source, by the parts whose fingerprint knows of that source."""
TABLES = [name for name in read_dictionary() if name != RECEIPT]


def read_by(table: str) -> set[str]:
    bare = re.sub(r"--[^\n]*", "", step_of(table))
    return set(READ.findall(bare)) - {table}


@pytest.mark.parametrize("table", [name for name in TABLES if division_of(name).kind != "cases"])
def test_a_step_reads_only_what_its_part_is_made_anew_with(table):
    kind = division_of(table).kind
    for name in read_by(table):
        if name.startswith("staging."):
            assert name in MAY_READ[kind], f"{table} reads {name}, which a {kind} is not made anew with"
        elif name in TABLES:
            assert division_of(name).kind in (FACTS, kind), (
                f"{table} reads {name}, which is made anew on its own"
            )


def test_every_column_that_divides_is_one_of_the_table_and_never_empty():
    for name in TABLES:
        column = division_of(name).column
        if column:
            assert not read_dictionary()[name].columns[column].nullable


@pytest.mark.parametrize("table", ["core_agency", "core_agency_review", "core_workforce", "mart_workforce"])
def test_rows_of_a_government_come_from_its_own(table):
    """agency_seen is the one that adds cases; their names are part of the fingerprint by government."""
    seen = (SQL / "build" / "agency_seen.sql").read_text("utf-8")
    assert set(READ.findall(re.sub(r"--[^\n]*", "", seen))) == {
        "staging.agency_seen",
        "staging.workforce",
        "staging.case_person",
    }
    assert division_of(table).part("6408") == "government/6408"


def test_a_list_in_sql_keeps_its_quotes():
    assert listed(["6408", "it's"]) == "('6408', 'it''s')"
    assert listed([]) == "(NULL)"


def test_tallies_add_up():
    assert total([Tally(1, 2, 3), Tally(4, 5, 6)]) == Tally(5, 7, 9)
    assert total([]) == Tally(0, 0, 0)


def test_without_cards_there_is_no_case():
    assert not has_cases([])
    assert fingerprint_of_cases([], "inputs") != "inputs"

"""The division of the tables is what their steps read: whoever adds a table or a source of one meets these."""

from __future__ import annotations

import re

import pytest

from etl.building.dictionary import listed, read_dictionary
from etl.building.parts.division import FACTS, RECEIPT, SQL, division_of, step_of
from etl.building.parts.fingerprints import fingerprint_of_cases, has_cases
from etl.building.parts.ledger import Tally, total
from language.catalogue import FOLDER, catalogue, read_file

READ = re.compile(r"\b(staging\.\w+|(?:core|mart)_[a-z_]+)")
AGENCIES = {"staging.agency_name", "staging.agency_link", "staging.agency_seen", "staging.agency_review"}
MAY_READ = {
    "facts": set(),
    "government": {"staging.workforce", *AGENCIES},
    "source": {"staging.rejection", "staging.warning", "staging.message"},
    "sources": {"staging.source", "staging.prevention"},
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


def test_names_of_agencies_come_from_rosters_and_cases_alone():
    """The names in cases are part of the fingerprint of their government, so that its agencies follow a register too."""
    seen = re.sub(r"--[^\n]*", "", (SQL / "build" / "agency_seen.sql").read_text("utf-8"))
    assert set(READ.findall(seen)) == {"staging.agency_seen", "staging.workforce", "staging.case_person"}


def test_parts_have_names_that_say_what_they_are():
    names = {division_of(table).part("6408") for table in TABLES}
    assert names == {"facts", "cases", "sources", "government/6408", "source/6408"}


def test_a_list_in_sql_keeps_its_quotes():
    assert listed(["6408", "it's"]) == "('6408', 'it''s')"
    assert listed([]) == "(NULL)"


def test_tallies_add_up():
    assert total([Tally(1, 2, 3), Tally(4, 5, 6)]) == Tally(5, 7, 9)
    assert total([]) == Tally(0, 0, 0)


def test_without_cards_there_is_no_case():
    assert not has_cases([])
    assert fingerprint_of_cases([], "inputs") != "inputs"


def test_the_words_of_all_rules_stand_in_the_one_file_that_a_build_reads():
    rules = {key for key in catalogue() if key.startswith("rule.")}
    assert rules
    assert rules <= read_file(FOLDER / "etl.yml").keys()

"""What the build takes as covered and as a step is what the rates and the follow-up page take as such."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from etl.protecting.cells import read_cells, read_known
from etl.protecting.layout import WHOLE, Cell
from metrics import scope
from metrics.followup.asked import STAGES, follow_up
from tests import builders
from tests.etl.protecting.test_open_cells import load, register
from warehouse import reference
from warehouse.connection import current_version, open_warehouse
from warehouse.selection import Selection

DAY = date(2024, 11, 27)


def rows(*rosters):
    """Cases in two elections and provinces, and rosters of these dates of some governments."""
    cases = [
        builders.case("6472", election_code="PILKADA2024", event_on=date(2024, 9, 1)),
        builders.case("6301", election_code="PEMILU2024", event_on=date(2023, 12, 1)),
        builders.case("64", election_code="PILKADA2020", event_on=date(2020, 9, 1)),
    ]
    return {"mart_case": cases, "mart_workforce": [builders.heads(9, code, day) for code, day in rosters]}


# The day of the first window of these cases, and the first and last days on which a snapshot is near enough to it.
WORLDS = {
    "near and far": rows(("6472", DAY), ("6301", date(2016, 1, 1)), ("64", date(2019, 1, 1)), ("6474", DAY)),
    "no register there": rows(("6171", DAY), ("6472", DAY)),
    "by the day": rows(
        *(
            (code, date(2020, 12, 9) + timedelta(days=30 + 548 + more))
            for more, code in enumerate(("6401", "6402", "6403"))
        )
    ),
    "no roster at all": rows(),
}


@pytest.mark.parametrize("name", WORLDS)
def test_covered_governments_are_those_that_the_rates_use(tmp_path, name):
    opened = open_warehouse(builders.build(tmp_path, WORLDS[name]))
    facts = scope.facts(opened)
    # Of the first event everybody knows the year.
    first = facts.registers.first_event.replace(month=1, day=1)
    facts = replace(facts, registers=replace(facts.registers, first_event=first))
    periods = (
        *scope.whole(facts, Selection()),
        *(scope._window(facts, Selection(), code) for code in facts.registers.elections),
    )
    used = {
        key for key, cell in scope.cells(facts, facts.governments, periods).items() if cell.state == "used"
    }
    as_of = reference.build(opened).as_of
    opened.close()
    with duckdb.connect(str(opened.path), read_only=True) as con:
        listed = (sorted(facts.registers.elections), set(facts.registers.provinces))
        found = read_known(con, listed, (first, as_of)).covered
    whole = scope.whole(facts, Selection())[0].code
    assert {(code, whole if period == WHOLE else period) for code, period in found} == used
    assert bool(used) is (name != "no roster at all")


def test_steps_are_counted_as_the_follow_up_page_counts_them(room, tmp_path):
    load(room, tmp_path, *register((7, 1, 2, 9, 1, 6)))
    opened = builders.in_full(replace(room, suppress_below=1), current_version(room))
    page = follow_up(opened, Selection())
    opened.close()
    with duckdb.connect(str(opened.path), read_only=True) as con:
        cells = read_cells(con)
    counts = dict(zip(cells.cells, cells.counts.tolist(), strict=True))

    def count(measure):
        return counts[Cell("kalimantan", "kalimantan", WHOLE, measure)]

    stages = page.stages.set_index(["stage", "part"])["persons"]
    assert all(count(f"part={part}&stage={stage}") == persons for (stage, part), persons in stages.items())
    totals = Counter()
    for (stage, part), persons in stages.items():
        totals[f"stage={stage}"] += persons
        totals[f"part={part}"] += persons
    assert all(count(name) == persons for name, persons in totals.items())
    assert count("stage=block") == page.blocked.least == page.blocked.most
    assert count("part=waiting&stage=block") == page.still_blocked.least == page.still_blocked.most
    assert count("stage=intake") == count("persons") == page.persons.least == page.persons.most and set(
        STAGES
    ) == set(page.stages["stage"])

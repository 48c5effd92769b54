"""The follow-up clock of the build against a slow second implementation, on cases with and without their dates."""

import csv
import random
from datetime import date, timedelta

import duckdb
import pytest

from etl.building.dictionary import create_table, faults, read_dictionary
from settings import ROOT
from tests import builders
from tests.etl.followup import oracle

SQL = ROOT / "etl" / "sql"
STEPS = (
    "reported_on", "registered_on", "forwarded_on", "recommended_on", "ppk_decided_on", "delivered_on", "effective_on",
)  # fmt: skip
OTHERS = ("appealed_on", "annulled_on", "blocked_on", "unblocked_on")
SANCTIONS = {
    None: None,
    "MORAL_OPEN": "PP42",
    "L_WRITTEN": "PP94",
    "H_PDHTAPS": "PP94",
    "P53_TRANSFER": "PP53",
}
ELECTIONS = {None: None, "PEMILU2024": "pemilu", "PILKADA2020": "pilkada", "PSU2025-KUKAR": "pilkada"}
TABLES = (
    "core_government",
    "core_agency",
    "core_election",
    "core_sanction",
    "core_followup_limit",
    "core_case",
    "core_source",
    "mart_followup",
)


def reference(name):
    with (ROOT / "data" / "reference" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


HOLIDAYS = {date.fromisoformat(row["day"]) for row in reference("holidays.csv")}
BODIES = [
    (
        row["body"].lower(),
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
    for row in reference("examining_bodies.csv")
]


def made(number, chance):
    """A case whose steps follow one another, some missing, a few out of order."""
    day = date(2016, 1, 1) + timedelta(days=chance.randrange(3300))
    reached = chance.randrange(len(STEPS) + 1)
    case = dict.fromkeys((*STEPS, *OTHERS))
    for place, step in enumerate(STEPS):
        day += timedelta(days=chance.choice((0, 1, 3, 9, 14, 15, 16, 20, 21, 60, 200)))
        if place < reached and chance.random() > 0.12:
            case[step] = day if chance.random() > 0.05 else day - timedelta(days=40)
    for name in OTHERS:
        if chance.random() < 0.15:
            case[name] = day + timedelta(days=chance.randrange(-30, 90))
    case["status"] = chance.choice(("reported", "forwarded", "decided", "not_proven", "dropped", "annulled"))
    return case | {
        "case_id": f"K{number:05}",
        "person_number": 1,
        "government_code": "6472",
        "employment_type": chance.choice(("PNS", "PPPK", "unknown")),
        "phase": "campaign",
        "occurred_on": None,
        "election_code": chance.choice(list(ELECTIONS)),
        "imposed_sanction_code": chance.choice(list(SANCTIONS)),
    }


def built(cases, as_of=None):
    """The rows of mart_followup for these cases: what the build's own steps make of them."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA reference")
    for name in ("holidays", "examining_bodies", "followup_limits"):
        path = ROOT / "data" / "reference" / f"{name}.csv"
        con.execute(
            f"CREATE TABLE reference.{name} AS FROM read_csv('{path}', header = true, all_varchar = true)"
        )
    dictionary = read_dictionary()
    for name in TABLES:
        create_table(con, name, dictionary[name])
    sources = [{"source_id": "S1", "as_of": as_of}] if as_of else []
    given = builders.completed({"core_case": cases, "core_source": sources})
    for name in ("core_government", "core_election", "core_sanction", "core_case", "core_source"):
        builders._insert(con, name, given[name])
    for name in ("core_followup_limit", "mart_followup"):
        query = (SQL / name.split("_")[0] / f"{name}.sql").read_text("utf-8")
        columns = ", ".join(dictionary[name].columns)
        con.execute(f"INSERT INTO {name} SELECT {columns} FROM ({query})")
        assert not faults(con, name, dictionary[name])
    assert not con.execute((SQL / "checks" / "followup_adds_up.sql").read_text("utf-8")).fetchall()
    return con.execute(
        "SELECT case_id, stage, state, days, working_days, due_on, timing, holder, as_of, is_overdue FROM mart_followup"
    ).fetchall()


def expected(cases, as_of):
    rows = {}
    for case in cases:
        law, regime = ELECTIONS[case["election_code"]], SANCTIONS[case["imposed_sanction_code"]]
        for stage, row in oracle.clock(case, law, regime, BODIES, HOLIDAYS, as_of).items():
            rows[case["case_id"], stage] = row
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_durations_limits_and_holders_agree_with_the_slow_way(seed):
    chance = random.Random(seed)
    cases = [made(number, chance) for number in range(250)]
    as_of = date(2027, 5, 31)
    found = {(case, stage): tuple(rest) for case, stage, *rest, _, _ in built(cases, as_of)}
    wanted = expected(cases, as_of)
    assert set(found) == set(wanted)
    assert {key: (found[key], row) for key, row in wanted.items() if found[key] != row} == {}
    assert {row[0] for row in wanted.values()} == {
        "done", "open", "ended", "undated_start", "undated_end", "out_of_order",
    }  # fmt: skip
    assert {"in_time", "late", "overdue", "not_judged"} <= {row[4] for row in wanted.values()}


def test_the_clock_is_read_on_the_latest_day_of_the_data():
    case = (
        made(1, random.Random(1))
        | dict.fromkeys(STEPS)
        | {"reported_on": date(2024, 3, 1), "status": "reported"}
    )
    rows = built([case])
    assert {row[8] for row in rows} == {date(2024, 3, 1)}
    assert built([case], date(2024, 4, 1))[0][8] == date(2024, 4, 1)
    assert built([]) == []


@pytest.mark.parametrize(("as_of", "timing"), [(date(2024, 1, 30), "within"), (date(2024, 1, 31), "overdue")])
def test_the_last_day_of_a_limit_is_still_within_it(as_of, timing):
    # Registered on Wednesday 10 January 2024; the 14th working day after it is Tuesday 30 January: no holiday between.
    case = made(1, random.Random(1)) | dict.fromkeys((*STEPS, *OTHERS)) | {
        "registered_on": date(2024, 1, 10),
        "reported_on": date(2024, 1, 8),
        "election_code": "PEMILU2024",
        "status": "under_review",
    }  # fmt: skip
    row = next(row for row in built([case], as_of) if row[1] == "review")
    assert (row[5], row[6], row[9]) == (date(2024, 1, 30), timing, timing == "overdue")


def test_limits_say_where_they_come_from_or_that_none_was_found():
    rows = reference("followup_limits.csv")
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert row["note_id"] and row["note_en"], row["code"]
        assert (row["judged"] == "not_found") == (not row["days"]), row["code"]
        if row["judged"] == "yes":
            assert row["legal_basis"] and row["source_url"] and row["from_column"], row["code"]

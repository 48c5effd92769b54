"""What a plan takes over, and which rows it looks at."""

from __future__ import annotations

import duckdb
import pytest

from etl.building.dictionary import Fresh, Table, create_table, faults, read_dictionary
from etl.building.parts.division import RECEIPT, division_of
from etl.building.parts.ledger import Ledger, Part
from etl.building.parts.plan import Plan, plan_of

TABLES = [name for name in read_dictionary() if name != RECEIPT]
WANTED = {"facts": "", "cases": "c", "sources": "s"} | {f"government/{code}": "g" for code in range(4)}


def test_a_plan_names_the_rows_that_come_and_go():
    kept = {"facts": Part("", {}), "government/64": Part("a", {})}
    plan = Plan(
        {"facts": "", "government/64": "a", "government/6408": "b", "cases": "c"},
        kept,
        frozenset({"source/x"}),
    )
    assert plan.rows_anew("core_agency") == "\"government_code\" IN ('6408')"
    assert plan.rows_replaced("core_rejection") == "\"source_id\" IN ('x')"
    assert plan.rows_anew("core_rejection") == '"source_id" IN (NULL)'
    assert [name for name in TABLES if plan.touches(name)] == [
        name for name in TABLES if division_of(name).kind in ("government", "source", "cases")
    ]  # fmt: skip
    assert Plan({"facts": ""}, {}, frozenset()).rows_anew("core_agency") == "true"


def ledger(**changed: str) -> Ledger:
    made = WANTED | {name.replace("_", "/"): mark for name, mark in changed.items()}
    return Ledger("warehouse-00.duckdb", "", "", {name: Part(mark, {}) for name, mark in made.items()}, {})


def test_what_is_made_from_the_same_is_kept_and_what_nobody_wants_goes():
    plan = plan_of(WANTED, ledger(government_0="other", source_x="s"))
    assert set(plan.kept) == {*WANTED} - {"government/0"}
    assert plan.values_anew("government") == ["0"]
    assert plan.gone == {"source/x"}


@pytest.mark.parametrize(
    "changed",
    [
        {"government_0": "other", "government_1": "other", "government_2": "other"},
        {"facts": "other"},
    ],
)
def test_where_most_has_changed_or_the_facts_have_nothing_is_kept(changed):
    plan = plan_of(WANTED, ledger(**changed, source_x="s"))
    assert plan.is_whole
    assert plan.gone == frozenset()
    assert plan_of(WANTED, None).is_whole


TABLE = Table.model_validate(
    {
        "grain": {}, "about": {},
        "columns": {
            "home": {"type": "VARCHAR", "key": True, "id": "", "en": ""},
            "serial": {"type": "INTEGER", "key": True, "id": "", "en": ""},
            "kind": {"type": "VARCHAR", "values": ["a"], "id": "", "en": ""},
            "friend": {"type": "VARCHAR", "refers": "other.name", "id": "", "en": ""},
        },
    }
)  # fmt: skip
FAULTY = [("old", 1, "b", "gone"), ("old", 1, "a", "here"), ("new", 1, "a", "here")]
REPEATED, VALUE, REFERENCE = (
    "one: key repeated ('old', 1)",
    "one.kind: unknown value 'b'",
    "one.friend: 'gone' is not in other.name",
)


@pytest.mark.parametrize(
    ("fresh", "told"),
    [
        (Fresh(), [REPEATED, VALUE, REFERENCE]),
        (Fresh("home = 'old'", "home", frozenset()), [REPEATED, VALUE, REFERENCE]),
        (Fresh("home = 'new'", "home", frozenset()), []),
        (Fresh("home = 'new'", "home", frozenset({"other"})), [REFERENCE]),
        (Fresh("serial = 9", "friend", frozenset()), [REPEATED]),
        (Fresh(None, "home", frozenset({"other"})), [REFERENCE]),
        (Fresh(None, "home", frozenset()), []),
    ],
)
def test_rows_are_looked_at_where_they_or_what_they_refer_to_are_new(fresh, told):
    con = duckdb.connect()
    con.execute("CREATE TABLE other AS SELECT 'here' AS name")
    create_table(con, "one", TABLE)
    con.executemany("INSERT INTO one VALUES (?, ?, ?, ?)", FAULTY)
    assert faults(con, "one", TABLE, fresh) == told
    con.close()

"""The connection of a scope holds the own rows and nothing else; the public's reaches no table of persons but the counted ones."""

from dataclasses import replace

import duckdb
import pytest

from errors import WarehouseError
from settings import Settings
from tests import builders
from warehouse.access.own import FACTS, OF_A_CASE, PLACED
from warehouse.access.scope import PUBLIC, Scope
from warehouse.access.sealed import CLOSED, PER_PERSON
from warehouse.connection import open_warehouse
from warehouse.dictionary import dictionary
from warehouse.tables import fetch, table

SCOPES = {
    "province": Scope("official", provinces=("64",)),
    "government": Scope("official", governments=("6472",)),
    "agency": Scope("official", agencies=("6402-rsud",)),
    "two": Scope("official", governments=("61",), agencies=("6472-dinas-pendidikan",)),
}
INSIDE = {
    "province": lambda row: row["government_code"][:2] == "64",
    "government": lambda row: row["government_code"] == "6472",
    "agency": lambda row: row["agency_id"] in ("6402-rsud", "6402-rumah-sakit-lama"),
    "two": lambda row: row["government_code"] == "61" or row["agency_id"] == "6472-dinas-pendidikan",
}


def world():
    """Cases in two agencies of every government, with all that hangs on them; one agency has an older name."""
    rows = builders.example_rows()
    cases = [*rows["mart_case"], *(dict(row, case_id=f"R{n}", agency_id=row["agency_id"].replace("dinas-pendidikan", "rsud"))
             for n, row in enumerate(rows["mart_case"]))]  # fmt: skip
    kept = dictionary()["core_case"]
    core = [{key: value for key, value in row.items() if key in kept} for row in cases]
    for row in core[::2]:
        row["agency_id"] = row["agency_id"].replace("6402-rsud", "6402-rumah-sakit-lama")
    persons = [{"case_id": row["case_id"], "person_number": 1} for row in cases]
    agencies = sorted(
        {(row["agency_id"], row["government_code"]) for row in (*cases, *core, *rows["mart_workforce"])}
    )
    return rows | {
        "mart_case": cases,
        "core_case": core,
        "mart_followup": [row | {"stage": "intake", "government_code": c["government_code"], "agency_id": c["agency_id"],
                                 "province_code": c["province_code"]} for row, c in zip(persons, cases, strict=True)],
        "core_case_origin": [row | {"source_id": "S1"} for row in persons],
        "core_case_difference": [row | {"source_id": "S1", "other_source_id": "S2", "value": "a"} for row in persons],
        "core_discipline": [row | {"record_id": row["case_id"], "government_code": "6472"} for row in persons]
        + [{"record_id": "alone", "government_code": "6472"}],
        "core_rejection": [{"source_id": "S1", "row_number": 1}],
        "core_agency": [
            {"agency_id": agency, "government_code": code, "name": agency, "agency_type": "dinas",
             "lineage_id": agency.replace("rumah-sakit-lama", "rsud"),
             "successor_id": "6402-rsud" if "lama" in agency else None}
            for agency, code in agencies
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return builders.build(tmp_path_factory.mktemp("own"), world(), k=None)


@pytest.fixture(scope="module", params=SCOPES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def own(built, name):
    opened = open_warehouse(built, scope=SCOPES[name])
    yield opened
    opened.close()


def read(warehouse, name):
    return fetch(warehouse.backend(), table(warehouse.backend(), name))[0].to_pylist()


@pytest.mark.parametrize("placed", PLACED)
def test_tables_with_places_hold_all_own_rows_and_no_other(built, own, name, placed):
    with duckdb.connect(str(own.path), read_only=True) as file:
        every = file.sql(f"SELECT * FROM {placed}").to_arrow_table().to_pylist()
    wanted = [row for row in every if INSIDE[name](row)]
    found = read(own, placed)
    key = str
    assert sorted(found, key=key) == sorted(wanted, key=key)
    assert 0 < len(found) < len(every)


@pytest.mark.parametrize("hanging", OF_A_CASE)
def test_what_hangs_on_a_case_comes_with_it(own, hanging):
    persons = {(row["case_id"], row["person_number"]) for row in read(own, "core_case")}
    assert {(row["case_id"], row["person_number"]) for row in read(own, hanging)} == persons


def test_every_other_table_is_a_fact_for_all_or_empty(own):
    for name in dictionary():
        if name not in (*PLACED, *OF_A_CASE, *FACTS):
            assert read(own, name) == []
    assert len(read(own, "core_region")) > 50


def test_the_built_file_is_out_of_reach_whatever_is_asked(own):
    con = own.backend().con
    shown = con.execute("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert shown == [("memory",)]
    for sql in (
        "SELECT * FROM built.core_case",
        f"ATTACH '{own.path}' AS again (READ_ONLY)",
        f"SELECT * FROM '{own.path}'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(sql)


def test_nothing_is_hidden_in_the_own_warehouse_and_the_build_is_the_same(built, own, name):
    assert (own.version, own.scope, own.suppress_below) == (builders.BUILD_ID, SCOPES[name], 1)


def test_scopes_and_public_live_side_by_side_in_one_process(built):
    public = open_warehouse(built)
    first, second = (open_warehouse(built, scope=SCOPES[name]) for name in ("government", "agency"))
    assert {row["government_code"] for row in read(first, "mart_case")} == {"6472"}
    assert {row["government_code"] for row in read(second, "mart_case")} == {"6402"}
    with pytest.raises(WarehouseError, match="not open"):
        read(public, "mart_case")


@pytest.mark.parametrize("role", ["public", "researcher", "steward"])
def test_the_public_cannot_reach_a_table_of_persons_that_nothing_is_counted_from(built, role):
    public = open_warehouse(built, scope=Scope(role))
    for name in CLOSED:
        with pytest.raises(WarehouseError, match="not open"):
            table(public.backend(), name)
    assert public.scope == PUBLIC
    public.close()


def test_a_table_with_a_person_in_every_row_is_known_as_one():
    persons = {name for name, columns in dictionary().items() if {"case_id", "person_number"} <= set(columns)}
    assert persons == PER_PERSON


def test_codes_of_a_scope_are_values_and_no_sql(built):
    evil = Scope("official", governments=("6472' OR true --", "') OR (true"))
    opened = open_warehouse(built, scope=evil)
    assert read(opened, "mart_case") == read(opened, "core_case") == []


def test_without_a_build_or_with_another_engine_there_is_no_scope(tmp_path, built):
    with pytest.raises(WarehouseError):
        open_warehouse(Settings(data=tmp_path), scope=SCOPES["province"])
    with pytest.raises(WarehouseError, match="no scopes"):
        open_warehouse(replace(built, engine_url="duckdb://"), scope=SCOPES["province"])

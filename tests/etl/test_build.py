from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from errors import ContractError, WarehouseError
from etl.building.build import build
from etl.building.dictionary import as_markdown, read_dictionary
from etl.building.export import export_parquet
from etl.building.publish import current, rollback
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from settings import ROOT, Settings
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

SNAPSHOT = date(2024, 11, 30)


def load(room: Settings, tmp_path, rosters=1, cases=()):
    session = open_session(room)
    rows = [HEADER, *(person(nip(i)) for i in range(1, rosters + 1))]
    load_roster(session, RosterRequest(write_csv(tmp_path / "r.csv", rows), "6408", SNAPSHOT))
    if cases:
        path = write_csv(tmp_path / "k.csv", [CASE_HEADER, *cases])
        load_cases(session, CasesRequest(path, "Bawaslu Kaltim"))
    session.close()


def ask(room: Settings, query: str):
    manifest = current(room.build)
    with duckdb.connect(str(room.build / manifest.file), read_only=True) as con:
        return con.execute(query).fetchall()


def test_an_empty_data_root_builds_the_facts(room):
    manifest, changed = build(room)
    assert changed
    assert ask(room, "SELECT count(*) FROM core_government") == [(61,)]
    assert ask(room, "SELECT count(*) FROM core_published_figure") == [(329,)]
    assert ask(room, "SELECT count(*) FROM core_workforce") == [(0,)]
    assert manifest.build_id == manifest.content_hash[:16]


def test_the_same_input_gives_the_same_content_whatever_the_key(room, tmp_path):
    contents = set()
    for number in (1, 2):
        other = Settings(data=tmp_path / f"data{number}", key_file=tmp_path / f"key{number}")
        load(other, tmp_path, rosters=30, cases=[case()])
        contents.add(build(other)[0].content_hash)
    assert len(contents) == 1


def test_building_again_rebuilds_nothing(room, tmp_path, on_facts):
    load(room, tmp_path)
    first, _ = build(room)
    moment = (room.build / first.file).stat().st_mtime_ns
    assert build(room) == (first, False)
    assert (room.build / first.file).stat().st_mtime_ns == moment


def test_the_warehouse_is_what_the_dictionary_says(room, tmp_path):
    load(room, tmp_path, cases=[case()])
    build(room)
    described = {
        (name, column, spec.type, spec.nullable)
        for name, table in read_dictionary().items()
        for column, spec in table.columns.items()
    }
    found = ask(
        room,
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal",
    )
    assert {(t, c, k, bool(n)) for t, c, k, n in found} == described


def test_no_table_holds_a_person(room, tmp_path):
    load(room, tmp_path, rosters=3, cases=[case()])
    manifest, _ = build(room)
    content = (room.build / manifest.file).read_bytes()
    assert nip(1).encode() not in content
    assert b"CONTOH" not in content
    assert "person" not in {column for table in read_dictionary().values() for column in table.columns}


def test_the_data_dictionary_page_is_current():
    written = (ROOT / "docs" / "data_dictionary.md").read_text("utf-8")
    assert written == as_markdown(read_dictionary()), "run `make docs`"


def test_a_failing_check_keeps_the_previous_build(room, tmp_path, on_facts):
    load(room, tmp_path)
    before, _ = build(room)
    card = next(room.sources.glob("*.yml"))
    card.write_text(card.read_text("utf-8").replace("rows_loaded: 1", "rows_loaded: 2"), "utf-8")
    with pytest.raises(ContractError, match="rows_balance"):
        build(room)
    assert current(room.build) == before
    assert not list(room.build.glob(".building*"))


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("pns_active: 1", "pns_active: 2", "headcount_matches_source"),
        ("expect_pns: null", "expect_pns: 7", "control_totals"),
        ("rows_rejected: 0", "rows_rejected: 1", "rows_balance"),
    ],
)
def test_each_check_of_a_source_catches_its_planted_fault(room, tmp_path, on_facts, field, value, rule):
    load(room, tmp_path)
    card = next(room.sources.glob("*.yml"))
    assert field in card.read_text("utf-8")
    card.write_text(card.read_text("utf-8").replace(field, value), "utf-8")
    with pytest.raises(ContractError, match=rule):
        build(room)


def test_rollback_goes_back_one_build_and_says_when_there_is_none(room, tmp_path):
    with pytest.raises(WarehouseError):
        rollback(room.build)
    load(room, tmp_path)
    first, _ = build(room)
    load(room, tmp_path, rosters=2)
    second, _ = build(room)
    assert current(room.build) == second
    assert rollback(room.build) == first
    assert current(room.build) == first
    with pytest.raises(WarehouseError):
        rollback(room.build)


def test_a_half_written_warehouse_is_never_current(room, tmp_path, on_facts):
    load(room, tmp_path)
    before, _ = build(room)
    (room.build / "warehouse-feedfacefeedface.duckdb").write_bytes(b"half")
    (room.build / ".building-1.duckdb.draft").write_bytes(b"half")
    (room.build / ".building-1.duckdb.draft.wal").write_bytes(b"half")
    load(room, tmp_path, rosters=2)
    after, _ = build(room)
    assert after != before
    assert not list(room.build.glob(".building*"))


def test_a_killed_build_leaves_the_previous_one_and_the_next_works(room, tmp_path, on_facts):
    load(room, tmp_path)
    before, _ = build(room)
    load(room, tmp_path, rosters=2)
    program = (
        "import sys; from pathlib import Path; from settings import Settings; from etl.building.build import build\n"
        "build(Settings(data=Path(sys.argv[1]), key_file=Path(sys.argv[2])), lambda step: print(step, flush=True))"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program, str(room.data), str(room.key_file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in run.stdout:
        if line.strip() == "write":
            os.kill(run.pid, signal.SIGKILL)
            break
    run.stdout.close()
    assert run.wait() == -signal.SIGKILL
    assert current(room.build) == before
    assert build(room)[1]
    assert not list(room.build.glob(".building*"))


def test_export_writes_every_table_as_parquet(room, tmp_path, on_facts):
    load(room, tmp_path)
    build(room)
    names = export_parquet(room, tmp_path / "out")
    assert set(names) == set(read_dictionary())
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/core_region.parquet'").fetchall() == [(61,)]
    with pytest.raises(WarehouseError):
        export_parquet(replace(room, data=tmp_path / "nothing"), tmp_path / "out2")

"""What the vault refuses: open files, a foreign key, damaged and missing tables, two at a time, files that change."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from filelock import FileLock

from errors import AppError, ContractError, SourceError
from etl.building.build import build
from etl.cards.card import read_cards
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.refused import write_refused
from etl.reading import table
from etl.vault import store
from etl.vault.rotation import rotate_key
from etl.vault.store import open_vault
from keys import read_keys
from settings import ROOT, Settings
from tests.etl.files import HEADER, nip, person, write_csv

SNAPSHOT = date(2024, 11, 30)


def load(room, path, code="6408", **wish):
    opened = open_session(room)
    try:
        return load_roster(opened, RosterRequest(path, code, SNAPSHOT, **wish))
    finally:
        opened.close()


@pytest.fixture
def loaded(room, tmp_path):
    load(room, write_csv(tmp_path / "r.csv", [HEADER, person(nip(1)), person("12")]))
    return room


def tables(room, kind):
    return sorted((open_vault(room).people / kind).glob("*.parquet"))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o750])
def test_one_file_that_others_may_read_closes_the_vault(loaded, mode):
    (file,) = tables(loaded, "rosters")
    file.chmod(mode)
    with pytest.raises(ContractError, match=f"mode {mode:04o}.*chmod"):
        open_session(loaded)


def test_another_key_never_touches_the_tables(loaded, tmp_path):
    other = Settings(data=loaded.data, key_file=tmp_path / "other.key")
    for refused in (lambda: open_session(other), lambda: build(other), lambda: rotate_key(other)):
        with pytest.raises(ContractError, match="bukan kunci brankas ini") as told:
            refused()
        assert "Never delete data/vault/releases" in told.value.cure
    assert tables(loaded, "rosters")


@pytest.mark.parametrize("kind", ["rosters", "workforce", "rejections", "warnings"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_table_is_told_and_the_earlier_build_stays(on_facts, loaded, kind, damage, tmp_path):
    first = build(loaded)[0]
    load(loaded, write_csv(tmp_path / "s.csv", [HEADER, person(nip(2)), person("13")]), "6409")
    file = tables(loaded, kind)[-1]
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:40])
    try:
        build(loaded)
        assert kind == "rosters", "a build reads people only where a case looks for its person"
    except AppError as fault:
        assert fault.cure
        assert "uat ulang" in fault.cure
        assert (loaded.build / "current").read_text("utf-8").strip() == first.file
    if kind == "rejections":
        with pytest.raises(AppError, match="muat ulang berkas sumbernya"):
            write_refused(open_vault(loaded), read_cards(loaded.sources), tmp_path / "x.xlsx")
    if kind == "rosters" and damage != "gone":
        with pytest.raises(AppError, match="roster-6409-2024-11-30"):
            rotate_key(loaded)
        assert open_vault(loaded)


def test_a_second_build_and_a_second_load_wait_and_then_say_so(loaded, monkeypatch, tmp_path):
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.01)
    with FileLock(loaded.vault / ".lock", mode=0o600), pytest.raises(ContractError, match="Pemuatan lain"):
        load(loaded, write_csv(tmp_path / "s.csv", [HEADER, person(nip(2))]))
    monkeypatch.setattr("etl.building.publish.WAIT_SECONDS", 0.01)
    loaded.build.mkdir(parents=True, exist_ok=True)
    with FileLock(loaded.build / ".lock"), pytest.raises(ContractError, match="Pembangunan lain"):
        build(loaded)


def test_many_loads_and_builds_at_once_end_as_one_after_the_other(room, tmp_path):
    def run(number):
        path = write_csv(tmp_path / f"{number}.csv", [HEADER, person(nip(number))])
        here = {"NETRA_DATA": str(room.data), "NETRA_KEY_FILE": str(room.key_file), "PATH": ""}
        words = ["load", "roster", str(path), "--government", "6408", "--as-of", f"2024-0{number}-01"]
        words = ["build"] if number > 3 else words
        return subprocess.run(
            [sys.executable, "-m", "etl", *words],
            cwd=ROOT,
            env=here,
            capture_output=True,
            text=True,
            check=False,
        )

    with ThreadPoolExecutor(5) as together:
        done = list(together.map(run, range(1, 6)))
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 5
    assert len(read_cards(room.sources)) == 3
    assert build(room)[0]
    assert len(read_keys(room.key_file)) == 1


def test_a_file_that_changes_while_it_is_read_is_refused(room, tmp_path, monkeypatch):
    path = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])
    find = table.find_header

    def meanwhile(*words):
        with path.open("a", encoding="utf-8") as file:
            file.write(",".join(person(nip(2))) + "\n")
        return find(*words)

    monkeypatch.setattr(table, "find_header", meanwhile)
    with pytest.raises(SourceError, match="berubah selagi dibaca"):
        load(room, path)
    assert not list(room.sources.glob("*.yml"))


def test_a_key_that_is_damaged_or_open_is_refused(loaded):
    held = loaded.key_file.read_bytes()
    loaded.key_file.write_bytes(held[:20])
    with pytest.raises(ContractError, match="rusak"):
        open_vault(loaded)
    loaded.key_file.write_bytes(held)
    loaded.key_file.chmod(0o644)
    with pytest.raises(ContractError, match="chmod 600"):
        open_vault(loaded)


def test_a_sweep_leaves_what_is_not_its_own_beside_the_key(room, tmp_path):
    key = room.key_file
    key.parent.mkdir(parents=True)
    mine = key.parent / ".letter.draft"
    deep = key.parent / "notes" / ".plan.draft"
    deep.parent.mkdir()
    for file in (mine, deep):
        file.write_text("not ours", "utf-8")
    (key.parent / f".{key.name}.1.draft").write_bytes(b"ours")
    load(room, write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))]))
    assert mine.exists() and deep.exists()
    assert not (key.parent / f".{key.name}.1.draft").exists()

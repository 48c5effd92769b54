"""A disk that is full or closed to writing: exit code 14, and nothing has changed."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from errors import StorageError
from etl.building.build import build
from etl.building.filling import fill
from etl.building.parts.ledger import LEDGER
from etl.building.parts.plan import Plan
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.vault.store import full_disk_told
from settings import ROOT, Settings
from tests.etl.files import HEADER, nip, person, write_csv

SNAPSHOT = date(2024, 11, 30)


def everything(room: Settings) -> dict[str, bytes]:
    """All that counts: not the log."""
    return {
        str(path): path.read_bytes()
        for path in room.data.rglob("*")
        if path.is_file() and path.parent.name != "log"
    }


def load(room: Settings, path: Path, people: int) -> None:
    opened = open_session(room)
    try:
        rows = [HEADER, *(person(nip(serial)) for serial in range(1, people + 1))]
        load_roster(opened, RosterRequest(write_csv(path, rows), "6408", SNAPSHOT))
    finally:
        opened.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A loaded and built room, made once."""
    folder = tmp_path_factory.mktemp("made")
    room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    load(room, folder / "r.csv", 3)
    build(room)
    return room


@pytest.fixture
def published(made, room):
    """A copy of it."""
    shutil.copytree(made.data, room.data)
    shutil.copytree(made.key_file.parent, room.key_file.parent)
    return room


def limited(room: Settings, words: list[str], most: int) -> tuple[int, str]:
    """Runs a command in a process that cannot write files of more than so many bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    here = os.environ | {"NETRA_DATA": str(room.data), "NETRA_KEY_FILE": str(room.key_file)}
    done = subprocess.run(
        [sys.executable, "-m", "etl", *words],
        cwd=ROOT, env=here, capture_output=True, text=True, check=False, preexec_fn=limit,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_a_disk_that_fills_while_loading_stops_the_load(published, tmp_path):
    before = everything(published)
    path = write_csv(tmp_path / "more.csv", [HEADER, *(person(nip(i)) for i in range(1, 900))])
    words = ["load", "roster", str(path), "--government", "6409", "--as-of", "2024-11-30"]
    code, err = limited(published, words, 1500)
    assert code == 14, err
    assert "tidak ada yang berubah" in err
    assert "Traceback" not in err
    assert everything(published) == before


def test_a_disk_that_fills_while_building_stops_the_build(published, tmp_path):
    load(published, tmp_path / "r.csv", 5)
    before = everything(published)
    code, err = limited(published, ["build"], 100_000)
    assert code == 14, err
    assert "Traceback" not in err
    assert everything(published) == before
    assert build(published)[1]


def test_a_disk_that_is_full_while_a_table_is_filled_is_no_fault_of_a_source():
    class Full:
        def execute(self, query: str) -> None:
            if query.startswith("INSERT"):
                raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')

    with pytest.raises(StorageError):
        fill(Full(), Plan({"facts": ""}, {}, frozenset()))


def test_a_disk_that_fills_while_all_is_built_anew_stops_the_build(published, tmp_path):
    load(published, tmp_path / "r.csv", 5)
    (published.build / LEDGER).unlink()
    before = everything(published)
    code, err = limited(published, ["build"], 100_000)
    assert code == 14, err
    assert "Traceback" not in err
    assert everything(published) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_no_room_at_any_step_of_a_load(published, tmp_path, monkeypatch, step, number):
    before = everything(published)

    def full(*words, **more):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(step, full)
        with pytest.raises(StorageError) as fault:
            load(published, tmp_path / "r.csv", 4)
    assert fault.value.exit_code == 14
    assert everything(published) == before
    load(published, tmp_path / "r.csv", 4)


@pytest.mark.parametrize(
    "text",
    [
        'Could not write file "x": No space left on device',
        "Could not write all bytes to file",
        'Cannot open file "x": Permission denied',
        'Cannot open file "x": Read-only file system',
        'Could not write to file "x": File too large',
        "Disk quota exceeded",
    ],
)
def test_the_engine_has_its_own_words_for_a_full_disk(text):
    with pytest.raises(StorageError), full_disk_told("data/vault"):
        raise duckdb.IOException(f"IO Error: {text}")


def test_other_errors_of_the_engine_are_not_a_full_disk():
    with pytest.raises(duckdb.IOException), full_disk_told("data/vault"):
        raise duckdb.IOException("IO Error: No files found that match the pattern")

"""Appends survive: other writers, a kill at any moment, a full disk, a torn line."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from audit import record, writing
from audit.reading import entries, log_file
from audit.verdict import verify
from errors import StorageError
from settings import ROOT
from tests.audit.conftest import some, stock

WRITER = """
import sys
from pathlib import Path
from audit import record
from settings import Settings
room = Settings(data=Path(sys.argv[1]), key_file=Path(sys.argv[2]))
for number in range(int(sys.argv[3])):
    entry = record(room, "load", source=f"process-{sys.argv[4]}", rows=number)
    sys.stdout.write(f"{entry.number}\\n")
    sys.stdout.flush()
"""


def writer(room, count, name):
    words = [sys.executable, "-c", WRITER, str(room.data), str(room.key_file), str(count), name]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_and_threads_write_one_chain_and_lose_nothing(room):
    record(room, "forget", persons=1)
    others = [writer(room, 25, name) for name in ("a", "b")]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: record(room, "load", source="thread", rows=number), range(40)))
    said = [process.communicate()[0].split() for process in others]
    assert all(process.returncode == 0 for process in others)
    verdict = verify(room)
    assert (verdict.entries, verdict.findings) == (91, ())
    assert {int(number) for numbers in said for number in numbers} <= set(range(1, 92))
    wrote = [
        (entry.about["source"], entry.about["rows"])
        for entry in entries(log_file(room))
        if entry.kind == "load"
    ]
    assert len(set(wrote)) == 90


@pytest.mark.parametrize("attempt", range(4))
def test_a_writer_that_is_killed_loses_nothing_that_it_was_told_is_kept(room, attempt):
    record(room, "forget", persons=1)
    process = writer(room, 10_000, "killed")
    told = [process.stdout.readline() for _ in range(3)]
    time.sleep(0.003 * attempt)
    process.send_signal(signal.SIGKILL)
    told += process.communicate()[0].splitlines(keepends=True)
    kept = {entry.number for entry in entries(log_file(room))}
    assert {int(number) for number in told if number.endswith("\n")} <= kept
    assert not verify(room).breaks
    some(room, 2)
    assert not verify(room).breaks


@pytest.mark.parametrize("cut", [1, 2, 40, 150, -2])
def test_a_torn_line_is_told_and_repaired_and_costs_no_entry(room, cut):
    some(room, 3)
    torn = stock(room)[1][:cut]
    with log_file(room).open("ab") as log:
        log.write(torn)
    assert [found.kind for found in verify(room).findings] == ["torn"]
    assert not verify(room).breaks
    before = log_file(room).read_bytes()
    some(room, 2)
    assert log_file(room).read_bytes().startswith(before)
    verdict = verify(room)
    assert [(found.kind, found.number) for found in verdict.findings] == [("repaired", 4)]
    assert (verdict.entries, verdict.breaks) == (6, ())


def test_a_repair_that_is_torn_itself_is_repaired(room):
    some(room, 3)
    with log_file(room).open("ab") as log:
        log.write(b'{"n":4,"at":"20\n{"n":4,"at":"2026-01-01T00:0')
    some(room, 1)
    assert not verify(room).breaks
    assert verify(room).entries == 5


def test_a_line_that_only_lacks_its_break_is_an_entry(room):
    some(room, 3)
    log_file(room).write_bytes(log_file(room).read_bytes()[:-1])
    assert (verify(room).entries, verify(room).findings) == (3, ())
    some(room, 1)
    assert (verify(room).entries, verify(room).findings) == (4, ())


def test_an_entry_that_was_kept_before_the_head_was_is_no_fault(room, monkeypatch):
    some(room, 2)
    monkeypatch.setattr(writing, "write_anchor", lambda *words: None)
    some(room, 1)
    monkeypatch.undo()
    assert not verify(room).findings
    some(room, 1)
    assert not verify(room).findings


@pytest.mark.parametrize("step", ["os.write", "os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_no_entry_stops_what_it_was_about(room, monkeypatch, step, number):
    some(room, 3)

    def full(*words, **more):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(step, full)
        with pytest.raises(StorageError) as fault:
            some(room, 1)
    assert fault.value.exit_code == 14
    assert not verify(room).breaks
    some(room, 1)
    assert not verify(room).breaks


def test_a_disk_that_fills_in_the_middle_of_a_line(room):
    some(room, 3)
    most = log_file(room).stat().st_size + 100

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    words = [sys.executable, "-c", WRITER, str(room.data), str(room.key_file), "1", "full"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert "StorageError" in done.stderr
    assert log_file(room).stat().st_size == most
    assert [found.kind for found in verify(room).findings] == ["torn"]
    some(room, 1)
    verdict = verify(room)
    assert (verdict.entries, verdict.breaks) == (5, ())


def test_whoever_waits_too_long_for_the_others_is_told(room, monkeypatch):
    some(room, 1)
    monkeypatch.setattr(writing, "WAIT_SECONDS", 0.05)
    with writing._alone(room), pytest.raises(StorageError, match="terkunci"):
        some(room, 1)


def test_the_end_is_found_behind_more_loose_bytes_than_one_block(room):
    some(room, 3)
    with log_file(room).open("ab") as log:
        log.write(b"x" * 200_000)
    some(room, 1)
    assert [entry.number for entry in entries(log_file(room))][-1] == 5


@pytest.mark.parametrize(
    "fault", [PermissionError(errno.EACCES, "closed"), FileExistsError(errno.EEXIST, "")]
)
def test_a_key_file_that_cannot_be_read_lets_nothing_happen(room, monkeypatch, fault):
    some(room, 1)

    def closed(_):
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(writing, "open_secrets", closed)
        with pytest.raises(StorageError) as told:
            some(room, 1)
    assert (told.value.exit_code, told.value.where) == (14, "NETRA_KEY_FILE")
    assert len(stock(room)) == 1


def test_a_key_file_below_a_plain_file_lets_nothing_happen(room, tmp_path):
    (tmp_path / "keys").touch()
    with pytest.raises(StorageError):
        some(room, 1)
    assert not log_file(room).exists()

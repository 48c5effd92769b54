"""Jobs in a process of their own: one at a time, watched from anywhere, and nothing of a person left behind."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from audit.reading import entries, log_file
from errors import StorageError
from tests.ui.steward.conftest import FAKE, calls, roster
from tests.ui.steward.fake_etl import NUMBER, PERSON
from ui.steward.running import parcel as parcels
from ui.steward.running.desk import Desk
from ui.steward.running.order import Order


def events(job, name):
    return [event for event in job.record.events if event["event"] == name]


def test_a_check_says_what_was_understood_and_the_load_takes_the_same_file(at, finished):
    job = finished(roster(b"NIP\n", "pegawai.csv", "--expect-pns=900"))
    assert job.state == "done"
    assert events(job, "understood")[0]["card"]["rows_read"] == 1234
    assert events(job, "done")[0]["dry_run"] is True
    kept = at.shelf.find(job.record.job_id)
    assert finished(kept.in_earnest()).state == "done"
    check, load = calls(at.settings)
    assert check[:2] == load[:2] == ["load", "roster"]
    assert check[2].startswith("/proc/self/fd/")
    assert set(check) - set(load) - {check[2]} == {"--dry-run"}
    assert "--name=pegawai.csv" in load and "--json" in load


def test_after_the_load_the_file_is_forgotten(at, finished):
    job = finished(roster())
    loaded = finished(at.shelf.find(job.record.job_id).in_earnest())
    assert at.shelf.find(job.record.job_id) is None
    assert at.shelf.find(loaded.record.job_id) is None


def test_a_second_job_is_refused_while_one_runs_and_taken_afterwards(at, room):
    first = at.start(roster(b"SLOW"))
    assert at.look(first).state == "running"
    assert at.running() == first
    assert at.start(roster()) is None
    (room.data / "go").touch()
    at.wait(first)
    assert at.look(first).state == "done"
    assert at.running() is None
    second = at.start(roster())
    at.wait(second)
    assert at.look(second).state == "done"


def test_another_server_sees_the_job_and_waits_for_it_too(at, room):
    first = at.start(roster(b"SLOW"))
    other = Desk(room, FAKE)
    assert other.running() == first
    assert other.look(first).state == "running"
    assert other.start(roster()) is None
    other.tidy()
    (room.data / "go").touch()
    at.wait(first)
    assert other.look(first).state == "done"
    assert other.running() is None


def test_a_killed_process_is_told_calmly_and_the_next_job_works(at, finished):
    job = finished(roster(b"CRASH"))
    assert job.state == "broken"
    assert job.record.exit_code == -9
    assert finished(roster()).state == "done"


def test_a_job_can_be_stopped(at):
    job_id = at.start(roster(b"SLOW"))
    at.stop(job_id)
    at.wait(job_id)
    assert at.look(job_id).state == "stopped"


def test_a_refusal_keeps_its_reason_and_its_choices(finished):
    job = finished(roster(b"SHEETS"))
    assert job.state == "refused"
    assert job.record.exit_code == 10
    assert events(job, "error")[0]["choices"] == {"sheets": ["Januari", "Februari"]}


def test_a_sheet_is_chosen_for_the_file_that_is_kept(at, finished):
    job = finished(roster(b"SHEETS"))
    again = at.shelf.find(job.record.job_id).with_sheet("Februari")
    assert finished(again).state == "done"
    assert "--sheet=Februari" in calls(at.settings)[-1]


def test_a_job_whose_server_died_is_not_said_to_run(at, room, finished):
    job = finished(roster())
    (at.jobs / job.record.job_id / "exit_code").unlink()
    assert Desk(room, FAKE).look(job.record.job_id).state == "broken"


@pytest.mark.parametrize(
    "job_id", ["", "..", "../../etc", "0" * 16, "0" * 15 + "/", "nothing", "0123456789ABCDEF"]
)
def test_an_unknown_id_is_no_job(at, job_id):
    assert at.look(job_id) is None


def test_nothing_of_a_person_is_written_down(at, room, finished, caplog):
    """A process that repeats identities on every channel leaves none of them outside its own memory."""
    caplog.set_level("INFO")
    job = finished(roster(f"LEAK {NUMBER} {PERSON}".encode(), "pegawai.csv", f"--accept-mismatch={PERSON}"))
    assert job.state == "done"
    at.shelf.find(job.record.job_id)
    written = [path for path in room.data.rglob("*") if path.is_file() and path.name != "calls.txt"]
    assert {path.name for path in written} >= {"order.json", "events.jsonl", "exit_code"}
    for path in written:
        content = path.read_text("utf-8")
        assert NUMBER not in content, path
        assert PERSON not in content, path
    assert NUMBER not in caplog.text and PERSON not in caplog.text
    assert PERSON not in repr(at.shelf.find(job.record.job_id))


def test_folders_and_files_are_their_owners_alone(at, finished):
    job = finished(roster())
    folder = at.jobs / job.record.job_id
    assert stat.S_IMODE(at.jobs.stat().st_mode) == stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_without_memory_files_the_file_lies_in_the_vault_while_the_process_runs(at, room, monkeypatch):
    monkeypatch.delattr(os, "memfd_create")
    inbox = room.vault / parcels.INBOX
    job_id = at.start(roster(b"SLOW"))
    (lying,) = inbox.iterdir()
    assert lying.read_bytes() == b"SLOW"
    assert stat.S_IMODE(lying.stat().st_mode) == 0o600
    assert stat.S_IMODE(inbox.stat().st_mode) == stat.S_IMODE(room.vault.stat().st_mode) == 0o700
    assert lying.suffix == ".csv"
    (room.data / "go").touch()
    at.wait(job_id)
    assert at.look(job_id).state == "done"
    assert list(inbox.iterdir()) == []


def test_what_a_dead_server_left_in_the_inbox_is_swept_at_the_next_start(at, room):
    inbox = room.vault / parcels.INBOX
    inbox.mkdir(parents=True)
    (inbox / "left.csv").write_bytes(b"x")
    at.tidy()
    assert not inbox.exists()


def test_the_memory_file_cannot_change_while_it_is_read():
    with parcels.handed_over(parcels.Parcel("a.csv", b"abc"), None) as (path, (descriptor,)):
        assert path.endswith(str(descriptor))
        assert os.pread(descriptor, 9, 0) == b"abc"
        with pytest.raises(PermissionError):
            os.pwrite(descriptor, b"x", 0)
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(descriptor)


def test_only_the_last_jobs_are_kept(at, finished, monkeypatch):
    monkeypatch.setattr("ui.steward.running.folder.KEPT", 2)
    jobs = [finished(Order("sources", ("sources",))).record.job_id for _ in range(4)]
    assert at.look(jobs[0]) is None
    assert at.look(jobs[-1]).state == "done"


def test_endless_talk_does_not_fill_the_disk(at, finished, monkeypatch):
    monkeypatch.setattr("ui.steward.running.folder.LARGEST", 300)
    job = finished(roster())
    assert (at.jobs / job.record.job_id / "events.jsonl").stat().st_size <= 300
    assert job.record.exit_code == 0


def test_a_file_stands_in_the_audit_log_before_its_job_begins_and_the_job_acts_for_the_steward(room):
    told = (
        "import json, os; print(json.dumps({'event': 'done', 'account': os.environ['NETRA_ACCOUNT'], "
        "'log': open(os.environ['NETRA_DATA'] + '/log/audit.jsonl').read().count('upload')}))"
    )
    at = Desk(room, (sys.executable, "-c", told))
    job_id = at.start(roster(b"NIP\n", "pegawai.csv"))
    at.wait(job_id)
    (done,) = events(at.look(job_id), "done")
    assert (done["account"], done["log"]) == ("steward", 1)
    (entry,) = entries(log_file(room))
    assert (entry.kind, entry.about["job"]) == ("upload", job_id)
    assert "pegawai" not in log_file(room).read_text()


def test_where_the_audit_log_takes_no_entry_no_job_begins(room, monkeypatch):
    def full(*words, **more):
        raise StorageError("full")

    monkeypatch.setattr("ui.steward.running.desk.record", full)
    at = Desk(room, FAKE)
    with pytest.raises(StorageError):
        at.start(roster(b"NIP\n", "pegawai.csv"))
    assert at.running() is None
    assert not (room.data / "calls.txt").exists()

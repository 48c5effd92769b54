"""Every command that changes something, or takes unsuppressed data out, stands in the audit log before it does so."""

from __future__ import annotations

import json

import pytest

from audit.reading import entries, log_file
from audit.verdict import verify
from errors import StorageError
from etl.building.publish import current
from etl.preparing import prepare
from settings import Settings
from tests.etl.commanding import commanding, listening
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

ROSTER = ("--government", "6408", "--as-of", "2024-11-30")


@pytest.fixture
def netra(room, capfd):
    """Runs a command on an empty room in this process; returns its code and what it said."""
    with listening(room, capfd) as run:
        yield told(run)


@pytest.fixture
def ask(worked, capfd):
    """Runs a command on the room that was worked in."""
    with listening(worked, capfd) as run:
        yield told(run)


def told(run):
    def both(*words: object) -> tuple[int, str]:
        code, out, err = run(*words)
        return code, out + err

    return both


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A room in which every recorded command has been used once; a test that changes its log puts it back."""
    folder = tmp_path_factory.mktemp("used")
    people = [person(nip(1)), person(nip(2)), person("1,98E+17")]
    first = write_csv(folder / "a.csv", [HEADER, *people])
    second = write_csv(folder / "b.csv", [HEADER, *people[:1], person("123")])
    register = write_csv(folder / "k.csv", [CASE_HEADER, case(NIP=nip(1))])
    mended = write_csv(
        folder / "m.csv",
        [("Sumber Netra", "Baris Netra", *HEADER), ("roster-6408-2024-11-30", "3", *person(nip(7)))],
    )
    numbers = folder / "forget.txt"
    numbers.write_text(nip(2))
    room = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    with commanding(room) as command:
        for words in (
            ("load", "roster", first, *ROSTER, "--dry-run"), ("load", "roster", first, *ROSTER), ("load", "roster", first, *ROSTER),
            ("load", "cases", register, "--publisher", f"Bawaslu {nip(9)}"), ("build",), ("build",), ("load", "roster", second, *ROSTER),
            ("load", "corrections", mended), ("build",), ("restore", "roster-6408-2024-11-30"), ("rollback",),
            ("export", "--out", folder / "out"), ("sources", "--rejected", folder / "refused.xlsx"), ("differences",),
            ("rotate-key",), ("forget", "--nip-file", numbers),
        ):  # fmt: skip
            assert command(*words) == 0, words
    return room


def test_what_is_recorded_of_each_command(worked):
    found = list(entries(log_file(worked)))
    assert [entry.kind for entry in found] == [
        "load", "load", "build", "load", "corrections", "build", "restore", "rollback",
        "download", "download", "download", "rotate_key", "forget", "build",
    ]  # fmt: skip
    assert {entry.account for entry in found} == {"operator"}
    loaded, now = found[0].about, current(worked.build)
    assert (loaded["source"], loaded["rows"], loaded["refused"]) == ("roster-6408-2024-11-30", 2, 1)
    assert found[-1].about == {"build": now.build_id, "content": now.content_hash}
    assert found[7].about["build"] == found[2].about["build"]
    assert found[12].about == {"persons": 1}
    assert not verify(worked).findings


def test_the_log_holds_no_person(worked):
    text = log_file(worked).read_text()
    assert not any(nip(serial) in text for serial in range(10))
    for word in ("CONTOH", "Bawaslu", ".csv", "Dinas"):
        assert word not in text


def test_verify_list_and_head(ask):
    code, said = ask("audit", "verify")
    assert code == 0 and "utuh: 14 entri" in said
    code, said = ask("audit", "list", "--kind", "build", "--last", "2", "--json")
    assert [row["number"] for row in json.loads(said.splitlines()[-1])["audit"]] == [6, 14]
    code, said = ask("audit", "list", "--account", "steward", "--json")
    assert json.loads(said.splitlines()[-1])["audit"] == []
    head = json.loads(ask("audit", "head", "--json")[1])["head"]
    assert head.startswith("14:")
    assert ask("audit", "verify", "--head", head)[0] == 0
    assert ask("audit", "verify", "--head", "nothing")[0] == 2


def test_a_log_that_is_not_whole_ends_with_11_and_names_the_entry(worked, ask):
    lines = log_file(worked).read_bytes().splitlines(keepends=True)
    head = json.loads(ask("audit", "head", "--json")[1])["head"]
    try:
        log_file(worked).write_bytes(b"".join([*lines[:4], *lines[5:]]))
        code, said = ask("audit", "verify")
        assert code == 11
        assert "Entri mulai nomor 5 hilang" in said and "from number 5 on are missing" in said
        log_file(worked).write_bytes(b"".join(lines[:-1]))
        assert "nomor 14 tidak ada lagi" in ask("audit", "verify", "--head", head)[1]
    finally:
        log_file(worked).write_bytes(b"".join(lines))


def test_where_the_log_takes_no_entry_nothing_changes(room, netra, tmp_path, monkeypatch):
    assert netra("load", "roster", write_csv(tmp_path / "a.csv", [HEADER, person(nip(1))]), *ROSTER)[0] == 0
    assert netra("build")[0] == 0
    before = current(room.build)

    def full(*words, **more):
        raise StorageError("full")

    monkeypatch.setattr("etl.cards.entering.record", full)
    more = write_csv(tmp_path / "b.csv", [HEADER, person(nip(1)), person(nip(2))])
    assert netra("load", "roster", more, *ROSTER)[0] == 14
    monkeypatch.undo()
    monkeypatch.setenv("NETRA_DATA", str(room.data))
    monkeypatch.setenv("NETRA_KEY_FILE", str(room.key_file))
    assert netra("load", "roster", more, *ROSTER)[0] == 0
    monkeypatch.setattr("etl.building.build.record", full)
    assert netra("build")[0] == 14
    assert current(room.build) == before


def test_what_nobody_asked_for_by_name_is_the_system_s(room, monkeypatch, tmp_path):
    manifest = tmp_path / "manifest.csv"
    write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])
    manifest.write_text("kind,file,government_code,as_of\nroster,r.csv,6408,2024-11-30\n")
    monkeypatch.setattr("etl.preparing.write_sample", lambda folder, progress: manifest)
    prepare(room, lambda step: None)
    assert [(entry.kind, entry.account) for entry in entries(log_file(room))] == [
        ("load", "system"), ("build", "system"),
    ]  # fmt: skip

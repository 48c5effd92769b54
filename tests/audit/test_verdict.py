"""Whatever is done to the log by somebody without the key is found, and the entry is named."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import record
from audit.anchor import Head, places, read_head
from audit.reading import log_file
from audit.verdict import verify
from errors import ContractError
from keys import new_key, read_keys, write_keys
from settings import Settings
from tests.audit.conftest import some, stock

COUNT = 9


@cache
def _model() -> tuple[Settings, bytes]:
    """A log of nine entries, written once; each example puts it back."""
    folder = Path(tempfile.mkdtemp(prefix="audit-model-"))
    room = Settings(data=folder / "data", key_file=folder / "keys" / "key")
    some(room, COUNT)
    return room, log_file(room).read_bytes()


@pytest.fixture(scope="module", autouse=True)
def swept():
    yield
    shutil.rmtree(_model()[0].data.parent)


def judged(content: bytes):
    room, _ = _model()
    log_file(room).write_bytes(content)
    return verify(room)


def kinds(verdict) -> set[str]:
    return {found.kind for found in verdict.breaks}


def test_a_log_that_nobody_touched_is_whole():
    verdict = judged(_model()[1])
    assert (verdict.entries, verdict.head.number, verdict.findings) == (COUNT, COUNT, ())


def test_a_log_that_was_never_begun_is_whole(room):
    assert (verify(room).entries, verify(room).breaks) == (0, ())


@settings(max_examples=120)
@given(st.data())
def test_any_byte_that_is_changed_is_found_and_its_entry_is_named(data):
    content = bytearray(_model()[1])
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    verdict = judged(bytes(content))
    entry = _model()[1][:place].count(b"\n") + 1
    assert verdict.breaks
    assert entry in {found.number for found in verdict.breaks}


@given(st.sets(st.integers(0, COUNT - 1), min_size=1))
def test_entries_that_are_taken_away_are_found_wherever_they_stood(gone):
    lines = _model()[1].splitlines(keepends=True)
    verdict = judged(b"".join(line for place, line in enumerate(lines) if place not in gone))
    assert min(gone) + 1 in {found.number for found in verdict.breaks}
    assert kinds(verdict) <= {"missing", "cut"}


@given(st.permutations(range(COUNT)).filter(lambda order: order != list(range(COUNT))))
def test_another_order_is_found(order):
    lines = _model()[1].splitlines(keepends=True)
    assert kinds(judged(b"".join(lines[place] for place in order))) & {"missing", "order", "replaced"}


@given(st.integers(0, COUNT - 1), st.integers(0, COUNT))
def test_an_entry_that_stands_twice_is_found(which, where):
    lines = _model()[1].splitlines(keepends=True)
    verdict = judged(b"".join([*lines[:where], lines[which], *lines[where:]]))
    assert kinds(verdict) & {"order", "missing"}


@given(st.integers(0, len(_model()[1]) - 2))
def test_an_end_that_is_cut_off_is_found_at_any_byte(keep):
    verdict = judged(_model()[1][:keep])
    assert "cut" in kinds(verdict)
    first = [found.number for found in verdict.breaks if found.kind == "cut"]
    assert first == [_whole(keep) + 1]


def _whole(keep: int) -> int:
    """Entries whose text is all there, with or without the line break."""
    content = _model()[1]
    ends = [place for place, byte in enumerate(content) if byte == 10]
    return sum(end <= keep for end in ends)


@given(st.integers(0, COUNT), st.binary(min_size=1, max_size=80).filter(lambda junk: junk.strip()))
def test_whatever_is_put_in_between_is_found(where, junk):
    lines = _model()[1].splitlines(keepends=True)
    verdict = judged(b"".join([*lines[:where], junk + b"\n", *lines[where:]]))
    assert verdict.breaks if where < COUNT else verdict.findings


def test_a_made_up_entry_behind_the_last_is_found():
    line = _model()[1].splitlines(keepends=True)[-1].replace(b'"n":9', b'"n":10')
    assert kinds(judged(_model()[1] + line)) == {"inserted"}


def test_without_the_key_file_nothing_is_verified_and_no_key_is_made(room):
    assert verify(room).entries == 0
    assert not room.key_file.exists()
    some(room, 2)
    room.key_file.unlink()
    with pytest.raises(ContractError):
        verify(room)
    assert not room.key_file.exists()


def test_nothing_is_left_of_the_log(room):
    some(room, 3)
    log_file(room).unlink()
    assert [(found.kind, found.number) for found in verify(room).breaks] == [("cut", 1)]


def test_what_was_cut_off_stays_told_after_the_log_goes_on(room):
    some(room, 5)
    log_file(room).write_bytes(b"".join(stock(room)[:3]))
    some(room, 2)
    assert {(found.kind, found.number) for found in verify(room).breaks} == {("gap", 6)}
    assert [line.split(b",")[0] for line in stock(room)[3:]] == [b'{"n":6', b'{"n":7', b'{"n":8']


def test_an_end_that_was_written_by_another_is_found(room):
    some(room, 3)
    copy = log_file(room).read_bytes()
    some(room, 2)
    head = places(room)[0].read_text()
    log_file(room).write_bytes(copy)
    places(room)[0].write_text(str(verify(room).head))
    record(room, "build", build="0d" * 8)
    record(room, "build", build="0e" * 8)
    assert "replaced" in kinds(verify(room, read_head(head)))


def test_log_and_head_cut_together_are_found_only_by_a_head_noted_elsewhere(room):
    some(room, 4)
    earlier = (log_file(room).read_bytes(), places(room)[0].read_bytes())
    some(room, 3)
    noted = verify(room).head
    log_file(room).write_bytes(earlier[0])
    places(room)[0].write_bytes(earlier[1])
    assert not verify(room).breaks
    assert kinds(verify(room, noted)) == {"cut"}


def test_a_head_that_is_gone_is_told_and_one_noted_elsewhere_answers(room):
    some(room, 4)
    places(room)[0].unlink()
    noted = verify(room).head
    assert kinds(verify(room)) == {"unanchored"}
    assert not verify(room, noted).breaks
    some(room, 1)
    verdict = verify(room)
    assert not verdict.breaks
    assert [(found.kind, found.number) for found in verdict.findings] == [("moved", 5)]


@pytest.mark.parametrize("text", ["", "x", "3", "3:ab", "99999:" + "z" * 64, "\xff"])
def test_a_damaged_head_counts_as_gone(room, text):
    some(room, 3)
    places(room)[0].write_text(text, encoding="latin-1")
    assert kinds(verify(room)) == {"unanchored"}


def test_a_head_that_was_changed_is_found(room):
    some(room, 3)
    places(room)[0].write_text(str(Head(3, "0" * 64)))
    assert kinds(verify(room)) == {"replaced"}


def test_with_another_key_nothing_is_believed(room):
    some(room, 3)
    write_keys(room.key_file, (new_key(),))
    assert [(found.kind, found.number) for found in verify(room).breaks] == [("key", 1)]
    some(room, 1)
    assert kinds(verify(room)) == {"key", "gap"}


def test_a_rotated_key_goes_on_and_the_old_one_seals_nothing_new(room):
    some(room, 3)
    old = read_keys(room.key_file)
    write_keys(room.key_file, (*old, new_key()))
    some(room, 2)
    assert not verify(room).findings
    both = read_keys(room.key_file)
    write_keys(room.key_file, old)
    record(room, "forget", persons=1)
    write_keys(room.key_file, both)
    assert "key_order" in kinds(verify(room))


def test_where_the_key_s_folder_is_closed_the_head_lies_in_the_data_folder(room, monkeypatch):
    some(room, 2)
    places(room)[0].unlink()
    monkeypatch.setattr("os.access", lambda path, mode: path != room.key_file.parent)
    some(room, 2)
    assert not places(room)[0].exists() and places(room)[1].exists()
    log_file(room).write_bytes(b"".join(stock(room)[:2]))
    assert kinds(verify(room)) == {"cut"}

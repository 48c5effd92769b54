"""An entry says only what its kind may say, in codes; a text that could name somebody leaves a keyed hash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import record
from audit.entries import KINDS, NUMBERS, checked, code, written
from audit.reading import entries, log_file
from tests.audit.conftest import stock

SECRET = b"s" * 32
NIP = "189304122014031001"


def test_an_entry_is_a_line_with_number_time_kind_account_and_chain(room):
    first = record(room, "build", build="0a" * 8, content="0b" * 32)
    second = record(room, "rollback", build="0c" * 8)
    fields = json.loads(stock(room)[1])
    assert list(fields) == ["n", "at", "kind", "account", "about", "key", "before", "hash"]
    assert (fields["n"], fields["kind"], fields["account"]) == (2, "rollback", "operator")
    assert fields["before"] == first.hash and fields["hash"] == second.hash
    assert fields["at"].endswith("Z")
    assert [entry.number for entry in entries(log_file(room))] == [1, 2]


def test_only_its_owner_may_read_the_log_and_the_head(room):
    record(room, "forget", persons=1)
    files = [log_file(room), *room.key_file.parent.iterdir()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


@pytest.mark.parametrize(
    "text",
    [
        NIP,
        f"roster-{NIP}",
        "6408999988887777",
        "MARKED NAME",
        "a@b.example",
        "x" * 101,
        "",
        "a\nb",
        '{"n":1}',
        "é",
    ],
)
def test_a_text_that_is_no_code_leaves_a_hash(room, text):
    record(room, "load", account=text or " ", source=text, sha256=text, rows=1)
    line = stock(room)[0].decode()
    assert not text or text not in line.replace('{"n":1', "", 1)
    fields = json.loads(line)
    assert fields["about"]["source"].startswith("h:x")
    assert fields["account"].startswith("h:x")


def test_the_hash_of_a_text_is_the_same_every_time_and_another_with_another_key():
    assert code(NIP, SECRET) == code(NIP, SECRET) != code(NIP, b"t" * 32)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60), st.integers(0, 10**6))
def test_no_digits_of_a_person_ever_stand_in_what_is_said(kind, text, number):
    about = {name: number if name in NUMBERS else f"{text}{NIP}" for name in KINDS[kind]}
    assert NIP not in str(checked(kind, about, SECRET))


def test_what_a_kind_may_not_say_is_a_fault_of_the_code():
    with pytest.raises(AssertionError):
        checked("build", {"name": "x"}, SECRET)
    with pytest.raises(AssertionError):
        checked("gossip", {}, SECRET)


def test_a_value_that_is_missing_is_left_out():
    assert checked("load", {"source": "s", "rows": None}, SECRET) == {"source": "s"}


@pytest.mark.parametrize(
    "line",
    [b"", b"\n", b"{}\n", b"[]\n", b"null\n", b"x", b'{"n":1}\n', b"[" * 5000, b"\xff\xfe\n", b"1e999\n"],
)
def test_what_is_no_entry_is_none(line):
    assert written(line) is None

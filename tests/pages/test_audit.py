"""The steward's view of the audit log: closed without the key, plain sentences, and the verdict whatever was done to it."""

import asyncio

import pytest

import settings as settings_module
from audit import record
from audit.anchor import places
from audit.reading import entries, log_file
from audit.verdict import verify
from errors import StorageError
from tests import builders
from tests.pages.conftest import sound, text
from tests.ui.steward.conftest import FAKE
from ui.stays import Stays, stays, watch
from ui.steward import gate
from ui.steward.door import IDLE_SECONDS, Door
from ui.steward.running import desk

KEY = "kunci-petugas-uji"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A build, a key of its own, and a steward's key."""
    builders.build(tmp_path, builders.example_rows())
    monkeypatch.setenv("NETRA_STEWARD_KEY", KEY)
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "keys" / "key"))
    monkeypatch.setattr(desk, "COMMAND", FAKE)
    monkeypatch.setattr(gate, "DOOR", Door(sleep=lambda _: None))
    monkeypatch.setattr(gate, "STAYS", Stays())
    yield tmp_path
    (tmp_path / "go").touch()


@pytest.fixture
def room(folder, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(folder))
    return settings_module.read()


@pytest.fixture
def enter(start, room):
    """`enter(**address)`: the page as a steward sees it who has signed in."""

    def visit(page="audit", label="Masuk", **address):
        app = start(page, folder=room.data, **address)
        app.text_input(key="steward_key").set_value(KEY)
        app.button(key=f"FormSubmitter:steward_door-{label}").click().run()
        return sound(app)

    return visit


def kinds(room):
    return [entry.kind for entry in entries(log_file(room))]


def test_without_the_key_nothing_of_the_log_is_told(start, room):
    record(room, "build", build="0a" * 8)
    app = sound(start("audit", folder=room.data))
    assert len(app.text_input) == 1
    assert "0a0a0a" not in text(app) and "Ujung catatan" not in text(app)
    app.text_input(key="steward_key").set_value("kunci-petugas-lain")
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert "0a0a0a" not in text(sound(app))


def test_signing_in_failing_and_leaving_stand_in_the_log(start, room, enter):
    app = start("audit", folder=room.data)
    for _ in range(20):
        app.text_input(key="steward_key").set_value("kunci-petugas-lain")
        app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert kinds(room) == ["sign_in_refused"] * 9
    app = enter()
    shown = text(app)
    assert "Catatan ini utuh: 10 entri" in shown
    assert "Masuk dengan kunci petugas, kunjungan" in shown and "16 kali berturut-turut" in shown
    app.button(key="steward_leave").click().run()
    assert kinds(room)[-2:] == ["sign_in", "sign_out"]
    assert "test session id" not in log_file(room).read_text()
    assert KEY not in log_file(room).read_text()
    assert list(entries(log_file(room)))[-1].about["reason"] == "left"
    assert not verify(room).findings


def test_a_wrong_key_is_told_by_its_own_count_whatever_others_type_meanwhile(start, room, monkeypatch):
    """While one guess is delayed eight others are made: the first is the first, and stands in the log as such."""
    others = iter(["x"] * 8)

    def delayed(_):
        for typed in others:
            gate.DOOR.enter("another session", typed, KEY)

    monkeypatch.setattr(gate, "DOOR", Door(sleep=delayed))
    app = start("audit", folder=room.data)
    app.text_input(key="steward_key").set_value("kunci-petugas-lain")
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert [(one.kind, one.about["count"]) for one in entries(log_file(room))] == [("sign_in_refused", 1)]


def told(room):
    return [(one.kind, one.account, one.about.get("reason")) for one in entries(log_file(room))]


IDLE_ENDS = [("sign_in", "steward", None), ("sign_out", "steward", "idle")]


def test_a_session_that_was_not_used_leaves_one_sign_out_by_its_next_look_at_the_door(
    room, enter, monkeypatch
):
    now = [0.0]
    monkeypatch.setattr(gate, "DOOR", Door(clock=lambda: now[0], sleep=lambda _: None))
    app = enter()
    now[0] = IDLE_SECONDS + 1
    app.run()
    assert len(app.text_input) == 1
    assert told(room) == IDLE_ENDS
    app.run()
    gate.tell_idle()
    assert told(room) == IDLE_ENDS


def test_a_session_that_was_not_used_leaves_one_sign_out_by_the_clock(room, enter, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(gate, "DOOR", Door(clock=lambda: now[0], sleep=lambda _: None))
    monkeypatch.setattr(watch, "STAYS", gate.STAYS)
    enter()
    now[0] += IDLE_SECONDS + 1

    async def served():
        async with watch.watched(0.001):
            while len(told(room)) < 2:
                await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(served(), 30))
    assert told(room) == IDLE_ENDS
    monkeypatch.setattr(gate, "STAYS", Stays())
    assert "sebab: tidak dipakai" in text(enter())


def test_a_session_that_comes_again_while_the_clock_ends_its_stay_has_one_end_for_each(
    room, enter, monkeypatch
):
    """The clock has taken the old stay from the door and not told it yet when the same session types the key."""
    now = [0.0]
    monkeypatch.setattr(gate, "DOOR", Door(clock=lambda: now[0], sleep=lambda _: None))
    app = enter()
    now[0] = IDLE_SECONDS
    late = gate.DOOR.idle()
    app = app.run()
    app.text_input(key="steward_key").set_value(KEY)
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    with monkeypatch.context() as patched:
        patched.setattr(gate.DOOR, "idle", lambda: late)
        gate.tell_idle()
    app.button(key="steward_leave").click().run()
    told = [(one.kind, one.about["visit"], one.about.get("reason")) for one in entries(log_file(room))]
    first, second = told[0][1], told[-1][1]
    assert first != second
    assert sorted(told, key=lambda one: one[1] != first) == [
        ("sign_in", first, None),
        ("sign_out", first, "idle"),
        ("sign_in", second, None),
        ("sign_out", second, "left"),
    ]


def test_the_page_speaks_english_and_shows_one_kind(room, enter):
    record(room, "load", source="roster-6408-2024-11-30", rows=1234, refused=3)
    record(room, "download", what="core_tables")
    app = enter(label="Sign in", bahasa="en")
    shown = text(app)
    assert "The log is whole: 3 entries" in shown
    assert "Source roster-6408-2024-11-30 was loaded: 1,234 rows, 3 refused." in shown
    assert "Data with nothing withheld were taken out: core tables, scope –." in shown
    assert "NOT sealed" not in shown
    app.selectbox(key="audit_kind").set_value("download").run()
    shown = text(sound(app))
    assert "core tables" in shown and "was loaded" not in shown


def test_a_log_that_was_changed_is_told_with_its_entry(room, enter):
    for number in range(4):
        record(room, "load", source=f"source-{number}", rows=number, refused=0)
    held = log_file(room).read_bytes()
    log_file(room).write_bytes(held.replace(b"source-2", b"source-9"))
    shown = text(enter())
    assert "TIDAK utuh" in shown and "Entri 3 (baris 3) diubah" in shown
    assert "TIDAK tersegel" in shown and "Catatan ini utuh" not in shown


def test_mark_up_of_a_forger_takes_no_effect(room, enter):
    record(room, "build", build="0a" * 8)
    forged = log_file(room).read_bytes().replace(b'"operator"', b'"<b>evil</b>"').replace(b'"n":1', b'"n":2')
    with log_file(room).open("ab") as log:
        log.write(forged)
    assert "<b>evil" not in text(enter())


def test_what_is_odd_and_no_break_is_told_calmly(room, enter):
    for number in range(3):
        record(room, "load", source=f"source-{number}", rows=number, refused=0)
    places(room)[0].unlink()
    shown = text(enter())
    assert "Catatan ini utuh" in shown and "folder data dipindahkan" in shown


def test_the_log_is_shown_without_a_warehouse(room, enter, monkeypatch):
    (room.build / "current").unlink()
    assert "Catatan ini utuh: 1 entri" in text(enter())


def test_where_the_log_takes_no_entry_nobody_is_signed_in(room, start, monkeypatch):
    def full(*words, **more):
        raise StorageError("full")

    monkeypatch.setattr(stays, "record", full)
    app = start("audit", folder=room.data)
    app.text_input(key="steward_key").set_value(KEY)
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert not app.exception and app.warning
    assert not gate.DOOR.is_open("test session id")


@pytest.mark.parametrize(
    "fault", [StorageError("full"), PermissionError(13, "closed"), ValueError("unforeseen")]
)
def test_whatever_keeps_the_entry_from_being_written_keeps_the_door_closed(room, start, monkeypatch, fault):
    def refuse(*words, **more):
        raise fault

    app = start("audit", folder=room.data)
    with monkeypatch.context() as patched:
        patched.setattr(stays, "record", refuse)
        app.text_input(key="steward_key").set_value(KEY)
        app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert not gate.DOOR.is_open("test session id")
    assert len(app.run().text_input) == 1


def test_a_key_file_that_cannot_be_read_keeps_the_door_closed(room, start, tmp_path, monkeypatch):
    app = start("audit", folder=room.data)
    (tmp_path / "plain").touch()
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "plain" / "key"))
    app.text_input(key="steward_key").set_value(KEY)
    app.button(key="FormSubmitter:steward_door-Masuk").click().run()
    assert not app.exception and not app.error and app.warning
    assert not gate.DOOR.is_open("test session id")
    assert len(app.run().text_input) == 1


def test_an_upload_stands_in_the_log_with_its_hash_and_without_its_name(room, enter):
    app = enter("loading")
    app.file_uploader[0].upload("MARKEDNAME.csv", b"NIP;OPD\n", "text/csv")
    app.selectbox(key="steward_roster_government").set_value("6408")
    app.text_input(key="steward_roster_as_of").set_value("30-11-2024")
    app.button(key="FormSubmitter:steward_form-Periksa").click().run()
    found = list(entries(log_file(room)))[-1]
    assert (found.kind, found.account, found.about["verb"], found.about["bytes"]) == (
        "upload",
        "steward",
        "check",
        8,
    )
    assert (
        found.about["job"] == app.query_params["tugas"][0] or found.about["job"] == app.query_params["tugas"]
    )
    assert "MARKEDNAME" not in log_file(room).read_text()

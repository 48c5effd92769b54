"""Every way in has one way out in the log, whoever notices it, and even where the log was full for a while."""

import threading

import pytest

from audit.reading import log_file
from audit.verdict import verify
from errors import StorageError
from ui.stays import Stay, stays

NAME = "a-secret-session-name"
OFFICIAL = Stay("rina", "oidc", 100.0, "official")


@pytest.fixture
def full(monkeypatch):
    """`full(True)`: the log takes nothing; `full(False)`: it does again."""
    real = stays.record

    def refuse(*_, **__):
        raise StorageError("full")

    return lambda is_full: monkeypatch.setattr(stays, "record", refuse if is_full else real)


@pytest.mark.parametrize("reason", ["left", "idle", "withdrawn", "foreign"])
def test_a_stay_is_noted_once_at_its_beginning_and_once_at_its_end(world, reason):
    for _ in range(3):
        world.stays.begin(NAME, OFFICIAL)
    for _ in range(3):
        world.stays.end(NAME, reason)
    world.now = 1000.0
    world.stays.tell()
    world.stays.stop()
    visit = stays.visit(NAME)
    assert world.told() == [("sign_in", visit, "official"), ("sign_out", visit, reason)]
    text = log_file(world.room).read_text()
    assert NAME not in text and '"account":"rina"' in text
    assert not verify(world.room).findings


def test_what_never_began_has_no_end(world):
    world.stays.end(NAME, "left")
    world.stays.stop()
    assert world.told() == []


def test_a_stay_ends_when_its_time_is_up_though_nobody_comes(world):
    world.stays.begin(NAME, OFFICIAL)
    world.stays.begin("steward's", Stay("steward", "key"))
    world.now = 99.9
    world.stays.tell()
    assert len(world.told()) == 2
    world.now = 100.0
    world.stays.tell()
    world.stays.tell()
    assert world.told()[2:] == [("sign_out", stays.visit(NAME), "expired")]


def test_another_role_ends_the_stay_in_the_old_one(world):
    world.stays.begin(NAME, OFFICIAL)
    for _ in range(2):
        world.stays.begin(NAME, Stay("rina", "oidc", 100.0, "researcher"))
    world.stays.end(NAME, "left")
    assert [(kind, said) for kind, _, said in world.told()] == [
        ("sign_in", "official"),
        ("sign_out", "role"),
        ("sign_in", "researcher"),
        ("sign_out", "left"),
    ]


def test_who_comes_again_is_noted_again(world):
    for _ in range(2):
        world.stays.begin(NAME, OFFICIAL)
        world.stays.end(NAME, "idle")
    assert [kind for kind, _, _ in world.told()] == ["sign_in", "sign_out"] * 2


def test_a_server_that_stops_ends_every_stay(world):
    world.stays.begin(NAME, OFFICIAL)
    world.stays.begin("steward's", Stay("steward", "key"))
    world.stays.stop()
    world.stays.stop()
    assert [said for kind, _, said in world.told() if kind == "sign_out"] == ["stopped"] * 2


def test_a_beginning_that_cannot_be_noted_is_none(world, full):
    full(True)
    with pytest.raises(StorageError):
        world.stays.begin(NAME, OFFICIAL)
    full(False)
    world.stays.stop()
    assert world.told() == []


def test_an_end_that_could_not_be_noted_is_noted_later_and_once(world, full):
    world.stays.begin(NAME, OFFICIAL)
    full(True)
    world.stays.end(NAME, "left")
    world.stays.tell()
    full(False)
    for _ in range(2):
        world.stays.tell()
    assert [(kind, said) for kind, _, said in world.told()] == [("sign_in", "official"), ("sign_out", "left")]


@pytest.mark.parametrize("reason", ["left", "role"])
def test_an_end_that_was_refused_stands_before_the_next_beginning(world, full, reason):
    """Full, begin, then begin again once the log takes entries."""
    again = Stay("rina", "oidc", 100.0, "researcher") if reason == "role" else OFFICIAL
    world.stays.begin(NAME, OFFICIAL)
    world.stays.begin("another", OFFICIAL)
    full(True)
    if reason == "left":
        world.stays.end(NAME, "left")
    world.stays.end("another", "left")
    for _ in range(2):
        with pytest.raises(StorageError):
            world.stays.begin(NAME, again)
    full(False)
    world.stays.begin(NAME, again)
    world.stays.tell()
    world.stays.end(NAME, "left")
    told = [(kind, said) for kind, visit, said in world.told() if visit == stays.visit(NAME)]
    assert told == [
        ("sign_in", "official"),
        ("sign_out", reason),
        ("sign_in", again.scope),
        ("sign_out", "left"),
    ]
    assert [kind for kind, _, _ in world.told()].count("sign_out") == 3


def test_a_beginning_is_refused_while_the_end_before_it_is(world, monkeypatch):
    """An end whose entry fails for a moment is not overtaken by the beginning behind it."""
    real = stays.record

    def no_ends(room, kind, **about):
        if kind == "sign_out":
            raise StorageError("full")
        return real(room, kind, **about)

    world.stays.begin(NAME, OFFICIAL)
    with monkeypatch.context() as patched:
        patched.setattr(stays, "record", no_ends)
        world.stays.end(NAME, "left")
        with pytest.raises(StorageError):
            world.stays.begin(NAME, OFFICIAL)
        world.stays.begin("another", OFFICIAL)
    world.stays.begin(NAME, OFFICIAL)
    told = [kind for kind, visit, _ in world.told() if visit == stays.visit(NAME)]
    assert told == ["sign_in", "sign_out", "sign_in"]


def test_tabs_that_begin_and_end_at_once_write_one_entry_each(world):
    def together(work):
        threads = [threading.Thread(target=work) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    together(lambda: world.stays.begin(NAME, OFFICIAL))
    together(lambda: world.stays.end(NAME, "left"))
    assert [kind for kind, _, _ in world.told()] == ["sign_in", "sign_out"]


class Slow:
    """Writes as the log does, and stops before entries of one kind until it is let go."""

    def __init__(self, monkeypatch, kind):
        self.inside, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.real, self.kind = stays.record, kind
        monkeypatch.setattr(stays, "record", self.record)

    def record(self, room, kind, **about):
        if kind == self.kind:
            self.inside.set()
            assert self.go.wait(20)
        return self.real(room, kind, **about)

    def meanwhile(self, world, begin):
        """Somebody signs out while `begin` writes; both are done when it returns."""

        def leave():
            world.stays.end(NAME, "left")
            self.ended.set()

        threads = [threading.Thread(target=begin), threading.Thread(target=leave)]
        threads[0].start()
        assert self.inside.wait(20)
        threads[1].start()
        # An end that does not wait for the entry comes now, and finds nothing to end.
        self.ended.wait(0.1)
        self.go.set()
        for one in threads:
            one.join()


@pytest.mark.parametrize(("role", "kind"), [(None, "sign_in"), ("public", "sign_in"), ("public", "sign_out")])
def test_an_end_while_a_beginning_is_written_is_not_lost(world, monkeypatch, role, kind):
    if role:
        world.stays.begin(NAME, Stay("rina", "oidc", 100.0, role))
    Slow(monkeypatch, kind).meanwhile(world, lambda: world.stays.begin(NAME, OFFICIAL))
    before = [("sign_in", "public"), ("sign_out", "role")] if role else []
    told = [(kind, said) for kind, _, said in world.told()]
    assert told == [*before, ("sign_in", "official"), ("sign_out", "left")]


def test_a_sign_in_that_no_longer_holds_is_not_noted(world):
    assert not world.stays.begin(NAME, OFFICIAL, lambda: False)
    assert world.told() == []
    assert world.stays.begin(NAME, OFFICIAL)
    assert not world.stays.begin(NAME, Stay("rina", "oidc", 100.0, "researcher"), lambda: False)
    world.stays.end(NAME, "left")
    assert [(kind, said) for kind, _, said in world.told()] == [("sign_in", "official"), ("sign_out", "left")]


def test_a_sign_in_that_ends_while_it_is_noted_is_told_so(world, monkeypatch):
    slow, said = Slow(monkeypatch, "sign_in"), []

    def begin():
        said.append(world.stays.begin(NAME, OFFICIAL, lambda: not slow.go.is_set()))

    slow.meanwhile(world, begin)
    assert said == [False]
    assert [kind for kind, _, _ in world.told()] == ["sign_in", "sign_out"]


def test_whoever_comes_after_the_server_stopped_begins_nothing(world):
    world.stays.begin(NAME, OFFICIAL)
    world.stays.stop()
    for name in (NAME, "another"):
        with pytest.raises(StorageError):
            world.stays.begin(name, OFFICIAL)
    assert [kind for kind, _, _ in world.told()] == ["sign_in", "sign_out"]


def test_a_fault_that_nobody_foresaw_loses_no_end(world, monkeypatch):
    def broken(*_, **__):
        raise ValueError("unforeseen")

    for name in (NAME, "another"):
        world.stays.begin(name, OFFICIAL)
    world.now = 100.0
    with monkeypatch.context() as patched:
        patched.setattr(stays, "record", broken)
        with pytest.raises(ValueError, match="unforeseen"):
            world.stays.tell()
    world.stays.tell()
    assert [said for kind, _, said in world.told() if kind == "sign_out"] == ["expired"] * 2


def test_a_server_that_stops_does_not_wait_for_a_stuck_log_once_for_everybody(world, monkeypatch):
    asked = []

    def stuck(*_, **__):
        asked.append(1)
        raise StorageError("locked")

    for number in range(9):
        world.stays.begin(f"name {number}", OFFICIAL)
    world.now = 100.0
    monkeypatch.setattr(stays, "record", stuck)
    world.stays.stop()
    assert len(asked) == 1


def test_whoever_comes_while_another_entry_is_stuck_is_soon_refused(world, monkeypatch):
    world.stays.begin(NAME, OFFICIAL)
    monkeypatch.setattr(stays, "PATIENCE_SECONDS", 0.01)
    with world.stays._guard:
        with pytest.raises(StorageError):
            world.stays.begin("another", OFFICIAL)
        assert world.stays.begin(NAME, OFFICIAL)
    assert world.stays.begin("another", OFFICIAL)

"""The key opens for one session; guessing costs time, and the steward is never locked out."""

import logging
import threading

from ui.steward.door import IDLE_SECONDS, LONGEST_DELAY, Door

KEY = "kunci-petugas-uji-é"


class World:
    def __init__(self):
        self.now, self.slept = 0.0, []
        self.door = Door(clock=lambda: self.now, sleep=self.slept.append)


def test_the_right_key_opens_for_that_session_only():
    door = World().door
    assert door.enter("a", KEY, KEY)
    assert door.is_open("a")
    assert not door.is_open("b")
    assert not door.is_open("")
    door.leave("a")
    assert not door.is_open("a")


def test_a_wrong_key_is_delayed_more_and_more_and_counted(caplog):
    world = World()
    with caplog.at_level(logging.WARNING, "netra.app"):
        for typed in ("", "x", KEY[:-1], KEY + "1", "kunci", "é", "1", "2"):
            assert not world.door.enter("a", typed, KEY)
    assert world.slept == sorted(world.slept)
    assert world.slept[0] > 0 and world.slept[-1] == LONGEST_DELAY
    assert world.door.enter("a", "x", KEY).failures == 9
    assert "8 in a row" in caplog.text
    assert "kunci" not in caplog.text


def test_keys_typed_at_once_are_counted_one_by_one():
    """All have been counted before anyone goes on."""
    guesses = 40
    together, told = threading.Barrier(guesses), []
    door = Door(sleep=lambda _: together.wait(20))

    def guess(number):
        tried = door.enter(f"session {number}", "x", KEY)
        told.append((bool(tried), tried.failures))

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(guesses)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == [(False, count) for count in range(1, guesses + 1)]


def test_after_many_failures_the_right_key_opens_at_once():
    world = World()
    for _ in range(50):
        world.door.enter("guesser", "x", KEY)
    slept = len(world.slept)
    assert world.door.enter("steward", KEY, KEY)
    assert len(world.slept) == slept
    assert world.door.enter("guesser", "x", KEY).failures == 1


def test_a_session_that_is_not_used_is_signed_out():
    world = World()
    world.door.enter("a", KEY, KEY)
    world.now = IDLE_SECONDS - 1
    assert world.door.is_open("a")
    world.now += IDLE_SECONDS - 1
    assert world.door.is_open("a")
    world.now += IDLE_SECONDS
    assert not world.door.is_open("a")


def test_each_session_that_was_not_used_is_given_once_whoever_noticed_it():
    world = World()
    for name in "abc":
        world.door.enter(name, KEY, KEY)
    world.door.leave("c")
    assert world.door.idle() == []
    world.now = IDLE_SECONDS - 1
    assert world.door.is_open("b")
    world.now += 1
    # Another session's look at the door, or an upload's, takes the idle ones out before anybody asks for them.
    assert not world.door.is_open("a")
    assert world.door.idle() == ["a"]
    world.now += IDLE_SECONDS
    assert world.door.idle() == ["b"]
    assert world.door.idle() == []


def test_each_entering_of_a_session_has_a_name_of_its_own():
    world, names = World(), []
    for _ in range(2):
        names.append(world.door.enter("a", KEY, KEY).stay)
        # Typed twice, it is the same stay.
        assert world.door.enter("a", KEY, KEY).stay == names[-1]
        world.now += IDLE_SECONDS
        assert world.door.idle() == names[-1:]
    names.append(world.door.enter("a", KEY, KEY).stay)
    assert world.door.leave("a") == names[-1]
    assert world.door.leave("a") is None
    assert len(set(names)) == 3
    assert names[0] == "a"


def test_a_key_that_is_typed_again_after_being_idle_begins_another_stay():
    """Nobody has looked at the door in between."""
    world = World()
    first = world.door.enter("a", KEY, KEY).stay
    world.now = IDLE_SECONDS
    second = world.door.enter("a", KEY, KEY).stay
    assert first != second
    assert world.door.idle() == [first]
    assert world.door.is_open("a")

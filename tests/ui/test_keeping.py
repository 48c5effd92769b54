from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from ui.keeping import kept


def test_the_same_question_is_worked_out_once_and_the_oldest_answer_goes_first():
    asked = []

    @kept(2)
    def double(number):
        asked.append(number)
        return [number * 2]

    assert double(1) is double(1)
    double(2)
    double(1)
    double(3)
    assert double(1) == [2]
    assert asked == [1, 2, 3]
    assert double(2) == [4]
    assert asked == [1, 2, 3, 2]


def test_none_is_an_answer_and_a_failure_is_not():
    asked = []

    @kept(8)
    def fragile(number):
        asked.append(number)
        if len(asked) == 1:
            raise ValueError

    with pytest.raises(ValueError):
        fragile(1)
    assert fragile(1) is None
    assert fragile(1) is None
    assert len(asked) == 2


def test_readers_who_ask_together_wait_for_one_answer_and_hold_up_nobody_else():
    asked, start, may_end = [], Barrier(4), Event()

    @kept(8)
    def slow(name):
        asked.append(name)
        if name == "slow":
            assert may_end.wait(30)
        return name

    def ask():
        start.wait(30)
        found.append(slow("slow"))

    found: list[str] = []
    readers = [Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    start.wait(30)
    assert slow("other") == "other"
    may_end.set()
    for reader in readers:
        reader.join(30)
    assert found == ["slow"] * 3
    assert asked.count("slow") == 1


def test_parts_are_given_by_position():
    with pytest.raises(AssertionError):
        kept(1)(lambda number: number)(number=1)

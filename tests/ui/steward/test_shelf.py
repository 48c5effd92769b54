"""Checked files are kept for a while, and for a few stewards only."""

import threading

from tests.ui.steward.conftest import roster
from ui.steward.running.shelf import PLACES, Shelf


def test_the_oldest_leaves_when_there_is_no_place():
    shelf = Shelf()
    for number in range(PLACES + 1):
        shelf.put(str(number), roster())
    assert shelf.find("0") is None
    assert shelf.find(str(PLACES)) is not None
    for number in range(PLACES + 1):
        shelf.drop(str(number))


def test_what_lies_too_long_leaves_by_itself():
    # Files that other tests have left lie for half an hour: their timers are not waited for.
    shelf, others = Shelf(seconds=0.01), set(threading.enumerate())
    shelf.put("a", roster())
    for timer in set(threading.enumerate()) - others:
        timer.join(10)
    assert shelf.find("a") is None


def test_one_file_leaves_with_all_its_orders():
    shelf, order = Shelf(), roster()
    shelf.put("check", order)
    shelf.put("load", order.in_earnest())
    shelf.put("other", roster())
    shelf.drop_file("load")
    assert shelf.find("check") is None and shelf.find("load") is None
    assert shelf.find("other") is not None
    shelf.drop("other")

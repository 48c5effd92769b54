"""Keeps what was worked out, for all readers of this process. Streamlit's own caches copy what they keep and hash every part of a
question by hand, which costs more than most answers here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Parts = ParamSpec("Parts")
Kept = TypeVar("Kept")


class _Shelf(Generic[Kept]):
    """The last answers to a question, and a turn for every answer that is being worked out."""

    def __init__(self, most: int) -> None:
        self._most, self._guard = most, Lock()
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self._turns: dict[Hashable, Lock] = {}

    def known(self, key: Hashable) -> list[Kept]:
        """The answer, or nothing."""
        with self._guard:
            if key not in self._answers:
                return []
            self._answers.move_to_end(key)
            return [self._answers[key]]

    def turn(self, key: Hashable) -> Lock:
        """What whoever works out an answer holds."""
        with self._guard:
            return self._turns.setdefault(key, Lock())

    def keep(self, key: Hashable, answer: Kept) -> None:
        """Takes an answer in; the one not asked for the longest goes."""
        with self._guard:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def end(self, key: Hashable) -> None:
        """The turn is over, with an answer or without."""
        with self._guard:
            self._turns.pop(key, None)


def kept(most: int) -> Callable[[Callable[Parts, Kept]], Callable[Parts, Kept]]:
    """Keeps the last `most` answers of a function of hashable parts, given by position; whoever asks gets the same object.

    Readers who ask for the same at the same time wait for one answer. An exception is not kept.
    """

    def decorate(make: Callable[Parts, Kept]) -> Callable[Parts, Kept]:
        shelf: _Shelf[Kept] = _Shelf(most)

        @wraps(make)
        def asked(*parts: Parts.args, **named: Parts.kwargs) -> Kept:
            assert not named, "parts are given by position"
            for answer in shelf.known(parts):
                return answer
            with shelf.turn(parts):
                # Whoever had the turn before has answered, unless the question failed.
                for answer in shelf.known(parts):
                    return answer
                try:
                    answer = make(*parts, **named)
                    shelf.keep(parts, answer)
                finally:
                    shelf.end(parts)
            return answer

        return asked

    return decorate

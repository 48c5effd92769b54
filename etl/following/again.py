"""Curves of waiting of which others were told before: what of them may be told beside those."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from etl.following.remembering import Telling

Row = Mapping[str, Any]
_COLUMNS = ("province_code", "body", "state", "days", "persons")


class Curve(NamedTuple):
    """Which curve: of a place, of a body or all, of a stage or span."""

    place: str
    body: str
    stage: str

    @property
    def name(self) -> str:
        """As it is remembered."""
        return " ".join(self)


def plain(rows: Sequence[Row]) -> list[list[Any]]:
    """Persons of a curve in order, of nothing but lists, numbers and texts, as they are read back."""
    found = [[row.get(column) for column in _COLUMNS] for row in rows]
    return sorted(found, key=lambda row: [(value is not None, value) for value in row])


def drawn_on(telling: Telling) -> frozenset[int]:
    """The days on which a curve that was told has steps; its start and its end point at nobody."""
    return frozenset(step["day"] for step in telling["steps"][1:-1])


def points_of(
    earlier: Sequence[Telling], rows: Sequence[Row], apart: Sequence[Collection[str]], k: int
) -> tuple[list[int], list[int]] | None:
    """The days on which a curve may step and those below which its counts may stand, beside all `earlier` tellings of it.

    Days are some of those that all of them told. What is held against them is all persons, and those who remain of them
    without each of the sets of provinces that are told `apart`, or without the two bodies. None where nothing may be told.
    """
    from stats.waiting.again import Ends, points_after
    from stats.waiting.waits import MARKS

    before = [_rows(telling) for telling in earlier]
    pairs = [
        (_rest(rows, gone), [_rest(own, gone) for own in before])
        for gone in dict.fromkeys((frozenset[str](), *map(frozenset, apart)))
    ]
    pairs.append((_of_body(rows, None), [_of_body(own, None) for own in before]))
    told = [days for telling in earlier if (days := drawn_on(telling))]
    every = frozenset(row["days"] for row in rows if row["days"] is not None)
    ends = [(Ends.of(now), [Ends.of(own) for own in then]) for now, then in pairs]
    return points_after(ends, frozenset.intersection(*told) if told else every, MARKS, k)


def betraying(earlier: Sequence[Telling], rows: Sequence[Row], steps: Sequence[Row]) -> frozenset[int]:
    """The days of `steps` whose share or interval is another than was told, while up to them as many persons as then got there,
    ended otherwise or were followed no longer: it would tell that somebody's day has changed."""
    from stats.waiting.again import Ends

    now, found = Ends.of(rows), set()
    for telling in earlier:
        then, told = Ends.of(_rows(telling)), {step["day"]: step for step in telling["steps"][1:-1]}
        for step in steps[1:-1]:
            before = told.get(step["day"])
            if before and any(step[name] != before[name] for name in ("share", "lower", "upper")):
                found |= {step["day"]} if now.up_to(step["day"]) == then.up_to(step["day"]) else set()
    return frozenset(found)


def may_compare(earlier: Sequence[Telling], now: Telling) -> bool:
    """Whether the test and the persons without a body may be told beside all earlier tellings of them.

    Persons without a body are a count like any other. A test that says something else while in each way of ending as many
    persons stand as before would tell that somebody's days have changed.
    """
    from stats.disclosure import small
    from stats.waiting.again import Ends

    k = now["k"]
    for telling in earlier:
        changes = []
        for body in ("kasn", "bkn", None):
            mine, theirs = (_of_body(_rows(one), body) for one in (now, telling))
            counts = [
                [*(len(days) for days in ends.days), ends.undated]
                for ends in (Ends.of(mine), Ends.of(theirs))
            ]
            changes += [abs(one - other) for one, other in zip(*counts, strict=True)]
        if small(changes, k).any() or (not any(changes) and telling["line"] != now["line"]):
            return False
    return True


def _of_body(rows: Sequence[Row], body: str | None) -> list[Row]:
    return [row for row in rows if (row["body"] if row["body"] in {"kasn", "bkn"} else None) == body]


def _rest(rows: Sequence[Row], gone: Collection[str]) -> list[Row]:
    return [row for row in rows if row.get("province_code") not in gone]


def _rows(telling: Telling) -> list[Row]:
    return [dict(zip(_COLUMNS, row, strict=True)) for row in telling["rows"]]

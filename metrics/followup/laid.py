"""Curves of waiting, the comparison of bodies and the courses of elections as the build has laid them out for everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metrics.followup import cells
from metrics.followup.published import register
from metrics.followup.standing import WAITS, Row, Waited
from stats.waiting.verdict import Verdict
from stats.waiting.waits import Wait
from warehouse.asking import ask
from warehouse.selection import Selection
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

BODIES: Final = ("kasn", "bkn")
ALL: Final = "all"
_STEPS: Final = ["day", "share", "lower", "upper"]
_ORDER: Final = ("place_code", "body", "stage", "step_number", "election_code", "day")
_RISK: Final = ["day", "waiting", "reached", "ended", "followed"]


@dataclass(frozen=True)
class Bodies:
    """The wait of either body (as stats.waiting.waits has it), and the test between them.

    `test` is None where a body has no curve or fewer than five decisions would be expected of one: its p would be
    rough. `unknown` are the persons whose examination has no date and so no body, as they may be told. Without `waits`
    nothing is published: `hindering` are the filters that must go, or a count is withheld that the waits would give away.
    """

    waits: Mapping[str, Wait]
    test: Verdict | None
    unknown: int | None
    is_simulated: bool
    k: int
    query: Query
    hindering: tuple[str, ...] = ()


def waited(warehouse: Warehouse, selection: Selection) -> Waited:
    """The published waits of all Kalimantan or of one province; of no other selection there are any."""
    place, in_the_way = _place(warehouse, selection)
    waits, query = _waits(warehouse, place)
    return Waited({name: waits[ALL, name] for name in WAITS if (ALL, name) in waits}, query, in_the_way)


def bodies(warehouse: Warehouse, selection: Selection) -> Bodies:
    """The published comparison of bodies of all Kalimantan or of one province."""
    place, in_the_way = _place(warehouse, selection)
    waits, query = _waits(warehouse, place)
    tests = {row["place_code"]: row for row in laid_out(warehouse, "open_bodies")}
    found = tests.get(place)
    return Bodies(
        waits={body: waits[body, "decision"] for body in BODIES} if found else {},
        test=Verdict(found["statistic"], found["p"]) if found and found["p"] is not None else None,
        unknown=found["unknown"] if found else None,
        is_simulated=register(warehouse).is_simulated,
        k=warehouse.suppress_below,
        query=query,
        hindering=in_the_way,
    )


def _place(warehouse: Warehouse, selection: Selection) -> tuple[str | None, tuple[str, ...]]:
    """The place whose curves are published, or the filters that must go: curves are of whole places and all elections."""
    in_the_way = cells.hindering(selection)
    in_the_way += tuple(name for name in ("governments", "elections") if getattr(selection, name))
    there = cells.known(warehouse).provinces
    chosen = sorted(there.intersection(selection.provinces))
    if 1 < len(chosen) < len(there):
        in_the_way += ("provinces",)
    if in_the_way or (selection.provinces and not chosen):
        return None, in_the_way
    return (chosen[0] if len(chosen) == 1 else cells.ISLAND), ()


def _waits(warehouse: Warehouse, place: str | None) -> tuple[dict[tuple[str, str], Wait], Query]:
    """The waits of a place by body and stage."""
    steps, risk = (
        _by_curve(laid_out(warehouse, name), place) for name in ("open_wait_step", "open_wait_risk")
    )
    waits = {}
    for row in laid_out(warehouse, "open_wait"):
        if row["place_code"] == place:
            key = (row["body"], row["stage"])
            waits[key] = Wait(
                name=row["stage"], subjects=row["subjects"], left_out=row["left_out"],
                steps=pd.DataFrame(steps.get(key, []), columns=_STEPS, dtype=float),
                risk=pd.DataFrame(risk.get(key, []), columns=_RISK, dtype="Int64"),
                median=row["median"],
            )  # fmt: skip
    return waits, _asked(warehouse, place)


def _by_curve(rows: Sequence[Row], place: str | None) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["place_code"] == place:
            found.setdefault((row["body"], row["stage"]), []).append(row)
    return found


def laid_out(warehouse: Warehouse, name: str) -> tuple[Row, ...]:
    """All rows of one of these small tables in order, read once."""

    def read() -> tuple[Row, ...]:
        rows = fetch(warehouse.backend(), table(warehouse.backend(), name))[0].to_pylist()
        return tuple(sorted(rows, key=lambda row: [row[name] for name in _ORDER if name in row]))

    return warehouse.once(f"metrics.followup.{name}", read)


def _asked(warehouse: Warehouse, place: str | None) -> Query:
    """The question for the steps of a place, as somebody would ask it."""

    def rows(form: Selection) -> Any:
        steps = table(warehouse.backend(), "open_wait_step")
        return form.apply(steps.rename(province_code="place_code"))

    return ask(warehouse, "followup.steps", Selection(provinces=(place or "",)), rows).query

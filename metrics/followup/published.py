"""The follow-up clock as everybody may see it: from the published counts alone, never from persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metrics.followup import cells
from metrics.followup.cells import Cells, total
from metrics.followup.standing import NOBODY, PARTS, STAGES, Count, FollowUp
from warehouse import reference
from warehouse.tables import fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

_OPEN: Final = ("waiting", "overdue")
_TOTALS: Final = ("least", "most")


@dataclass(frozen=True)
class Register:
    """The first day of the month in which a register last moved, and whether any register is simulated."""

    last_on: date | None
    is_simulated: bool


def follow_up(warehouse: Warehouse, selection: Selection, limited: frozenset[str]) -> FollowUp:
    """The published counts of a selection; `limited` are the stages with a limit of law."""
    # A filter that is not in the table: what is published of the rest would be another answer.
    in_the_way = cells.hindering(selection)
    found = cells.of_places(warehouse, selection)
    told = Cells(found.places, found.periods, {} if in_the_way else found.counts, found.query)
    as_of = reference.build(warehouse).as_of
    loaded = register(warehouse)
    return FollowUp(
        stages=_stages(told, limited),
        governments=_governments(warehouse, selection, in_the_way),
        persons=told.count("persons"),
        waiting=total(told.count(f"part={part}") for part in _OPEN),
        overdue=told.count("part=overdue"),
        blocked=told.count("stage=block"),
        still_blocked=told.count("part=waiting&stage=block"),
        steps=total(told.count(f"stage={stage}") for stage in STAGES),
        undated=told.count("part=undated"),
        as_of=as_of,
        last_on=min(loaded.last_on or as_of, as_of),
        holder=_holder(warehouse, as_of),
        is_simulated=loaded.is_simulated,
        is_registered=bool(found.places and found.periods),
        hindering=in_the_way or _too_fine(selection, told),
        k=warehouse.suppress_below,
        query=found.query,
    )


def _too_fine(selection: Selection, told: Cells) -> tuple[str, ...]:
    """Places or elections that are too fine for stages, where no other filter is in the way."""
    if not told.places or told.count(f"stage={STAGES[0]}") is not None:
        return ()
    return tuple(name for name in ("governments", "elections") if getattr(selection, name))


def _stages(told: Cells, limited: frozenset[str]) -> pd.DataFrame:
    lines = []
    for stage in STAGES:
        whole = told.count(f"stage={stage}")
        parts = {part: told.count(f"part={part}&stage={stage}") for part in PARTS}
        if whole is None or None in parts.values():
            return frame_of([])
        lines += [
            line(stage, part, count or NOBODY, whole, stage in limited) for part, count in parts.items()
        ]
    return frame_of(lines)


def line(stage: str, part: str, count: Count, whole: Count, is_limited: bool) -> dict[str, Any]:
    """A row of `FollowUp.stages`."""
    return {
        "stage": stage, "part": part, "least": count.least, "most": count.most, "persons": count.exact,
        "total_least": whole.least, "total_most": whole.most, "limited": is_limited,
    }  # fmt: skip


def frame_of(lines: list[dict[str, Any]]) -> pd.DataFrame:
    """`FollowUp.stages` of its rows."""
    counts = ["least", "most", "persons", "total_least", "total_most"]
    frame = pd.DataFrame(lines, columns=["stage", "part", *counts, "limited"])
    return frame.astype(dict.fromkeys(counts, "Int64")).assign(suppressed=lambda one: one["persons"].isna())


def waiting_frame(lines: list[tuple[str, Count, Count]]) -> pd.DataFrame:
    """`FollowUp.governments` of government, persons waiting and persons past a limit."""
    names = [f"{name}_{end}" for name in _OPEN for end in _TOTALS]
    rows = [(code, *waiting, *overdue) for code, waiting, overdue in lines if waiting.most != 0]
    return pd.DataFrame(rows, columns=["government_code", *names]).astype(dict.fromkeys(names, "Int64"))


def _governments(warehouse: Warehouse, selection: Selection, in_the_way: tuple[str, ...]) -> pd.DataFrame:
    if in_the_way:
        return waiting_frame([])
    told = cells.of_governments(warehouse, selection)
    lines = []
    for code in told.places:
        overdue = told.of(code, "part=overdue")
        waiting = total((told.of(code, "part=waiting"), overdue))
        if waiting is not None and overdue is not None:
            lines.append((code, waiting, overdue))
    return waiting_frame(lines)


def register(warehouse: Warehouse) -> Register:
    """The registers of a warehouse, read once."""

    def read() -> Register:
        rows = fetch(warehouse.backend(), table(warehouse.backend(), "open_register"))[0].to_pylist()
        last = max((row["last_on"] for row in rows if row["last_on"]), default=None)
        return Register(last, any(row["is_simulated"] for row in rows))

    return warehouse.once("metrics.followup.register", read)


def _holder(warehouse: Warehouse, as_of: date) -> str:
    """The body that examines on the as-of date, and so has all that waits for a recommendation."""

    def read() -> str:
        rows = fetch(warehouse.backend(), table(warehouse.backend(), "core_examining_body"))[0].to_pylist()
        there = [row["body"] for row in rows if row["valid_from"] <= as_of <= (row["valid_to"] or date.max)]
        return min(there, default="unknown")

    return warehouse.once("metrics.followup.holder", read)

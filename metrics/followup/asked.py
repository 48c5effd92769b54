"""One question about follow-up in, one answer of protected frames out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metrics import scope
from metrics.followup.rounding import told
from metrics.followup.waits import SPANS, Wait, wait
from warehouse import reference
from warehouse.asking import ask
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

STAGES: Final = ("intake", "review", "examination", "decision", "delivery", "effect", "remedy")
PARTS: Final = ("done", "late", "waiting", "overdue", "ended", "undated")
WAITS: Final = (*SPANS, "decision")
_TIMED: Final = {("done", "late"): "late", ("open", "overdue"): "overdue"}
_PLAIN: Final = {"done": "done", "open": "waiting", "ended": "ended"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class FollowUp:
    """Where persons stand on the as-of date; every count is 0, a multiple of the threshold, or missing for 1 to k-1.

    `stages`: a row per stage and part (PARTS) with `persons` and `suppressed`; `limited` tells whether any person of the
    stage has a limit of law. `governments`: `government_code`, `waiting`, `overdue`, only where somebody waits.
    `persons`, `waiting`, `overdue`, `blocked`, `still_blocked`, `undated` are counts; `steps` are all stages of all
    persons, `undated` those among them that cannot be measured for want of a date. `last_on` is the last dated step of
    any register. `holder` names who has what is still being examined. Where no register `is_registered` for the selection, every 0
    is a missing value.
    """

    stages: pd.DataFrame
    governments: pd.DataFrame
    persons: int | None
    waiting: int | None
    overdue: int | None
    blocked: int | None
    still_blocked: int | None
    steps: int | None
    undated: int | None
    as_of: date
    last_on: date
    holder: str
    is_simulated: bool
    is_registered: bool
    k: int
    query: Query


@dataclass(frozen=True)
class Waited:
    """How long it takes: a wait for each of WAITS, and the question that was asked."""

    waits: Mapping[str, Wait]
    query: Query


def waited(warehouse: Warehouse, selection: Selection) -> Waited:
    """How long the steps take, for one selection."""
    k = warehouse.suppress_below

    def counted(wanted: Selection) -> Any:
        rows = wanted.apply(table(warehouse.backend(), "mart_followup"))
        rows = rows.filter(rows.stage.isin(WAITS))
        return rows.group_by(["stage", "state", "days"]).agg(persons=rows.count())

    found = ask(warehouse, "followup.waited", selection, counted)
    rows = found.by_name()
    return Waited(
        {name: wait(name, [row for row in rows if row["stage"] == name], k) for name in WAITS}, found.query
    )


def follow_up(warehouse: Warehouse, selection: Selection) -> FollowUp:
    """The follow-up clock for one selection."""
    k, as_of = warehouse.suppress_below, reference.build(warehouse).as_of
    counted, query = _counted(warehouse, selection)
    inside = [row for row in counted if row["stage"] in STAGES]
    blocks = [row for row in counted if row["stage"] == "block"]
    persons = sum(row["persons"] for row in counted if row["stage"] == "intake")
    parts = _sum(inside, "part")
    examining = {
        row["holder"] for row in inside if row["stage"] == "examination" and row["part"] == "waiting"
    }
    return FollowUp(
        stages=_stages(inside, k),
        governments=_governments(inside, k),
        persons=told(persons, k),
        waiting=told(parts["waiting"] + parts["overdue"], k),
        overdue=told(parts["overdue"], k),
        blocked=told(sum(row["persons"] for row in blocks), k),
        still_blocked=told(_sum(blocks, "part")["waiting"], k),
        steps=told(sum(parts.values()), k),
        undated=told(parts["undated"], k),
        as_of=as_of,
        # A sanction may take effect on a day still to come.
        last_on=min(max((row["last_on"] for row in counted if row["last_on"]), default=as_of), as_of),
        holder=min(examining, default="unknown"),
        is_simulated=any(row["simulated"] for row in counted),
        is_registered=bool(persons) or scope.is_registered(warehouse, selection),
        k=k,
        query=query,
    )


def law(warehouse: Warehouse) -> tuple[Row, ...]:
    """The limits of law and the stages without one, rows of core_followup_limit in the order of the procedure."""
    order = (
        "report",
        "intake",
        "review",
        "examination",
        "decision",
        "delivery",
        "effect",
        "appeal",
        "report_back",
        "block",
    )

    def read() -> tuple[Row, ...]:
        rows, _ = fetch(warehouse.backend(), table(warehouse.backend(), "core_followup_limit"))
        return tuple(sorted(rows.to_pylist(), key=lambda row: (order.index(row["stage"]), row["limit_code"])))

    return warehouse.once("metrics.followup.law", read)


def _counted(warehouse: Warehouse, selection: Selection) -> tuple[list[Row], Query]:
    def counted(wanted: Selection) -> Any:
        rows = wanted.apply(table(warehouse.backend(), "mart_followup"))
        return rows.group_by(["stage", "state", "timing", "holder", "government_code"]).agg(
            persons=rows.count(),
            limited=(rows.limit_days.notnull()).sum(),
            simulated=rows.is_simulated.sum(),
            # What is known of an open stage is when it began.
            last_on=rows.to_on.coalesce(rows.from_on).max(),
        )

    found = ask(warehouse, "followup.counted", selection, counted)
    return [_placed(row) for row in found.by_name()], found.query


def _placed(row: Row) -> Row:
    """The row with its part; what a remedy has stopped stands apart from what waits for its effect."""
    part = _TIMED.get((row["state"], row["timing"])) or _PLAIN.get(row["state"], "undated")
    stage = "remedy" if row["holder"] == "appeal_body" else row["stage"]
    return {**row, "stage": stage, "part": part}


def _sum(rows: Iterable[Row], key: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row[key]] += row["persons"]
    return counts


def _stages(rows: Sequence[Row], k: int) -> pd.DataFrame:
    counts = {stage: _sum([row for row in rows if row["stage"] == stage], "part") for stage in STAGES}
    limited = {row["stage"] for row in rows if row["limited"]}
    lines = [
        {
            "stage": stage,
            "part": part,
            "persons": told(counts[stage][part], k),
            "total": told(sum(counts[stage].values()), k),
            "limited": stage in limited,
        }
        for stage in STAGES
        for part in PARTS
    ]
    return _whole(pd.DataFrame(lines), "persons", "total").assign(
        suppressed=lambda frame: frame["persons"].isna()
    )


def _governments(rows: Sequence[Row], k: int) -> pd.DataFrame:
    waiting = _sum([row for row in rows if row["part"] in ("waiting", "overdue")], "government_code")
    overdue = _sum([row for row in rows if row["part"] == "overdue"], "government_code")
    lines = [
        {"government_code": code, "waiting": told(waiting[code], k), "overdue": told(overdue[code], k)}
        for code in sorted(waiting)
    ]
    return _whole(
        pd.DataFrame(lines, columns=["government_code", "waiting", "overdue"]), "waiting", "overdue"
    )


def _whole(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(columns, "Int64"))

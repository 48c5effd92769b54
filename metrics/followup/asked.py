"""One question about follow-up in, one answer of protected frames out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metrics import scope
from metrics.followup import laid, published
from metrics.followup.cells import is_protected
from metrics.followup.standing import PARTS, STAGES, WAITS, Count, FollowUp, Row, Waited
from stats.waiting.waits import wait
from warehouse import reference
from warehouse.asking import ask
from warehouse.tables import Query, fetch, table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse
    from warehouse.selection import Selection

_TIMED: Final = {("done", "late"): "late", ("open", "overdue"): "overdue"}
_PLAIN: Final = {"done": "done", "open": "waiting", "ended": "ended"}


def waited(warehouse: Warehouse, selection: Selection) -> Waited:
    """How long the steps take, for one selection."""
    if is_protected(warehouse):
        return laid.waited(warehouse, selection)
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
    """The follow-up clock for one selection: the published counts, or of the own scope what its persons say."""
    if is_protected(warehouse):
        limited = frozenset(row["stage"] for row in law(warehouse) if row["judged"] == "yes")
        return published.follow_up(warehouse, selection, limited)
    return _of_persons(warehouse, selection)


def _of_persons(warehouse: Warehouse, selection: Selection) -> FollowUp:
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
        persons=Count.of(persons, k),
        waiting=Count.of(parts["waiting"] + parts["overdue"], k),
        overdue=Count.of(parts["overdue"], k),
        blocked=Count.of(sum(row["persons"] for row in blocks), k),
        still_blocked=Count.of(_sum(blocks, "part")["waiting"], k),
        steps=Count.of(sum(parts.values()), k),
        undated=Count.of(parts["undated"], k),
        as_of=as_of,
        # A sanction may take effect on a day still to come.
        last_on=min(max((row["last_on"] for row in counted if row["last_on"]), default=as_of), as_of),
        holder=min(examining, default="unknown"),
        is_simulated=any(row["simulated"] for row in counted),
        is_registered=bool(persons) or scope.is_registered(warehouse, selection),
        hindering=(),
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
    return published.frame_of([
        published.line(
            stage, part, Count.of(counts[stage][part], k), Count.of(sum(counts[stage].values()), k), stage in limited
        )
        for stage in STAGES
        for part in PARTS
    ])  # fmt: skip


def _governments(rows: Sequence[Row], k: int) -> pd.DataFrame:
    waiting = _sum([row for row in rows if row["part"] in ("waiting", "overdue")], "government_code")
    overdue = _sum([row for row in rows if row["part"] == "overdue"], "government_code")
    return published.waiting_frame(
        [(code, Count.of(waiting[code], k), Count.of(overdue[code], k)) for code in sorted(waiting)]
    )

"""The tables of a fact sheet, from answers as everybody may see them: a row says its number, its range or its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts import intervals, trend
from charts.measure import Measure, group_name
from exports.sheet import axis
from exports.sheet.axis import Mark
from exports.sheet.content import Cite, Places, Row, Severity
from language import Words, is_missing
from metrics.comparing.reference import reference_rate
from metrics.frame import records
from metrics.result import Result
from ui import results
from ui.sheet.places import is_part
from ui.showing import tables

SANCTIONS: Final = (
    ("recommended_persons", "recommended_severity"),
    ("decided_persons", "imposed_severity"),
)
_HEADS: Final = ("sheet.table.persons", "sheet.table.staff", "sheet.table.rate", "sheet.table.interval")


@dataclass(frozen=True)
class Counted:
    """Persons and rate by the same units and periods, and the rate of the whole."""

    persons: Result
    rate: Result
    whole: Result

    @property
    def is_by_election(self) -> bool:
        """Whether a row is an election."""
        return self.rate.period == "election"


def places(w: Words, counted: Counted, cites: Sequence[Cite]) -> Places:
    """The table of places in the order of their codes, or of elections in the order of voting."""
    how, frame = tables.measure(w, counted.rate), ordered(counted)
    line = None if counted.is_by_election else reference_rate(counted.whole)
    end = axis.reach(frame, line)
    marks = axis.marks(frame, end)
    kind = "election" if counted.is_by_election else counted.rate.by
    told = trend.alt if counted.is_by_election else intervals.alt
    return Places(
        title=w(f"sheet.table.{kind}"),
        order=w("sheet.table.order_election" if counted.is_by_election else "sheet.table.order"),
        unit=w("sheet.table.unit", unit=how.unit),
        heads=(w(f"ui.filters.{kind}s"), *map(w, _HEADS)),
        rows=_rows(w, counted, frame, marks),
        axis=axis.of(w, how, marks, (line, end)),
        alt=told(frame, words=w, measure=how),
        notes=_notes(w, frame),
        cites=cites,
    )


def severity(w: Words, answers: Sequence[Result], cites: Sequence[Cite]) -> Severity:
    """Persons recommended and decided by severity, as far as they are published; severities of nobody are taken together."""
    heads = tuple(w(f"sheet.severity.{name}") for name in ("level", "recommended", "imposed"))
    title, recommended = w("sheet.severity.title"), answers[0].columns["group"].tolist()
    refusals = {str(code) for answer in answers for code in answer.columns["refusal"]}
    said = " ".join(_reason(w, code) for code in sorted(refusals - {"none", "suppressed"}))
    if not refusals & {"none", "suppressed"}:
        return Severity(title, (), (), said, cites)
    by_group = [{row["group"]: row for row in records(answer.frame)} for answer in answers]
    rows = [
        (group_name(w, group), *(_count(w, tables.measure(w, answer), found.get(group))
         for answer, found in zip(answers, by_group, strict=True)))
        for group in recommended
        if _is_told(by_group, group)
    ]  # fmt: skip
    if not rows:
        return Severity(title, (), (), w("sheet.severity.nobody"), cites)
    left = [found.get(group) for found in by_group for group in recommended if not _is_told(by_group, group)]
    others = w("sheet.severity.others") if left and all(map(_is_nobody, left)) else ""
    told = [(name, first, second) for name, first, second in rows]
    return Severity(title, heads, told, f"{said} {others}".strip(), cites)


def _is_told(by_group: Sequence[Mapping[Any, Mapping[Any, Any]]], group: str) -> bool:
    return any(_is_any(found.get(group)) for found in by_group)


def ordered(counted: Counted) -> pd.DataFrame:
    """The rows of the rate as the table has them: by code, or elections that concern the place."""
    frame = counted.rate.frame
    if not counted.is_by_election:
        return frame.sort_values("unit_id", ignore_index=True)
    if counted.rate.selection.elections:
        return frame
    return frame[frame["refusal"] != "scope"].reset_index(drop=True)


def _rows(w: Words, counted: Counted, frame: pd.DataFrame, marks: Sequence[Mark]) -> list[Row]:
    persons = {(row["unit_id"], row["period"]): row for row in records(counted.persons.frame)}
    ways, names = (tables.measure(w, counted.persons), tables.measure(w, counted.rate)), results.elections(w)
    return [
        Row(
            name=names.get(row["period"]) or _place(w, counted.rate, row),
            persons=_count(w, ways[0], persons.get((row["unit_id"], row["period"]))),
            staff=w.number(row["headcount"]),
            rate=w("chart.hidden") if row["suppressed"] else ways[1].shown(w, row["estimate"]),
            interval=ways[1].span(w, row["lower"], row["upper"]),
            reason="" if row["refusal"] in ("none", "suppressed") else w(f"chart.brief.{row['refusal']}"),
            mark=mark,
        )
        for row, mark in zip(records(frame), marks, strict=True)
    ]


def _place(w: Words, rate: Result, row: Mapping[Any, Any]) -> str:
    """The name of a place; one of which the row holds only a part says so."""
    part = is_part(rate.selection, rate.by, row["unit_id"])
    return w("sheet.part", place=row["unit_name"]) if part else str(row["unit_name"])


def _notes(w: Words, frame: pd.DataFrame) -> list[str]:
    """What the short reasons of the rows mean."""
    told = [code for code in dict.fromkeys(frame["refusal"]) if code not in ("none", "suppressed")]
    return [_reason(w, code) for code in told]


def _reason(w: Words, code: str) -> str:
    """A short reason and what it means; on paper there is no filter to take away."""
    meaning = w(f"sheet.reason.{code}" if code == "not_published" else f"refusal.{code}")
    return w("sheet.table.note", short=w(f"chart.brief.{code}"), reason=meaning)


def _count(w: Words, how: Measure, row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return w.number(None)
    return how.hidden(w, row) if row["suppressed"] else w.number(row["events"])


def _is_any(row: Mapping[Any, Any] | None) -> bool:
    return row is not None and (row["suppressed"] or (not is_missing(row["events"]) and row["events"] > 0))


def _is_nobody(row: Mapping[Any, Any] | None) -> bool:
    return row is not None and row["refusal"] == "none" and row["events"] == 0

"""Sentences and tables of the follow-up clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, Final

import streamlit as st

from language import Words
from metrics.followup import asked
from metrics.followup.standing import PARTS, STAGES, Count, FollowUp, Row, Waited
from metrics.own.unsuppressed import NOTHING_HIDDEN
from metrics.result import Result
from stats.waiting.waits import LEVEL, STILL, Wait
from ui import filters, results
from ui.access import own
from ui.explaining import methods, shown
from ui.explaining.methods import Method
from ui.explaining.parts import Explanation
from ui.followup.counts import count, range_of, rounded, unpublished
from ui.layout import HEADLINE
from ui.showing import tables
from ui.showing.tables import Cell, Table
from warehouse.selection import Selection
from warehouse.tables import Query

_RISK: Final = ("day", "share", "interval", "waiting", "reached", "ended", "followed")


def of(selection: Selection) -> FollowUp:
    """The follow-up clock for one selection."""
    return own.ask(asked.follow_up, selection)


def law_rows() -> tuple[Row, ...]:
    """Limits of law for follow-up, and the stages without one."""
    return results.ask(asked.law)


def headline(w: Words, found: FollowUp) -> None:
    """Key figures: persons, waiting, past a limit, blocked; dashes where no register is loaded."""
    shown_as = partial(count, w)
    still = shown_as(found.still_blocked)
    cards = [
        (w("followup.card.persons"), found.persons, w("followup.card.persons_note")),
        (w("followup.card.waiting"), found.waiting, w("followup.card.waiting_note", day=found.as_of)),
        (w("followup.card.overdue"), found.overdue, w("followup.card.overdue_note")),
        (w("followup.card.blocked"), found.blocked, w("followup.card.blocked_note", still=still)),
    ]
    if not found.is_registered:
        cards = [(name, None, w("chart.refusal.no_events_table")) for name, *_ in cards]
    else:
        unpublished = w("followup_published.detail")
        cards = [(name, n, unpublished if n is None else note) for name, n, note in cards]
    body = "".join(
        f"<div><dt>{escape(name)}</dt><dd class='netra-value'>{escape(shown_as(n))}</dd><dd>{escape(note)}</dd></div>"
        for name, n, note in cards
    )
    st.html(f"<dl class='netra-figures'>{body}</dl>")
    if found.k == NOTHING_HIDDEN:
        st.markdown(w("access.marked"))
    shown.fold(w, HEADLINE, w("explain.key_figures"), lambda: [explained(w, found.query, methods.STAGES)])


def waited(selection: Selection) -> Waited:
    """How long the steps take, for one selection."""
    return own.ask(asked.waited, selection)


def explained(w: Words, query: Query, method: Method) -> Explanation:
    """How the clock came to its numbers."""
    return methods.of(w, method, filters.current(), (query,))


def standing(w: Words, found: FollowUp) -> str:
    """What the bars show, generated from their rows."""
    if not found.is_registered:
        return w("unknown.followup")
    if found.persons is not None and found.persons.most == 0:
        return w("followup.sentence.nobody", day=found.as_of)
    if not found.is_published:
        return totals(w, found) + unpublished(w, found.hindering)
    overdue = found.stages[found.stages["part"] == "overdue"]
    names = [w(f"followup.stage.{row['stage']}") for row in overdue.to_dict("records") if _is_any(row)]
    key = "overdue" if names else "none_overdue"
    return w(
        f"followup.sentence.{key}",
        day=found.as_of,
        waiting=count(w, found.waiting),
        overdue=count(w, found.overdue),
        stages=w.listed(names) if names else "",
    )


def totals(w: Words, found: FollowUp) -> str:
    """Who waits of places whose stages are not published, where that is."""
    if found.waiting is None or found.overdue is None:
        return ""
    waiting, overdue = count(w, found.waiting), count(w, found.overdue)
    return w("followup_published.totals", day=found.as_of, waiting=waiting, overdue=overdue) + " "


def wait(w: Words, found: Wait, k: int, name: str = "") -> str:
    """What one curve says, and how sure it is; or why there is none. Its `name` where it is not that of the stage."""
    name = name or w(f"followup.wait.{found.name}")
    if not found.is_drawn:
        return w("followup.sentence.few", name=name, k=k, twice=2 * k)
    last = found.steps.to_dict("records")[-1]
    half = (
        w("followup.sentence.half_open")
        if found.median is None
        else w("followup.sentence.half", day=found.median)
    )
    return w(
        f"followup.sentence.{'still' if found.name in STILL else 'reached'}",
        name=name,
        n=rounded(w, found.subjects, k),
        share=w.percent(last["share"]),
        span=w.percent_span(last["lower"], last["upper"]),
        level=w.percent(LEVEL),
        day=int(last["day"]),
        half=half,
    )


def waits_told(w: Words, waited: Waited, name: str, k: int) -> str:
    """The sentence of one wait of an answer, also where it is not published."""
    if name in waited.waits:
        return wait(w, waited.waits[name], k)
    return w("followup_published.curve", name=w(f"followup.wait.{name}"))


def unknown(w: Words, found: FollowUp) -> str:
    """One honest sentence on what is not known."""
    if not found.is_registered:
        return w("unknown.followup")
    if found.undated is None:
        return w("followup_published.unknown", day=found.as_of, last=w.month(found.last_on))
    return w(
        "followup.unknown",
        undated=count(w, found.undated),
        steps=count(w, found.steps),
        day=found.as_of,
        last=w.month(found.last_on),
    )


def stages(w: Words, found: FollowUp) -> Table:
    """The table twin of the bars, with who holds each stage."""
    fixed = [w(f"followup.table.{name}") for name in ("stage", "holder", "total")]
    head = (*fixed, *(w(f"followup.part.{part}") for part in PARTS))
    rows = []
    for stage in STAGES:
        own = found.stages[found.stages["stage"] == stage].to_dict("records")
        total = range_of(own[0], "total_least", "total_most") if own else Count(0, 0)
        if total.most != 0:
            cells = [_part(w, row) for row in own]
            name = w(f"followup.stage.{stage}")
            rows.append((name, holder(w, stage, found), count(w, total), *cells))
    return Table(
        w("followup.table.standing", day=found.as_of), head, tuple(rows), frozenset(range(2, 3 + len(PARTS)))
    )


def holder(w: Words, stage: str, found: FollowUp) -> str:
    """In whose hands a stage lies now."""
    code = {"intake": "bawaslu", "review": "bawaslu", "remedy": "appeal_body"}.get(stage, "ppk")
    return w(f"followup.holder.{found.holder if stage == 'examination' else code}")


def _part(w: Words, row: Mapping[Any, Any]) -> str:
    if row["part"] in ("late", "overdue") and not row["limited"]:
        return w("followup.table.no_limit")
    return count(w, range_of(row, "least", "most"))


def _is_any(row: Mapping[Any, Any]) -> bool:
    """Whether a row may count anybody."""
    return range_of(row, "least", "most").most != 0


def risk(w: Words, waits: Sequence[Wait], caption: str, names: Sequence[str] = ()) -> Table:
    """The table below the curves: shares with their interval and persons at risk, rounded."""
    called = names or [w(f"followup.wait.{found.name}") for found in waits]
    kind = "still" if waits[0].name in STILL else "share"
    head = (
        w("followup.table.stage"),
        *(w(f"followup.risk.{kind if name == 'share' else name}") for name in _RISK),
    )
    rows = tuple(row for found, name in zip(waits, called, strict=True) for row in _marks(w, found, name))
    return Table(caption, head, rows, frozenset(range(1, len(head))))


def _marks(w: Words, found: Wait, name: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for row in found.risk.to_dict("records"):
        known = found.steps[found.steps["day"] <= row["day"]]
        inside = len(known) and row["day"] <= found.steps["day"].max()
        last = known.to_dict("records")[-1] if inside else {"share": None, "lower": None, "upper": None}
        shares = (w.percent(last["share"]), w.percent_span(last["lower"], last["upper"]))
        counts = (w.number(row[part]) for part in _RISK[3:])
        rows.append((name, w.number(row["day"]), *shares, *counts))
    return rows


def governments(w: Words, found: FollowUp) -> Table:
    """Persons waiting and past a limit by government, in order of its code: no order of merit."""
    names = results.governments()
    rows = tuple(
        (
            names[row["government_code"]].name,
            count(w, range_of(row, "waiting_least", "waiting_most")),
            count(w, range_of(row, "overdue_least", "overdue_most")),
        )
        for row in found.governments.to_dict("records")
        if row["government_code"] in names
    )
    head = (w("followup.table.government"), w("followup.part.waiting"), w("followup.part.overdue"))
    return Table(w("followup.table.governments", day=found.as_of), head, rows, frozenset({1, 2}))


def compared(w: Words, result: Result) -> str:
    """How many decisions were lighter than recommended, as recommended or heavier; counts as on the page of sanctions."""
    if tables.is_silent(result):
        return w("refusal.not_published")
    how = tables.measure(w, result)
    counts = {
        row["group"]: how.hidden(w, row) if row["suppressed"] else w.number(row["events"])
        for row in result.frame.to_dict("records")
    }
    groups = ("lighter", "as_recommended", "heavier", "unknown")
    return w("followup.sentence.compared", **{name: counts.get(name, w.number(0)) for name in groups})

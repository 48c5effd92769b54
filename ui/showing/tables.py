"""Tables a screen reader can read: numbers in the reader's format, 25 rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import streamlit as st

from charts.measure import Measure, group_name, reason
from language import Words, is_missing
from metrics.frame import ALL, WHOLE
from metrics.result import Result
from ui import results

ROWS: Final = 25
_LONG: Final = 30


@dataclass(frozen=True)
class Link:
    """A cell that leads to its source."""

    text: str
    address: str


Cell = str | Link


@dataclass(frozen=True)
class Table:
    """A table as shown: a caption, column heads, rows of text, and which columns hold numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()


def measure(w: Words, result: Result) -> Measure:
    """How the metric of an answer is written."""
    title, unit = result.definition.title.of(w.lang), result.unit(w.lang)
    return Measure(result.definition.kind, title, unit, results.suppress_below())


def is_silent(*answers: Result) -> bool:
    """Whether no row has a number or a range, and some because its detail is not published: a figure would have no mark."""
    refusals = {code for answer in answers for code in answer.columns["refusal"]}
    return "not_published" in refusals and not refusals & {"none", "suppressed"}


def of_result(w: Words, result: Result) -> Table:
    """The table twin of a chart: the same rows, every number with its interval or the reason why it has none."""
    told = _told(w, result)
    rows = [tuple(show(row) for show in told.values()) for row in result.frame.to_dict("records")]
    text = {w(f"ui.table.{name}") for name in ("unit", "period", "group", "note")}
    numeric = frozenset(place for place, head in enumerate(told) if head not in text)
    return Table(result.definition.title.of(w.lang), tuple(told), tuple(rows), numeric)


def draw(w: Words, table: Table, key: str) -> None:
    """Show a table, page by page where it has more rows than fit."""
    if not table.rows:
        st.markdown(w("ui.table.empty"))
        return
    pages = -(-len(table.rows) // ROWS)
    page = 1
    if pages > 1:
        page = st.pagination(pages, key=f"{key}_page")
    first = (page - 1) * ROWS
    shown = table.rows[first : first + ROWS]
    caption = table.caption
    if pages > 1:
        place = w("ui.table.rows", first=first + 1, last=first + len(shown), total=len(table.rows))
        caption = f"{caption} · {place}"
    st.html(as_html(Table(caption, table.head, shown, table.numeric)))


def as_html(table: Table) -> str:
    """HTML of a table: a caption, heads with scope, the first column as row heads, and room to scroll sideways."""
    heads = "".join(
        f"<th scope='col'{_side(table, n)}>{escape(head)}</th>" for n, head in enumerate(table.head)
    )
    body = "".join(_line(table, row) for row in table.rows)
    caption = escape(table.caption)
    return (
        f"<div class='netra-table' role='region' tabindex='0' aria-label='{caption}'>"
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(table: Table, row: tuple[Cell, ...]) -> str:
    cells = [f"<th scope='row'>{_cell(row[0])}</th>"]
    cells += [f"<td{_side(table, n, cell)}>{_cell(cell)}</td>" for n, cell in enumerate(row) if n]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    if not cell.address.startswith(("https://", "http://")):
        return escape(cell.text)
    return (
        f"<a href='{escape(cell.address)}' target='_blank' rel='noopener noreferrer'>{escape(cell.text)}</a>"
    )


def _side(table: Table, place: int, cell: Cell = "") -> str:
    """A number to the right; a long text as wide as a few lines of it need, so that it does not make its row tall."""
    if place in table.numeric:
        return " class='number'"
    return " class='long'" if isinstance(cell, str) and len(cell) > _LONG else ""


def _told(w: Words, result: Result) -> Mapping[str, Callable[[Mapping[Any, Any]], str]]:
    """Column heads of an answer and how a row fills them."""
    how, frame = measure(w, result), result.frame
    told: dict[str, Callable[[Mapping[Any, Any]], str]] = {
        w("ui.table.unit"): lambda row: str(row["unit_name"])
    }
    if (frame["period"] != WHOLE).any():
        names = results.elections(w)
        told[w("ui.table.period")] = lambda row: names.get(row["period"], w("ui.table.whole"))
    if (frame["group"] != ALL).any():
        told[w("ui.table.group")] = lambda row: (
            w("ui.table.everyone") if row["group"] == ALL else group_name(w, row["group"])
        )
    told[w("ui.table.events")] = lambda row: _events(w, how, row)
    if how.kind != "count":
        told[w(f"ui.table.exposure_{result.basis}")] = lambda row: w.number(row["exposure"])
    if how.kind == "rate":
        told[w("ui.table.headcount")] = lambda row: w.number(row["headcount"])
    if how.kind != "count":
        told[w("ui.table.estimate", unit=how.unit)] = lambda row: how.shown(w, row["estimate"])
        told[w("ui.table.interval")] = lambda row: how.span(w, row["lower"], row["upper"])
    told[w("ui.table.note")] = lambda row: _note(w, how, row, is_own=row["unit_id"] in result.own)
    return told


def _events(w: Words, how: Measure, row: Mapping[Any, Any]) -> str:
    return how.hidden(w, row) if row["suppressed"] else w.number(row["events"])


def _note(w: Words, how: Measure, row: Mapping[Any, Any], *, is_own: bool) -> str:
    reasoned = _reason(w, how, row)
    return " · ".join(part for part in (w("access.mark") if is_own else "", reasoned) if part)


def _reason(w: Words, how: Measure, row: Mapping[Any, Any]) -> str:
    if is_missing(row["refusal"]) or row["refusal"] == "none":
        zero = how.kind == "rate" and not is_missing(row["events"]) and row["events"] == 0
        return w("ui.table.zero") if zero else ""
    return reason(w, how, row["refusal"], row)

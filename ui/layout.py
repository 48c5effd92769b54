"""How a page is laid out: what is selected, parts, columns, key figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.measure import Measure, reason
from language import Words, is_missing
from metrics.result import Result
from ui import method, results
from ui.explaining import answers as explained
from ui.explaining import shown
from ui.showing import tables

HEADLINE: Final = "headline"
"""Key of the key figures of a page."""


def section(text: str) -> None:
    """Heading of a part of the page."""
    st.header(text, anchor=False)


def text(words: str) -> None:
    """A paragraph."""
    st.markdown(words)


def beside(left: int = 1, right: int = 1) -> Sequence[DeltaGenerator]:
    """Two columns that stand under each other on a narrow screen."""
    return st.columns([left, right], gap="medium")


def staying() -> DeltaGenerator:
    """A part that stays in sight beside a long list."""
    return st.container(key="staying")


def row(n: int) -> Sequence[DeltaGenerator]:
    """Narrow columns for the choices of a page."""
    return st.columns(n, gap="medium")


def headline(w: Words, answers: Sequence[Result]) -> None:
    """Key figures: each with its interval and the date of its denominator, and all explained where a reader asks."""
    answers = [results.shown(result) for result in answers]
    cards = "".join(_card(w, result) for result in answers)
    st.html(f"<dl class='netra-figures'>{cards}</dl>")
    shown.fold(w, HEADLINE, w("explain.key_figures"), lambda: [explained.of(w, result) for result in answers])


def told(w: Words, result: Result) -> tuple[str, list[str]]:
    """What a key figure says: the first row's number, range or dash, and the lines under it with unit, interval or reason."""
    how, row = tables.measure(w, result), result.head
    if not row:
        return w.number(None), [w("ui.table.empty")]
    lines = [*_lines(w, how, row, result), w("access.mark") if result.own else ""]
    return _value(w, how, row), [line for line in lines if line]


def _card(w: Words, result: Result) -> str:
    title, (value, lines) = result.definition.title.of(w.lang), told(w, result)
    under = "".join(f"<dd>{escape(line)}</dd>" for line in lines)
    return f"<div><dt>{escape(title)}</dt><dd class='netra-value'>{escape(value)}</dd>{under}</div>"


def _value(w: Words, how: Measure, row: Mapping[Any, Any]) -> str:
    return how.hidden(w, row) if row["suppressed"] and how.kind == "count" else how.shown(w, row["estimate"])


def _lines(w: Words, how: Measure, row: Mapping[Any, Any], result: Result) -> list[str]:
    if not is_missing(row["refusal"]) and row["refusal"] not in ("none", "suppressed"):
        return [reason(w, how, row["refusal"])]
    if row["suppressed"] and how.kind == "proportion":
        return [w("refusal.suppressed")]
    if how.kind == "count":
        return [how.unit, w("ui.figure.until", day=results.build().as_of)]
    lines = [how.unit if how.kind == "rate" else "", _interval(w, how, row)]
    if how.kind == "rate":
        return [*lines, w("ui.figure.staff", n=row["headcount"]), method.snapshots(w, result)]
    return [*lines, w("ui.figure.of", events=row["events"], n=row["exposure"])]


def _interval(w: Words, how: Measure, row: Mapping[Any, Any]) -> str:
    span = how.span(w, row["lower"], row["upper"])
    key = (
        "range"
        if row["suppressed"]
        else "zero"
        if row["interval_method"] == "exact_poisson_zero"
        else "interval"
    )
    return w(f"ui.figure.{key}", level=w.percent(row["level"]), span=span, upper=how.shown(w, row["upper"]))

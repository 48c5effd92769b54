"""The table twin of a map by evidence: every place with its class, what was counted and what was to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from charts.measure import Measure
from language import Words, is_missing
from metrics.result import Result
from ui.showing import pictures, tables
from ui.showing.tables import Table

_HEAD: Final = ("unit", "class", "events", "expected", "headcount", "estimate", "interval")


def table(w: Words, result: Result, whole: Result) -> Table:
    """A row per place of the map, with the same class as the map; a hidden count stays a range."""
    how = tables.measure(w, result)
    head = tuple(
        w(f"evidence.table.{name}", unit=how.unit) if name == "estimate" else w(f"evidence.table.{name}")
        for name in _HEAD
    )
    rows = tuple(_row(w, how, row) for row in pictures.on_map(result, whole))
    return Table(w("evidence.table.title"), head, rows, frozenset({2, 3, 4, 5, 6}))


def _row(w: Words, how: Measure, row: Mapping[Any, Any]) -> tuple[str, ...]:
    expected = row["expected"]
    return (
        str(row["unit_name"]),
        w(f"evidence.class.{row['evidence']}"),
        how.hidden(w, row) if row["suppressed"] else w.number(row["events"]),
        w.number(expected, 1 if not is_missing(expected) and expected < 10 else 0),
        w.number(row["headcount"]),
        how.shown(w, row["estimate"]),
        how.span(w, row["lower"], row["upper"]),
    )

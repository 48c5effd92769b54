"""Sums within one source, done again: what is stated, what comes out, whether both fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from language import Words
from ui import results
from ui.ledger import workforce
from ui.ledger.compared import signed
from ui.showing.tables import Cell, Link, Table
from ui.topics import evidence
from warehouse.rows import rows_of
from warehouse.selection import Selection

VERDICTS: Final = ("broken", "incomplete", "holds")
_HEAD: Final = ("figure", "rule", "stated", "computed", "difference", "parts", "verdict", "source")


Checks = list[Mapping[str, Any]]


def checks(figures: pd.DataFrame, workforce: pd.DataFrame) -> Checks:
    """The sums about these figures, those that do not hold first."""
    own = {*figures["figure_id"], *workforce["figure_id"]}
    found = [
        row
        for row in results.ask(rows_of, "mart_published_arithmetic", "check_id")
        if row["figure_id"] in own
    ]
    return sorted(found, key=lambda row: VERDICTS.index(row["verdict"]))


def doubtful(rows: Checks) -> Checks:
    """The sums that do not hold, or rest on an incomplete list."""
    return [row for row in rows if row["verdict"] != "holds"]


def told(w: Words, rows: Checks) -> str:
    """How many sums were done again, and how they came out."""
    if not rows:
        return w("ledger.sums.none")
    verdicts = Counter(row["verdict"] for row in rows)
    return w("ledger.sums.told", n=len(rows), **{name: verdicts[name] for name in VERDICTS})


def table(w: Words, rows: Checks) -> Table:
    """A row per sum with both numbers, what was added and the source."""
    head = tuple(w(f"ledger.sums.{name}") for name in _HEAD)
    cells = tuple(_row(w, row) for row in rows)
    return Table(w("ledger.sums.title"), head, cells, frozenset({2, 3, 4}))


def every(w: Words, selection: Selection) -> Table:
    """All sums about the figures of a selection."""
    return table(w, checks(evidence.figures(selection), workforce.figures(selection)))


def _row(w: Words, row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    return (
        str(row["figure_id"]),
        w(f"ledger.rules.{row['rule']}"),
        w.number(row["stated"]),
        w.number(row["computed"]),
        signed(w, row["difference"]),
        str(row["parts"]),
        w(f"ledger.verdicts.{row['verdict']}"),
        Link(w("ledger.sums.link"), str(row["url"])),
    )

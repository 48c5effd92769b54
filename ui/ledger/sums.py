"""Sums within one source, done again: what is stated, what comes out, whether both fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from language import Words
from ui import results
from ui.ledger import workforce
from ui.ledger.compared import signed
from ui.showing.tables import Cell, Link, Table
from ui.topics import evidence
from warehouse import reference
from warehouse.selection import Selection

VERDICTS: Final = ("broken", "incomplete", "holds")
_HEAD: Final = ("figure", "rule", "stated", "computed", "difference", "parts", "verdict", "source")


def checks(figures: pd.DataFrame, workforce: pd.DataFrame) -> pd.DataFrame:
    """The sums about these figures, those that do not hold first."""
    found = results.ask(reference.frame_of, "mart_published_arithmetic", ["check_id"])
    found = found[found["figure_id"].isin([*figures["figure_id"], *workforce["figure_id"]])]
    order = found["verdict"].map(VERDICTS.index).sort_values(kind="stable").index
    return found.loc[order].reset_index(drop=True)


def doubtful(rows: pd.DataFrame) -> pd.DataFrame:
    """The sums that do not hold, or rest on an incomplete list."""
    return rows[rows["verdict"] != "holds"].reset_index(drop=True)


def told(w: Words, rows: pd.DataFrame) -> str:
    """How many sums were done again, and how they came out."""
    if rows.empty:
        return w("ledger.sums.none")
    return w(
        "ledger.sums.told", n=len(rows), **{name: int((rows["verdict"] == name).sum()) for name in VERDICTS}
    )


def table(w: Words, rows: pd.DataFrame) -> Table:
    """A row per sum with both numbers, what was added and the source."""
    head = tuple(w(f"ledger.sums.{name}") for name in _HEAD)
    cells = tuple(_row(w, row) for row in rows.to_dict("records"))
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

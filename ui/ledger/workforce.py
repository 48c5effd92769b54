"""Published numbers of civil servants, each with its date and source; never the denominators of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from language import Words, is_missing
from ui import results
from ui.showing.tables import Cell, Link, Table
from warehouse import reference
from warehouse.selection import Selection

_HEAD: Final = ("government", "agency", "part", "pns", "pppk", "asn", "as_of")


def figures(selection: Selection) -> pd.DataFrame:
    """Published workforce figures of the chosen places; elections and filters of persons do not apply."""
    rows = results.ask(reference.published_workforce)
    if selection.governments:
        return rows[_place(rows).isin(selection.governments)].reset_index(drop=True)
    if selection.provinces:
        return rows[rows["province_code"].isin(selection.provinces)].reset_index(drop=True)
    return rows


def told(w: Words, rows: pd.DataFrame, selection: Selection) -> str:
    """How many figures there are, about how many governments, and for how many there is none."""
    if rows.empty:
        return w("ledger.workforce.none")
    own = set(_place(rows[rows["scope"].isin(["government", "agency"])]))
    asked = selection.governments or [
        code
        for code, row in results.governments().items()
        if not selection.provinces or row.province_code in selection.provinces
    ]
    return w(
        "ledger.workforce.told", n=len(rows), governments=len(own & set(asked)), missing=len(set(asked) - own)
    )


def table(w: Words, selection: Selection) -> Table:
    """The figures with what they count, their date and their source."""
    rows = figures(selection)
    head = (*(w(f"ledger.workforce.{name}") for name in _HEAD), w("pages.published.columns.source"))
    cells = tuple(_row(w, row) for row in rows.to_dict("records"))
    return Table(w("ledger.workforce.title"), head, cells, frozenset({3, 4, 5}))


def _place(rows: pd.DataFrame) -> pd.Series[Any]:
    return rows["regency_code"].fillna(rows["province_code"])


def _row(w: Words, row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    part = w("ledger.workforce.all") if is_missing(row["breakdown_value"]) else str(row["breakdown_value"])
    counts = (_count(w, row[name], row["is_estimate"]) for name in ("pns", "pppk", "asn_total"))
    return (
        str(row["government_name"]),
        "–" if is_missing(row["agency_name"]) else str(row["agency_name"]),
        part,
        *counts,
        str(row["as_of"]).replace("-", "\N{NON-BREAKING HYPHEN}"),
        Link(f"{row['source_title']} ({row['publisher']})", str(row["url"])),
    )


def _count(w: Words, count: Any, is_estimate: bool) -> str:
    if is_missing(count):
        return "–"
    return w("ledger.workforce.about", n=count) if is_estimate else w.number(count)

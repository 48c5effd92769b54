"""What was known when: dated running totals of one election, in strips of area, stage and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from charts.published import STAGES, timeline
from charts.theme import empty, theme
from language import Words, is_missing, words
from ui import results
from ui.results import Look, Picture
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse.rows import rows_of
from warehouse.selection import Selection

_KEYS: Final = ["area_kind", "area_name", "stage", "unit"]
_COLUMNS: Final = ("area", "stage", "count", "unit", "number")


def totals(w: Words, figures: pd.DataFrame) -> pd.DataFrame:
    """Dated running totals about all civil servants, of the election with most of them; `strip` 0 is the longest series."""
    own = set(figures["figure_id"])
    found = [
        row
        for row in results.ask(rows_of, "mart_published_figure", "figure_id")
        if row["figure_id"] in own and _is_dated_total(row)
    ]
    elections = Counter(row["election_code"] for row in found)
    most = max(elections, key=lambda code: (elections[code], code), default="")
    found = [row for row in found if row["election_code"] == most]
    points = Counter(_series(row) for row in found)

    def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return (-points[_series(row)], row["area_name"], STAGES.index(row["stage"]), row["unit"])

    strips = {
        series: place for place, series in enumerate(dict.fromkeys(map(_series, sorted(found, key=order))))
    }
    rows = [
        {**row, "day": row["known_on"], "area": _area(w, row), "strip": strips[_series(row)]} for row in found
    ]
    rows.sort(key=lambda row: (row["strip"], row["day"], row["figure_id"]))
    return pd.DataFrame(rows, columns=None if rows else ["strip", "day", "area"])


def _series(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEYS)


def _is_dated_total(row: Mapping[str, Any]) -> bool:
    whole = row["is_cumulative"] and not row["part"] and not row["is_non_asn"] and not row["is_support_list"]
    return bool(whole and not is_missing(row["known_on"]))


def picture(look: Look, rows: pd.DataFrame) -> Picture:
    """The timeline and its sentence."""
    w = words(look.lang)
    if rows.empty:
        return empty(w, theme(look.theme)).to_dict(), w("ledger.timeline.none")
    voting = _voting(w, rows)
    figure = timeline.figure(rows, words=w, theme=theme(look.theme), voting=voting)
    return figure.to_dict(), timeline.alt(rows, words=w, voting=voting)


def table(w: Words, selection: Selection) -> Table:
    """All points of the timeline, also of the strips that are not drawn."""
    rows = totals(w, evidence.figures(selection))
    names = tuple(w(f"pages.published.columns.{name}") for name in _COLUMNS)
    head = (*names, w("ledger.timeline.day"), w("ledger.timeline.by"))
    cells = tuple(_row(w, row) for row in rows.to_dict("records"))
    return Table(w("ledger.timeline.title"), head, cells, frozenset({2}))


def _row(w: Words, row: Mapping[Any, Any]) -> tuple[str, ...]:
    return (
        str(row["area"]),
        w(f"pages.published.stages.{row['stage']}"),
        w.number(row["count"]),
        w(f"pages.published.units.{row['unit']}"),
        str(row["figure_id"]),
        w.date(row["day"]),
        w(f"ledger.timeline.by_{row['known_by']}"),
    )


def _voting(w: Words, rows: pd.DataFrame) -> timeline.Voting:
    election = results.election_days()[rows.iloc[0]["election_code"]]
    return timeline.Voting(election.name(w.lang), election.voting_on)


def _area(w: Words, row: Mapping[Any, Any]) -> str:
    if row["area_kind"] == "national":
        return w("ledger.national")
    if row["area_kind"] == "government":
        return results.governments()[row["area_code"]].short_name
    name = results.regions()[row["area_code"]].short_name
    return w("ledger.whole_area", name=name) if row["area_kind"] == "area" else name

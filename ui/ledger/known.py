"""What was known when: dated running totals of one election, in strips of area, stage and unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from charts.published import STAGES, timeline
from charts.theme import empty, theme
from language import Words, words
from ui import results
from ui.results import Look, Picture
from ui.showing.tables import Table
from ui.topics import evidence
from warehouse import reference
from warehouse.selection import Selection

_KEYS: Final = ["area_kind", "area_name", "stage", "unit"]
_COLUMNS: Final = ("area", "stage", "count", "unit", "number")


def totals(w: Words, figures: pd.DataFrame) -> pd.DataFrame:
    """Dated running totals about all civil servants, of the election with most of them; `strip` 0 is the longest series."""
    found = results.ask(reference.frame_of, "mart_published_figure", ["figure_id"])
    found = found[found["figure_id"].isin(figures["figure_id"]) & found["is_cumulative"]]
    found = found[
        (found["part"] == "") & ~found["is_non_asn"] & ~found["is_support_list"] & found["known_on"].notna()
    ]
    if found.empty:
        return found.assign(strip=[], area=[], day=[])
    most = found["election_code"].value_counts()
    code = sorted(most[most == most.max()].index)[-1]
    own = found[found["election_code"] == code].copy()
    own["day"] = [day.date() for day in pd.to_datetime(own["known_on"])]
    own["area"] = [_area(w, row) for row in own.to_dict("records")]
    own["points"] = own.groupby(_KEYS)["figure_id"].transform("count")
    own["place"] = [STAGES.index(stage) for stage in own["stage"]]
    own = own.sort_values(
        ["points", "area", "place", "unit", "day", "figure_id"], ascending=[False] + [True] * 5
    )
    own["strip"] = own.groupby(_KEYS, sort=False).ngroup()
    ordered: pd.DataFrame = own.sort_values(["strip", "day", "figure_id"]).reset_index(drop=True)
    return ordered


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

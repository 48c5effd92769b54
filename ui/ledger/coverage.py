"""Which government has a published figure for which election; none is not zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts.published import coverage
from charts.theme import theme
from language import Words, words
from ui import results
from ui.results import Look, Picture
from ui.showing.tables import Table
from warehouse.rows import rows_of
from warehouse.selection import Selection


def cells(w: Words, selection: Selection) -> pd.DataFrame:
    """A row per government and election of the selection, with its state and number of figures.

    Elections of single regions are left out unless chosen or told of; governments come by code, elections by day.
    """
    governments, days = results.governments(), results.election_days()
    chosen = [code for code, row in governments.items() if is_chosen(code, row.province_code, selection)]
    found = {
        (row["government_code"], row["election_code"]): row
        for row in results.ask(rows_of, "mart_published_coverage", "government_code", "election_code")
        if row["government_code"] in set(chosen)
    }
    elections = [code for code in days if _is_shown(code, list(found.values()), selection)]
    names = {code: days[code].name(w.lang) for code in elections}
    rows = [
        {"unit_name": governments[code].short_name, "election": name, **_told(found.get((code, election)))}
        for code in chosen
        for election, name in names.items()
    ]
    return pd.DataFrame(rows, columns=["unit_name", "election", "told", "state", "area_figures"])


def is_chosen(code: str, province: str, selection: Selection) -> bool:
    """Whether a government belongs to the chosen places."""
    if selection.governments:
        return code in selection.governments
    return not selection.provinces or province in selection.provinces


def _told(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {"told": 0, "state": "not_voted", "area_figures": 0}
    return {"told": row["own_figures"], "state": _state(row), "area_figures": row["area_figures"]}


def picture(look: Look, selection: Selection) -> Picture:
    """The matrix and its sentence."""
    w = words(look.lang)
    rows = cells(w, selection)
    figure = coverage.figure(rows, words=w, theme=theme(look.theme))
    return figure.to_dict(), coverage.alt(rows, words=w)


def told(w: Words, rows: pd.DataFrame) -> str:
    """How many governments have a figure, and how many gaps there are."""
    return coverage.alt(rows, words=w)


def table(w: Words, selection: Selection) -> Table:
    """The matrix as a table: a column per election, the number of figures and what they are."""
    rows = cells(w, selection)
    elections = list(dict.fromkeys(rows["election"]))
    told = {(row["unit_name"], row["election"]): _cell(w, row) for row in rows.to_dict("records")}
    lines = tuple(
        (name, *(told.get((name, election), w("chart.coverage.not_voted")) for election in elections))
        for name in dict.fromkeys(rows["unit_name"])
    )
    return Table(w("ledger.coverage.title"), (w("ledger.coverage.government"), *elections), lines)


def _is_shown(code: str, found: Sequence[Mapping[str, Any]], selection: Selection) -> bool:
    if selection.elections:
        return code in selection.elections
    own = [row["own_figures"] for row in found if row["election_code"] == code]
    return bool(own) and (results.election_days()[code].election_type != "psu" or any(own))


def _state(row: Mapping[str, Any]) -> str:
    if row["own_above_zero"]:
        return "figure"
    if row["own_figures"]:
        return "only_zero"
    return "none" if row["voted"] else "not_voted"


def _cell(w: Words, row: Mapping[Any, Any]) -> str:
    if row["state"] in ("none", "not_voted"):
        said = w(f"chart.coverage.{row['state']}")
    else:
        said = f"{w.number(row['told'])} · {w('chart.coverage.' + row['state'])}"
    area = int(row["area_figures"])
    return f"{said} · {w('ledger.coverage.area_too', n=area)}" if area else said

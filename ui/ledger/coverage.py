"""Which government has a published figure for which election; none is not zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from charts.published import coverage
from charts.theme import theme
from language import Words, words
from ui import results
from ui.results import Look, Picture
from ui.showing.tables import Table
from warehouse import reference
from warehouse.selection import Selection

_COUNTS: Final = ("own_figures", "own_above_zero", "area_figures", "told")


def cells(w: Words, selection: Selection) -> pd.DataFrame:
    """A row per government and election of the selection, with its state and number of figures.

    Elections of single regions are left out unless chosen or told of; governments come by code, elections by day.
    """
    found = results.ask(reference.frame_of, "mart_published_coverage", ["government_code", "election_code"])
    found["told"] = found["own_figures"]
    governments, days = results.governments(), results.election_days()
    chosen = selection.governments or tuple(
        code
        for code, row in governments.items()
        if not selection.provinces or row.province_code in selection.provinces
    )
    found = found[found["government_code"].isin(chosen)]
    elections = [code for code in days if _is_shown(code, found, selection)]
    whole = pd.MultiIndex.from_product([chosen, elections], names=["government_code", "election_code"])
    found = found.set_index(whole.names).reindex(whole)
    found = found.assign(voted=found["voted"].eq(True), **{name: found[name].fillna(0) for name in _COUNTS})
    found = found.reset_index()
    found["unit_name"] = [governments[code].short_name for code in found["government_code"]]
    found["election"] = [days[code].name(w.lang) for code in found["election_code"]]
    found["state"] = [_state(row) for row in found.to_dict("records")]
    return found


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


def _is_shown(code: str, found: pd.DataFrame, selection: Selection) -> bool:
    if selection.elections:
        return code in selection.elections
    own = found[found["election_code"] == code]
    return bool(len(own)) and (
        results.election_days()[code].election_type != "psu" or bool(own["told"].sum())
    )


def _state(row: Mapping[Any, Any]) -> str:
    if row["own_above_zero"]:
        return "figure"
    if row["told"]:
        return "only_zero"
    return "none" if row["voted"] else "not_voted"


def _cell(w: Words, row: Mapping[Any, Any]) -> str:
    if row["state"] in ("none", "not_voted"):
        said = w(f"chart.coverage.{row['state']}")
    else:
        said = f"{w.number(row['told'])} · {w('chart.coverage.' + row['state'])}"
    area = int(row["area_figures"])
    return f"{said} · {w('ledger.coverage.area_too', n=area)}" if area else said

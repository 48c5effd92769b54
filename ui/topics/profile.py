"""The profile of one government or agency, and what the map of regions can show."""

from __future__ import annotations

from typing import Final

import streamlit as st

from language import Words
from metrics.between import profile
from ui import filters, results
from ui.showing import tables
from ui.showing.tables import Table

FIGURES: Final = ("alleged_persons", "alleged_rate", "followed_up_share", "roster_match_share")
LEVELS: Final = ("government", "province")
MEASURES: Final = ("alleged_rate", "alleged_persons", "followed_up_share")
VIEWS: Final = ("map", "tiles")
_HEAD: Final = ("as_of", "pns", "pppk", "control", "origin", "file")


def open_with(w: Words, code: str) -> None:
    """Name of the government and the way back to the map."""
    st.button(w("pages.regions.back"), key="back_to_map", on_click=filters.leave_unit)
    st.header(w("pages.regions.profile", name=results.governments()[code].name), anchor=False)


def levels(w: Words) -> dict[str, str]:
    """Kinds of units the map can show."""
    return {code: w(f"pages.regions.levels.{code}") for code in LEVELS}


def measures(w: Words) -> dict[str, str]:
    """What the map can show."""
    return {code: w(f"pages.regions.measures.{code}") for code in MEASURES}


def views(w: Words) -> dict[str, str]:
    """Ways to draw places."""
    return {code: w(f"pages.regions.views.{code}") for code in VIEWS}


def denominators(w: Words, code: str) -> None:
    """Rosters of the government: date, PNS and PPPK, verdict of the control totals."""
    rows = tuple(
        (
            w.date(row.as_of), w.number(row.pns_active), w.number(row.pppk_active),
            w(f"ui.sources.verdicts.{row.control_verdict}"),
            w("ui.simulated") if row.is_simulated else w("ui.sources.real"), row.file_name,
        )
        for row in results.sources()
        if row.kind == "roster" and row.government_code == code
    )  # fmt: skip
    head = tuple(w(f"ui.sources.{name}") for name in _HEAD)
    tables.draw(w, Table(w("pages.regions.denominators"), head, rows, frozenset({1, 2})), "denominators")


def staff(w: Words, agency_id: str) -> None:
    """Staff of one agency on every roster of its government: date, PNS and PPPK."""
    found = results.ask(profile.staff, agency_id)
    rows = tuple((w.date(day), w.number(pns), w.number(pppk)) for day, pns, pppk in found)
    head = tuple(w(f"ui.sources.{name}") for name in _HEAD[:3])
    tables.draw(w, Table(w("unit.denominators"), head, rows, frozenset({1, 2})), "denominators")

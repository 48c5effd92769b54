"""The parts of a profile; only the one that is asked for is computed and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from language import Words
from metrics.between.neighbours import Kind
from ui import filters, layout, results
from ui.showing import figures
from ui.topics import between, profile
from ui.unit import cases, sides
from warehouse.selection import Selection

_ALL: Final = ("all", "election", "employment", "severity", "followup")
PARTS: Final[Mapping[Kind, tuple[str, ...]]] = {"agency": _ALL, "government": (*_ALL, "agency")}


def show(w: Words, chosen: Selection, kind: Kind) -> None:
    """The choice of parts of the one agency or government of a selection, and the chosen part."""
    names = {code: w(f"unit.parts.{code}") for code in PARTS[kind]}
    part = filters.choice("rinci", names, w("unit.part"))
    # A profile of a government is of all its agencies, whichever are chosen beside it.
    _SHOWN[part](w, chosen if kind == "agency" else replace(chosen, agencies=()), kind)


def _at_a_glance(w: Words, chosen: Selection, kind: Kind) -> None:
    between.profile(w, chosen, kind)
    layout.section(w("unit.denominators"))
    if kind == "agency":
        layout.text(w("unit.staff_lead"))
        profile.staff(w, chosen.agencies[0])
    else:
        profile.denominators(w, chosen.governments[0])


def _employment(w: Words, chosen: Selection, _: Kind) -> None:
    layout.section(w("comparing.sides.title.employment"))
    sides.show(w, chosen, "employment")


def _standing(w: Words, chosen: Selection, _: Kind) -> None:
    cases.standing(w, chosen)


def _agencies(w: Words, chosen: Selection, _: Kind) -> None:
    layout.section(w("unit.agencies"))
    figures.interval_list(w, results.of("alleged_rate", chosen, "agency"), "profile_agencies")


_SHOWN: Final[Mapping[str, Callable[[Words, Selection, Kind], None]]] = {
    "all": _at_a_glance,
    "election": cases.over_time,
    "employment": _employment,
    "severity": cases.types_and_sanctions,
    "followup": _standing,
    "agency": _agencies,
}

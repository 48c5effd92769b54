"""The sentences of a fact sheet: what may be concluded, how it is read, where it comes from."""

from __future__ import annotations

from typing import Final

from charts.shading.verdicts import JUDGED
from language import Words
from metrics.comparing.reference import reference_range
from metrics.result import Result
from ui import method, results
from ui.sheet.rows import Counted
from ui.showing import pictures
from ui.topics import between, comparison
from warehouse.selection import Selection

_HELD: Final = (*JUDGED, "too_few", "group_suppressed")
"""Classes of units whose own number is known."""


def conclusion(w: Words, counted: Counted) -> list[str]:
    """Whether places differ by more than chance, what a low figure may mean, and that an allegation is no finding."""
    limits = [counted.whole.definition.limits.of(w.lang), w("caveat.alleged_not_established")]
    if not counted.is_by_election:
        return [comparison.verdict(w, counted.rate, counted.whole), *limits]
    selection = counted.whole.selection
    return limits if selection.agencies else [*against(w, selection), *limits]


def against(w: Words, selection: Selection) -> list[str]:
    """Where the evidence puts one government among all of Kalimantan, as on the map of regions; nothing of one without a place there."""
    group = between.home(selection, "government")
    units, whole = (results.of("alleged_rate", group, by) for by in ("government", "kalimantan"))
    rows = pictures.on_map(units, whole)
    mine = next((row for row in rows if row["unit_id"] == selection.governments[0]), None)
    if mine is None:
        return []
    found, name = str(mine["evidence"]), str(mine["unit_name"])
    told = [w("sheet.against", name=name, **{"class": w(f"evidence.short.{found}")})]
    if found in JUDGED and found != "within":
        n = sum(row["evidence"] in JUDGED for row in rows)
        told.append(w("sheet.against_chance", n=n, expected=round(0.05 * n, 1)))
    held = comparison.around(w, reference_range(whole)) if found in _HELD else ""
    return [*told, *([held] if held else [])]


def reading(w: Words, rate: Result, share: Result) -> list[str]:
    """What is counted, what a withheld and a missing number mean, and how intervals are made."""
    named = {
        name: w(f"ui.method.intervals.{result.definition.interval}")
        for name, result in (("rate", rate), ("share", share))
    }
    top = results.suppress_below() - 1
    return [
        rate.definition.description.of(w.lang),
        w("sheet.method.range", top=top, few=w.span(0, top, 0), many=w.span(100, 100 + top, 0)),
        w("sheet.method.dash"),
        w("sheet.method.interval", **named),
    ]


def sources(w: Words, rate: Result) -> list[str]:
    """Rosters, coverage, persons left out and build of the rate of the whole, and how many of the loaded files are simulated.

    Of elections nobody can say how many persons are left out, so the rate of the whole is asked.
    """
    return [*method.source_parts(w, rate), method.simulated_line(w)]

"""Units of a page against their group; where the group's number is withheld: why, the way on, and the units alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from language import Words
from metrics.between.compared import Compared
from metrics.comparing.reference import is_withheld, reference_total
from metrics.result import Result
from ui import layout, notice, results
from ui.notice import Way
from ui.showing import comparing, figures, tables
from ui.topics import between, comparison
from warehouse.selection import Selection


def expected(w: Words, look: str, units: Result, whole: Result) -> None:
    """The units against what is expected of them: a funnel or ratios with ranks; what can be told where there is no ratio."""
    found = results.compared(units)
    if found.told.empty:
        _alone(w, units, whole, found)
        return
    notice.say(between.verdict(w, found))
    layout.text(w(f"between.lead.{look}"))
    if look == "funnel":
        comparing.funnel(w, units, "agencies_funnel")
    else:
        layout.text(between.ranks(w, found))
        comparing.caterpillar(w, units, "agencies_ratio")
    layout.text(between.standard(w, found))


def rates(w: Words, units: Result, whole: Result) -> None:
    """Which units lie apart from the rate of the whole, or why that cannot be said."""
    notice.say(comparison.verdict(w, units, whole), way=way_on(w, whole))


def places(w: Words, result: Result, whole: Result) -> None:
    """Above a map by evidence: why it judges no place, and the way on; nothing where a sentence stands in its place."""
    if whole.definition.kind == "rate" and is_withheld(whole) and not tables.is_silent(result):
        why = comparison.verdict(w, result, whole)
        notice.say(f"{w('comparing.unjudged')} {why}", way=way_on(w, whole))


def way_on(w: Words, whole: Result) -> Way | None:
    """The nearest selection in which the number of the group is told; None where it is told, or in no wider selection."""
    if not is_withheld(whole):
        return None
    for name, wider in _wider(whole.selection):
        if not is_withheld(results.of(whole.definition.metric_id, wider, whole.by)):
            return Way(w(f"comparing.way.{name}"), w(f"comparing.choose.{name}"), wider)
    return None


def _wider(chosen: Selection) -> Iterator[tuple[str, Selection]]:
    ways = {
        "elections": replace(chosen, elections=()),
        "places": replace(chosen, provinces=(), governments=(), agencies=()),
        "everything": Selection(),
    }
    return ((name, wider) for name, wider in ways.items() if wider != chosen)


def _alone(w: Words, units: Result, whole: Result, found: Compared) -> None:
    """The reason, and the units with their own intervals if any has a number or a range."""
    notice.say(_why(w, units, whole, found), way=way_on(w, whole))
    if units.frame["refusal"].isin(["none", "suppressed"]).any():
        layout.text(w("between.lead.alone"))
        figures.interval_list(w, units, "agencies")


def _why(w: Words, units: Result, whole: Result, found: Compared) -> str:
    if tables.is_silent(units):
        return w("refusal.not_published")
    if is_withheld(whole):
        return comparison.verdict(w, units, whole)
    if reference_total(whole) == 0:
        return w("comparing.no_event")
    return between.verdict(w, found)

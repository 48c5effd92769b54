"""What is told of the cases of one unit: over time, their types and sanctions, where they stand.

A unit has a handful of cases and most parts of them are withheld; then a sentence stands in place of an empty figure.
"""

from __future__ import annotations

from collections.abc import Callable

from charts.measure import reason, withheld
from language import Words
from metrics.between.neighbours import Kind
from metrics.followup.standing import FollowUp
from metrics.result import Result
from metrics.scope import is_registered
from ui import layout, results
from ui.explaining import methods, shown
from ui.followup import drawn, told
from ui.frame import menu
from ui.showing import figures, tables
from ui.topics import signals
from ui.unit import sides
from warehouse.selection import Selection

TO_DECISION = "to_decided"


def over_time(w: Words, chosen: Selection, kind: Kind) -> None:
    """The rate by election, whether it changed beyond chance, and the latest election against the one before."""
    layout.section(w("unit.trend"))
    rate = results.of("alleged_rate", chosen, kind, "election")
    _shown(
        w,
        rate,
        figures.trend_line,
        f"profile_trend_{kind}",
        is_told=bool((results.shown(rate).frame["refusal"] == "none").any()),
    )
    signals.of_change(w, chosen)
    layout.section(w("comparing.sides.title.election"))
    sides.show(w, chosen, "election")


def types_and_sanctions(w: Words, chosen: Selection, kind: Kind) -> None:
    """Persons by type of allegation, by severity recommended and imposed, and which of the two is heavier."""
    parts = (
        ("types", "alleged_persons", "category"),
        ("recommended", "recommended_persons", "recommended_severity"),
        ("imposed", "decided_persons", "imposed_severity"),
    )
    for name, metric, group in parts:
        layout.section(w(f"unit.{name}"))
        counts = results.of(metric, chosen, kind, "whole", group)
        is_told = bool((results.shown(counts).frame["events"].fillna(0) > 0).any())
        _shown(w, counts, figures.severity_bars, f"profile_{name}_{kind}", is_told=is_told)
    decided = results.of("decided_persons", chosen, "kalimantan", group="comparison")
    # Where nobody is decided the last of the parts has said so.
    if _is_any(results.shown(decided)):
        layout.text(told.compared(w, results.shown(decided)))
        figures.told(w, decided, f"profile_compared_{kind}")


def _is_any(counts: Result) -> bool:
    """Whether anybody is counted, few or many."""
    frame = counts.frame
    return bool((frame["suppressed"] | (frame["events"].fillna(0) > 0)).any())


def standing(w: Words, chosen: Selection) -> None:
    """Where the cases stand on the date of the data, and how long a decision takes."""
    layout.section(w("unit.standing"))
    found = told.of(chosen)
    if is_told(found):
        drawn.stages(w, found)
        waited = told.waited(chosen)
        layout.text(told.waits_told(w, waited, TO_DECISION, found.k))
        name = w("followup.spans")
        shown.fold(w, "profile_wait", name, lambda: [told.explained(w, waited.query, methods.WAITS)])
    else:
        layout.text(stages_withheld(w, found))
    menu.link(w, "followup", w("unit.followup_link"))


def is_told(found: FollowUp) -> bool:
    """Whether any stage has a count that may be told and is not zero."""
    return bool((found.stages["persons"].fillna(0) > 0).any())


def stages_withheld(w: Words, found: FollowUp) -> str:
    """Why no stage is drawn: nobody is in the selection, or too few at every stage."""
    is_nobody = found.persons is not None and found.persons.most == 0
    if is_nobody or not found.is_registered:
        return told.standing(w, found)
    if not found.is_published:
        return told.totals(w, found) + w("followup_published.unit")
    return w("unit.stages_few", k=found.k, day=found.as_of)


def _shown(
    w: Words, result: Result, draw: Callable[[Words, Result, str], None], key: str, *, is_told: bool
) -> None:
    if is_told:
        draw(w, result, key)
    else:
        layout.text(why_not(w, results.shown(result)))


def why_not(w: Words, result: Result) -> str:
    """One sentence in place of a figure that would show no number."""
    how, frame = tables.measure(w, result), result.frame
    if bool(frame["suppressed"].any()):
        return w("unit.few", title=how.title, range=how.hidden(w, *withheld(frame)))
    if not results.ask(is_registered, result.selection):
        return w("unit.missing", title=how.title, reason=reason(w, how, "no_events_table"))
    refused = frame.loc[frame["refusal"] != "none", "refusal"].tolist()
    if refused and len(refused) == len(frame):
        return w("unit.missing", title=how.title, reason=reason(w, how, refused[-1]))
    return w("unit.nobody", title=how.title)

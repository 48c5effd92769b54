"""Sentences about what a figure alone does not show: a change in time, neighbours that resemble each other."""

from __future__ import annotations

from functools import partial

from language import Words
from metrics.result import Result
from metrics.signals.change import NOT_JUDGED, ChangeSignal
from metrics.signals.space import SpaceSignal
from ui import notice, results
from ui.explaining import answers, methods, shown
from warehouse.selection import Selection


def of_change(w: Words, chosen: Selection) -> None:
    """Whether the chosen government or agency changed against the others of its time; nothing where many are chosen."""
    found = results.change(chosen)
    if found:
        notice.say(change(w, found, results.suppress_below()), "change")
        judged = partial(results.of, "alleged_rate", chosen, "kalimantan")
        shown.fold(w, "change", w("explain.change"), lambda: [answers.of(w, judged(), methods.CHANGE)])


def of_space(w: Words, result: Result) -> None:
    """What the map shows beyond chance; nothing where it shows nothing."""
    found = results.space(result)
    if found:
        notice.say(space(w, found), "space")
        shown.fold(w, "space", w("explain.space"), lambda: [answers.of(w, result, methods.SPACE)])


def change(w: Words, found: ChangeSignal, k: int) -> str:
    """The verdict on one unit, with how often it would be wrong and what it could have seen."""
    lead = f"signals.change.{found.state}"
    if found.state in NOT_JUDGED:
        return w(lead)
    if found.state == "none":
        told = [w(lead)]
    else:
        told = [
            w(lead, since=w.month(found.since), until=w.month(found.until)),
            w("signals.change.reporting"),
        ]
    numbers = {
        "false": _of_hundred(w, found.false_alarms),
        "power": _of_hundred(w, found.power),
        "most": k - 1,
    }
    span = {"first": w.month(found.first), "last": w.month(found.last)}
    return " ".join([*told, w("signals.change.how", **span, **numbers)])


def space(w: Words, found: SpaceSignal) -> str:
    """Moran's I in words, and the regions that stand out."""
    kind = "single" if found.alike is None else "alike" if found.alike else "unlike"
    numbers = {"i": w.number(found.i, 2), "p": w.number(found.p, 4), "n": found.units}
    told = [w(f"signals.space.{kind}", **numbers)]
    groups = {"high": found.high, "low": found.low, "apart": found.apart}
    told += [w(f"signals.space.{name}", names=w.listed(names)) for name, names in groups.items() if names]
    return " ".join([*told, w("signals.space.reporting")])


def _of_hundred(w: Words, share: float) -> str:
    return w.number(100 * share)

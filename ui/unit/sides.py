"""Two sides of one rate: PNS and PPPK, or an election and the one before it; a figure, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from charts.trend import Occasion
from language import Words, is_missing, words
from metrics.comparing.occasions import Occasions, occasions
from metrics.comparing.pairs import Difference, across
from metrics.result import Result
from ui import layout, method, results
from ui.explaining import answers, methods, shown
from ui.results import Look, Picture
from ui.showing import drawing, pictures, tables
from ui.showing.drawing import Behind, Beside
from ui.topics import differences
from warehouse.reference import Election
from warehouse.selection import EMPLOYMENT, Selection
from warehouse.tables import Query

KINDS: Final = ("employment", "election")
METRIC: Final = "alleged_rate"
# Windows that differ by more than this part are told as unequal.
_UNEQUAL: Final = 0.1


@dataclass(frozen=True)
class Sides:
    """The answers for one side and for the one it is held against, how they are called, and what must be told with them."""

    first: Result
    base: Result
    names: tuple[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """Both sides of the selection and of picked units: their pairs, one answer with all rows, and the lines around them."""

    pairs: tuple[Difference, ...]
    together: Result
    lines: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_drawn(self) -> bool:
        """Whether any row has a number; a figure of withheld rows alone would show nothing."""
        return bool((self.together.frame["refusal"] == "none").any())


def show(w: Words, chosen: Selection, kind: str, units: Sequence[str] = (), by: str = "kalimantan") -> None:
    """Both sides of the selection as a whole and of `units` of the breakdown `by`, or why nothing is compared."""
    layout.text(w(f"comparing.sides.lead.{kind}"))
    found = results.remembered(held, w, chosen, kind, by, tuple(units))
    if isinstance(found, str):
        layout.text(found)
        return
    key, foot = f"sides_{kind}", method.foot(w, found.together)
    if found.is_drawn:
        made = results.remembered(picture, drawing.look(w), chosen, kind, by, tuple(units))
        drawing.chart(w, made, key, _behind(w, found), Beside((*found.lines, *found.notes), foot))
        return
    _list(found.lines)
    _list(found.notes)
    st.html(foot)
    under = _behind(w, found)
    drawing.twin(w, key, under)
    shown.fold(w, key, under.name, under.explained)


def _behind(w: Words, found: Held) -> Behind:
    return Behind(
        w("comparing.title"),
        lambda: [tables.of_result(w, found.together), differences.table(w, found.pairs, found.together)],
        lambda: [answers.of(w, found.together, methods.PAIRS, methods.OCCASIONS)],
        title=w("comparing.table.title"),
        note=w("comparing.how"),
    )


def held(w: Words, chosen: Selection, kind: str, by: str, units: tuple[str, ...]) -> Held | str:
    """What `show` shows; a sentence where there is nothing to compare."""
    whole = of(w, chosen, kind, _level(chosen))
    if isinstance(whole, str):
        return whole
    whole = _called(w, whole)
    parts = [whole, _units(whole, chosen, by, units)] if units else [whole]
    if tables.is_silent(*(side for part in parts for side in (part.first, part.base))):
        return w("refusal.not_published")
    k = results.suppress_below()
    pairs = tuple(
        pair
        for part in parts
        for pair in across(part.first, part.base, part.first.frame["unit_id"].tolist(), part.names, k)
    )
    lines = differences.sentences(w, pairs, whole.first)
    about = [denominator(w, answer, name) for answer, name in _in_order(whole)]
    return Held(pairs, _together(parts), tuple(lines), (*about, *whole.notes))


def picture(look: Look, chosen: Selection, kind: str, by: str, units: tuple[str, ...]) -> Picture:
    """Both sides with their intervals; nothing where there is nothing to compare."""
    found = results.remembered(held, words(look.lang), chosen, kind, by, units)
    assert isinstance(found, Held), "only what can be compared is drawn"
    return pictures.interval_list(look, found.together)


def of(w: Words, chosen: Selection, kind: str, by: str) -> Sides | str:
    """The two answers of a selection, or a sentence on why there are none."""
    return _employment(w, chosen, by) if kind == "employment" else _elections(w, chosen, by)


def denominator(w: Words, answer: Result, name: str) -> str:
    """Days, staff and rosters behind one side; one without staff says so."""
    row: dict[Any, Any] = answer.frame.iloc[0].to_dict()
    days = {"first": row["period_start"].date(), "last": row["period_end"].date()}
    length = (days["last"] - days["first"]).days + 1
    silent = "not_published" if row["refusal"] == "not_published" else "none"
    key = silent if is_missing(row["exposure"]) else answer.basis
    heads = w.number(row["exposure"])
    rosters = method.snapshots(w, answer)
    return w(f"comparing.sides.denominator.{key}", name=name, **days, n=length, heads=heads, rosters=rosters)


def _employment(w: Words, chosen: Selection, by: str) -> Sides | str:
    if len(chosen.employment) == 1:
        return w("comparing.sides.refused.one_kind", name=chosen.employment[0])
    base, first = (results.of(METRIC, replace(chosen, employment=(kind,)), by) for kind in EMPLOYMENT)
    return Sides(first, base, (EMPLOYMENT[1], EMPLOYMENT[0]), (w("comparing.sides.note.employment"),))


def _elections(w: Words, chosen: Selection, by: str) -> Sides | str:
    found = results.ask(occasions, chosen)
    if found is None:
        return w("comparing.sides.refused.no_election")
    if found.base is None:
        return w("comparing.sides.refused.no_earlier", name=_label(found.election))
    first, base = (_during(found.places, row, by) for row in (found.election, found.base))
    names = (_label(found.election), _label(found.base))
    return Sides(first, base, names, tuple(_election_notes(w, found, (first, base))))


def _during(chosen: Selection, election: Election, by: str) -> Result:
    return results.of(METRIC, replace(chosen, elections=(election.election_code,)), by)


def _election_notes(w: Words, found: Occasions, answers: tuple[Result, Result]) -> list[str]:
    name = _label(found.election)
    first, second = (_days(answer) for answer in answers)
    until = found.election.window_end_on
    unequal = abs(first - second) > _UNEQUAL * max(first, second)
    told: dict[str, tuple[bool, dict[str, Any]]] = {
        "unlike": (not found.is_alike, {"name": name}),
        "places": (
            found.voting > 1 and found.kept < found.voting,
            {"kept": found.kept, "voting": found.voting},
        ),
        "lengths": (unequal, {"first": first, "second": second}),
        "open": (until > results.build().as_of, {"name": name, "day": until}),
    }
    return [w(f"comparing.sides.note.{key}", **values) for key, (holds, values) in told.items() if holds]


def _units(whole: Sides, chosen: Selection, by: str, units: tuple[str, ...]) -> Sides:
    """The picked units on both sides; not narrowed, since each is compared with itself."""
    answers = []
    for side in (whole.first, whole.base):
        asked = side.selection
        alone = replace(chosen, elections=asked.elections, employment=asked.employment)
        answers.append(pictures.only(results.of(METRIC, alone, by), units))
    return Sides(answers[0], answers[1], whole.names)


def _called(w: Words, whole: Sides) -> Sides:
    """The selection by its name; several places together have none of their own."""
    asked = whole.first.selection
    if whole.first.by != "kalimantan" or not (asked.provinces or asked.governments or asked.agencies):
        return whole
    first, base = (
        answer.shown_as(answer.frame.assign(unit_name=w("comparing.sides.whole")))
        for answer in (whole.first, whole.base)
    )
    return replace(whole, first=first, base=base)


def _together(parts: Sequence[Sides]) -> Result:
    """One answer with the rows of both sides, each side a group."""
    answers = [side for part in parts for side in _in_order(part)]
    frames = [answer.frame.assign(group=name) for answer, name in answers]
    whole = parts[0].base
    left = [answer.events_out_of_scope for answer, _ in answers[:2]]
    return replace(
        whole.shown_as(pd.concat(frames, ignore_index=True)),
        selection=_both(parts[0].base.selection, parts[0].first.selection),
        caveats=tuple(dict.fromkeys(code for answer, _ in answers for code in answer.caveats)),
        events_out_of_scope=None if None in left else sum(filter(None, left)),
        is_simulated=any(answer.is_simulated for answer, _ in answers),
        as_of=tuple(sorted({day for answer, _ in answers for day in answer.as_of})),
        queries=_asked(answer for answer, _ in answers),
    )


def _both(one: Selection, other: Selection) -> Selection:
    """What the sides select together, to be told."""
    elections, employment = ((*one.elections, *other.elections), (*one.employment, *other.employment))
    return replace(one, elections=elections, employment=employment)


def _asked(answers: Iterable[Result]) -> tuple[Query, ...]:
    """Every question once, in the order in which it was asked first."""
    found: list[Query] = []
    for query in (query for answer in answers for query in answer.queries):
        if query not in found:
            found.append(query)
    return tuple(found)


def _in_order(part: Sides) -> tuple[tuple[Result, str], tuple[Result, str]]:
    """What is held against first: the earlier election, the larger staff."""
    return (part.base, part.names[1]), (part.first, part.names[0])


def _level(chosen: Selection) -> str:
    """The breakdown that has the selection as its one unit."""
    for by, places in (("agency", chosen.agencies), ("government", chosen.governments)):
        if places:
            return by if len(places) == 1 else "kalimantan"
    return "province" if len(chosen.provinces) == 1 else "kalimantan"


def _days(answer: Result) -> int:
    row = answer.frame.iloc[0]
    return int((row["period_end"] - row["period_start"]).days) + 1


def _label(election: Election) -> str:
    return Occasion(election.election_code, election.name_id, election.voting_on).label


def _list(lines: Sequence[str]) -> None:
    st.html(f"<ul class='netra-told'>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>")

"""The election clock on the page: a figure for Pilkada and one for Pemilu, sentences, and the table of phases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from charts.followup import clock
from charts.theme import theme
from charts.trend import Occasion
from language import Words, words
from metrics.followup.courses import KINDS, LEVEL, Course, ElectionClock, Kind
from metrics.followup.elections import TRACKS, election_clock
from metrics.followup.standing import NOBODY
from stats.waiting.phases import PHASES
from ui import filters, method, results
from ui.access import own
from ui.explaining import methods, sources
from ui.explaining.parts import Explanation
from ui.followup.counts import count, unpublished
from ui.results import Look, Picture
from ui.showing import drawing
from ui.showing.drawing import Behind, Beside
from ui.showing.tables import Table
from warehouse.selection import Selection

MEASURES: Final = {"alleged_persons": "persons", "alleged_rate": "rate"}


def of(selection: Selection) -> ElectionClock:
    """The election clock for one selection."""
    return own.ask(election_clock, selection)


def show(w: Words, found: ElectionClock) -> None:
    """Both figures with their sentences, then the phases of every election with persons."""
    chosen = filters.current()
    if found.hindering:
        st.markdown(unpublished(w, found.hindering))
        return
    names = {code: w(f"followup.clock.measure.{name}") for code, name in MEASURES.items()}
    measure = MEASURES[filters.choice("ukuran", names, w("followup.clock.measure.label"))]
    for kind in KINDS:
        st.subheader(w(f"followup.clock.kind.{kind}"), anchor=False)
        st.markdown(w(f"followup.clock.deadline.{kind}"))
        drawn = results.remembered(picture, drawing.look(w), chosen, kind, measure)
        told = sentences(w, found.of(kind), measure, found.k)
        drawing.chart(w, drawn, f"clock_{kind}", _under(w, found, kind, chosen), Beside(told))
    if not _is_place_chosen(chosen):
        st.markdown(w("followup.clock.re_votes", n=count(w, found.in_re_votes)))
    st.markdown(w("followup.clock.outside", n=count(w, found.outside)))


def _under(w: Words, found: ElectionClock, kind: Kind, chosen: Selection) -> Behind:
    """Phases and steps of one kind of election; re-votes stand with the Pilkada that they repeat, where their place is chosen."""
    again = found.of("psu") if kind == "pilkada" and _is_place_chosen(chosen) else ()
    courses = [*found.of(kind), *again]
    name = f"{w('followup.clock.phases')} ({w(f'followup.clock.kind.{kind}')})"
    return Behind(
        name,
        lambda: [phases(w, courses), steps(w, courses)],
        lambda: [_explained(w, found, chosen)],
    )


def _explained(w: Words, found: ElectionClock, chosen: Selection) -> Explanation:
    """How the clock came to its numbers, with the rosters of its rates."""
    told = methods.of(w, methods.CLOCK, chosen, (found.query,))
    rates = results.of("alleged_rate", chosen, "government", "election")
    return told.also({"denominator": (method.snapshots(w, rates), sources.rosters(w, rates))}, rates.queries)


def _is_place_chosen(chosen: Selection) -> bool:
    return bool(chosen.provinces or chosen.governments or chosen.agencies)


def picture(look: Look, selection: Selection, kind: Kind, measure: str) -> Picture:
    """The figure of one kind of election."""
    w, found = words(look.lang), of(selection)
    title = w(f"followup.clock.axis.{measure}")
    drawn = [
        clock.Course(_name(w, course), course.bands, _heights(course, measure)) for course in found.of(kind)
    ]
    figure = clock.figure(drawn, words=w, theme=theme(look.theme), title=title, simulated=found.is_simulated)
    digits = 2 if measure == "rate" else 0
    alt = clock.alt(drawn, words=w, title=title, number=lambda x: w.number(x, digits))
    return figure.to_dict(), alt


def sentences(w: Words, courses: Sequence[Course], measure: str, k: int) -> tuple[str, ...]:
    """What each course came to, how sure that is, and which have no curve and why."""
    if not courses:
        return (w("followup.clock.nobody"),)
    return tuple(_line(w, course, measure, k) for course in courses)


def phases(w: Words, courses: Sequence[Course]) -> Table:
    """Persons by election and phase, with what an act of the phase is."""
    rows = tuple(
        (
            _name(w, course), w(f"chart.followup.phase.{phase}"), w(f"followup.clock.track.{TRACKS.get(phase, 'discipline')}"),
            _band(w, course.bands.get(phase)), count(w, course.phases.get(phase)),
        )
        for course in courses
        for phase in PHASES
        if phase != "unknown" or course.phases.get(phase, NOBODY).most != 0
    )  # fmt: skip
    head = tuple(
        w(f"followup.clock.head.{name}") for name in ("election", "phase", "track", "days", "persons")
    )
    return Table(w("followup.clock.phases"), head, rows, frozenset({4}))


def steps(w: Words, courses: Sequence[Course]) -> Table:
    """The rows that the curves are drawn from."""
    rows = tuple(
        (
            _name(w, course), w.number(row["day"]), w.number(row["persons"]), w.number(row["rate"], 2),
            w.span(row["rate_lower"], row["rate_upper"], 2),
        )
        for course in courses
        for row in course.steps.to_dict("records")
    )  # fmt: skip
    head = tuple(
        w(f"followup.clock.head.{name}") for name in ("election", "day", "cumulative", "rate", "interval")
    )
    return Table(w("followup.clock.steps"), head, rows, frozenset({1, 2, 3, 4}))


def _heights(course: Course, measure: str) -> pd.DataFrame:
    """The steps of one measure under the names the figure knows."""
    columns = ("persons", "lower", "upper") if measure == "persons" else ("rate", "rate_lower", "rate_upper")
    names = dict(zip(columns, ("share", "lower", "upper"), strict=True))
    return course.steps[["day", *columns]].rename(columns=names).dropna().reset_index(drop=True)


def _line(w: Words, course: Course, measure: str, k: int) -> str:
    heights = _heights(course, measure)
    if heights.empty:
        return _without_curve(w, course, measure, k)
    last = heights.to_dict("records")[-1]
    digits = 2 if measure == "rate" else 0
    before = course.phases.get("before_candidates_set")
    return w(
        f"followup.clock.came_to.{measure}",
        name=_name(w, course),
        value=w.number(last["share"], digits),
        span=w.span(last["lower"], last["upper"], digits),
        level=w.percent(LEVEL),
        day=_day(w, int(last["day"])),
        before=count(w, before),
        persons=count(w, course.persons),
    )


def _without_curve(w: Words, course: Course, measure: str, k: int) -> str:
    """Why there is none, and what is known all the same."""
    name, persons = _name(w, course), count(w, course.persons)
    if measure == "rate" and len(course.steps):
        return w("followup.clock.no_roster" if k == 1 else "followup_published.no_rate", name=name)
    if course.persons.exact is not None and course.persons.exact < k:
        return w("followup.clock.few", name=name, k=k)
    if course.phases:
        before = count(w, course.phases.get("before_candidates_set"))
        return w("followup_published.phases", name=name, persons=persons, before=before)
    return w("followup_published.total", name=name, persons=persons)


def _day(w: Words, day: int) -> str:
    """A day relative to voting, in words."""
    side = "before" if day < 0 else "after" if day else "voting"
    return w(f"followup.clock.day.{side}", n=abs(day))


def _band(w: Words, band: tuple[int, int] | None) -> str:
    if band is None:
        return w("followup.clock.no_date")
    return w("followup.clock.from_to", first=w.number(band[0]), last=w.number(band[1]))


def _name(w: Words, course: Course) -> str:
    return Occasion(course.code, course.code, course.voting_on).label

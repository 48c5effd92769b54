"""The election clock: cumulative persons by days to voting, election over election, above the phases of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.followup.curves import Line, band, colour_of
from charts.severity.bars import hatch
from charts.theme import DASHES, SMALL_SIZE, Theme, axis, axis_title, drawn, empty, layout, legend, trace
from language import Words

HEIGHT: Final = 360
ROW: Final = 42
PHASES: Final = ("before_candidates_set", "candidates_set", "campaign", "quiet", "voting", "after_voting")
TICKS: Final = tuple(range(-720, 61, 90))


@dataclass(frozen=True)
class Course:
    """One election: its name, the first and last day of its phases, and its steps (day, share as height, lower, upper)."""

    name: str
    bands: Mapping[str, tuple[int, int] | None]
    steps: pd.DataFrame


def figure(courses: Sequence[Course], *, words: Words, theme: Theme, title: str, simulated: bool) -> Drawing:
    """Step curves over a strip of phases per election; day 0 is voting."""
    if not courses:
        return empty(words, theme)
    traces: list[Trace] = []
    for place, course in enumerate(courses):
        if len(course.steps):
            colour = colour_of(theme, place)
            traces += band(Line(course.name, _closed(course)), colour)
            traces.append(_curve(course, place, words, theme))
    for place, phase in enumerate(PHASES):
        traces += _strip(courses, phase, place, words, theme)
    return drawn(traces, _layout(courses, words, theme, title, simulated))


def alt(courses: Sequence[Course], *, words: Words, title: str, number: Any) -> str:
    """One sentence: what each election has come to by its last drawn step; `number` writes a height."""
    told = [
        words(
            "chart.followup.course_end",
            name=course.name,
            value=number(last["share"]),
            day=words.number(last["day"]),
        )
        for course in courses
        for last in course.steps.tail(1).to_dict("records")
    ]
    return f"{title}: {'; '.join(told)}." if told else words("chart.no_rows")


def _span(course: Course) -> tuple[int, int]:
    known = [edge for edges in course.bands.values() if edges for edge in edges]
    days = [int(day) for day in course.steps["day"]]
    return min([*known, *days, 0]), max([*known, *days, 0])


def _closed(course: Course) -> pd.DataFrame:
    """The steps from zero at the first day to the level held until the last day of the election."""
    first, last = _span(course)
    zero = pd.DataFrame([{"day": first, "share": 0.0, "lower": 0.0, "upper": 0.0}])
    end = course.steps.tail(1).assign(day=last)
    return pd.concat([zero, course.steps, end], ignore_index=True)


def _curve(course: Course, place: int, words: Words, theme: Theme) -> Trace:
    rows = _closed(course).to_dict("records")
    return trace(
        "scatter",
        x=[int(row["day"]) for row in rows],
        y=[round(float(row["share"]), 3) for row in rows],
        mode="lines",
        name=course.name,
        line={
            "color": colour_of(theme, place),
            "width": 2,
            "shape": "hv",
            "dash": DASHES[(place + place // len(DASHES)) % len(DASHES)],
        },
        customdata=[[words.span(row["lower"], row["upper"])] for row in rows],
        hovertemplate=f"<b>{course.name}</b><br>{words('chart.followup.to_voting')} %{{x}}<br>%{{y}} (%{{customdata[0]}})<extra></extra>",
    )


def _strip(courses: Sequence[Course], phase: str, place: int, words: Words, theme: Theme) -> list[Trace]:
    rows = [(n, course.bands.get(phase)) for n, course in enumerate(courses)]
    known = [(n, edges) for n, edges in rows if edges]
    if not known:
        return []
    name = words(f"chart.followup.phase.{phase}")
    fill = (
        theme.diverging[1]
        if place == 0
        else theme.sequential[min(place, 4)]
        if place < 5
        else theme.no_roster
    )
    return [
        trace(
            "bar",
            orientation="h",
            base=[first for _, (first, _) in known],
            x=[last - first + 1 for _, (first, last) in known],
            y=[n for n, _ in known],
            yaxis="y2",
            name=name,
            text=name,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": theme.label_on(fill), "size": SMALL_SIZE},
            marker={
                "color": fill,
                "line": {"color": theme.line, "width": 0.6},
                "pattern": hatch("", fill, theme),
            },
            customdata=[[courses[n].name, first, last] for n, (first, last) in known],
            hovertemplate=f"<b>{name}</b><br>%{{customdata[0]}}<br>%{{customdata[1]}} … %{{customdata[2]}}<extra></extra>",
        )
    ]


def _layout(
    courses: Sequence[Course], words: Words, theme: Theme, title: str, simulated: bool
) -> dict[str, Any]:
    spans = [_span(course) for course in courses]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    strip = ROW * len(courses)
    share = strip / (HEIGHT + strip)
    return {
        **layout(words, theme, height=HEIGHT + strip + 130, simulated=simulated),
        "barmode": "overlay",
        "bargap": 0.2,
        "uniformtext": {"minsize": SMALL_SIZE - 2, "mode": "hide"},
        "xaxis": axis(
            theme,
            words("chart.followup.days_to_voting"),
            range=[start, end + 1],
            tickvals=[day for day in TICKS if start <= day <= end],
            anchor="y2",
        ),
        "yaxis": axis(
            theme, axis_title(title, "", 40), domain=[share + 0.04, 1], rangemode="tozero", nticks=6
        ),
        "yaxis2": axis(
            theme,
            domain=[0, share],
            tickvals=list(range(len(courses))),
            ticktext=[course.name.replace(" ", "<br>", 1) for course in courses],
            range=[len(courses) - 0.5, -0.5],
            showgrid=False,
        ),
        "legend": legend(theme, y=-60 / (HEIGHT + strip), traceorder="normal"),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "clock",
    }

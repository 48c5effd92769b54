"""How long it takes: step curves with their intervals, along the days since the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.theme import DASHES, Theme, axis, axis_title, drawn, empty, layout, legend, trace
from language import Words

HEIGHT: Final = 420
TICKS: Final = (0, 90, 180, 365, 540, 730)


@dataclass(frozen=True)
class Line:
    """A curve by name: `steps` has day, share, lower and upper; without rows it is not drawn."""

    name: str
    steps: pd.DataFrame


def figure(lines: Sequence[Line], *, words: Words, theme: Theme, title: str, simulated: bool) -> Drawing:
    """Step curves of shares from day 0, each with the band of its interval, told apart by dashes and colour."""
    shown = [(place, line) for place, line in enumerate(lines) if len(line.steps)]
    if not shown:
        return empty(words, theme)
    traces: list[Trace] = []
    for place, line in shown:
        traces += band(line, colour_of(theme, place))
        traces.append(_curve(line, place, words, theme))
    end = max(int(line.steps["day"].max()) for _, line in shown)
    return drawn(traces, _layout(words, theme, title, end, simulated))


def alt(lines: Sequence[Line], *, words: Words, title: str) -> str:
    """One sentence: what each curve has come to at its end."""
    told = [
        words(
            "chart.followup.curve_end",
            name=line.name,
            share=words.percent(last["share"]),
            day=int(last["day"]),
        )
        for line in lines
        for last in line.steps.tail(1).to_dict("records")
    ]
    return f"{title}: {'; '.join(told)}." if told else words("chart.no_rows")


def _curve(line: Line, place: int, words: Words, theme: Theme) -> Trace:
    rows = line.steps.to_dict("records")
    return trace(
        "scatter",
        x=[int(row["day"]) for row in rows],
        y=[round(float(row["share"]), 4) for row in rows],
        mode="lines",
        name=line.name,
        line={
            "color": colour_of(theme, place),
            "width": 2,
            "shape": "hv",
            "dash": DASHES[place % len(DASHES)],
        },
        customdata=[[words.percent_span(row["lower"], row["upper"])] for row in rows],
        hovertemplate=f"<b>{line.name}</b><br>{words('chart.followup.day')} %{{x}}<br>%{{y:.0%}} (%{{customdata[0]}})<extra></extra>",
    )


def band(line: Line, colour: str) -> list[Trace]:
    """The interval of a curve as a faint area."""
    days = [int(day) for day in line.steps["day"]]
    quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    edge = {"width": 0, "shape": "hv", "color": colour}
    lower, upper = ([round(float(x), 4) for x in line.steps[name]] for name in ("lower", "upper"))
    return [
        trace("scatter", x=days, y=lower, line=edge, **quiet),
        trace("scatter", x=days, y=upper, line=edge, fill="tonexty", fillcolor=faint(colour), **quiet),
    ]


def colour_of(theme: Theme, place: int) -> str:
    """Colour of the n-th curve."""
    return theme.groups[place % len(theme.groups)]


def faint(colour: str) -> str:
    """A colour that lets lines show through."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.14)"


def _layout(words: Words, theme: Theme, title: str, end: int, simulated: bool) -> dict[str, Any]:
    ticks = [day for day in TICKS if day <= end] if end >= 90 else list(range(0, end + 1, 30))
    return {
        **layout(words, theme, height=HEIGHT, simulated=simulated),
        "xaxis": axis(theme, words("chart.followup.days"), tickvals=ticks, range=[0, end]),
        "yaxis": axis(theme, axis_title(title, "", 44), range=[0, 1.02], tickformat=".0%", nticks=6),
        "legend": legend(theme, y=-0.18, traceorder="normal"),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "curves",
    }

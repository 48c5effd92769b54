"""Ratios of two rates with their intervals on a logarithmic axis, a row per pair; a line at 1 means no difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.measure import short_name
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, legend, trace
from language import Words

ROW_HEIGHT: Final = 38
LIMITS: Final = (0.05, 20.0)
_TICKS: Final = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


@dataclass(frozen=True)
class Ratio:
    """One pair: `ratio` may be 0, infinite, or None where nothing may or can be said; then `note` says why.

    `found` tells whether the pair is apart by more than chance.
    """

    name: str
    ratio: float | None
    lower: float
    upper: float
    found: bool
    told: tuple[str, ...]
    note: str = ""


def figure(pairs: Sequence[Ratio], *, words: Words, theme: Theme, simulated: bool) -> Drawing:
    """Dots with intervals; filled where apart, open where not. What lies beyond the axis ends in an arrow."""
    if not pairs:
        return empty(words, theme)
    places = {id(pair): place for place, pair in enumerate(pairs)}
    traces: list[Trace] = []
    for found in (True, False):
        rows = [pair for pair in pairs if pair.ratio is not None and pair.found is found]
        if rows:
            heights = [places[id(pair)] for pair in rows]
            traces += [_line(rows, heights, theme), _dots(rows, heights, found, words, theme)]
            traces += _ends(rows, heights, theme)
    silent = [pair for pair in pairs if pair.ratio is None]
    if silent:
        traces.append(_notes(silent, [places[id(pair)] for pair in silent], theme))
    return drawn(traces, _layout(pairs, words, theme, simulated))


def _layout(pairs: Sequence[Ratio], words: Words, theme: Theme, simulated: bool) -> dict[str, Any]:
    count = len(pairs)
    ticks = [tick for tick in _TICKS if LIMITS[0] <= tick <= LIMITS[1]]
    written = [words.number(tick, 0 if tick >= 1 else 2 if tick < 0.1 else 1) for tick in ticks]
    one = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    return {
        **layout(words, theme, height=count * ROW_HEIGHT + 150, simulated=simulated),
        "xaxis": axis(
            theme,
            words("comparing.axis"),
            type="log",
            range=[math.log10(LIMITS[0]) - 0.06, math.log10(LIMITS[1]) + 0.06],
            tickvals=ticks,
            ticktext=written,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(count)),
            ticktext=[short_name(pair.name) for pair in pairs],
            range=[count - 0.5, -0.5],
            showgrid=False,
        ),
        "shapes": [{**one, "line": {"color": theme.text, "width": 1.5, "dash": "dash"}}],
        "legend": legend(theme, y=-72 / (count * ROW_HEIGHT)),
        "showlegend": True,
        "hovermode": "closest",
    }


def _dots(rows: list[Ratio], heights: list[int], found: bool, words: Words, theme: Theme) -> Trace:
    colour = theme.groups[1] if found else theme.groups[0]
    return trace(
        "scatter",
        x=[_inside(pair.ratio or 0.0) for pair in rows],
        y=heights,
        mode="markers",
        name=words("comparing.key.found" if found else "comparing.key.not_found"),
        marker={
            "symbol": [_symbol(pair.ratio or 0.0, found) for pair in rows],
            "size": 10,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        cliponaxis=False,
        customdata=[[pair.name, "<br>".join(pair.told)] for pair in rows],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


def _line(rows: list[Ratio], heights: list[int], theme: Theme) -> Trace:
    ends = [(_inside(pair.lower), _inside(pair.upper)) for pair in rows]
    return trace(
        "scatter",
        x=[x for low, high in ends for x in (low, high, None)],
        y=[y for height in heights for y in (height, height, None)],
        mode="lines",
        line={"color": theme.groups[1] if rows[0].found else theme.groups[0], "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )


def _ends(rows: list[Ratio], heights: list[int], theme: Theme) -> list[Trace]:
    """Arrows where an interval goes on beyond the axis."""
    places = list(zip(rows, heights, strict=True))
    sides = (
        (
            "triangle-left",
            LIMITS[0],
            [y for pair, y in places if pair.lower < LIMITS[0] <= (pair.ratio or 0)],
        ),
        (
            "triangle-right",
            LIMITS[1],
            [y for pair, y in places if pair.upper > LIMITS[1] >= (pair.ratio or 0)],
        ),
    )
    return [
        trace(
            "scatter",
            x=[x] * len(found),
            y=found,
            mode="markers",
            marker={"symbol": symbol, "size": 9, "color": theme.groups[1 if rows[0].found else 0]},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
        for symbol, x, found in sides
        if found
    ]


def _notes(rows: list[Ratio], heights: list[int], theme: Theme) -> Trace:
    return trace(
        "scatter",
        x=[1.0] * len(rows),
        y=heights,
        mode="text",
        text=[pair.note for pair in rows],
        textfont={"size": SMALL_SIZE, "color": theme.muted, "shadow": f"0 0 3px {theme.paper}"},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _symbol(ratio: float, found: bool) -> str:
    """A diamond where apart, an open circle where not; a ratio beyond the axis (0, infinite) points outwards."""
    shape = "triangle-left" if ratio < LIMITS[0] else "triangle-right" if ratio > LIMITS[1] else ""
    return (shape or "diamond") if found else f"{shape or 'circle'}-open"


def _inside(x: float) -> float:
    return min(max(x, LIMITS[0]), LIMITS[1])

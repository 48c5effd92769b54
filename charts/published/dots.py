"""Published figures as dots: every figure stands alone, nothing is added up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, legend, trace
from language import Value, Words
from metrics.frame import records

STAGES: Final = (
    "reported",
    "under_review",
    "forwarded",
    "recommended",
    "proven",
    "sanctioned",
    "followed_up",
    "not_proven",
    "dropped",
)
UNITS: Final = ("persons", "cases")
ROW_HEIGHT: Final = 30
ABOVE: Final = 52
# Dots nearer than this share of the axis stand on lanes of their own.
NEAR: Final = 0.03
FAR: Final = 4
_USED: Final = ["figure_id", "area", "election", "stage", "unit", "count"]
LANES: Final = (0.0, -0.22, 0.22, -0.38, 0.38)


@dataclass(frozen=True)
class _Strip:
    """A line of the figure: the heading of an election, or one of its stages."""

    election: str
    stage: str | None
    label: str


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme) -> Drawing:
    """A dot per published figure on the strip of its election and stage; persons filled, cases hollow.

    Columns as in core_published_figure, and area, a short name. A dot's customdata ends with its figure_id.
    """
    if frame.empty:
        return empty(words, theme)
    rows = sorted(records(frame[_USED]), key=lambda row: (row["count"], row["figure_id"]))
    strips = _strips(rows, words)
    places = {(strip.election, strip.stage): place for place, strip in enumerate(strips)}
    reach = _reach([int(row["count"]) for row in rows])
    heights = _heights(rows, places, reach)
    beyond = [(row, y) for row, y in zip(rows, heights, strict=True) if row["count"] > reach]
    traces = []
    for unit in UNITS:
        own = [(row, y) for row, y in zip(rows, heights, strict=True) if row["unit"] == unit]
        if own:
            traces.append(_dots(own, unit, words, theme))
    notes = [_beyond(row, y, words, theme) for row, y in beyond]
    plain = _layout(strips, reach * (1.3 if beyond else 1.05), words, theme)
    return drawn(traces, {**plain, "annotations": notes})


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: how many figures of which unit, between which counts, and that they are not added up."""
    if frame.empty:
        return words("chart.no_rows")
    counts = frame["count"]
    units = [int((frame["unit"] == unit).sum()) for unit in UNITS]
    return words(
        "chart.alt.published",
        n=len(frame),
        persons=units[0],
        cases=units[1],
        low=counts.min(),
        high=counts.max(),
        publishers=frame["publisher"].nunique(),
    )


def _strips(rows: Sequence[dict[Any, Value]], words: Words) -> list[_Strip]:
    strips: list[_Strip] = []
    for election in sorted({str(row["election"]) for row in rows}, key=_by_time):
        strips.append(_Strip(election, None, f"<b>{election}</b>"))
        present = {row["stage"] for row in rows if row["election"] == election}
        strips += [
            _Strip(election, stage, words(f"chart.stage.{stage}")) for stage in STAGES if stage in present
        ]
    return strips


def _by_time(election: str) -> tuple[str, bool, str]:
    """Year first; in a year the general election precedes the regional ones."""
    year = re.search(r"\d{4}", election)
    return (year.group() if year else "", not election.startswith("Pemilu"), election)


def _reach(counts: Sequence[int]) -> float:
    """End of the axis: the highest count; lonely ones far above all others are written at the edge instead."""
    rising = sorted(counts)
    while len(rising) > 2 and rising[-1] > FAR * rising[-2] > 0:
        rising.pop()
    return float(rising[-1]) or 1.0


def _beyond(row: dict[Any, Value], y: float, words: Words, theme: Theme) -> dict[str, Any]:
    return {
        "text": f"{words.number(row['count'])} ▸",
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "y": y,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": theme.groups[UNITS.index(row["unit"])]},
        "hovertext": _told(row),
    }


def _heights(
    rows: Sequence[dict[Any, Value]], places: dict[tuple[str, str | None], int], reach: float
) -> list[float]:
    """Height of every dot; rows come in order of their counts, near ones move to the next free lane."""
    ends: dict[tuple[int, int], float] = {}
    heights: list[float] = []
    for row in rows:
        strip, count = places[row["election"], row["stage"]], float(row["count"])
        free = [lane for lane in range(len(LANES)) if count - ends.get((strip, lane), -reach) >= NEAR * reach]
        lane = free[0] if free else len(heights) % len(LANES)
        ends[strip, lane] = count
        heights.append(round(strip + LANES[lane], 2))
    return heights


def _dots(own: list[tuple[dict[Any, Value], float]], unit: str, words: Words, theme: Theme) -> Trace:
    colour = theme.groups[UNITS.index(unit)]
    return trace(
        "scatter",
        x=[int(row["count"]) for row, _ in own],
        y=[y for _, y in own],
        mode="markers",
        name=words(f"chart.key.{unit}"),
        marker={
            "symbol": "circle" if unit == "persons" else "square-open",
            "size": 9,
            "color": colour,
            "line": {
                "color": colour if unit == "cases" else theme.paper,
                "width": 1.5 if unit == "cases" else 0.5,
            },
        },
        customdata=[_told(row) for row, _ in own],
        hovertemplate=f"<b>%{{customdata}}</b><br>{words(f'chart.key.{unit}')}: %{{x}}<extra></extra>",
        cliponaxis=False,
    )


def _told(row: dict[Any, Value]) -> str:
    """What the browser needs of a dot: its place, and the number by which the table tells the rest."""
    return f"{row['area']} {row['figure_id']}"


def _layout(strips: list[_Strip], end: float, words: Words, theme: Theme) -> dict[str, Any]:
    return {
        **layout(words, theme, height=len(strips) * ROW_HEIGHT + 120, simulated=False),
        "xaxis": axis(
            theme,
            words("chart.axis.published"),
            side="top",
            range=[-0.03 * end, end],
            nticks=6,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(strips))),
            ticktext=[strip.label for strip in strips],
            range=[len(strips) - 0.5, -0.5],
            showgrid=False,
        ),
        "shapes": [_rules([place for place, strip in enumerate(strips) if strip.stage], theme)],
        "legend": legend(theme, y=1 + ABOVE / (len(strips) * ROW_HEIGHT), yanchor="bottom"),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "published",
    }


def _rules(places: Sequence[int], theme: Theme) -> dict[str, Any]:
    """A dotted line along every stage, as one shape: thirty of them would be a third of the figure."""
    return {
        "type": "path",
        "xref": "paper",
        "path": "".join(f"M0,{place}L1,{place}" for place in places),
        "layer": "below",
        "line": {"color": theme.grid, "width": 1, "dash": "dot"},
    }

"""What was known when: published running totals by cut-off day, a strip for each area, stage and unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.published.dots import UNITS
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, trace
from language import Words
from metrics.frame import records

STRIPS: Final = 4
STRIP_HEIGHT: Final = 62
RISE: Final = 0.62
Strip = list[dict[Any, Any]]
_Point = tuple[str | None, float | None, str, str, str]
_OVER, _UNDER = "top center", "bottom center"
_GAP: Final[_Point] = (None, None, "", "", _OVER)


@dataclass(frozen=True)
class Voting:
    """The election of a timeline, by name and voting day."""

    name: str
    day: dt.date


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme, voting: Voting) -> Drawing:
    """A stepped line per strip with a mark for every published total; each strip has a scale of its own.

    Columns: area, stage, unit, day (a date), count, figure_id, publisher; `strip` numbers the strips from 0 and rows
    come in order of strip and day. At most STRIPS strips are drawn; the table twin has all.
    """
    strips = _strips(frame)[:STRIPS]
    if not strips:
        return empty(words, theme)
    traces = [_lines(own, unit, words, theme) for unit in UNITS if (own := _of(strips, unit))]
    return drawn(traces, _layout(strips, voting, words, theme))


def alt(frame: pd.DataFrame, *, words: Words, voting: Voting) -> str:
    """One sentence on the longest strip: from how many to how many, and what became known after voting day."""
    strips = _strips(frame)
    if not strips:
        return words("chart.no_rows")
    head = words(
        "chart.alt.timeline",
        n=len(frame),
        strips=len(strips),
        drawn=min(len(strips), STRIPS),
        election=voting.name,
        label=_label(strips[0], words).replace("<br>", ", "),
    )
    return f"{head} {_course(strips[0], words, voting)}"


def _strips(frame: pd.DataFrame) -> list[Strip]:
    found: dict[int, Strip] = {}
    for row in records(frame):
        found.setdefault(row["strip"], []).append(row)
    return [found[place] for place in sorted(found)]


def _course(rows: Strip, words: Words, voting: Voting) -> str:
    start, end = rows[0], rows[-1]
    if len(rows) == 1:
        return words("chart.alt.timeline_one", count=end["count"], day=end["day"])
    told = words(
        "chart.alt.timeline_course",
        low=start["count"],
        since=start["day"],
        high=end["count"],
        until=end["day"],
        publishers=len({row["publisher"] for row in rows}),
    )
    before = [int(row["count"]) for row in rows if row["day"] <= voting.day]
    if not before or end["day"] <= voting.day or end["count"] <= before[-1]:
        return told
    share = words.percent(1 - before[-1] / int(end["count"]))
    return f"{told} {words('chart.alt.timeline_later', known=before[-1], day=voting.day, share=share)}"


def _label(rows: Strip, words: Words) -> str:
    row = rows[0]
    unit = words(f"chart.key.{row['unit']}").lower()
    return f"{row['area']}<br>{words('chart.stage.' + row['stage']).lower()} ({unit})"


def _of(strips: Sequence[Strip], unit: str) -> dict[int, Strip]:
    return {place: rows for place, rows in enumerate(strips) if rows[0]["unit"] == unit}


def _lines(strips: Mapping[int, Strip], unit: str, words: Words, theme: Theme) -> Trace:
    """All strips of a unit as one trace, with a gap after each: a trace of its own for each would be twice as large."""
    points = [point for place, rows in strips.items() for point in [*_points(rows, place, words), _GAP]]
    days, heights, labels, told, sides = (list(column) for column in zip(*points[:-1], strict=True))
    colour = theme.groups[UNITS.index(unit)]
    return trace(
        "scatter",
        x=days,
        y=heights,
        mode="lines+markers+text",
        line={"shape": "hv", "width": 1.5, "color": colour},
        marker={
            "symbol": "circle" if unit == "persons" else "square-open",
            "size": 8,
            "color": colour,
        },
        text=labels,
        textposition=sides,
        customdata=told,
        hovertemplate="<b>%{customdata}</b><br>%{x|%Y-%m-%d}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _points(rows: Strip, place: int, words: Words) -> Iterator[_Point]:
    """Day, height, label (the first and the last only), hover text and side of the label of the points of a strip."""
    most, last = max(1, *(int(row["count"]) for row in rows)), len(rows) - 1
    for at, row in enumerate(rows):
        count = words.number(row["count"])
        height = round(place + 0.3 - RISE * int(row["count"]) / most, 2)
        yield (
            row["day"].isoformat(),
            height,
            count if at in (0, last) else "",
            f"{count}, {row['figure_id']}",
            # Counts rise: under its mark the first label stands clear of the line.
            _OVER if at == last else _UNDER,
        )


def _layout(strips: Sequence[Strip], voting: Voting, words: Words, theme: Theme) -> dict[str, Any]:
    days = [row["day"] for rows in strips for row in rows] + [voting.day]
    edge = max((max(days) - min(days)) * 0.06, dt.timedelta(days=10))
    plain = layout(words, theme, height=len(strips) * STRIP_HEIGHT + 90, simulated=False)
    vote = voting.day.isoformat()
    return {
        **plain,
        "xaxis": axis(
            theme,
            type="date",
            nticks=6,
            range=[(min(days) - edge).isoformat(), (max(days) + edge).isoformat()],
            tickformat="%m-%Y",
            separatethousands=None,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(strips))),
            ticktext=[_label(rows, words) for rows in strips],
            range=[len(strips) - 0.55, -0.85],
            showgrid=False,
        ),
        "shapes": [
            {"type": "line", "x0": vote, "x1": vote, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
             "line": {"color": theme.line, "width": 1, "dash": "dot"}}
        ],
        "annotations": [
            {"text": words("chart.timeline.voting"), "x": vote, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
             "font": {"size": SMALL_SIZE, "color": theme.muted}}
        ],
        "margin": {**plain["margin"], "t": 28},
        "hovermode": "closest",
        "uirevision": "timeline",
    }  # fmt: skip

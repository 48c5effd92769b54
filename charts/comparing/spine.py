"""A spine chart: the main measures of one unit, each as a multiple of the value of its group."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from charts.comparing.words import Row
from charts.drawing import Drawing, Trace
from charts.marks import hovering
from charts.theme import Theme, axis, axis_title, drawn, empty, layout, legend, legend_title, trace
from language import Words, is_missing

ROW_HEIGHT: Final = 54
MOST: Final = 4.0


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme, simulated: bool) -> Drawing:
    """A row per measure of a frame with columns name, state, value, low, high, quarter, three_quarters, peers_low,
    peers_high, told.

    Numbers are multiples of the group's value; `quarter` to `three_quarters` holds the middle half of the group's
    units, `peers_low` to `peers_high` the comparable units together. A row whose state is not `value` or `zero` shows why instead.
    Values beyond four times the group stand at the edge with an arrow. `told` are hover lines.
    """
    if frame.empty:
        return empty(words, theme)
    rows: list[Row] = list(frame.to_dict("records"))
    known = [x for row in rows for x in (row["value"], row["high"], row["peers_high"], row["three_quarters"])]
    reach = min(MOST, max([2.0, *(1.1 * float(x) for x in known if not is_missing(x))]))
    traces = [
        *_halves(rows, reach, words, theme),
        _group(rows, words, theme),
        *_units(rows, reach, words, theme),
        *_peers(rows, reach, words, theme),
    ]
    plain = _layout(rows, reach, simulated, (words, theme))
    return drawn(traces, {**plain, "annotations": _reasons(rows, theme)})


def has_mark(frame: pd.DataFrame) -> bool:
    """Whether any row has a value, or comparable units that are drawn; else the figure would hold reasons alone."""
    return bool((frame["state"].isin(["value", "zero"]) | frame["peers_low"].notna()).any())


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: every measure with its multiple of the group, or why there is none."""
    if frame.empty:
        return words("chart.no_rows")
    parts = [f"{row['name']}: {row['told'][1]}" for row in frame.to_dict("records")]
    return f"{words('between.alt.spine')} {'; '.join(parts)}."


def _halves(rows: list[Row], reach: float, words: Words, theme: Theme) -> list[Trace]:
    ends = [
        (place, float(row["quarter"]), float(row["three_quarters"]))
        for place, row in enumerate(rows)
        if not is_missing(row["quarter"]) and row["state"] in ("value", "zero")
    ]
    if not ends:
        return []
    return [
        trace(
            "scatter",
            x=[x for _, low, high in ends for x in (min(low, reach), min(high, reach), None)],
            y=[y for place, _, _ in ends for y in (place, place, None)],
            mode="lines",
            name=words("between.key.middle_half"),
            line={"color": theme.suppressed, "width": 14},
            hoverinfo="skip",
        )
    ]


def _group(rows: list[Row], words: Words, theme: Theme) -> Trace:
    return trace(
        "scatter",
        x=[1, 1],
        y=[-0.5, len(rows) - 0.5],
        mode="lines",
        name=words("between.key.group"),
        line={"color": theme.text, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )


def _units(rows: list[Row], reach: float, words: Words, theme: Theme) -> list[Trace]:
    found = []
    for state, symbol in (("value", "circle"), ("zero", "circle-open")):
        mine = [(place, row) for place, row in enumerate(rows) if row["state"] == state]
        if not mine:
            continue
        at = [min(float(row["value"]), reach) for _, row in mine]
        found.append(
            trace(
                "scatter",
                x=at,
                y=[place for place, _ in mine],
                mode="markers",
                name=words(f"between.key.unit_{state}"),
                marker={
                    "symbol": ["triangle-right" if row["value"] > reach else symbol for _, row in mine],
                    "size": 11,
                    "color": theme.groups[0],
                    "line": {"color": theme.groups[0], "width": 1.5},
                },
                error_x={
                    "type": "data",
                    "array": [_beyond(row["high"], x, reach) for (_, row), x in zip(mine, at, strict=True)],
                    "arrayminus": [
                        max(0.0, x - float(row["low"])) for (_, row), x in zip(mine, at, strict=True)
                    ],
                    "color": theme.groups[0],
                    "thickness": 1.5,
                    "width": 3,
                },
                **hovering([row["told"] for _, row in mine], [row["name"] for _, row in mine]),
            )
        )
    return found


def _peers(rows: list[Row], reach: float, words: Words, theme: Theme) -> list[Trace]:
    """Comparable units together: a diamond, with a bar as wide as what is withheld among them leaves open."""
    mine = [
        (place, min(float(row["peers_low"]), reach), min(float(row["peers_high"]), reach))
        for place, row in enumerate(rows)
        if not is_missing(row["peers_low"])
    ]
    if not mine:
        return []
    return [
        trace(
            "scatter",
            x=[(low + high) / 2 for _, low, high in mine],
            y=[place + 0.22 for place, _, _ in mine],
            mode="markers",
            name=words("between.key.peers"),
            marker={"symbol": "diamond", "size": 9, "color": theme.groups[1]},
            error_x={
                "type": "data",
                "array": [(high - low) / 2 for _, low, high in mine],
                "color": theme.groups[1],
                "thickness": 4,
                "width": 0,
            },
            hoverinfo="skip",
        )
    ]


def _reasons(rows: list[Row], theme: Theme) -> list[dict[str, Any]]:
    """Why a row has no number, on the ground of the page: the line of the group does not run through the words."""
    return [
        {
            "x": 0.02,
            "y": place,
            "xanchor": "left",
            "align": "left",
            "text": row["told"][1],
            "showarrow": False,
            # Above the mark of the comparable units.
            "yshift": 5,
            "bgcolor": theme.paper,
            "font": {"color": theme.muted},
        }
        for place, row in enumerate(rows)
        if row["state"] not in ("value", "zero")
    ]


def _beyond(high: Any, at: float, reach: float) -> float:
    return 0.0 if is_missing(high) else max(0.0, min(float(high), reach) - at)


def _layout(rows: list[Row], reach: float, simulated: bool, how: tuple[Words, Theme]) -> dict[str, Any]:
    words, theme = how
    height = ROW_HEIGHT * len(rows)
    return {
        **layout(words, theme, height=height + 150, simulated=False),
        "xaxis": axis(theme, words("between.axis.multiple"), range=[-0.02 * reach, 1.03 * reach], nticks=5),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(rows))),
            ticktext=[axis_title(str(row["name"]), "", 24) for row in rows],
            range=[len(rows) - 0.5, -0.5],
            showgrid=False,
        ),
        "legend": legend(
            theme, y=-70 / height, title=legend_title(theme, words("chart.simulated") if simulated else "")
        ),
        "hovermode": "closest",
        "uirevision": "spine",
    }

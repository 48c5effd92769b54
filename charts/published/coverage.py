"""Which government has a published figure for which election: a matrix of signs, without any size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, legend, trace
from language import Words

STATES: Final = ("not_voted", "none", "only_zero", "figure")
SIGNS: Final = {"not_voted": "", "none": "–", "only_zero": "0", "figure": "●"}
ROW_HEIGHT: Final = 19


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme) -> Drawing:
    """A row per government, a column per election, a sign per cell.

    Columns: unit_name, election, state (one of STATES), told (number of figures); rows and columns in the frame's order.
    """
    if frame.empty:
        return empty(words, theme)
    rows, columns = list(dict.fromkeys(frame["unit_name"])), list(dict.fromkeys(frame["election"]))
    cells = {(row["unit_name"], row["election"]): row for row in frame.to_dict("records")}
    kinds = [[_state(cells, name, election) for election in columns] for name in rows]
    told = [[_figures(cells, name, election) for election in columns] for name in rows]
    grid = trace(
        "heatmap",
        z=[[STATES.index(kind) for kind in line] for line in kinds],
        zmin=0,
        zmax=len(STATES) - 1,
        colorscale=_scale(theme),
        showscale=False,
        text=[[SIGNS[kind] for kind in line] for line in kinds],
        texttemplate="%{text}",
        textfont={"size": SMALL_SIZE},
        customdata=told,
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        xgap=1,
        ygap=1,
        hovertemplate=f"{words('chart.coverage.hover', n='%{customdata}')}<extra></extra>",
    )
    return drawn([grid, *_keys(frame, words, theme)], _layout((rows, columns), words, theme))


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: how many governments have any figure, and for how many pairs of those that voted there is none."""
    if frame.empty:
        return words("chart.no_rows")
    voted = frame[frame["state"] != "not_voted"]
    found = frame[frame["state"].isin(["figure", "only_zero"])]
    return words(
        "chart.alt.coverage",
        units=frame["unit_name"].nunique(),
        found=found["unit_name"].nunique(),
        above=frame.loc[frame["state"] == "figure", "unit_name"].nunique(),
        pairs=len(voted),
        gaps=int((frame["state"] == "none").sum()),
    )


def fills(theme: Theme) -> dict[str, str]:
    """Colour of every state; the sign says the same."""
    colours = (theme.paper, theme.no_roster, theme.sequential[0], theme.sequential[3])
    return dict(zip(STATES, colours, strict=True))


def _state(cells: Mapping[tuple[str, str], Mapping[Any, Any]], name: str, election: str) -> str:
    found = cells.get((name, election))
    return str(found["state"]) if found else "not_voted"


def _figures(cells: Mapping[tuple[str, str], Mapping[Any, Any]], name: str, election: str) -> int:
    found = cells.get((name, election))
    return int(found["told"]) if found else 0


def _scale(theme: Theme) -> list[list[Any]]:
    colours, steps = list(fills(theme).values()), len(STATES)
    return [
        [edge, colour]
        for place, colour in enumerate(colours)
        for edge in (place / steps, (place + 1) / steps)
    ]


def _keys(frame: pd.DataFrame, words: Words, theme: Theme) -> list[Trace]:
    present = set(frame["state"])
    return [
        trace(
            "scatter",
            x=[None],
            y=[None],
            mode="markers",
            name=f"{SIGNS[state]} {words(f'chart.coverage.{state}')}".strip(),
            marker={"symbol": "square", "size": 12, "color": fill, "line": {"color": theme.line, "width": 1}},
        )
        for state, fill in fills(theme).items()
        if state in present
    ]


def _layout(shape: tuple[list[str], list[str]], words: Words, theme: Theme) -> dict[str, Any]:
    rows, columns = shape
    return {
        **layout(words, theme, height=len(rows) * ROW_HEIGHT + 190, simulated=False),
        "xaxis": axis(
            theme,
            side="top",
            tickvals=list(range(len(columns))),
            ticktext=columns,
            tickangle=-60,
            range=[-0.5, len(columns) - 0.5],
            showgrid=False,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(rows))),
            ticktext=rows,
            range=[len(rows) - 0.5, -0.5],
            showgrid=False,
        ),
        "legend": legend(theme, y=-0.01),
        "showlegend": True,
        "uirevision": "coverage",
    }

"""Preventive activities by kind and election: a matrix of numbers, without shades, since more is not better."""

from __future__ import annotations

from typing import Final

import pandas as pd

from charts.drawing import Drawing
from charts.theme import SMALL_SIZE, Theme, axis, axis_title, drawn, empty, layout, trace
from language import Words

KINDS: Final = ("socialisation", "training", "circular", "appeal", "pledge", "coordination", "other")
NOT_LISTED: Final = "–"
ROW_HEIGHT: Final = 34
NAME_WIDTH: Final = 20


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme) -> Drawing:
    """A row per kind, a column per election, the number of listed activities in each cell.

    Columns: kind (one of KINDS), election (a name), activities (at least 1), is_simulated. A pair without a row is not listed, which is
    another sign than a number; elections stand in the frame's order.
    """
    if frame.empty:
        return empty(words, theme)
    columns = list(dict.fromkeys(frame["election"]))
    kinds = [kind for kind in KINDS if kind in set(frame["kind"])]
    counts = {(row["kind"], row["election"]): int(row["activities"]) for row in frame.to_dict("records")}
    grid = trace(
        "heatmap",
        z=[[int((kind, election) in counts) for election in columns] for kind in kinds],
        zmin=0,
        zmax=1,
        colorscale=[[0, theme.no_roster], [1, theme.sequential[0]]],
        showscale=False,
        text=[[_cell(words, counts.get((kind, election))) for election in columns] for kind in kinds],
        texttemplate="%{text}",
        textfont={"size": SMALL_SIZE},
        x=list(range(len(columns))),
        y=list(range(len(kinds))),
        xgap=1,
        ygap=1,
        hoverinfo="skip",
    )
    names = [words(f"ledger.prevention.kinds.{kind}") for kind in kinds]
    return drawn([grid], _layout((names, columns), words, theme, bool(frame["is_simulated"].any())))


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: the number of listed activities by election, and what a dash is."""
    if frame.empty:
        return words("chart.no_rows")
    by_election = frame.groupby("election", sort=False)["activities"].sum()
    told = words.listed([f"{name}: {words.number(count)}" for name, count in by_election.items()])
    said = words("chart.alt.prevention", n=int(frame["activities"].sum()), elections=told)
    return f"{said} {words('chart.simulated')}." if frame["is_simulated"].any() else said


def _cell(words: Words, count: int | None) -> str:
    return NOT_LISTED if count is None else words.number(count)


def _layout(
    shape: tuple[list[str], list[str]], words: Words, theme: Theme, simulated: bool
) -> dict[str, object]:
    rows, columns = shape
    return {
        **layout(words, theme, height=len(rows) * ROW_HEIGHT + 190, simulated=simulated),
        "xaxis": axis(
            theme,
            words("chart.prevention.key"),
            side="top",
            tickvals=list(range(len(columns))),
            # Upright: a slanted name of the last column does not fit on a phone and would be left out.
            ticktext=[axis_title(name, "", NAME_WIDTH) for name in columns],
            tickangle=-90,
            range=[-0.5, len(columns) - 0.5],
            showgrid=False,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(rows))),
            ticktext=[axis_title(name, "", NAME_WIDTH) for name in rows],
            range=[len(rows) - 0.5, -0.5],
            showgrid=False,
        ),
        "showlegend": False,
        "uirevision": "prevention",
    }

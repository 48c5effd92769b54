"""A caterpillar plot: standardised ratios with their intervals, drawn-in values, and ranks as intervals."""

from __future__ import annotations

import pandas as pd

from charts import intervals
from charts.comparing import words as telling
from charts.comparing.words import Row
from charts.drawing import Drawing, Trace
from charts.intervals import Reference
from charts.marks import Pen, longest, ordered
from charts.measure import Measure
from charts.theme import SMALL_SIZE, Theme, drawn, trace
from language import Words, is_missing
from metrics.frame import records


def figure(frame: pd.DataFrame, tidy: pd.DataFrame, *, words: Words, theme: Theme, field: int) -> Drawing:
    """Ratio and interval of every unit, a small bar at the drawn-in ratio, and the rank where one may be told.

    `tidy` is the same comparison in the columns of the tidy frame (see charts.intervals), which draws zero events,
    withheld units and refusals as everywhere; `field` is the number of units among whom ranks are taken.
    """
    measure = ratio_measure(words)
    group = Reference(1.0, words("between.target"))
    bars = records(tidy)
    plain = intervals.figure(bars, words=words, theme=theme, measure=measure, reference=group).to_dict()
    told = frame[frame["refusal"] == "none"]
    if told.empty:
        return drawn(plain["data"], plain["layout"])
    lines = {unit: line for line, unit in enumerate(ordered(bars))}
    rows: list[Row] = list(records(told))
    reach = longest(bars, 1.0)
    pen = Pen(words, theme, measure)
    traces = [*plain["data"], _drawn_in(rows, lines, pen), *_ranks(rows, lines, reach, (pen, field))]
    return drawn(traces, {**plain["layout"], "uirevision": "caterpillar"})


def ratio_measure(words: Words) -> Measure:
    """How a standardised ratio is written."""
    return Measure("rate", words("between.ratio"), words("between.ratio_unit"))


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: units, how many lie apart from the group, how many have a rank to tell."""
    sentence = telling.alt("between.alt.caterpillar", frame, words)
    ranked = int(frame["rank_lower"].notna().sum())
    return f"{sentence} {words('between.alt.ranked', n=ranked)}" if ranked else sentence


def _drawn_in(rows: list[Row], lines: dict[str, int], pen: Pen) -> Trace:
    return trace(
        "scatter",
        x=[round(float(row["smoothed"]), 3) for row in rows],
        y=[lines[row["unit_id"]] for row in rows],
        mode="markers",
        name=pen.words("between.key.smoothed"),
        marker={"symbol": "line-ns-open", "size": 12, "color": pen.theme.groups[1], "line": {"width": 2.5}},
        customdata=[[row["unit_name"], telling.hover(pen.words, row)[-1], row["unit_id"]] for row in rows],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


def _ranks(rows: list[Row], lines: dict[str, int], reach: float, how: tuple[Pen, int]) -> list[Trace]:
    pen, field = how
    told = [row for row in rows if not is_missing(row["rank_lower"])]
    if not told:
        return []
    # Above the line of its unit, where an interval that runs out of the figure does not reach it.
    return [
        trace(
            "scatter",
            x=[float(row["ratio"]) for row in told],
            y=[lines[row["unit_id"]] for row in told],
            # Marks that are not seen keep the words off the line.
            mode="markers+text",
            marker={"size": 8, "opacity": 0},
            text=[telling.rank(pen.words, row, field) for row in told],
            textposition=["top left" if float(row["ratio"]) > reach / 2 else "top right" for row in told],
            textfont={"size": SMALL_SIZE, "color": pen.theme.muted},
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    ]

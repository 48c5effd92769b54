"""Dots with intervals, a row per unit: how far the evidence reaches, not who comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.marks import Pen, Row, by_state, longest, ordered, signs
from charts.measure import Measure, State, group_name, is_simulated, sentence, short_name
from charts.theme import (  # fmt: skip
    Theme,
    axis,
    axis_title,
    drawn,
    empty,
    layout,
    legend,
    legend_title,
    trace,
)
from language import Words, is_missing
from metrics.frame import Rows, Tidy, records

ROW_HEIGHT: Final = 30
GROUP_HEIGHT: Final = 14
GROUP_STEP: Final = 0.24


@dataclass(frozen=True)
class Reference:
    """The value of the whole the units belong to, drawn as a line; with both limits also as a band."""

    value: float
    label: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class _Canvas:
    """Where marks stand: the line of every unit, the groups from top to bottom, the end of the axis."""

    lines: Mapping[str, int]
    groups: tuple[str, ...]
    reach: float

    def y(self, row: Row) -> float:
        """Height of a mark; the groups of a unit stand around its line."""
        middle = (len(self.groups) - 1) / 2
        return float(self.lines[row["unit_id"]] + GROUP_STEP * (self.groups.index(row["group"]) - middle))

    @property
    def height(self) -> int:
        """Pixels of all rows together."""
        return len(self.lines) * (ROW_HEIGHT + GROUP_HEIGHT * (len(self.groups) - 1))


def figure(
    frame: Tidy, *, words: Words, theme: Theme, measure: Measure, reference: Reference | None = None
) -> Drawing:
    """Estimate and interval of every unit and group on a linear axis from zero.

    Rows run from high to low estimate, equal ones by name, those without an estimate last; no rank is written.
    Zero events are open marks with their upper bound, suppressed rows a dotted range, refused rows their reason.
    The last item of a mark's customdata is its unit_id.
    """
    found = records(frame)
    if not found:
        return empty(words, theme)
    groups = tuple(dict.fromkeys(row["group"] for row in found))
    pen = Pen(words, theme, measure, grouped=len(groups) > 1)
    marked = (reference.value, reference.upper) if reference else ()
    reach = 1.0 if measure.kind == "proportion" else longest(found, *marked)
    canvas = _Canvas({unit: line for line, unit in enumerate(ordered(found))}, groups, reach)
    rows = by_state(found)
    traces = [] if reference is None else [_line(reference, pen, canvas)]
    for group in groups:
        for state in ("value", "zero"):
            traces += _dots([row for row in rows[state] if row["group"] == group], state, pen, canvas)
    traces += _ranges(rows["suppressed"], pen, canvas)
    traces += _reasons(rows["no_roster"] + rows["refused"], pen, canvas)
    traces += _arrows(rows["value"] + rows["zero"] + rows["suppressed"], pen, canvas)
    return drawn(traces, {**_layout(found, pen, canvas), "shapes": _band(reference, pen)})


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: how many units, between which values, how many have none, and whether intervals overlap."""
    return sentence("chart.alt.intervals", frame, words=words, measure=measure)


def _layout(rows: Rows, pen: Pen, canvas: _Canvas) -> dict[str, Any]:
    words, theme, count = pen.words, pen.theme, len(canvas.lines)
    names = {row["unit_id"]: row["unit_name"] for row in rows}
    mark = words("chart.simulated") if is_simulated(rows) else ""
    title = axis_title(pen.measure.title, pen.measure.unit)
    ticks = {"tickformat": ".0%"} if pen.measure.kind == "proportion" else {}
    above = 32 + 16 * (title.count("<br>") + 1)
    return {
        **layout(words, theme, height=canvas.height + above + 130, simulated=False),
        "xaxis": axis(
            theme,
            title,
            side="top",
            range=[-0.02 * canvas.reach, 1.04 * canvas.reach],
            nticks=5,
            **ticks,
        ),
        "yaxis": axis(
            theme,
            tickvals=list(range(count)),
            ticklabeloverflow="allow",
            ticktext=[short_name(str(names[unit])) for unit in canvas.lines],
            range=[count - 0.5, -0.5],
            showgrid=False,
        ),
        # The legend stands above the axis that stands above the rows; y is a fraction of the rows' height.
        "legend": legend(
            theme,
            y=1 + above / canvas.height,
            yanchor="bottom",
            title=legend_title(theme, mark),
        ),
        "hovermode": "closest",
        "uirevision": "intervals",
    }


def _dots(rows: list[Row], state: State, pen: Pen, canvas: _Canvas) -> list[Trace]:
    if not rows:
        return []
    group = str(rows[0]["group"])
    place = canvas.groups.index(group)
    name = group_name(pen.words, group) if pen.grouped else pen.words("chart.key.value")
    return [
        trace(
            "scatter",
            x=[float(row["estimate"]) for row in rows],
            y=[canvas.y(row) for row in rows],
            mode="markers",
            name=pen.key(name, state),
            marker=pen.marker(place, state),
            error_x=pen.whiskers(rows, place),
            **pen.hover(rows, unit=pen.measure.unit if state == "value" else ""),
        )
    ]


def _ranges(rows: list[Row], pen: Pen, canvas: _Canvas) -> list[Trace]:
    """Suppressed rows: a dotted line over the range the value lies in, with the hidden count beside it."""
    if not rows:
        return []
    hidden = [pen.measure.hidden(pen.words, row) for row in rows]
    spans = [pen.hidden_range(row) for row in rows]
    ends = [(low, min(high, canvas.reach)) for low, high in spans]
    told = pen.hover(rows)
    heights = [canvas.y(row) for row in rows]
    line = trace(
        "scatter",
        x=[x for low, high in ends for x in (low, high, None)],
        y=[y for height in heights for y in (height, height, None)],
        mode="lines+markers",
        name=pen.measure.concealed(pen.words, *rows),
        line={"color": pen.theme.muted, "width": 2, "dash": "dot"},
        marker={"symbol": "line-ns-open", "size": 8, "color": pen.theme.muted},
        # The third point of a range is the gap behind it.
        customdata=[part for line in told["customdata"] for part in (line, line, line[-1:])],
        hovertemplate=told["hovertemplate"],
    )
    # A range that nearly fills the figure has its sign over the line, where it is not cut off on a phone either.
    is_long = [pen.measure.kind == "proportion" or high > 0.85 * canvas.reach for _, high in spans]
    placed = list(zip(ends, heights, hidden, is_long, strict=True))
    beside = [(high, y, text) for (_, high), y, text, long in placed if not long]
    over = [(sum(pair) / 2, y, text) for pair, y, text, long in placed if long]
    return [line, *_hidden_signs(beside, pen), *_hidden_signs(over, pen, "top center")]


def _hidden_signs(
    places: Sequence[tuple[float, float, str]], pen: Pen, where: str = "middle right"
) -> list[Trace]:
    if not places:
        return []
    x, y, texts = (list(side) for side in zip(*places, strict=True))
    return [signs(x, y, texts, pen) | {"textposition": where}]


def _reasons(rows: list[Row], pen: Pen, canvas: _Canvas) -> list[Trace]:
    if not rows:
        return []
    heights = [canvas.y(row) for row in rows]
    cross = trace(
        "scatter",
        x=[0] * len(rows),
        y=heights,
        mode="markers",
        marker={"symbol": "x-thin-open", "size": 7, "color": pen.theme.muted},
        showlegend=False,
        **pen.hover(rows),
    )
    return [cross, signs([0.0] * len(rows), heights, [pen.brief(row) for row in rows], pen)]


def _arrows(rows: list[Row], pen: Pen, canvas: _Canvas) -> list[Trace]:
    limits = [(row, row["upper"]) for row in rows if not is_missing(row["upper"])]
    beyond = [row for row, upper in limits if float(upper) > canvas.reach * 1.001]
    if not beyond:
        return []
    return [
        trace(
            "scatter",
            x=[canvas.reach * 1.02] * len(beyond),
            y=[canvas.y(row) for row in beyond],
            mode="markers",
            name=pen.words("chart.key.beyond"),
            marker={"symbol": "triangle-right", "size": 8, "color": pen.theme.muted},
            **pen.hover(beyond),
        )
    ]


def _line(reference: Reference, pen: Pen, canvas: _Canvas) -> Trace:
    return trace(
        "scatter",
        x=[reference.value] * 2,
        y=[-0.5, len(canvas.lines) - 0.5],
        mode="lines",
        name=f"{reference.label}: {pen.measure.shown(pen.words, reference.value)}",
        line={"color": pen.theme.text, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )


def _band(reference: Reference | None, pen: Pen) -> list[dict[str, Any]]:
    if reference is None or is_missing(reference.lower) or is_missing(reference.upper):
        return []
    return [
        {
            "type": "rect",
            "yref": "paper",
            "x0": reference.lower,
            "x1": reference.upper,
            "y0": 0,
            "y1": 1,
            "fillcolor": pen.theme.grid,
            "opacity": 0.6,
            "line": {"width": 0},
            "layer": "below",
        }
    ]

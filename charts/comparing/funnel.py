"""A funnel plot: the ratio of every unit over what was expected of it, between limits that are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from charts.comparing import words as telling
from charts.comparing.words import Row
from charts.drawing import Drawing, Trace
from charts.marks import hovering
from charts.measure import short_name
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, legend, legend_title, trace
from language import Words
from metrics.frame import records

HEIGHT: Final = 520
NAMED: Final = 10
_DASHES: Final = {0.95: "dash", 0.998: "solid"}
_TICKS: Final = tuple(lead * 10.0**power for power in range(-3, 4) for lead in (1, 2, 3, 5, 7))
_SYMBOLS: Final = {0: "circle", 1: "diamond", 2: "square"}


@dataclass(frozen=True)
class Scale:
    """What a funnel is of: its columns along both axes, their titles (keys of texts), the target, and how a dot is told."""

    x: str = "expected"
    y: str = "ratio"
    x_title: str = "between.axis.expected"
    y_title: str = "between.axis.ratio"
    target: float = 1.0
    target_name: str = "between.target"
    is_share: bool = False
    told: Callable[[Words, Row], list[str]] = telling.hover


RATIOS: Final = Scale()


@dataclass(frozen=True)
class _Pen:
    words: Words
    theme: Theme
    scale: Scale


def figure(
    frame: pd.DataFrame, *, words: Words, theme: Theme, lines: pd.DataFrame, scale: Scale = RATIOS
) -> Drawing:
    """Units as dots, the limits of `lines` (metrics.between.limits or shares) as named lines, the target as a line.

    Withheld units have no dot. Units outside a limit have a shape of their own and, up to ten of them, their name;
    zero events are open. The last item of a dot's customdata is its unit_id.
    """
    told = frame[frame["refusal"] == "none"]
    if told.empty:
        return empty(words, theme)
    rows: list[Row] = list(records(told))
    # The widest limits are in sight at least where they are narrowest.
    top = 1.04 if scale.is_share else max(2.5, 1.12 * float(told[scale.y].max()), 1.08 * _upper(lines))
    pen = _Pen(words, theme, scale)
    traces = [line for level in _DASHES for line in _limits(lines, level, pen)]
    traces.append(_target(lines, pen))
    for outside in _SYMBOLS:
        for zero in (False, True):
            traces += _dots(rows, (outside, zero), pen)
    traces += _names(rows, pen)
    return drawn(traces, _layout(frame, lines, top, pen))


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: units, how many lie outside which limits, how many are withheld."""
    return telling.alt("between.alt.funnel", frame, words)


def _limits(lines: pd.DataFrame, level: float, pen: _Pen) -> list[Trace]:
    words, theme = pen.words, pen.theme
    mine = lines[lines["level"] == level]
    name = words("between.limit", level=words.percent(level, 0 if level == 0.95 else 1))
    return [
        trace(
            "scatter",
            x=[_short(x) for x in mine[pen.scale.x]],
            # A lower limit of 0 is none: not even a unit without any event would lie outside.
            y=[_short(y) if y > 0 else None for y in mine[end]],
            mode="lines",
            name=name,
            legendgroup=name,
            showlegend=end == "upper",
            line={"color": theme.line, "width": 1.5, "dash": _DASHES[level]},
            hoverinfo="skip",
        )
        for end in ("upper", "lower")
    ]


def _upper(lines: pd.DataFrame) -> float:
    """The upper limit of the widest level at the largest expected count."""
    last = lines[lines["level"] == max(_DASHES)]
    return float(last["upper"].iloc[-1]) if len(last) else 0.0


def _target(lines: pd.DataFrame, pen: _Pen) -> Trace:
    along = lines[pen.scale.x]
    ends = [_short(along.min()), _short(along.max())]
    return trace(
        "scatter",
        x=ends,
        y=[_short(pen.scale.target)] * 2,
        mode="lines",
        name=pen.words(pen.scale.target_name),
        line={"color": pen.theme.text, "width": 1},
        hoverinfo="skip",
    )


def _dots(rows: list[Row], kind: tuple[int, bool], pen: _Pen) -> list[Trace]:
    (outside, zero), words, theme = kind, pen.words, pen.theme
    mine = [row for row in rows if abs(row["position"]) == outside and (row["observed"] == 0) == zero]
    if not mine:
        return []
    colour = (theme.groups[3], theme.groups[1], theme.groups[0])[outside]
    told = [pen.scale.told(words, row) for row in mine]
    name = words(f"between.key.{('within', 'outside_95', 'outside_998')[outside]}")
    return [
        trace(
            "scatter",
            x=[_short(row[pen.scale.x]) for row in mine],
            y=[_short(row[pen.scale.y]) for row in mine],
            mode="markers",
            name=f"{name}, {words('between.key.zero')}" if zero else name,
            marker={
                "symbol": f"{_SYMBOLS[outside]}-open" if zero else _SYMBOLS[outside],
                "size": 8 + 2 * bool(outside),
                "color": colour,
                "line": {"color": colour, "width": 1.5},
            },
            cliponaxis=False,
            **hovering(told, [row["unit_id"] for row in mine]),
        )
    ]


def _names(rows: list[Row], pen: _Pen) -> list[Trace]:
    (x, y, target), theme = (pen.scale.x, pen.scale.y, pen.scale.target), pen.theme
    apart = [row for row in rows if row["position"]]
    if not apart:
        return []
    named = sorted(apart, key=lambda row: (-abs(row["position"]), -abs(row[y] - target), row["unit_id"]))[
        :NAMED
    ]
    # Names stand on both sides, so that those of a crowd cover each other less.
    middle = sorted(float(row[x]) for row in named)[(len(named) - 1) // 2]
    return [
        trace(
            "scatter",
            x=[_short(row[x]) for row in named],
            y=[_short(row[y]) for row in named],
            # Marks that are not seen keep the names off those that are.
            mode="markers+text",
            marker={"size": 12, "opacity": 0},
            text=[short_name(str(row["unit_name"]), 26) for row in named],
            textposition=[f"top {'right' if row[x] > middle else 'left'}" for row in named],
            textfont={"size": SMALL_SIZE, "color": theme.text},
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _layout(frame: pd.DataFrame, lines: pd.DataFrame, top: float, pen: _Pen) -> dict[str, Any]:
    words, theme, along = pen.words, pen.theme, lines[pen.scale.x]
    low, high = float(along.min()), float(along.max())
    ticks_y = {"tickformat": ".0%"} if pen.scale.is_share else {}
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    mark = words("chart.simulated") if bool(frame["is_simulated"].any()) else ""
    return {
        **layout(words, theme, height=HEIGHT, simulated=False),
        "xaxis": axis(
            theme,
            words(pen.scale.x_title),
            type="log",
            tickvals=ticks,
            ticktext=[words.number(tick, 0 if tick >= 1 else 1 if tick >= 0.1 else 3) for tick in ticks],
        ),
        "yaxis": axis(theme, words(pen.scale.y_title), range=[-0.04 * top, top], nticks=6, **ticks_y),
        "legend": legend(theme, y=-0.2, title=legend_title(theme, mark)),
        "hovermode": "closest",
        "uirevision": "funnel",
    }


def _short(x: Any) -> float:
    """Four significant digits draw the same picture in half the bytes."""
    return float(f"{float(x):.4g}")

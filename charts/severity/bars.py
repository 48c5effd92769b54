"""How severe: persons by severity, or by another group, as parts of a bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.marks import Pen, Row, by_state
from charts.measure import Measure, group_name, is_simulated, short_name, states, withheld
from charts.theme import (
    SMALL_SIZE,
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

SEVERITIES: Final = ("moral", "light", "medium", "heavy", "criminal")
COMPARISONS: Final = ("lighter", "as_recommended", "heavier")
OTHERS: Final = {"unknown": ".", "none": "x"}
ROW_HEIGHT: Final = 36


def figure(
    frame: Tidy,
    *,
    words: Words,
    theme: Theme,
    measure: Measure,
    periods: Mapping[str, str] | None = None,
) -> Drawing:
    """Stacked bars of counts by `group`: a bar per unit by name, or per election named and ordered by `periods`.

    Suppressed counts form a hatched part as long as they are at most. Rows of group "all" repeat their parts and
    are drawn only where there are no parts.
    """
    parts = _parts(records(frame))
    lines = _lines(parts, periods)
    if not lines:
        return empty(words, theme)
    pen = Pen(words, theme, measure, grouped=True)
    column = "unit_id" if periods is None else "period"
    places = {code: place for place, code in enumerate(lines)}
    traces: list[Trace] = []
    rows = by_state([row for row in parts if row[column] in lines])
    for index, group in enumerate(in_order(row["group"] for row in parts)):
        own = [row for row in rows["value"] + rows["zero"] if row["group"] == group]
        traces += _part(own, _fill(group, index, theme), pen, [places[row[column]] for row in own])
    hidden = rows["suppressed"]
    traces += _hidden(hidden, pen, [places[row[column]] for row in hidden])
    filled = {row[column] for state in ("value", "zero", "suppressed") for row in rows[state]}
    bare = {row[column]: row for row in rows["no_roster"] + rows["refused"] if row[column] not in filled}
    notes = [_reason(row, pen, places[code]) for code, row in bare.items()]
    return drawn(traces, {**_layout(parts, pen, list(lines.values())), "annotations": notes})


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: the counts that may be shown by group, and how many parts are suppressed."""
    rows = records(frame)
    parts = _parts(rows)
    if not parts:
        return words("chart.no_rows")
    told = [words("chart.alt.severity", title=measure.title, n=len({row["unit_id"] for row in parts}))]
    counts = [(row["group"], row["events"], row["suppressed"]) for row in parts]
    for group in in_order(row["group"] for row in parts):
        own = [(n, hidden) for code, n, hidden in counts if code == group]
        name, shown = group_name(words, group), [int(n) for n, _ in own if not is_missing(n)]
        if any(hidden for _, hidden in own) and sum(shown) == 0:
            # Nothing but small counts: the sum of what may be shown would read like zero.
            told.append(words("chart.alt.withheld", name=name))
        elif shown:
            told.append(f"{name} {words.number(sum(shown))}")
    known = {row["unit_id"] for row in parts if row["suppressed"] or not is_missing(row["events"])}
    without = {row["unit_id"] for row in parts} - known
    if without:
        told.append(words("chart.alt.refused", n=len(without)))
    hidden = states(parts).count("suppressed")
    if hidden:
        told.append(words("chart.alt.hidden_parts", n=hidden, range=measure.hidden(words, *withheld(parts))))
    if is_simulated(rows):
        told.append(words("chart.alt.simulated"))
    return "; ".join(told) + "."


def _parts(rows: Rows) -> Rows:
    groups = {row["group"] for row in rows}
    return [row for row in rows if row["group"] != "all"] if len(groups) > 1 and "all" in groups else rows


def _lines(parts: Rows, periods: Mapping[str, str] | None) -> dict[str, str]:
    """Bars from top to bottom: code and name."""
    if periods is not None:
        present = {row["period"] for row in parts}
        return {code: short_name(name) for code, name in periods.items() if code in present}
    names = {row["unit_id"]: row["unit_name"] for row in parts}
    return {unit: short_name(name) for unit, name in sorted(names.items(), key=lambda item: item[::-1])}


def in_order(codes: Iterable[str]) -> list[str]:
    """Group codes from light to heavy, then others by code, what is not known or not yet decided last."""
    known = [*SEVERITIES, *COMPARISONS]
    rank = {code: place for place, code in enumerate(known)} | dict.fromkeys(OTHERS, len(known) + 1)
    return sorted(set(codes), key=lambda code: (rank.get(code, len(known)), code))


def _fill(group: str, place: int, theme: Theme) -> str:
    if group in SEVERITIES:
        return theme.sequential[SEVERITIES.index(group)]
    if group in COMPARISONS:
        return theme.diverging[1 + COMPARISONS.index(group)]
    if group in OTHERS:
        return theme.no_roster
    return theme.groups[place % len(theme.groups)]


def _part(rows: list[Row], fill: str, pen: Pen, y: list[int]) -> list[Trace]:
    if not rows:
        return []
    group = rows[0]["group"]
    return [
        trace(
            "bar",
            x=[int(row["events"]) for row in rows],
            y=y,
            orientation="h",
            name=group_name(pen.words, group),
            text=[pen.words.number(row["events"]) if row["events"] else "" for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": pen.theme.label_on(fill)},
            marker={
                "color": fill,
                "line": {"color": pen.theme.line, "width": 0.8},
                "pattern": hatch(OTHERS.get(group, ""), fill, pen.theme),
            },
            **pen.hover(rows, unit=pen.measure.unit),
        )
    ]


def _hidden(rows: list[Row], pen: Pen, y: list[int]) -> list[Trace]:
    if not rows:
        return []
    fill = pen.theme.suppressed
    return [
        trace(
            "bar",
            x=[float(row["least" if is_missing(row["most"]) else "most"]) for row in rows],
            y=y,
            orientation="h",
            name=pen.words("chart.key.hidden", range=pen.measure.hidden(pen.words, *rows)),
            text=[pen.measure.hidden(pen.words, row) for row in rows],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": pen.theme.label_on(fill)},
            marker={
                "color": fill,
                "line": {"color": pen.theme.line, "width": 0.8},
                "pattern": hatch("/", fill, pen.theme),
            },
            **pen.hover(rows),
        )
    ]


def hatch(shape: str | list[str], fill: str | list[str], theme: Theme) -> dict[str, Any]:
    """Pattern of bars; an empty shape leaves the fill plain."""
    return {
        "shape": shape,
        "bgcolor": fill,
        "fgcolor": theme.line,
        "fgopacity": 0.6,
        "size": 8,
        "solidity": 0.12,
    }


def _reason(row: Row, pen: Pen, y: int) -> dict[str, Any]:
    return {
        "text": f"× {pen.brief(row)}",
        "x": 0,
        "y": y,
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": pen.theme.muted},
    }


def _layout(parts: Rows, pen: Pen, names: list[str]) -> dict[str, Any]:
    title = axis_title(pen.measure.title, pen.measure.unit)
    mark = pen.words("chart.simulated") if is_simulated(parts) else ""
    groups = len({row["group"] for row in parts})
    return {
        **layout(
            pen.words, pen.theme, height=len(names) * ROW_HEIGHT + 24 * (groups + 2) + 70, simulated=False
        ),
        "barmode": "stack",
        "bargap": 0.28,
        "uniformtext": {"minsize": SMALL_SIZE - 2, "mode": "hide"},
        "xaxis": axis(pen.theme, title, side="top", rangemode="tozero", nticks=6),
        "yaxis": axis(
            pen.theme,
            tickvals=list(range(len(names))),
            ticktext=names,
            range=[len(names) - 0.5, -0.5],
            showgrid=False,
        ),
        "legend": legend(pen.theme, traceorder="normal", title=legend_title(pen.theme, mark)),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "severity",
    }

"""An estimate along time: one mark per election on its voting day, with its interval."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.marks import Pen, Row, by_state, longest
from charts.measure import Measure, State, group_name, is_simulated, sentence
from charts.theme import DASHES, SMALL_SIZE, Theme, axis, axis_title, drawn, empty, layout, legend, trace
from language import Words
from metrics.frame import Rows, Tidy, records

HEIGHT: Final = 420
SPREAD: Final = 0.012
CLOSE: Final = 0.045


@dataclass(frozen=True)
class Occasion:
    """An election on the time axis; every one is shown, also where the frame has no row for it."""

    code: str
    name: str
    voting_on: dt.date

    @property
    def label(self) -> str:
        """Kind and year, short enough for an axis: Pilkada 2024, PSU 2025."""
        found = re.match(r"([A-Z]+)-?.*?(\d{4})", self.code)
        if not found:
            return self.name
        kind, year = found.groups()
        written = kind if len(kind) < 4 else kind.capitalize().replace("Pilkadaulang", "Pilkada ulang")
        return f"{written} {year}"


@dataclass(frozen=True)
class _Series:
    unit: str
    group: str
    name: str
    place: int
    shift: dt.timedelta

    def holds(self, row: Row) -> bool:
        return bool(row["unit_id"] == self.unit and row["group"] == self.group)


def figure(
    frame: Tidy, *, words: Words, theme: Theme, measure: Measure, occasions: Sequence[Occasion]
) -> Drawing:
    """Estimate with interval by voting day, a line per unit and group; its `period` is the code of an occasion.

    A line breaks where an estimate is missing. Suppressed values are dotted ranges, elections without any data are
    labelled as such.
    """
    days = {occasion.code: occasion.voting_on for occasion in occasions}
    kept = [row for row in records(frame) if row["period"] in days]
    if not kept:
        return empty(words, theme)
    span = max(max(days.values()) - min(days.values()), dt.timedelta(days=365))
    series = _series(kept, words, span)
    pen = Pen(words, theme, measure, grouped=len({row["group"] for row in kept}) > 1)
    top = 1.0 if measure.kind == "proportion" else longest(kept)
    traces: list[Trace] = []
    rows = by_state(kept)
    for line in series:
        own = {state: [row for row in found if line.holds(row)] for state, found in rows.items()}
        traces += _line(own["value"] + own["zero"], line, pen, days)
        for state in ("value", "zero"):
            traces += _dots(own[state], state, line, pen, days)
        traces += _ranges(own["suppressed"], line, pen, days)
    plain = _layout(kept, pen, occasions, (top, span))
    gaps = _gaps(rows["value"] + rows["zero"] + rows["suppressed"], occasions, pen)
    return drawn(_named_once(traces), {**plain, "annotations": [*plain["annotations"], *gaps]})


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: between which values, how many have none, and whether intervals overlap."""
    return sentence("chart.alt.trend", frame, words=words, measure=measure)


def _series(rows: Rows, words: Words, span: dt.timedelta) -> list[_Series]:
    pairs: dict[tuple[Any, Any], Row] = {}
    for each in rows:
        pairs.setdefault((each["unit_id"], each["group"]), each)
    units, groups = (len(set(codes)) for codes in zip(*pairs, strict=True))
    found = []
    for place, row in enumerate(pairs.values()):
        parts = [str(row["unit_name"])] if units > 1 or groups == 1 else []
        parts += [group_name(words, row["group"])] if groups > 1 else []
        shift = span * SPREAD * (place - (len(pairs) - 1) / 2)
        found.append(_Series(row["unit_id"], row["group"], ", ".join(parts), place, shift))
    return found


def _layout(
    rows: Rows, pen: Pen, occasions: Sequence[Occasion], reach: tuple[float, dt.timedelta]
) -> dict[str, Any]:
    top, span = reach
    days = sorted((occasion.voting_on, occasion.label) for occasion in occasions)
    shown = _ticks(days, span)
    edge = span * 0.06
    ticks = {"tickformat": ".0%"} if pen.measure.kind == "proportion" else {}
    return {
        **layout(pen.words, pen.theme, height=HEIGHT, simulated=is_simulated(rows)),
        "xaxis": axis(
            pen.theme,
            type="date",
            tickvals=[day.isoformat() for day in shown],
            ticktext=["<br>".join(labels) for labels in shown.values()],
            tickangle=-60,
            range=[(days[0][0] - edge).isoformat(), (days[-1][0] + edge).isoformat()],
            separatethousands=None,
        ),
        "yaxis": axis(
            pen.theme,
            axis_title(pen.measure.title, pen.measure.unit, 48),
            range=[0, 1.06 * top],
            nticks=6,
            **ticks,
        ),
        "legend": legend(pen.theme, y=-0.32),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "trend",
    }


def _ticks(days: Sequence[tuple[dt.date, str]], span: dt.timedelta) -> dict[dt.date, list[str]]:
    """Labels by the day they stand at; elections too close for labels of their own share one, each name once."""
    shown: dict[dt.date, list[str]] = {}
    for day, label in days:
        at = max(shown, default=dt.date.min)
        if label in shown.get(at, []):
            continue
        if day - at > span * CLOSE:
            shown[day] = [label]
        else:
            shown[at].append(label)
    return shown


def _x(row: Row, line: _Series, days: dict[str, dt.date]) -> str:
    midnight = dt.datetime.combine(days[row["period"]], dt.time())
    return (midnight + line.shift).isoformat(timespec="minutes")


def _line(rows: list[Row], line: _Series, pen: Pen, days: dict[str, dt.date]) -> list[Trace]:
    """The line of a series through all elections; it breaks where there is no estimate."""
    known = {row["period"]: row for row in rows}
    if len(known) < 2:
        return []
    points = [known.get(code) for code in sorted(days, key=lambda code: days[code])]
    return [
        trace(
            "scatter",
            x=[None if row is None else _x(row, line, days) for row in points],
            y=[None if row is None else float(row["estimate"]) for row in points],
            mode="lines",
            line={"color": pen.colour(line.place), "width": 1.5, "dash": DASHES[line.place % len(DASHES)]},
            connectgaps=False,
            hoverinfo="skip",
        )
    ]


def _dots(rows: list[Row], state: State, line: _Series, pen: Pen, days: dict[str, dt.date]) -> list[Trace]:
    if not rows:
        return []
    return [
        trace(
            "scatter",
            x=[_x(row, line, days) for row in rows],
            y=[float(row["estimate"]) for row in rows],
            mode="markers",
            name=pen.key(line.name, state),
            marker=pen.marker(line.place, state),
            error_y=pen.whiskers(rows, line.place),
            cliponaxis=False,
            **pen.hover(rows, unit=pen.measure.unit if state == "value" else ""),
        )
    ]


def _ranges(rows: list[Row], line: _Series, pen: Pen, days: dict[str, dt.date]) -> list[Trace]:
    if not rows:
        return []
    ends = [pen.hidden_range(row) for row in rows]
    told = pen.hover(rows)
    places = [_x(row, line, days) for row in rows]
    return [
        trace(
            "scatter",
            x=[x for place in places for x in (place, place, None)],
            y=[y for low, high in ends for y in (low, high, None)],
            mode="lines+markers",
            name=pen.measure.concealed(pen.words, *rows),
            line={"color": pen.colour(line.place), "width": 2, "dash": "dot"},
            marker={"symbol": "line-ew-open", "size": 8, "color": pen.colour(line.place)},
            customdata=[lines for lines in told["customdata"] for _ in range(3)],
            hovertemplate=told["hovertemplate"],
        )
    ]


def _named_once(traces: Sequence[Trace]) -> list[Trace]:
    """Traces with one legend entry per name."""
    seen: set[str | None] = {None}
    shown = []
    for made in traces:
        name = made.get("name")
        shown.append({**made, "showlegend": name not in seen})
        seen.add(name)
    return shown


def _gaps(rows: list[Row], occasions: Sequence[Occasion], pen: Pen) -> list[dict[str, Any]]:
    """Labels at the elections for which nothing is drawn."""
    with_data = {row["period"] for row in rows}
    return [
        {
            "x": occasion.voting_on.isoformat(),
            "y": 0,
            "text": pen.words("chart.key.gap"),
            "textangle": -90,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": pen.theme.muted},
        }
        for occasion in occasions
        if occasion.code not in with_data
    ]

"""Marks that dots with intervals and trends share: whiskers, hover texts, ranges of suppressed rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.drawing import Trace
from charts.measure import STATES, Measure, State, group_name, hover, states
from charts.theme import MARKERS, SMALL_SIZE, Theme, trace
from language import Value, Words, is_missing
from metrics.frame import Tidy, records

Row = Mapping[Hashable, Value]


@dataclass(frozen=True)
class Pen:
    """How one figure writes: the reader's words, the palette, the metric, and whether groups stand apart."""

    words: Words
    theme: Theme
    measure: Measure
    grouped: bool = False

    def hover(self, rows: Sequence[Row], *, unit: str = "") -> dict[str, Any]:
        """Customdata and template of marks; the last item of the customdata is the unit_id."""
        return hovering([self._lines(row) for row in rows], [row["unit_id"] for row in rows], unit)

    def key(self, name: str, state: State) -> str:
        """Legend entry of a group: its name, and for open marks what they mean."""
        if state == "value":
            return name
        meaning = self.words("chart.key.zero")
        return f"{name}: {meaning}" if self.grouped else meaning[0].upper() + meaning[1:]

    def marker(self, place: int, state: State) -> dict[str, Any]:
        """Shape and colour of a group; zero events are drawn open."""
        symbol, colour = MARKERS[place % len(MARKERS)], self.colour(place)
        return {
            "symbol": symbol if state == "value" else f"{symbol}-open",
            "size": 9,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        }

    def whiskers(self, rows: Sequence[Row], place: int) -> dict[str, Any]:
        """Lines from the lower to the upper limit of every row; rows without limits have none."""
        return {
            "type": "data",
            "array": [_length(row["upper"], row["estimate"]) for row in rows],
            "arrayminus": [_length(row["estimate"], row["lower"]) for row in rows],
            "color": self.colour(place),
            "thickness": 1.5,
            "width": 3,
        }

    def colour(self, place: int) -> str:
        """Colour of a group."""
        return self.theme.groups[place % len(self.theme.groups)]

    def hidden_range(self, row: Row) -> tuple[float, float]:
        """Limits between which a suppressed value lies."""
        if not is_missing(row["lower"]) and not is_missing(row["upper"]):
            return float(row["lower"]), float(row["upper"])
        if self.measure.kind == "proportion":
            return 0.0, 1.0
        # What nothing bounds is drawn as a point at its lower end, with a text that says so.
        return (float(row["least"]),) * 2 if self.measure.kind == "count" else (0.0, 0.0)

    def brief(self, row: Row) -> str:
        """Why a row has no value, in two or three words."""
        known = not is_missing(row["refusal"]) and row["refusal"] != "none"
        return self.words(f"chart.brief.{row['refusal'] if known else 'unknown'}")

    def _lines(self, row: Row) -> list[str]:
        name, *rest = hover(row, self.words, self.measure)
        return [f"{name}, {group_name(self.words, row['group'])}" if self.grouped else name, *rest]


def by_state(frame: Tidy) -> dict[State, list[Row]]:
    """Rows of a frame by their state, in the frame's order."""
    rows, found = records(frame), {state: list[Row]() for state in STATES}
    for row, state in zip(rows, states(rows), strict=True):
        found[state].append(row)
    return found


def ordered(frame: Tidy) -> list[str]:
    """Units from high to low by their highest estimate, equal ones by name, those without one last by name."""
    rows, first = records(frame), dict[str, tuple[int, float, str]]()
    for row, state in zip(rows, states(rows), strict=True):
        estimate = float(row["estimate"]) if state in ("value", "zero") else 0.0
        key = (STATES.index(state), -estimate, str(row["unit_name"]))
        first[row["unit_id"]] = min(key, first.get(row["unit_id"], key))
    return sorted(first, key=lambda unit: (first[unit], unit))


def longest(frame: Tidy, *marked: float | None, times: int = 4) -> float:
    """End of a linear axis: the longest interval, but no more than `times` the highest estimate.

    One tiny unit would otherwise flatten all others; its interval then runs out of the figure.
    """
    rows = records(frame)
    dots = [float(x) for x in [*(row["estimate"] for row in rows), *marked] if not is_missing(x)]
    highest = max(dots, default=0.0)
    end = max([*(float(x) for row in rows if not is_missing(x := row["upper"])), highest])
    return (min(end, times * highest) if highest else end) or 1.0


def _length(end: Value, start: Value) -> float:
    return 0.0 if is_missing(end) or is_missing(start) else max(0.0, float(end) - float(start))


def signs(x: list[float], y: list[float], text: list[str], pen: Pen) -> Trace:
    """Small texts to the right of their places, cut by nothing."""
    return trace(
        "scatter",
        x=x,
        y=y,
        mode="text",
        text=[f"  {line}" for line in text],
        textposition="middle right",
        textfont={"size": SMALL_SIZE, "color": pen.theme.muted},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def hovering(lines: Sequence[Sequence[str]], ids: Sequence[str] = (), unit: str = "") -> dict[str, Any]:
    """Hover of points with these lines, the first in bold and `unit` after the second; `ids` come last in the customdata.

    What a line says of every point travels once, in the template, and the customdata hold what differs.
    """
    width = max(map(len, lines), default=1)
    columns = zip(*([*line, *[""] * (width - len(line))] for line in lines), strict=True)
    kept, shown = [], []
    for place, column in enumerate(columns):
        before, after = _alike(column) if place else ("", "")
        rest = [text[len(before) : len(text) - len(after)] for text in column]
        if any(rest):
            kept.append(rest)
            before = f"{before}%{{customdata[{len(kept) - 1}]}}"
        if any(column):
            shown.append(f"{before}{after}{f' {unit}' if place == 1 and unit else ''}")
    data = [list(row) for row in zip(*kept, *([ids] if ids else []), strict=True)]
    return {
        "customdata": data,
        "hovertemplate": "<br>".join([*(f"<b>{name}</b>" for name in shown[:1]), *shown[1:]])
        + "<extra></extra>",
    }


def _alike(texts: Sequence[str]) -> tuple[str, str]:
    """What all texts begin and end with, cut between words."""
    first, last = min(texts), max(texts)
    start = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    if first == last:
        return first, ""
    before = first[: first.rfind(" ", 0, start) + 1]
    backwards = [text[len(before) :][::-1] for text in texts]
    first, last = min(backwards), max(backwards)
    end = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return before, first[: first.rfind(" ", 0, end) + 1][::-1]

"""What was recommended against what was imposed: a cell per pair of severities."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from charts.drawing import Drawing, Trace
from charts.marks import Pen
from charts.measure import PAIR, Measure, State, group_name, is_simulated, reason, states, withheld
from charts.severity.bars import hatch, in_order
from charts.theme import TEXT_SIZE, Theme, axis, drawn, empty, layout, trace
from language import Value, Words, is_missing
from metrics.frame import Rows, Tidy, records

CELL_HEIGHT: Final = 50


@dataclass(frozen=True)
class _Cell:
    recommended: str
    imposed: str
    fill: str
    text: str
    hidden: bool

    @property
    def width(self) -> float:
        return 2.5 if self.recommended == self.imposed else 0.5


def figure(frame: Tidy, *, words: Words, theme: Theme, measure: Measure) -> Drawing:
    """Counts of what was recommended (rows) by what was imposed (columns), one row of the frame per pair.

    `group` is "recommended>imposed". Cells where both are equal have a heavy outline, suppressed ones a hatch.
    """
    pairs = _pairs(frame)
    if not pairs:
        return empty(words, theme)
    pen = Pen(words, theme, measure)
    cells = _cells(pairs, pen)
    down = in_order(cell.recommended for cell in cells)
    across = in_order(cell.imposed for cell in cells)
    sides = ([cell for cell in cells if cell.hidden == hidden] for hidden in (False, True))
    traces = [_squares(own, pen, down, across) for own in sides if own]
    return drawn(traces, _layout(pairs, pen, down, across))


def alt(frame: Tidy, *, words: Words, measure: Measure) -> str:
    """One sentence: how many visible persons were punished as recommended, and how many cells are suppressed."""
    pairs = _pairs(frame)
    if not pairs:
        return words("chart.no_rows")
    if all(is_missing(row["events"]) and not row["suppressed"] for row in pairs):
        return words(
            "unknown.counts", title=measure.title, reason=reason(words, measure, pairs[0]["refusal"])
        )
    events = [row["events"] or 0 for row in pairs]
    same = [
        n for n, (recommended, imposed) in zip(events, _split(pairs), strict=True) if recommended == imposed
    ]
    told = [words("chart.alt.matrix", n=sum(events), same=sum(same))]
    hidden = states(pairs).count("suppressed")
    if hidden:
        told.append(
            words(
                "chart.alt.hidden_parts",
                n=hidden,
                range=measure.hidden(words, *withheld(pairs)),
            )
        )
    if is_simulated(records(frame)):
        told.append(words("chart.alt.simulated"))
    return "; ".join(told) + "."


def _pairs(frame: Tidy) -> Rows:
    return [row for row in records(frame) if PAIR in str(row["group"])]


def _split(pairs: Rows) -> list[tuple[str, str]]:
    parted = [str(row["group"]).partition(PAIR) for row in pairs]
    return [(recommended, imposed) for recommended, _, imposed in parted]


def _cells(pairs: Rows, pen: Pen) -> list[_Cell]:
    """Cells with fill and text; shades are fifths of the highest count shown."""
    most = max((float(x) for row in pairs if not is_missing(x := row["events"])), default=0.0) or 1.0
    rows = zip(_split(pairs), pairs, states(pairs), strict=True)
    return [
        _Cell(
            *pair, _fill(row["events"], state, most, pen.theme), _text(row, state, pen), state == "suppressed"
        )
        for pair, row, state in rows
    ]


def _fill(events: Value, state: State, most: float, theme: Theme) -> str:
    if state == "suppressed":
        return theme.suppressed
    if is_missing(events):
        return theme.no_roster
    return theme.sequential[min(4, int(5 * float(events) / most))] if events else theme.zero


def _text(row: Mapping[Hashable, Value], state: State, pen: Pen) -> str:
    return pen.measure.hidden(pen.words, row) if state == "suppressed" else pen.words.number(row["events"])


def _squares(cells: Sequence[_Cell], pen: Pen, down: list[str], across: list[str]) -> Trace:
    words, theme = pen.words, pen.theme
    told = words(
        "chart.hover.pair", recommended="%{customdata[0]}", imposed="%{customdata[1]}", count="%{text}"
    )
    return trace(
        "bar",
        x=[across.index(cell.imposed) for cell in cells],
        y=[0.94] * len(cells),
        base=[-down.index(cell.recommended) - 0.97 for cell in cells],
        width=0.96,
        text=[cell.text for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": TEXT_SIZE, "color": [theme.label_on(cell.fill) for cell in cells]},
        marker={
            # One colour, not a list: Plotly drops the ground of a pattern where fills differ by point.
            "color": theme.suppressed if cells[0].hidden else [cell.fill for cell in cells],
            "line": {"color": theme.text, "width": [cell.width for cell in cells]},
            "pattern": hatch("/", theme.suppressed, theme) if cells[0].hidden else None,
        },
        customdata=[[group_name(words, code) for code in (cell.recommended, cell.imposed)] for cell in cells],
        hovertemplate=f"{told}<extra></extra>",
    )


def _layout(pairs: Rows, pen: Pen, down: list[str], across: list[str]) -> dict[str, Any]:
    def names(codes: list[str]) -> list[str]:
        return ["<br>".join(group_name(pen.words, code).split()) for code in codes]

    mark = [pen.words("chart.simulated")] if is_simulated(pairs) else []
    return {
        **layout(pen.words, pen.theme, height=len(down) * CELL_HEIGHT + 110, simulated=False),
        "barmode": "overlay",
        "xaxis": axis(
            pen.theme,
            " · ".join([pen.words("chart.axis.pair"), *mark]),
            side="top",
            tickvals=list(range(len(across))),
            ticktext=names(across),
            range=[-0.5, len(across) - 0.5],
            showgrid=False,
        ),
        "yaxis": axis(
            pen.theme,
            tickvals=[-place - 0.5 for place in range(len(down))],
            ticktext=names(down),
            range=[-len(down), 0],
            showgrid=False,
        ),
        "showlegend": False,
        "uirevision": "matrix",
    }

"""Where persons stand: a bar per stage, its parts from done to overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from charts.drawing import Drawing, Trace
from charts.measure import short_name
from charts.severity.bars import hatch
from charts.theme import SMALL_SIZE, Theme, axis, drawn, empty, layout, legend, trace
from language import Words, is_missing
from metrics.frame import records

PARTS: Final = ("done", "late", "waiting", "overdue", "ended", "undated")
ROW_HEIGHT: Final = 40
Row = Mapping[Any, Any]


def figure(frame: pd.DataFrame, *, words: Words, theme: Theme, simulated: bool) -> Drawing:
    """Stacked bars of `persons` by `stage` and `part`; counts told as a range are hatched and as long as they are at most, or
    at least where nothing bounds them."""
    rows = _rows(frame)
    stages = list(dict.fromkeys(row["stage"] for row in rows))
    if not stages:
        return empty(words, theme)
    traces = [made for part in PARTS for made in _part(rows, part, stages, words, theme)]
    traces += _hidden(rows, stages, words, theme)
    return drawn(traces, _layout(words, theme, stages, simulated))


def alt(frame: pd.DataFrame, *, words: Words) -> str:
    """One sentence: for every stage the persons who wait and who are past the limit, as far as they may be told."""
    told = []
    by_stage: dict[str, dict[str, Row]] = {}
    for row in _rows(frame):
        by_stage.setdefault(row["stage"], {})[row["part"]] = row
    for stage, rows in by_stage.items():
        waiting, overdue = (_count(rows[part], words) for part in ("waiting", "overdue"))
        told.append(
            words(
                "chart.followup.stage_alt",
                stage=words(f"followup.stage.{stage}"),
                waiting=waiting,
                overdue=overdue,
            )
        )
    return "; ".join(told) + "." if told else words("chart.no_rows")


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows of the stages that anybody has come to, in the order of the frame."""
    rows: list[Row] = list(records(frame))
    busy = {row["stage"] for row in rows if row["suppressed"] or _is_told(row)}
    return [row for row in rows if row["stage"] in busy]


def _is_told(row: Row) -> bool:
    return not is_missing(row["persons"]) and row["persons"] > 0


def _fill(part: str, theme: Theme) -> tuple[str, str]:
    """Colour and hatch of a part: what is past a limit is ochre, what has no date is dotted."""
    return {
        "done": (theme.sequential[2], ""),
        "late": (theme.diverging[1], ""),
        "waiting": (theme.sequential[0], ""),
        "overdue": (theme.diverging[0], ""),
        "ended": (theme.no_roster, ""),
        "undated": (theme.no_roster, "."),
    }[part]


def _part(rows: Sequence[Row], part: str, stages: list[str], words: Words, theme: Theme) -> list[Trace]:
    own = [row for row in rows if row["part"] == part and _is_told(row)]
    if not own:
        return []
    fill, shape = _fill(part, theme)
    counts = [int(row["persons"]) for row in own]
    return [
        _bar(
            [stages.index(row["stage"]) for row in own],
            counts,
            [words.number(n) for n in counts],
            (fill, shape),
            words(f"followup.part.{part}"),
            theme,
        )
    ]


def _count(row: Row, words: Words) -> str:
    """A count as one number or as a range."""
    if not row["suppressed"]:
        return words.number(row["persons"])
    if is_missing(row["most"]):
        return words("followup_published.more", n=int(row["least"]))
    return words.span(row["least"], row["most"], 0)


def _hidden(rows: Sequence[Row], stages: list[str], words: Words, theme: Theme) -> list[Trace]:
    own = [row for row in rows if row["suppressed"]]
    if not own:
        return []
    places = [stages.index(row["stage"]) for row in own]
    told = [f"{words('followup.part.' + row['part'])}: {_count(row, words)}" for row in own]
    lengths = [int(row["least"] if is_missing(row["most"]) else row["most"]) for row in own]
    return [
        _bar(
            places,
            lengths,
            [_count(row, words) for row in own],
            (theme.suppressed, "/"),
            words("chart.followup.hidden"),
            theme,
            told,
        )
    ]


def _bar(  # noqa: PLR0913, PLR0917 - the parts of one trace
    y: list[int],
    x: list[int],
    text: list[str],
    fill: tuple[str, str],
    name: str,
    theme: Theme,
    told: list[str] | None = None,
) -> Trace:
    colour, shape = fill
    return trace(
        "bar",
        x=x,
        y=y,
        orientation="h",
        name=name,
        text=text,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": theme.label_on(colour)},
        marker={
            "color": colour,
            "line": {"color": theme.line, "width": 0.8},
            "pattern": hatch(shape, colour, theme),
        },
        customdata=told or text,
        hovertemplate=f"<b>{name}</b><br>%{{customdata}}<extra></extra>",
    )


def _layout(words: Words, theme: Theme, stages: list[str], simulated: bool) -> dict[str, Any]:
    names = [short_name(words(f"followup.stage.{stage}"), 20) for stage in stages]
    return {
        **layout(words, theme, height=len(stages) * ROW_HEIGHT + 200, simulated=simulated),
        "barmode": "stack",
        "bargap": 0.28,
        "uniformtext": {"minsize": SMALL_SIZE - 2, "mode": "hide"},
        "xaxis": axis(theme, words("chart.followup.persons"), rangemode="tozero", nticks=6),
        "yaxis": axis(
            theme,
            tickvals=list(range(len(names))),
            ticktext=names,
            range=[len(names) - 0.5, -0.5],
            showgrid=False,
        ),
        "legend": legend(theme, y=-0.22, traceorder="normal"),
        "showlegend": True,
        "hovermode": "closest",
        "uirevision": "standing",
    }

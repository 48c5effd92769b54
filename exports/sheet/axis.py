"""Where the marks of the drawing stand: shares of a linear axis from zero, so that the layout computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Final

import pandas as pd

from charts.marks import longest
from charts.measure import Measure, State, states
from language import Words, is_missing
from metrics.frame import records

_STEPS: Final = (1, 2, 2.5, 5, 10)
_TICKS: Final = 4


@dataclass(frozen=True)
class Mark:
    """What is drawn of a row: its state, and its interval or range and its estimate as shares of the axis.

    `is_beyond` where it goes on outside the drawing; None where there is nothing to draw.
    """

    state: State
    low: float | None = None
    high: float | None = None
    at: float | None = None
    is_beyond: bool = False


@dataclass(frozen=True)
class Axis:
    """The axis of a drawing: its ticks and the value of the whole as shares with labels, and what its marks mean.

    Without ticks nothing is drawn.
    """

    ticks: Sequence[tuple[float, str]]
    whole: tuple[float, str] | None
    keys: Sequence[tuple[str, str]]


def of(words: Words, measure: Measure, found: Sequence[Mark], ends: tuple[float | None, float]) -> Axis:
    """The axis of some marks up to the second of `ends`, with the value of the whole; without a mark there is nothing to draw on."""
    line, end = ends
    if all(mark.high is None for mark in found):
        return Axis((), None, ())
    value = "" if line is None else measure.shown(words, line)
    whole = None if line is None else (line / end, value)
    return Axis(ticks(words, measure, end), whole, keys(words, found, value))


def reach(frame: pd.DataFrame, *marked: float | None) -> float:
    """The value at the end of the axis."""
    return longest(frame, *marked)


def marks(frame: pd.DataFrame, end: float) -> list[Mark]:
    """A mark for every row of a frame, in its order."""
    return [_mark(row, state, end) for row, state in zip(records(frame), states(frame), strict=True)]


def ticks(words: Words, measure: Measure, end: float) -> list[tuple[float, str]]:
    """Zero and up to four round values."""
    step = _step(end / _TICKS)
    values = [step * n for n in range(floor(end / step + 1e-9) + 1)]
    return [(value / end, measure.shown(words, value)) for value in values]


def keys(words: Words, found: Sequence[Mark], whole: str) -> list[tuple[str, str]]:
    """The marks that occur, by state, with what they mean; `whole` is the value of the line of the whole, empty where there is none."""
    meanings = {
        "value": words("chart.key.value"),
        "zero": words("chart.key.zero"),
        "suppressed": words("sheet.key.range"),
    }
    seen = {mark.state for mark in found if mark.high is not None}
    told: list[tuple[str, str]] = [(state, meaning) for state, meaning in meanings.items() if state in seen]
    told += [("whole", f"{words('ui.figure.whole')}: {whole}")] if whole else []
    return told + ([("beyond", words("chart.key.beyond"))] if any(mark.is_beyond for mark in found) else [])


def _mark(row: Mapping[Any, Any], state: State, end: float) -> Mark:
    if is_missing(row["upper"]):
        return Mark(state)
    low, high = float(row["lower"]) / end, float(row["upper"]) / end
    at = None if is_missing(row["estimate"]) else float(row["estimate"]) / end
    return Mark(state, min(low, 1.0), min(high, 1.0), at, high > 1.001)


def _step(rough: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))

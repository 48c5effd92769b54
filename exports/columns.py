"""The columns that every form of a download has: those of the answer, and what each row is in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from charts.measure import Measure, reason
from language import LANGUAGES, words
from metrics.frame import DTYPES, METHODS, REFUSALS
from metrics.result import Result

Value = str | date | int | float | bool | None
Columns = Mapping[str, Sequence[Value]]
STATES: Final = ("value", "zero", *REFUSALS[1:])
"""What a row is: a number, a true zero, or the reason why there is none."""
TOLD: Final = ("state", "reason_id", "reason_en")
SPLIT: Final = ("by", "split", "grouped_by")
"""Columns before those of an answer where several are in one file: units, periods and group that it is split by."""
KEYS: Final = ("unit_id", "period", "group")
TYPES: Final[Mapping[str, str]] = {
    **{
        name: {"Int64": "integer", "Float64": "number", "bool": "boolean", "datetime64[s]": "date"}.get(
            kind, "string"
        )
        for name, kind in DTYPES.items()
    },
    **dict.fromkeys(TOLD, "string"),
}
"""Type of every column in the terms of Table Schema, in the order of the files."""
ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "refusal": REFUSALS,
    "interval_method": METHODS,
    "state": STATES,
}


def of(result: Result, suppress_below: int) -> dict[str, list[Value]]:
    """The rows of an answer by column, as plain values; a missing number is None."""
    rows = answered(result)
    rows["state"] = [
        _state(refusal, value) for refusal, value in zip(rows["refusal"], rows["estimate"], strict=True)
    ]
    ranges = list(zip(rows["state"], rows["least"], rows["most"], strict=True))
    for lang in LANGUAGES:
        said = {one: _reason(result, lang, one, suppress_below) for one in set(ranges)}
        rows[f"reason_{lang}"] = [said[one] for one in ranges]
    return rows


def answered(result: Result) -> dict[str, list[Value]]:
    """The columns of the answer alone."""
    return {name: _values(result.columns[name], kind) for name, kind in DTYPES.items()}


def _values(column: Any, kind: str) -> list[Value]:
    if kind == "datetime64[s]":
        return list(np.asarray(column).astype("datetime64[D]").tolist())
    if kind in ("Int64", "Float64"):
        found = np.asarray(column, np.float64)
        made: Any = int if kind == "Int64" else float
        return [
            None if gap else made(x) for x, gap in zip(found.tolist(), np.isnan(found).tolist(), strict=True)
        ]
    return list(np.asarray(column).tolist())


def _state(refusal: Value, estimate: Value) -> str:
    if refusal != "none":
        return str(refusal)
    return "zero" if estimate == 0 else "value"


def _reason(result: Result, lang: str, one: tuple[Value, Value, Value], suppress_below: int) -> str:
    w, metric, (state, least, most) = words(lang), result.definition, one
    if state == "value":
        return ""
    if state == "zero":
        return w("ui.table.zero") if metric.kind == "rate" else w("exports.zero")
    how = Measure(metric.kind, metric.title.of(lang), result.unit(lang), suppress_below)
    return reason(w, how, state, {"least": least, "most": most})

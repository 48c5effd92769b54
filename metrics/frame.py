"""The one tidy frame: a row per unit, period and group, and the check that it is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DTYPES: Final[dict[str, str]] = {
    "unit_id": "str",
    "unit_name": "str",
    "period": "str",
    "period_start": "datetime64[s]",
    "period_end": "datetime64[s]",
    "group": "str",
    "events": "Int64",
    "least": "Int64",
    "most": "Int64",
    "exposure": "Float64",
    "headcount": "Int64",
    "estimate": "Float64",
    "lower": "Float64",
    "upper": "Float64",
    "level": "Float64",
    "interval_method": "str",
    "suppressed": "bool",
    "refusal": "str",
    "is_simulated": "bool",
}
COLUMNS: Final[tuple[str, ...]] = tuple(DTYPES)
WHOLE: Final = "whole"
ALL: Final = "all"
REFUSALS: Final[tuple[str, ...]] = (
    "none",
    "no_roster",
    "no_events_table",
    "scope",
    "suppressed",
    "no_cases",
    "not_published",
)
METHODS: Final[tuple[str, ...]] = (
    "exact_poisson",
    "exact_poisson_zero",
    "exact_poisson_range",
    "wilson",
    "jeffreys",
    "none",
)
_NUMBERS: Final = ("events", "least", "most", "exposure", "headcount", "estimate", "lower", "upper", "level")


Rows = Sequence[dict[Any, Any]]
"""Rows by column, missing values as None: what `records` and `rows` give; nobody changes them."""
Tidy = pd.DataFrame | Rows
"""The tidy frame as pandas has it, or its rows."""


def records(frame: Tidy) -> Rows:
    """The rows of a frame by column, missing values as None; rows are given back as they are."""
    if not isinstance(frame, pd.DataFrame):
        return frame
    columns = [_plain(column.array) for _, column in frame.items()]
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(values: Any) -> list[Any]:
    if str(values.dtype) in ("Int64", "Float64", "boolean"):
        return list(values.to_numpy(dtype=object, na_value=None).tolist())
    return list((values.to_numpy() if values.dtype == bool else values).tolist())


def empty() -> pd.DataFrame:
    """A frame of the right shape without rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in DTYPES.items()})


def tidy(columns: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """The checked frame of plain arrays of equal length; NaN becomes a missing value."""
    return typed(checked(columns))


def checked(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The columns of the frame as plain arrays, after asserting its laws; a broken law is a fault of this code."""
    plain = {name: np.asarray(columns[name]) for name in DTYPES}
    _check_columns(plain)
    return plain


def typed(columns: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """The frame of checked columns."""
    return pd.DataFrame({name: _typed(columns[name], dtype) for name, dtype in DTYPES.items()}, copy=False)


def rows(columns: Mapping[str, NDArray[Any]]) -> list[dict[str, Any]]:
    """The rows of checked columns, missing values as None; no frame is made for them, which would take ten times as long."""
    listed = [_listed(name, columns[name].tolist()) for name in DTYPES]
    return [dict(zip(DTYPES, row, strict=True)) for row in zip(*listed, strict=True)]


def _listed(name: str, values: list[Any]) -> list[Any]:
    if name not in _NUMBERS:
        return values
    if DTYPES[name] == "Int64":
        return [None if value != value else int(value) for value in values]  # noqa: PLR0124 - true for NaN
    return [None if value != value else value for value in values]  # noqa: PLR0124 - true for NaN


def check(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame itself, after asserting its columns, types and laws; a broken law is a fault of this code."""
    assert list(frame.columns) == list(COLUMNS), "the frame has exactly the columns of DTYPES"
    for name, dtype in DTYPES.items():
        assert str(frame[name].dtype) == dtype, f"{name} is {frame[name].dtype}, not {dtype}"
    _check_columns(plain(frame))
    return frame


def plain(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """The columns of a frame as plain arrays, NaN for a missing number: `typed` the other way round."""
    numbers = {name: frame[name].to_numpy(np.float64, na_value=np.nan) for name in _NUMBERS}
    return {name: numbers[name] if name in numbers else frame[name].to_numpy() for name in DTYPES}


def _check_columns(columns: Mapping[str, NDArray[Any]]) -> None:
    keys = [*zip(*(columns[name].tolist() for name in ("unit_id", "period", "group")), strict=True)]
    assert len(set(keys)) == len(keys), "one row per unit, period and group"
    assert set(columns["refusal"].tolist()) <= set(REFUSALS), "a refusal is one of REFUSALS"
    assert set(columns["interval_method"].tolist()) <= set(METHODS), "an interval method is one of METHODS"
    assert (columns["period_start"] <= columns["period_end"]).all(), "a period starts before it ends"
    numbers = {name: columns[name].astype(np.float64) for name in _NUMBERS}
    _check_numbers(numbers)
    _check_refusals(numbers, columns["refusal"], columns["suppressed"].astype(np.bool_))


def _check_numbers(numbers: Mapping[str, NDArray[np.float64]]) -> None:
    # A comparison with a missing number is false, so each law is asked by its breach.
    for low, high in (("lower", "estimate"), ("estimate", "upper"), ("lower", "upper"), ("least", "most")):
        assert not (numbers[low] > numbers[high]).any(), f"{low} never exceeds {high}"
    for name, values in numbers.items():
        assert not (values < 0).any(), f"{name} is never negative"
    assert (_missing(numbers, "lower") == _missing(numbers, "upper")).all(), "an interval has both ends"


def _check_refusals(
    numbers: Mapping[str, NDArray[np.float64]], refusal: NDArray[np.object_], suppressed: NDArray[np.bool_]
) -> None:
    refused = refusal != "none"
    assert (suppressed == (refusal == "suppressed")).all(), "suppressed rows say so twice"
    assert (_missing(numbers, "estimate") == refused).all(), "a row has an estimate or a refusal"
    assert _missing(numbers, "events")[suppressed].all(), "suppressed rows show no events"
    assert not _missing(numbers, "events")[~refused].any(), "an estimate shows its events"
    known = ~_missing(numbers, "events") & ~refused
    assert (numbers["least"][known] == numbers["most"][known]).all(), "what is told is a range of one count"
    silent = np.isin(refusal.astype(str), ["no_roster", "no_events_table", "scope", "not_published"])
    for name in _NUMBERS:
        assert _missing(numbers, name)[silent].all(), "refused rows are empty"


def _missing(numbers: Mapping[str, NDArray[np.float64]], name: str) -> NDArray[np.bool_]:
    return np.isnan(numbers[name])


def _typed(values: NDArray[Any], dtype: Any) -> Any:
    if dtype not in ("Int64", "Float64"):
        return pd.array(values, dtype=dtype)
    missing = np.isnan(values)
    if dtype == "Int64":
        return pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing)
    return pd.arrays.FloatingArray(values.astype(np.float64), missing)

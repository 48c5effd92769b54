"""Two shortcuts for polars, both by whole numbers: what few distinct values mean, and grouping by many small columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl


def meaning(
    rows: pl.DataFrame, fields: Sequence[str], read: Callable[..., Any], **columns: pl.DataType
) -> pl.DataFrame:
    """The rows with what `read` says of their distinct values of `fields`: one new column, or several for a tuple.

    A table of meanings, looked up by the number of the value; joins would hash every row once for each table.
    """
    code = rows.select(_code(fields)).to_series()
    first = code.arg_unique()
    said = [read(*values) for values in rows.select(fields)[first].iter_rows()]
    found = said if len(columns) > 1 else [(value,) for value in said]
    table = pl.zeros(int(code.max() or 0) + 1, pl.UInt32, eager=True)
    place = table.scatter(code[first], range(len(first))).gather(code)
    return rows.hstack(pl.DataFrame(found, columns, orient="row")[place])


def _code(fields: Sequence[str]) -> pl.Expr:
    """One whole number for the values of a row in `fields`, not far above 0; 0 stands for nothing."""
    code = pl.lit(0, pl.Int64)
    for field in fields:
        number = pl.col(field).to_physical().cast(pl.Int64)
        number = (number - number.min() + 1).fill_null(0)
        code = code * (number.max() + 1) + number
    return code


def headcount(people: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """How many there are by columns of fixed categories or booleans, all packed into the one number that is grouped by."""
    packed = pl.lit(0, pl.Int64)
    for name in names:
        packed = packed * _size(people, name) + pl.col(name).to_physical().cast(pl.Int64)
    counted = people.lazy().group_by(packed=packed).agg(headcount=pl.len().cast(pl.Int64))
    columns, rest = [], pl.col("packed")
    for name in reversed(names):
        code, dtype = (rest % _size(people, name)).cast(pl.UInt32), people.schema[name]
        columns.append((code == 1 if dtype == pl.Boolean else code.cat.to(dtype)).alias(name))
        rest = rest // _size(people, name)
    return counted.select(*reversed(columns), "headcount").collect(engine="streaming")


def _size(people: pl.DataFrame, name: str) -> int:
    dtype = people.schema[name]
    return len(dtype.categories) if isinstance(dtype, pl.Enum) else 2

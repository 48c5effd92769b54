"""The rows as Parquet with the types of the dictionary."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from exports.columns import TYPES, Columns

_ARROW: Final = {
    "string": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def parquet_of(columns: Columns, told: Mapping[str, str]) -> bytes:
    """The columns as one Parquet file; `told` stands in its metadata."""
    packed = io.BytesIO()
    pq.write_table(table(columns, schema({name: TYPES[name] for name in columns}, told)), packed)
    return packed.getvalue()


def schema(types: Mapping[str, str], told: Mapping[str, str]) -> pa.Schema:
    """Arrow's types of columns that Table Schema names."""
    return pa.schema([(name, _ARROW[kind]) for name, kind in types.items()], metadata=dict(told))


def table(columns: Columns, schema: pa.Schema) -> pa.Table:
    """The columns with the types of a schema."""
    return pa.table({name: list(values) for name, values in columns.items()}, schema=schema)

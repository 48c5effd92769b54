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
    schema = pa.schema([(name, _ARROW[TYPES[name]]) for name in columns], metadata=dict(told))
    packed = io.BytesIO()
    pq.write_table(pa.table({name: list(values) for name, values in columns.items()}, schema=schema), packed)
    return packed.getvalue()

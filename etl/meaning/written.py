"""What the distinct written cells of a file mean, read once each into the table `meanings` (field, written, code)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import duckdb

from etl.meaning.codes import CodeReading, read_codes

Reader = Callable[[str], str | None]
COMBINED = "concat_ws(' ', nullif(trim({name}_number), ''), nullif(trim({name}), ''))"
"""A code in a column of its own stands before the name, so that the two are read as one cell."""


def fill_meanings(con: duckdb.DuckDBPyConnection, readers: Sequence[tuple[str, str, Reader]]) -> None:
    """Makes the temporary table `meanings` from `raw`: for each (field, expression of ours, reader) what each text means.

    A text that means nothing is not in the table; a text stands once per field.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE meanings (field VARCHAR, written VARCHAR, code VARCHAR)")
    rows = {
        (field, text): code
        for field, expression, read in readers
        for text in _texts(con, expression)
        if (code := read(text)) is not None
    }
    if rows:
        con.executemany("INSERT INTO meanings VALUES (?, ?, ?)", [(*key, code) for key, code in rows.items()])


def region_codes(
    con: duckdb.DuckDBPyConnection, names: Sequence[str], declared: str | None, where: str
) -> CodeReading:
    """How the region columns `names` of `raw`, each with its column of codes, are to be read together."""
    written: Counter[str] = Counter()
    for name in names:
        written.update(_texts(con, COMBINED.format(name=name)))
    return read_codes(written, declared, where)


def _texts(con: duckdb.DuckDBPyConnection, expression: str) -> dict[str, int]:
    query = f"SELECT {expression} AS written, count(*) FROM raw WHERE trim({expression}) <> '' GROUP BY 1 ORDER BY 1"
    return dict(con.execute(query).fetchall())

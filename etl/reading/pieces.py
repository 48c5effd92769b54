"""Reads a plain text table piece by piece: UTF-8, every line a row. Whatever is not that plain is left to DuckDB.

A piece is read into memory and parsed there: a file that shrinks meanwhile cannot pull the ground from under the reader, and
memory does not grow with the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import BinaryIO, TypeVar

import polars as pl

from etl.reading.content import Content
from etl.reading.dialect import Dialect
from etl.reading.headers import Header

PIECE_BYTES = 16 << 20
LONGEST_LINE = 16_000_000
Result = TypeVar("Result")


class NotPlainError(Exception):
    """The text is not one row a line, or cannot be parsed as it lies; nothing of its content is said."""


def read_pieces(
    content: Content,
    layout: tuple[Dialect, Header],
    dtypes: Mapping[str, pl.DataType],
    work: Callable[[pl.DataFrame], Result],
    workers: int,
) -> Iterator[Result]:
    """What `work` makes of each piece, in order: place (from 0), first_cell, nip and the other columns of `dtypes`.

    Raises NotPlainError, at any piece.
    """
    dialect, header = layout

    def parse(piece: bytes, places: range) -> Result:
        return work(_parsed(piece, places, layout, dtypes))

    with ThreadPoolExecutor(workers) as team, content.open() as stream:
        for _ in islice(stream, dialect.ends[header.first_data_row - 1]):
            pass
        under_way: deque[Future[Result]] = deque()
        try:
            first = 0
            while piece := _piece(stream):
                places = range(first, first := first + piece.count(b"\n"))
                under_way.append(team.submit(parse, piece, places))
                if len(under_way) > workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for waiting in under_way:
                waiting.cancel()


def _piece(stream: BinaryIO) -> bytes:
    """The next bytes up to the end of a line; one is added where the last line has none."""
    piece = stream.read(PIECE_BYTES)
    if piece and not piece.endswith(b"\n"):
        piece += stream.readline(LONGEST_LINE)
        if not piece.endswith(b"\n"):
            if stream.read(1):
                raise NotPlainError
            piece += b"\n"
    return piece


def _parsed(
    piece: bytes, places: range, layout: tuple[Dialect, Header], dtypes: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    dialect, header = layout
    width = max(len(row) for row in dialect.rows)
    schema: dict[str, pl.DataType] = {f"c{position}": pl.String() for position in range(width)}
    schema |= {
        f"c{header.columns[field]}": dtype for field, dtype in dtypes.items() if field in header.columns
    }
    columns = {
        field: pl.col(f"c{header.columns[field]}").cast(dtype)
        if field in header.columns
        else pl.lit(None, dtype)
        for field, dtype in dtypes.items()
    }
    try:
        lines = pl.scan_csv(
            piece,
            has_header=False,
            schema=schema,
            separator=dialect.separator,
            extra_columns="ignore",
            missing_columns="insert",
        )
        chosen = lines.select(first_cell=pl.col("c0").cast(pl.String), **columns)
        frame = chosen.with_row_index("place", places.start).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError):
        raise NotPlainError from None
    if frame.height != len(places):
        raise NotPlainError
    blank = frame.filter(pl.col("nip").is_null() & pl.col("first_cell").is_null())
    if blank.height and blank.filter(pl.all_horizontal(pl.exclude("place").is_null())).height:
        raise NotPlainError
    return frame

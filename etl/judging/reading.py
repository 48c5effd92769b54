"""Reads the lines of a roster from any kind of file and judges them: plain text by pieces, everything else as DuckDB lays it open."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import duckdb
import polars as pl
import pyarrow as pa

from etl.judging.lines import Judged, join_judged, judge, judge_again
from etl.judging.scales import CELLS
from etl.judging.texts import Texts
from etl.loading.session import Session, read_sql
from etl.reading.pieces import NotPlainError, read_pieces
from etl.reading.table import Understood, streamed
from etl.reading.text import is_scanned

BATCH = 65_536
WORKERS = 2


def read_roster(
    session: Session, understood: Understood, government: str, as_of: date
) -> tuple[Judged, Texts]:
    """Every line of the file judged, once each, and the texts of its columns.

    Lines whose number is written with spaces or quotes are among `unread` as well as among those with a number. Raises
    SourceError where the file cannot be read to its end.
    """
    if understood.cells is not None:
        texts = Texts(session.con, government, as_of)
        judged = join_judged(_in_memory(understood.cells, texts, as_of))
        return _mended(session.con, judged, texts, as_of), texts
    try:
        texts = Texts(session.con, government, as_of)
        judged = replace(join_judged(_plain(session, understood, texts, as_of)), is_counted=True)
    except NotPlainError:
        texts = Texts(session.asking, government, as_of)
        judged = join_judged(_streamed(session, understood, texts, as_of))
    return _mended(session.con, judged, texts, as_of), texts


def read_fields(session: Session, government: str, as_of: date) -> tuple[Judged, Texts]:
    """The same of the relation `fields`, which somebody else has laid open."""
    texts = Texts(session.asking, government, as_of)
    batches = session.con.sql("SELECT * FROM fields").to_arrow_reader(BATCH)
    judged = join_judged(judge(frame, texts, as_of) for frame in _frames(batches, texts))
    return _mended(session.con, judged, texts, as_of), texts


def _plain(session: Session, understood: Understood, texts: Texts, as_of: date) -> Iterator[Judged]:
    content, dialect = understood.content, understood.dialect
    if content.path is None or dialect is None or not is_scanned(dialect):
        raise NotPlainError
    layout = (dialect, understood.header)
    dtypes = {"nip": pl.String(), **texts.dtypes}
    found = False
    for judged in read_pieces(content, layout, dtypes, lambda frame: judge(frame, texts, as_of), WORKERS):
        found = True
        yield judged
    if not found:
        yield judge(_empty(texts), texts, as_of)


def _in_memory(cells: pa.Table, texts: Texts, as_of: date) -> Iterator[Judged]:
    """Parts of a table in memory, judged by several threads, in order."""
    yield judge(_empty(texts), texts, as_of)
    present = set(cells.column_names)
    chosen = [
        pl.col(name).cast(dtype) if name in present else pl.lit(None, dtype).alias(name)
        for name, dtype in {"first_cell": pl.String(), "nip": pl.String(), **texts.dtypes}.items()
    ]

    def part(place: int) -> Judged:
        frame = pl.from_arrow(cells.slice(place, BATCH))
        assert isinstance(frame, pl.DataFrame), "a table has columns"
        return judge(frame.select(chosen).with_row_index("place", place), texts, as_of)

    with ThreadPoolExecutor(WORKERS) as team:
        yield from team.map(part, range(0, cells.num_rows, BATCH))


def _streamed(session: Session, understood: Understood, texts: Texts, as_of: date) -> Iterator[Judged]:
    yield judge(_empty(texts), texts, as_of)
    for frame in streamed(session.con, understood, BATCH, lambda batches: _frames(batches, texts)):
        yield judge(frame, texts, as_of)


def _frames(batches: Iterator[pa.RecordBatch], texts: Texts) -> Iterator[pl.DataFrame]:
    place = 0
    for batch in batches:
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame), "a batch has columns"
        typed = [pl.col(field).cast(texts.dtypes[field]) for field in CELLS]
        yield frame.select("first_cell", pl.col("nip"), *typed).with_row_index("place", place)
        place += frame.height


def _empty(texts: Texts) -> pl.DataFrame:
    schema = {"place": pl.UInt32(), "first_cell": pl.String(), "nip": pl.String(), **texts.dtypes}
    return pl.DataFrame(schema=schema)


def _mended(con: duckdb.DuckDBPyConnection, judged: Judged, texts: Texts, as_of: date) -> Judged:
    """Lines whose number has 18 digits once spaces, dots, quotes and apostrophes are gone are judged after all."""
    unread = judged.unread
    con.register("unread_numbers", unread.select("place", "nip").to_arrow())
    found = pl.from_arrow(con.sql(read_sql("roster_mended")).to_arrow_table())
    con.unregister("unread_numbers")
    assert isinstance(found, pl.DataFrame), "a table has columns"
    mended = unread.join(
        found.cast({"place": pl.UInt32, "number": pl.Int64}), on="place", how="inner", maintain_order="left"
    )
    return (
        judged.and_those(judge_again(mended, texts, as_of), mended.select("place"))
        if mended.height
        else judged
    )

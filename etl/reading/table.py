"""Opens a file of any known form as the relation `incoming`: one text column per field, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import duckdb
import pyarrow as pa
from pyarrow import parquet

from errors import SourceError
from etl.reading.books.workbook import read_workbook
from etl.reading.content import SHEET_ENDINGS, TEXT_ENDINGS, Content, refuse_changed
from etl.reading.dialect import Dialect, read_dialect
from etl.reading.headers import Header, fields_of, find_header
from etl.reading.survey import shifts
from etl.reading.text import QUOTED_NEWLINES, is_scanned, lay_open_text, unreadable, without_threads

HEAD = 60
Read = TypeVar("Read")


@dataclass(frozen=True)
class Understood:
    """What was understood of a file: its header, its form, its sheet and the sheets that were not read."""

    content: Content
    header: Header
    form: str
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    dialect: Dialect | None = field(default=None, repr=False)
    cells: pa.Table | None = field(default=None, repr=False)
    """The columns of `incoming` where they lie in memory already, first_cell among them."""


@dataclass(frozen=True)
class Wish:
    """What the operator says of a file's form: which sheet, and which column holds which field."""

    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


def lay_open(con: duckdb.DuckDBPyConnection, content: Content, kind: str, wish: Wish) -> Understood:
    """Defines `incoming` (first_cell and one VARCHAR per field of `kind`; a field that the file lacks is NULL).

    Only columns that are asked for are read, and the start of the first cell, which tells a total from a person.
    Raises SourceError with file and cure.
    """
    con.execute("DROP VIEW IF EXISTS fields")
    if content.ending in TEXT_ENDINGS:
        understood = _text(con, content, kind, wish)
    elif content.ending in SHEET_ENDINGS:
        understood = _sheet(con, content, kind, wish)
    else:
        understood = _parquet(con, content, kind, wish)
    present = understood.header.columns
    columns = ", ".join(
        f'"{name}"' if name in present else f'NULL::VARCHAR AS "{name}"' for name in fields_of(kind)
    )
    con.execute(f"CREATE TEMP VIEW fields AS SELECT first_cell, {columns} FROM incoming")
    return understood


def scan(con: duckdb.DuckDBPyConnection, understood: Understood, statement: str) -> None:
    """Runs a statement that reads `fields`; a file that cannot be read to its end is a SourceError."""
    try:
        con.execute(statement)
    except duckdb.Error as broken:
        if understood.dialect is None or QUOTED_NEWLINES not in str(broken):
            raise unreadable(understood.content, broken) from None
        without_threads(con, (understood.content, understood.dialect, understood.header))
        scan(con, understood, statement)


def streamed(
    con: duckdb.DuckDBPyConnection,
    understood: Understood,
    rows: int,
    batches: Callable[[Iterator[pa.RecordBatch]], Iterator[Read]],
) -> Iterator[Read]:
    """What `batches` makes of `fields`, `rows` at a time; a file that cannot be read to its end is a SourceError.

    A text is scanned by one thread, which gets along with line breaks inside quotes.
    """
    content, dialect = understood.content, understood.dialect
    if content.path is not None and dialect is not None and is_scanned(dialect):
        without_threads(con, (content, dialect, understood.header))
    try:
        yield from batches(con.sql("SELECT * FROM fields").to_arrow_reader(rows))
    except (duckdb.Error, pa.ArrowException, OSError) as broken:
        raise unreadable(understood.content, broken) from None


def count_lines(
    con: duckdb.DuckDBPyConnection, understood: Understood, rows: int, *, each_line_a_row: bool = False
) -> None:
    """Fills `shifts` (first_place, rows): what to add to a place, counted from 0, for the row's number in the file.

    Where whoever read the lines has counted them as well (`each_line_a_row`), they are not counted again.
    Raises SourceError where the file changed while it was read, or rows were swallowed on the way.
    """
    refuse_changed(understood.content)
    base = understood.header.first_data_row + 1
    found = [(0, base)]
    if understood.dialect is not None and not each_line_a_row:
        blank = shifts(understood.content, understood.dialect, understood.header, rows)
        found += [(shift.first_place, base + shift.rows) for shift in blank]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE shifts AS SELECT unnest($places) AS first_place, unnest($rows) AS rows",
        {"places": [place for place, _ in found], "rows": [extra for _, extra in found]},
    )


def read_table(con: duckdb.DuckDBPyConnection, content: Content, kind: str, wish: Wish) -> Understood:
    """Like `lay_open`, and fills the temporary table `raw` (row_number and the fields; a lone dash is an empty cell)."""
    understood = lay_open(con, content, kind, wish)
    scan(con, understood, "CREATE OR REPLACE TEMP TABLE lines AS SELECT * FROM fields")
    rows = con.execute("SELECT count(*) FROM lines").fetchall()[0][0]
    count_lines(con, understood, rows)
    cells = ", ".join(
        f'CASE WHEN trim("{name}") NOT IN (\'-\', \'–\') THEN "{name}" END AS "{name}"'
        for name in fields_of(kind)
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE raw AS
        SELECT l.rowid + s.rows AS row_number, first_cell, {cells}
        FROM lines l ASOF JOIN shifts s ON l.rowid >= s.first_place ORDER BY row_number"""
    )
    return understood


def _text(con: duckdb.DuckDBPyConnection, content: Content, kind: str, wish: Wish) -> Understood:
    dialect = read_dialect(content)
    header = find_header(dialect.rows, kind, content.name, wish.mapping)
    lay_open_text(con, content, dialect, header)
    return Understood(content, header, f"{dialect.encoding}, {dialect.separator!r}", dialect=dialect)


def _sheet(con: duckdb.DuckDBPyConnection, content: Content, kind: str, wish: Wish) -> Understood:
    sheet = read_workbook(content, wish.sheet)
    header = find_header(sheet.head(HEAD), kind, content.name, wish.mapping)
    start = header.first_data_row
    columns = {"first_cell": sheet.columns[0].slice(start)}
    columns |= {name: sheet.columns[place].slice(start) for name, place in header.columns.items()}
    cells = pa.table(columns)
    _take(con, cells)
    return Understood(content, header, content.ending[1:], sheet.name, sheet.others, cells=cells)


def _parquet(con: duckdb.DuckDBPyConnection, content: Content, kind: str, wish: Wish) -> Understood:
    """Whole in memory where it lies in an archive, else only the columns that are asked for."""
    try:
        source = content.path or pa.BufferReader(content.read())
        names = parquet.read_schema(source).names
        header = find_header([names], kind, content.name, wish.mapping)
        used = {name: names[place] for name, place in header.columns.items()}
        found = parquet.read_table(source, columns=[*used.values()])
        columns = {name: found.column(column).cast(pa.string()) for name, column in used.items()}
    except (pa.ArrowException, OSError, UnicodeError, NotImplementedError) as broken:
        raise SourceError(
            f"Parquet tidak terbaca. / Cannot be read ({type(broken).__name__}).",
            content.name,
            "Ekspor ulang berkasnya.",
        ) from None
    _take(con, pa.table({"first_cell": pa.nulls(found.num_rows, pa.string()), **columns}))
    return Understood(content, header, "parquet")


def _take(con: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    """The connection holds the table, uncopied, until the next one is taken."""
    con.register("incoming_cells", table)
    con.execute("CREATE OR REPLACE TEMP VIEW incoming AS SELECT * FROM incoming_cells")

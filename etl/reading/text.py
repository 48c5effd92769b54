"""Opens a text table for DuckDB: as the file lies when it is UTF-8, else recoded on the way through a pipe."""

from __future__ import annotations

import codecs
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from errors import SourceError
from etl.reading.content import Content
from etl.reading.dialect import Dialect
from etl.reading.headers import Header

CHUNK = 1 << 20
QUOTED_NEWLINES = "quoted new lines"


def lay_open_text(con: duckdb.DuckDBPyConnection, content: Content, dialect: Dialect, header: Header) -> None:
    """Defines `incoming` (first_cell and one VARCHAR per used field), in the order of the file.

    A view of the file where it can be scanned again, of a table in memory where its bytes only stream by.
    """
    try:
        if content.path is not None and is_scanned(dialect):
            con.execute(_statement("VIEW incoming", content.path, dialect, header, parallel=True))
            return
        with _recoded(content, dialect) as pipe:
            con.execute(_statement("TABLE incoming_rows", pipe, dialect, header, parallel=False))
        con.execute("CREATE OR REPLACE TEMP VIEW incoming AS SELECT * FROM incoming_rows")
    except (duckdb.Error, UnicodeError, OSError, EOFError) as broken:
        raise unreadable(content, broken) from None


def is_scanned(dialect: Dialect) -> bool:
    """Whether the bytes of a text can be scanned as they are: UTF-8, lines that end as usual."""
    return dialect.is_utf8 and dialect.newline == "\n"


def unreadable(content: Content, broken: Exception) -> SourceError:
    """What to say when a text cannot be read to its end; the cause's own text may hold cells and stays unsaid."""
    return SourceError(
        f"Berkas tidak terbaca sampai akhir. / Cannot be read to its end ({type(broken).__name__}).",
        content.name,
        "Periksa tanda kutip dan pemisah kolom, atau simpan ulang sebagai CSV UTF-8.",
    )


def without_threads(con: duckdb.DuckDBPyConnection, understood_as: tuple[Content, Dialect, Header]) -> None:
    """Defines `incoming` anew for a file with quoted line breaks, which several threads cannot scan at once."""
    content, dialect, header = understood_as
    assert content.path is not None, "only a file that is scanned where it lies has threads"
    con.execute(_statement("VIEW incoming", content.path, dialect, header, parallel=False))


def _statement(target: str, source: Path, dialect: Dialect, header: Header, *, parallel: bool) -> str:
    """A view takes no parameters, so the few values of ours stand in the text, quoted."""
    width = max(len(row) for row in dialect.rows)
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(width))
    fields = ", ".join(f'c{position} AS "{field}"' for field, position in header.columns.items())
    skip = dialect.ends[header.first_data_row - 1]
    path = str(source).replace("'", "''")
    return f"""CREATE OR REPLACE TEMP {target} AS
        SELECT left(c0, 60) AS first_cell, {fields}
        FROM read_csv('{path}', header = false, skip = {skip}, delim = '{dialect.separator}', quote = '"', escape = '"',
                      columns = {{{columns}}}, auto_detect = false, null_padding = true, strict_mode = false,
                      ignore_errors = false, parallel = {str(parallel).lower()}, max_line_size = 16000000)"""


@contextmanager
def _recoded(content: Content, dialect: Dialect) -> Iterator[Path]:
    """A named pipe that another thread fills with the text in UTF-8; nothing of it touches the disk."""
    with tempfile.TemporaryDirectory(prefix="netra-pipe-") as folder:
        pipe = Path(folder) / "text.csv"
        os.mkfifo(pipe, 0o600)
        faults: list[Exception] = []
        gone = threading.Event()
        writer = threading.Thread(target=_pour, args=(content, dialect, (pipe, gone, faults)), daemon=True)
        writer.start()
        try:
            yield pipe
        finally:
            gone.set()
            writer.join()
        if faults:
            raise faults[0]


def _pour(content: Content, dialect: Dialect, end: tuple[Path, threading.Event, list[Exception]]) -> None:
    pipe, gone, faults = end
    decoder = codecs.getincrementaldecoder(dialect.encoding)()
    try:
        target = _open_when_read(pipe, gone)
        if target is None:
            return
        with os.fdopen(target, "wb") as out, content.open() as stream:
            while chunk := stream.read(CHUNK):
                out.write(_plain(decoder.decode(chunk), dialect).encode("utf-8"))
            out.write(_plain(decoder.decode(b"", final=True), dialect).encode("utf-8"))
    except BrokenPipeError:
        return
    except Exception as broken:
        faults.append(broken)


def _plain(text: str, dialect: Dialect) -> str:
    return text.replace("\r", "\n") if dialect.newline == "\r" else text


def _open_when_read(pipe: Path, gone: threading.Event) -> int | None:
    """Opens the pipe for writing as soon as somebody reads it; None when the reader went away before."""
    while not gone.wait(0.005):
        try:
            target = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue
        os.set_blocking(target, True)
        return target
    return None

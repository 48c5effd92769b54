"""The yardstick of loading: DuckDB's bare typed `read_csv` of the same files into tables of a file.

Run as a process of its own: `python -m bench.bare_read MANIFEST DATABASE` prints JSON.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.clock import peak_mib, seconds
from etl.reading.content import received
from etl.reading.dialect import read_dialect
from etl.reading.headers import find_header

DATE_FORMATS = {
    r"\d{2}-\d{2}-\d{4}": "%d-%m-%Y",
    r"\d{2}/\d{2}/\d{4}": "%d/%m/%Y",
    r"\d{4}-\d{2}-\d{2}": "%Y-%m-%d",
}
# A longer number would lose digits or leading zeros: it is text, as in any sound typed read.
WHOLE = re.compile(r"0|[1-9]\d{0,8}")


@dataclass(frozen=True)
class Shape:
    """What `read_csv` is told of a file; files of one shape are read by one statement."""

    separator: str
    skip: int
    types: tuple[str, ...]
    date_format: str


def shape_of(rows: Sequence[Sequence[str]], skip: int, separator: str) -> Shape:
    """The shape of a file whose first rows are `rows`; the types are those of its first data rows."""
    width = max(len(row) for row in rows)
    data = [[*row, *[""] * (width - len(row))] for row in rows[skip:]]
    columns = [[cell for cell in column if cell] for column in zip(*data, strict=True)]
    date_format = next(filter(None, map(_date_format, columns)), "%Y-%m-%d")
    types = [
        "DATE" if _date_format(c) == date_format else "INTEGER" if _whole(c) else "VARCHAR" for c in columns
    ]
    return Shape(separator, skip, tuple(types), date_format)


def shapes(manifest: Path, spare: Path) -> dict[Shape, list[str]]:
    """The text files of a manifest by shape; DuckDB cannot read Windows-1252, such files are copied to `spare`."""
    found: dict[Shape, list[str]] = {}
    spare.mkdir(exist_ok=True)
    with manifest.open(encoding="utf-8", newline="") as file:
        entries = [entry for entry in csv.DictReader(file) if entry["file"].endswith(".csv")]
    for entry in entries:
        path = manifest.parent / entry["file"]
        dialect = read_dialect(received(path))
        header = find_header(dialect.rows, entry["kind"], path.name)
        if dialect.encoding != "utf-8":
            copy = spare / path.name
            copy.write_text(path.read_text("cp1252"), encoding="utf-8")
            path = copy
        shape = shape_of(dialect.rows, header.first_data_row, dialect.separator)
        found.setdefault(shape, []).append(str(path))
    return found


def read(con: duckdb.DuckDBPyConnection, tables: Iterable[tuple[Shape, list[str]]]) -> None:
    """Reads the files of every shape into one table each, and writes them down."""
    for number, (shape, files) in enumerate(tables):
        columns = ", ".join(f"'c{place}': '{kind}'" for place, kind in enumerate(shape.types))
        con.execute(
            f"""CREATE TABLE t{number} AS SELECT * FROM read_csv(?, header = false, skip = ?, delim = ?, quote = '"',
            columns = {{{columns}}}, dateformat = ?, auto_detect = false, null_padding = true, strict_mode = false,
            ignore_errors = true)""",
            [files, shape.skip, shape.separator, shape.date_format],
        )
    con.execute("CHECKPOINT")


def main(manifest: Path, database: Path) -> dict[str, float]:
    """Seconds, rows, bytes and peak memory of the bare read; the database is a new file."""
    found = shapes(manifest, database.with_suffix(".utf8"))
    con = duckdb.connect(str(database))
    used = time.process_time()
    took = seconds(lambda: read(con, found.items()))
    cpu = time.process_time() - used
    rows = sum(con.execute(f"SELECT count(*) FROM t{n}").fetchall()[0][0] for n in range(len(found)))
    con.close()
    files = [file for group in found.values() for file in group]
    size = sum(Path(file).stat().st_size for file in files)
    return {
        "seconds": took,
        "cpu": cpu,
        "rows": rows,
        "files": len(files),
        "bytes": size,
        "shapes": len(found),
        "peak": peak_mib(),
    }


def _date_format(cells: Sequence[str]) -> str:
    for pattern, written in DATE_FORMATS.items():
        if cells and all(re.fullmatch(pattern, cell) for cell in cells):
            return written
    return ""


def _whole(cells: Sequence[str]) -> bool:
    return bool(cells) and all(WHOLE.fullmatch(cell) for cell in cells)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))

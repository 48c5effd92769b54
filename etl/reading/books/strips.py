"""Reads a large sheet of an XLSX strip by strip: on several cores, and with little of it in memory at a time.

A strip is a run of rows. It is looked into, then put into a workbook of its own beside the styles of the whole, and read
there by fastexcel. An anchor in the row above the strip shows whether a cell claims to lie before it.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import IO

import fastexcel
import pyarrow as pa

from etl.reading.books.inside import look_into_rows
from etl.reading.books.rounded import Mark, restore

STRIP = 4 << 20
LARGE = 4 * STRIP
"""A sheet of fewer bytes is read whole just as soon."""
MOST_SHARED = STRIP // 4
"""Texts that cells share are read anew with every strip; more bytes of them than this cost more than strips save."""
LONGEST = 4 * STRIP
READERS = min((os.cpu_count() or 1) + 1, 4)
"""One more than there are cores, since cutting, a quarter of the work, has to wait now and then; more find nothing to do."""
LAST_ROW = 1_048_576
SHARED = "xl/sharedstrings.xml"
BESIDE = {"_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", SHARED}
HEAD = re.compile(rb"<sheetData\s*>")
ROW = b"<row "
FIRST_ROW = re.compile(rb'\s*<row (?:[^>]*? )?r="(\d{1,7})"')
ANCHOR = "netra"
ANCHORED = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>' + ANCHOR + "</t></is></c></row>"
END = b"</sheetData></worksheet>"


class NoStripsError(Exception):
    """The rows of a sheet do not follow each other as strips need it; read whole, it may well be in order."""


@dataclass(frozen=True)
class Strip:
    """The cells of a strip, a column of text per position, from the row `first_row` on (counted from 1)."""

    first_row: int
    columns: list[pa.Array]

    @property
    def height(self) -> int:
        """The number of rows down to the last one that holds something."""
        return len(self.columns[0])


def fits_strips(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether the sheet in this part is large, and shares few texts among its cells."""
    shared = sum(info.file_size for info in archive.infolist() if _plain(info.filename) == SHARED)
    return archive.getinfo(part).file_size >= LARGE and shared <= MOST_SHARED


def read_strips(archive: zipfile.ZipFile, name: str, part: str, where: str) -> list[pa.ChunkedArray]:
    """The columns of a sheet, all rows from its first on; numbers of 16 digits and more are restored.

    Raises NoStripsError where the sheet is to be read whole, and SourceError for a cell far out of any table.
    """
    beside, done, waiting = _beside(archive), list[Strip](), deque[Future[Strip]]()
    with ThreadPoolExecutor(READERS) as readers, archive.open(part) as stream:
        head, rest = _head(stream)
        for rows in _cut(stream, rest):
            first_row, marks = _first_row(rows), [*look_into_rows(rows, where)]
            anchor = ANCHORED.format(max(first_row - 1, 1)).encode()
            packed = _pack(beside, part, (head, anchor, rows))
            waiting.append(readers.submit(_read, packed, name, first_row, marks))
            if len(waiting) > READERS:
                done.append(waiting.popleft().result())
        done += [strip.result() for strip in waiting]
    return _joined([strip for strip in done if strip.height])


def _plain(name: str) -> str:
    """The name of a part as readers compare it."""
    return name.lower().replace("\\", "/")


def _beside(archive: zipfile.ZipFile) -> bytes:
    """A workbook without sheets: what a reader needs besides one."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for info in archive.infolist():
            if _plain(info.filename) in BESIDE:
                book.writestr(info.filename, archive.read(info))
    return packed.getvalue()


def _pack(beside: bytes, part: str, texts: Sequence[bytes]) -> bytes:
    packed = BytesIO(beside)
    with zipfile.ZipFile(packed, "a") as book, book.open(part, "w") as sheet:
        for text in texts:
            sheet.write(text)
    return packed.getvalue()


def _head(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """The first piece of a sheet: its XML up to the first row, and the rest."""
    text = stream.read(STRIP)
    found = HEAD.search(text)
    if found is None:
        raise NoStripsError
    return text[: found.end()], text[found.end() :]


def _cut(stream: IO[bytes], kept: bytes) -> Iterator[bytes]:
    """The rows of a sheet in strips, with the end of a sheet after each: the last has the end that the sheet has."""
    while piece := stream.read(STRIP):
        end = piece.rfind(ROW)
        if end < 0 and len(kept) > LONGEST:
            raise NoStripsError
        if end < 0:
            kept += piece
            continue
        yield _checked(b"".join((kept, memoryview(piece)[:end], END)))
        kept = piece[end:]
    yield _checked(kept)


def _checked(rows: bytes) -> bytes:
    """Rows as they are, without a comment or raw text in which a row could only seem to begin."""
    if any(sign in rows and b"<" + sign in rows for sign in (b"!", b"?")):
        raise NoStripsError
    return rows


def _first_row(rows: bytes) -> int:
    found = FIRST_ROW.match(rows)
    if found is None or not 0 < int(found.group(1)) <= LAST_ROW:
        raise NoStripsError
    return int(found.group(1))


def _read(packed: bytes, name: str, first_row: int, marks: Sequence[Mark]) -> Strip:
    try:
        book = fastexcel.read_excel(packed)
        found = book.load_sheet(name, header_row=None, dtypes="string", eager=True)
    except fastexcel.FastExcelError:
        raise NoStripsError from None
    columns = _without_anchor(list(found.columns), first_row)
    return Strip(first_row, restore(columns, marks, first_row))


def _without_anchor(columns: list[pa.Array], first_row: int) -> list[pa.Array]:
    """The rows under the anchor. In the first row of a sheet it stands in the place of an empty cell, if there is one."""
    if not columns:  # what is no sheet of cells has not even the anchor
        raise NoStripsError
    above, *others = (column[0].as_py() for column in columns)
    if first_row > 1:
        if above != ANCHOR or any(cell is not None for cell in others):
            raise NoStripsError
        return [column.slice(1) for column in columns]
    if above == ANCHOR:
        columns[0] = pa.concat_arrays([pa.nulls(1, pa.string()), columns[0].slice(1)])
    is_empty = all(column.null_count == len(column) for column in columns)
    return [column.slice(0, 0) for column in columns] if is_empty else columns


def _joined(strips: Sequence[Strip]) -> list[pa.ChunkedArray]:
    """One column per position; as a reader of the whole, it begins at the first column that holds something."""
    chunks: list[list[pa.Array]] = [
        [] for _ in range(max((len(strip.columns) for strip in strips), default=0))
    ]
    next_row = 1
    for strip in strips:
        if strip.first_row < next_row:
            raise NoStripsError
        above, blank = (pa.nulls(rows, pa.string()) for rows in (strip.first_row - next_row, strip.height))
        for place, column in enumerate(chunks):
            column += [above, strip.columns[place] if place < len(strip.columns) else blank]
        next_row = strip.first_row + strip.height
    columns = [pa.chunked_array(column, pa.string()) for column in chunks]
    first = next((place for place, column in enumerate(columns) if column.null_count < len(column)), 0)
    return columns[first:]

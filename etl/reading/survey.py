"""Counts the lines of a text by other means than the reader of the table, so that no row is lost or misnumbered."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from errors import SourceError
from etl.reading.content import CHUNK, Content, count_line_ends
from etl.reading.dialect import Dialect
from etl.reading.headers import Header


@dataclass(frozen=True)
class Shift:
    """From the data row `first_place` (0 is the first) on, row numbers are higher by `rows`: blank lines lie before."""

    first_place: int
    rows: int


def shifts(content: Content, dialect: Dialect, header: Header, counted: int) -> tuple[Shift, ...]:
    """Where blank lines shift the numbers of rows; empty where every line is a row.

    `counted` is how many rows the table has. Raises SourceError, naming the row, where a quote that is not closed has
    swallowed rows, and where two ways of reading do not agree on the number of rows.
    """
    if dialect.is_utf8 and dialect.newline == "\n":
        lines = count_line_ends(content) - dialect.ends[header.first_data_row - 1]
        if lines == counted:
            return ()
    found, records = _survey(content, dialect, header)
    if records != counted:
        raise SourceError(
            f"Dua cara baca tidak sepakat: {records} dan {counted} baris. / Two ways of reading disagree on the rows.",
            content.name,
            "Periksa tanda kutip dan pemisah kolom, atau simpan ulang sebagai CSV UTF-8.",
        )
    return tuple(found)


def _texts(content: Content, dialect: Dialect) -> Iterator[str]:
    """The lines of the text, each with its end."""
    decoder = codecs.getincrementaldecoder(dialect.encoding)("replace")
    rest = ""
    with content.open() as stream:
        while chunk := stream.read(CHUNK):
            text = rest + decoder.decode(chunk)
            if dialect.newline == "\r":
                text = text.replace("\r", "\n")
            *lines, rest = text.split("\n")
            for line in lines:
                yield line + "\n"
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest


def _survey(content: Content, dialect: Dialect, header: Header) -> tuple[list[Shift], int]:
    reader = csv.reader(_texts(content, dialect), delimiter=dialect.separator)
    found: list[Shift] = []
    records, blank, number = 0, 0, 0
    try:
        for number, row in enumerate(reader, start=1):
            if number <= header.first_data_row:
                continue
            if not row:
                blank += 1
                continue
            if blank and (not found or found[-1].rows != blank):
                found.append(Shift(records, blank))
            records += 1
            _refuse_swallowed(row, dialect.separator, number, content.name)
    except csv.Error:
        raise SourceError(
            f"Baris {number + 1} tidak terbaca sebagai tabel. / The row cannot be read as a table.",
            content.name,
            "Periksa tanda kutip dan pemisah kolom, atau simpan ulang sebagai CSV UTF-8.",
        ) from None
    return found, records


def _refuse_swallowed(row: list[str], separator: str, number: int, where: str) -> None:
    """A cell with line breaks whose lines look like rows has swallowed them."""
    for cell in row:
        if "\n" in cell and any(line.count(separator) >= 2 for line in cell.split("\n")[1:]):
            raise SourceError(
                f"Tanda kutip di baris {number} tidak ditutup; baris sesudahnya ikut tertelan. "
                "/ A quote is not closed and swallows the rows after it.",
                where,
                "Tutup tanda kutip pada baris itu, atau ekspor ulang.",
            )

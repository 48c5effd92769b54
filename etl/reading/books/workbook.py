"""Reads one sheet of a workbook as text: XLSX by fastexcel, XLS and ODS by calamine."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from xml.etree import ElementTree

import fastexcel
import pyarrow as pa

from errors import SourceError
from etl.reading.apart.calling import read_apart
from etl.reading.apart.cells import as_text
from etl.reading.books.inside import look_inside, look_into_sheet
from etl.reading.books.rounded import restore
from etl.reading.books.strips import NoStripsError, fits_strips, read_strips
from etl.reading.content import Content

UNREADABLE = (
    fastexcel.FastExcelError, pa.ArrowException, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
    LookupError, ElementTree.ParseError,
)  # fmt: skip
SHOWN_NAME = 60
Columns = list[pa.Array] | list[pa.ChunkedArray]
Sheets = Mapping[str, Callable[[], Columns]]
"""The sheets of a workbook by their names; a sheet is read when it is called."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its cells, a column of text per position, all rows from the first of the sheet on."""

    name: str
    columns: Columns
    others: tuple[str, ...]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.columns[0]) if self.columns else 0

    def head(self, rows: int) -> list[list[str]]:
        """The first rows as text."""
        tops = [column.slice(0, rows).to_pylist() for column in self.columns]
        return [[as_text(cell) for cell in row] for row in zip(*tops, strict=True)]


class SheetChoiceError(SourceError):
    """Several sheets hold something and none was named; `sheets` are their names."""

    def __init__(self, where: str, sheets: Sequence[str]) -> None:
        self.sheets = tuple(sheets)
        super().__init__(
            f"Ada {len(sheets)} lembar berisi: {', '.join(map(shown, sheets))}. / Several sheets hold data.",
            where,
            f'Pilih satu dengan --sheet "{shown(sheets[0])}".',
        )


def shown(name: str) -> str:
    """The name of a sheet, printable and short."""
    return "".join(letter for letter in name if letter.isprintable())[:SHOWN_NAME]


def read_workbook(content: Content, wanted: str | None) -> Sheet:
    """The wanted sheet, or the only one that holds something; raises SourceError (SheetChoiceError where one is to be named)."""
    try:
        packed = content.read()
        read = _by_fastexcel if content.ending in (".xlsx", ".xlsm") else _by_calamine
        sheets = read(packed, content)
        chosen = _choose(sheets, wanted, content.name)
        columns = sheets[chosen]()
    except UNREADABLE:
        raise SourceError(
            "Buku kerja tidak terbaca. / The workbook cannot be read.",
            content.name,
            "Buka di aplikasi lembar kerja, simpan ulang sebagai XLSX tanpa sandi, lalu muat lagi.",
        ) from None
    others = tuple(name for name in sheets if name != chosen)
    return Sheet(chosen, columns, others)


def _choose(sheets: Sheets, wanted: str | None, where: str) -> str:
    if wanted is not None:
        if wanted not in sheets:
            raise SourceError(
                f"Lembar '{shown(wanted)}' tidak ada. / No such sheet.",
                where,
                f"Pilih salah satu: {', '.join(map(shown, sheets))}.",
            )
        return wanted
    filled = [name for name, load in sheets.items() if len(sheets) == 1 or any(map(len, load()))]
    if not filled:
        raise SourceError(
            "Buku kerja kosong. / The workbook is empty.", where, "Periksa ekspor lalu muat ulang berkasnya."
        )
    if len(filled) > 1:
        raise SheetChoiceError(where, filled)
    return filled[0]


def _by_fastexcel(packed: bytes, content: Content) -> Sheets:
    archive, where = zipfile.ZipFile(BytesIO(packed)), content.name
    parts, reader = look_inside(archive, where), fastexcel.read_excel(packed)

    @cache
    def load(name: str) -> Columns:
        if name in parts and fits_strips(archive, parts[name]):
            with suppress(NoStripsError):
                return read_strips(archive, name, parts[name], where)
        marks = look_into_sheet(archive, parts[name], where) if name in parts else ()
        whole = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", eager=True)
        return restore(list(whole.columns), marks)

    return {name: partial(load, name) for name in reader.sheet_names}


def _by_calamine(packed: bytes, content: Content) -> Sheets:
    if content.ending == ".ods":
        look_inside(zipfile.ZipFile(BytesIO(packed)), content.name)
    sheets = read_apart(packed)

    def load(name: str) -> Columns:
        return [pa.array(column, pa.string()) for column in sheets[name]]

    return {name: partial(load, name) for name in sheets}

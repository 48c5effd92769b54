"""Looks into a zipped workbook before a reader opens it: size, cells too far out, numbers that have lost digits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from errors import SourceError
from etl.reading.content import refuse_bomb

FAR_CELL = re.compile(rb' r="[A-Z]{3}')
"""Column AAA and beyond. Such a cell belongs to no table of people and makes a reader reserve the whole sheet."""
LONG_NUMBER = re.compile(rb"<v>(\d{16,}(?:\.\d+)?|\d(?:\.\d+)?[Ee]\+?1[5-9])</v>")
CELL = re.compile(rb"<c ([^>]*)>")
ROW = re.compile(rb'\br="[A-Z]+(\d+)"')
REPEATED = re.compile(rb'<table:table-cell[^>]*number-columns-repeated="(\d{4,})"[^>]*office:value|'
                      rb'number-rows-repeated="(\d{6,})"[^>]*>\s*<table:table-cell[^>]*office:value')  # fmt: skip
CHUNK = 1 << 20
OVERLAP = 4096
Marks = tuple[tuple[int, str], ...]


def look_inside(packed: bytes, where: str) -> dict[str, Marks]:
    """For each sheet the cells that hold a number of 16 digits or more, as (row, text): 15 digits is all they keep.

    Raises SourceError for a workbook that unpacks to an implausible size or has cells far out of any table.
    """
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        for info in archive.infolist():
            refuse_bomb(info, where)
        parts = _parts(archive)
        found = {name: tuple(_marks(archive, part, where)) for name, part in parts.items()}
        if "content.xml" in archive.namelist():
            _refuse_repeated(archive, where)
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the sheet's name."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    links = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            found[sheet.get("name", "")] = (
                target[1:] if target.startswith("/") else normpath(join("xl", target))
            )
    return {name: part for name, part in found.items() if part in archive.namelist()}


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    text = archive.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError("a workbook declares no entities")
    return ElementTree.fromstring(text)  # noqa: S314 - without entities there is nothing to expand


def _windows(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, int]]:
    """The part piece by piece with an overlap, and where in the piece the new bytes begin."""
    kept = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield kept + chunk, len(kept)
            kept = chunk[-OVERLAP:]


def _marks(archive: zipfile.ZipFile, part: str, where: str) -> Iterator[tuple[int, str]]:
    for text, fresh in _windows(archive, part):
        if FAR_CELL.search(text):
            raise _too_far(where)
        for match in LONG_NUMBER.finditer(text):
            if match.end() <= fresh:
                continue
            cells = CELL.findall(text, max(0, match.start() - OVERLAP // 2), match.start())
            row = ROW.search(cells[-1]) if cells else None
            if row and b't="' not in cells[-1]:
                yield int(row.group(1)), match.group(1).decode()


def _refuse_repeated(archive: zipfile.ZipFile, where: str) -> None:
    for text, _ in _windows(archive, "content.xml"):
        if REPEATED.search(text):
            raise _too_far(where)


def _too_far(where: str) -> SourceError:
    return SourceError(
        "Lembar ini memakai sel yang jauh di luar tabel. / The sheet uses cells far outside any table.",
        where,
        "Hapus kolom dan baris di luar tabel, atau salin tabelnya ke buku kerja baru.",
    )

"""Looks into a zipped workbook before a reader opens it: size, cells too far out, numbers that have lost digits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree

from errors import SourceError
from etl.reading.books.rounded import Mark, find_rounded
from etl.reading.content import refuse_bomb

FAR_CELL = re.compile(rb' r="[A-Za-z0-9](?:\d{8}|[A-Za-z](?:\d{8}|[A-Za-z]))')
"""Column AAA and beyond, or a row that no sheet has. A reader reserves all that lies between such a cell and the others."""
REPEATED = re.compile(rb'<table:table-cell[^>]*number-columns-repeated="(\d{4,})"[^>]*office:value|'
                      rb'number-rows-repeated="(\d{6,})"[^>]*>\s*<table:table-cell[^>]*office:value')  # fmt: skip
CHUNK = 1 << 20
OVERLAP = 4096


def look_inside(archive: zipfile.ZipFile, where: str) -> dict[str, str]:
    """The part of the archive that holds each sheet of an XLSX, by the sheet's name; an ODS has no such parts.

    Raises SourceError for a workbook that unpacks to an implausible size, or an ODS with cells far out of any table.
    """
    for info in archive.infolist():
        refuse_bomb(info, where)
    if "content.xml" in archive.namelist():
        _refuse_repeated(archive, where)
    return _parts(archive)


def look_into_sheet(archive: zipfile.ZipFile, part: str, where: str) -> list[Mark]:
    """The cells of a sheet that hold a number of 16 digits or more; one far out of any table is a SourceError."""
    return [mark for text, fresh in _windows(archive, part) for mark in look_into_rows(text, where, fresh)]


def look_into_rows(text: bytes, where: str, fresh: int = 0) -> Iterator[Mark]:
    """The same for a piece of a sheet's XML, of which the first `fresh` bytes have been looked into."""
    if FAR_CELL.search(text):
        raise _too_far(where)
    yield from find_rounded(text, fresh)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
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

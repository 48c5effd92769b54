"""Writes tables in the forms that no library here writes: XLS, ODS, raw XLSX, ZIP with marks, and broken ones."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Cells = Sequence[Sequence[object]]


def write_xls(path: Path, rows: Cells, *, sheet: str = "Data") -> Path:
    """A BIFF8 workbook with one sheet: texts as LABEL records, numbers as NUMBER records."""
    name = sheet.encode("latin-1")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    bound = 4 + 8 + len(name)
    place = len(start) + bound + 4
    heads = start + _record(0x0085, struct.pack("<IHBB", place, 0, len(name), 0) + name) + _record(0x000A)
    body = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))]
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", line, column, 0)
            if isinstance(cell, int | float):
                body.append(_record(0x0203, at + struct.pack("<d", cell)))
            elif cell != "":
                text = str(cell).encode("utf-16-le")
                body.append(_record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text))
    body.append(_record(0x000A))
    path.write_bytes(ole({"Workbook": heads + b"".join(body)}))
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container (the outer form of XLS and of password-protected XLSX) with these streams."""
    sectors, entries, chain = [], [_entry("Root Entry", 5, END, 0, child=1)], []
    for place, (name, content) in enumerate(streams.items(), start=1):
        size = max(len(content), 4096)
        first, count = len(sectors), -(-size // SECTOR)
        padded = content.ljust(count * SECTOR, b"\0")
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        chain += [*range(first + 1, first + count), END]
        entries.append(_entry(name, 2, first, size, right=place + 1 if place < len(streams) else -1))
    folder = b"".join(entries)
    folder += _entry("", 0, 0, 0) * (-len(entries) % 4)
    first_folder = len(sectors)
    sectors += [folder[at : at + SECTOR] for at in range(0, len(folder), SECTOR)]
    chain += [*range(first_folder + 1, len(sectors)), END]
    tables = 1
    while (len(chain) + tables) > tables * 128:
        tables += 1
    chain += [FAT] * tables
    listed = struct.pack(f"<{tables * 128}I", *chain, *[FREE] * (tables * 128 - len(chain)))
    places = [*range(len(sectors), len(sectors) + tables), *[FREE] * (109 - tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, first_folder, 0, 4096, END, 0, END, 0
    )
    return head + struct.pack("<109I", *places) + b"".join(sectors) + listed


def _entry(name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBiii", len(text) if name else 0, kind, 1, -1, right, child)
    return head + b"\0" * 36 + struct.pack("<III", start, size, 0)


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods_row(row: Sequence[object], repeated: int = 1) -> str:
    """A row of an ODS table; a date is written as one."""
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    if cell in ("", None):
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def write_ods(path: Path, tables: Mapping[str, str]) -> Path:
    """A workbook of OpenDocument; `tables` maps a sheet's name to the XML of its rows."""
    inside = "".join(
        f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in tables.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f'<manifest:manifest {space}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return write_zip(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx_row(number: int, row: Sequence[object]) -> str:
    """A row of a sheet: inline texts, and numbers as numbers. A cell that begins with `<` is taken as XML."""
    cells = []
    for place, cell in enumerate(row):
        at = f'r="{chr(65 + place)}{number}"'
        if isinstance(cell, int | float):
            cells.append(f"<c {at}><v>{cell}</v></c>")
        elif str(cell).startswith("<"):
            cells.append(f"<c {at}>{cell}</c>")
        elif cell != "":
            cells.append(f'<c {at} t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def xlsx_rows(rows: Cells) -> str:
    """Rows from the first on."""
    return "".join(xlsx_row(number, row) for number, row in enumerate(rows, start=1))


def write_raw_xlsx(
    path: Path,
    sheets: Mapping[str, str],
    *,
    hidden: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> Path:
    """An XLSX of hand-written parts; `sheets` maps a name to the XML of its rows."""
    listed, links, parts = [], [], {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        links.append(
            f'<Relationship Id="rId{number}" Type="{LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
        )
    xml = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(f'<Override PartName="/{part}" ContentType="{xml}.worksheet+xml"/>' for part in parts)
    book = f'<Override PartName="/xl/workbook.xml" ContentType="{xml}.sheet.main+xml"/>'
    start = f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    return write_zip(path, {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/>{book}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{start}</Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}"><sheets>{"".join(listed)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>',
        **parts, **(more or {}),
    })  # fmt: skip


def write_zip(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A ZIP with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def mark_encrypted(path: Path) -> Path:
    """Sets the mark of encryption on every member of a ZIP, as a ZIP with a password has it."""
    held = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = held.find(signature)
        while at >= 0:
            held[at + flags] |= 1
            at = held.find(signature, at + 4)
    path.write_bytes(held)
    return path

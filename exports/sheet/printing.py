"""A fact sheet set on paper by Typst, which reads the layout beside this module and no other file.

What stands on the sheet reaches the layout as JSON, as data: a text is printed as it is, whatever it looks like.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import segno
import typst

from exports.sheet.content import Sheet

STANDARD: Final = "ua-1"
LAYOUT: Final = Path(__file__).with_name("layout") / "sheet.typ"
NOWHERE: Final = LAYOUT.parent / "none"
LONGEST: Final = 362
"""Bytes of an address that a code of 24 mm holds in modules of a third of a millimetre: 73 of them."""


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1; equal sheets give equal bytes."""
    try:
        return _compiled(sheet, [STANDARD])
    except typst.TypstError:
        # A name with a sign that no font of ours has: the standard wants every sign to be drawn, the reader wants the sheet.
        return _compiled(sheet, [])


def pictures(sheet: Sheet, dots_per_inch: float = 110) -> list[bytes]:
    """The pages as PNG, for looking at them."""
    made = typst.Compiler(LAYOUT, LAYOUT.parent, _fonts(), True, _given(sheet)).compile(
        format="png", ppi=dots_per_inch
    )
    return made if isinstance(made, list) else [made or b""]


def code(address: str) -> str:
    """The QR code of an address as SVG; empty where the address is too long to be read off paper, or is only a path."""
    if not is_whole(address) or len(address.encode()) > LONGEST:
        return ""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        drawn, kind="svg", border=0, xmldecl=False, nl=False
    )
    return drawn.getvalue().decode()


def is_whole(address: str) -> bool:
    """Whether an address says where it is, and is not only a path."""
    return address.startswith(("http://", "https://"))


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with Typst, so that a sheet looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _given(sheet: Sheet) -> dict[str, str]:
    return {"sheet": json.dumps(asdict(sheet), ensure_ascii=False)}


def _compiled(sheet: Sheet, standards: list[typst.PDFStandard]) -> bytes:
    made = typst.compile(
        LAYOUT,
        root=LAYOUT.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=_given(sheet),
        pdf_standards=standards,
        timestamp=datetime.fromisoformat(sheet.day).replace(tzinfo=UTC),
        # No package is used, and none is looked for.
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
    assert isinstance(made, bytes), "a PDF is one file"
    return made

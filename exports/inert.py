"""Texts that a spreadsheet would run, made harmless."""

from __future__ import annotations

import re
from typing import Final

# Also in their wide forms, which some spreadsheets read alike. A minus stays before a number, a range or alone.
_FORMULA: Final = re.compile(r"[=+@\t\r\n＝＋－＠]|-(?![\d.,\s–%]*$)")


def inert(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers and a lone dash stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The text that `inert` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell

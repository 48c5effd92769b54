"""What a cell of a spreadsheet is as text."""

from __future__ import annotations

from datetime import date, datetime


def as_text(cell: object) -> str:
    """A spreadsheet cell as text: whole numbers without a decimal point, dates as ISO, huge numbers as shown."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float | int):
        if abs(cell) >= 1e15:
            return f"{cell:.5E}"
        return str(int(cell)) if cell == int(cell) else str(cell)
    return str(cell).strip()

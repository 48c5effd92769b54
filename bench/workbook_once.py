"""Reads or loads one workbook in a process of its own: `python -m bench.workbook_once HAND FILE GOVERNMENT AS_OF`.

HAND is `calamine` or `fastexcel` for a bare read of the first sheet, or `ours` for `load_roster`; prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import fastexcel
from python_calamine import CalamineWorkbook

import settings
from bench.clock import peak_mib
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session


def calamine(path: Path, government: str, as_of: date) -> tuple[int, int]:
    """Data rows of the first sheet as lists of Python values."""
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)) - 1, 0


def with_fastexcel(path: Path, government: str, as_of: date) -> tuple[int, int]:
    """Data rows of the first sheet as an Arrow table, its header taken as names."""
    return fastexcel.read_excel(path).load_sheet(0).to_arrow().num_rows, 0


def ours(path: Path, government: str, as_of: date) -> tuple[int, int]:
    """Rows that the product read, and how many of them it refused."""
    session = open_session(settings.read())
    try:
        card, _ = load_roster(session, RosterRequest(path, government, as_of))
    finally:
        session.close()
    return card.rows_read, card.rows_rejected + card.warnings.get("duplicate_person", 0)


HANDS: dict[str, Callable[[Path, str, date], tuple[int, int]]] = {
    "calamine": calamine,
    "fastexcel": with_fastexcel,
    "ours": ours,
}


def main(hand: str, path: Path, government: str, as_of: date) -> dict[str, float]:
    """Seconds, rows, refused rows and peak memory of one hand."""
    started = time.perf_counter()
    rows, refused = HANDS[hand](path, government, as_of)
    took = time.perf_counter() - started
    return {"seconds": took, "rows": rows, "refused": refused, "peak": peak_mib()}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], date.fromisoformat(sys.argv[4]))))

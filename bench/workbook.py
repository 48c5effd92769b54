"""A large workbook: loading it against the bare read of the same sheet by the libraries that read it fastest."""

from __future__ import annotations

import shutil
import statistics
from collections import Counter
from pathlib import Path

import xlsxwriter

from bench.national.measure import AS_OF, GOVERNMENT
from bench.national.roster import Roster, frames
from bench.report import Row, Section
from bench.world import World

ROWS = 300_000
"""At the budget's size; never more than the national roster of this run."""
RUNS = 3
READERS = ("calamine", "fastexcel")


def measure(world: World) -> Section:
    """Seconds of `load_roster` against the faster of two bare reads, by turns, each in a process of its own."""
    path, rows = world.root / "roster.xlsx", min(ROWS, world.rows)
    refused = write_workbook(path, rows)
    runs: dict[str, list[dict[str, float]]] = {hand: [] for hand in (*READERS, "ours")}
    for _ in range(RUNS):
        for hand, found in runs.items():
            data = world.root / "workbook"
            found.append(world.run("workbook_once", hand, path, GOVERNMENT, AS_OF.isoformat(), data=data))
            shutil.rmtree(data, ignore_errors=True)
            assert found[-1]["rows"] == rows, f"{hand} read {found[-1]['rows']} rows of {rows}"
    assert all(run["refused"] == refused for run in runs["ours"]), f"not {refused} rows were refused"
    took = {hand: statistics.median(run["seconds"] for run in found) for hand, found in runs.items()}
    peak = {hand: max(run["peak"] for run in found) for hand, found in runs.items()}
    fastest = min(READERS, key=lambda hand: took[hand])
    measured = [
        Row(
            "load / fastest bare read",
            took["ours"] / took[fastest],
            "",
            1.5,
            1.2,
            f"{took['ours']:.1f} of {took[fastest]:.1f} s, {fastest}",
        ),
        *(Row(f"{hand} / fastest bare read", took[hand] / took[fastest]) for hand in READERS),
        *(Row(f"peak memory of {'load' if hand == 'ours' else hand}", peak[hand], "MiB") for hand in peak),
    ]
    remark = f"{rows:,} rows of 12 columns, {path.stat().st_size / 1e6:.0f} MB as XLSX with its texts inline. {RUNS} runs each, medians."
    path.unlink()
    return Section("A workbook", tuple(measured), remark)


def write_workbook(path: Path, rows: int) -> int:
    """Writes the first rows of a national roster as XLSX, all cells text; returns how many of them are to be refused."""
    refused: Counter[str] = Counter()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, line = book.add_worksheet("Data"), 0
    for frame, broken in frames(Roster(rows)):
        refused.update(broken)
        cells = frame.iter_rows() if line else [frame.columns, *frame.iter_rows()]
        for row in cells:
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(line, column, cell)
            line += 1
    book.close()
    return refused.total()

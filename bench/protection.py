"""Protecting: what is withheld at several thresholds so that no small count can be recovered, and the attack on it."""

from __future__ import annotations

import time

import duckdb
import numpy as np

from bench.report import Row, Section
from bench.world import World
from etl.building.publish import current
from etl.protecting.cells import Cells, read_cells
from etl.protecting.succeeding import protected_after, protected_alone, with_before
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, FEW, PUBLISHED, Release
from stats.protecting.succession import pinned_down
from stats.protecting.suppression import Protected, protect

THRESHOLDS = (3, 5, 10)
USUAL = 5
NEWS = 12


def measure(world: World) -> Section:
    """Cells with persons that stay readable, cells that guard others, and small counts that the attack narrows."""
    build = world.root / "data" / "build"
    manifest = current(build)
    assert manifest, "the part loading leaves a warehouse"
    with duckdb.connect(str(build / manifest.file), read_only=True) as con:
        cells = read_cells(con)
        earlier = _without(con, NEWS)
    rows = [row for k in THRESHOLDS for row in _rows(cells, k)]
    rows += _after(earlier, cells, USUAL)
    persons = int(cells.counts[0]) if len(cells.counts) else 0
    remark = (
        f"{int(cells.shown.sum())} cells, the first of all {persons} persons, and {int((~cells.shown).sum())} counts that stand in no "
        "table and that the attack knows to exist. A small count lies from 1 to k-1; the attack, whole-number programs over all "
        "sums, may rule out none of these for any of them. "
        f"`after` is a release that follows one with {NEWS} persons less: changes are attacked as well."
    )
    return Section("Protecting", tuple(rows), remark)


def _rows(cells: Cells, k: int) -> list[Row]:
    started = time.process_time()
    found = protect(cells.system, cells.counts, (k, cells.worth), cells.shown, cells.guards)
    made = time.process_time() - started
    levels = np.array([cell.level for cell in cells.cells])
    rows = [
        _level(cells, found, (levels == level) & cells.shown, f"k = {k}, {level}")
        for level in dict.fromkeys(levels.tolist())
    ]
    started = time.process_time()
    targets = found.targets & cells.shown
    reached = attack(cells.system, found.release(), targets, (1, k - 1))
    narrowed = targets & ((reached.least > 1) | (reached.most < k - 1))
    note = f"of {int(targets.sum())}; protected in {made:.1f} s, attacked in {time.process_time() - started:.1f} s of CPU"
    return [
        *rows,
        Row(f"k = {k}: small counts narrowed by the attack", float(narrowed.sum()), "", 0, note=note),
    ]


def _without(con: duckdb.DuckDBPyConnection, many: int) -> Cells:
    """The cells as they would be without some persons, and without their steps."""
    con.execute(f"""CREATE TEMP TABLE news AS SELECT case_id, person_number FROM mart_case
        ORDER BY md5(case_id || person_number) LIMIT {many}""")
    file = con.execute("SELECT current_database()").fetchall()[0][0]
    for table in ("mart_case", "mart_followup"):
        con.execute(
            f'CREATE TEMP VIEW {table} AS FROM "{file}".main.{table} ANTI JOIN news USING (case_id, person_number)'
        )
    return read_cells(con)


def _after(earlier: Cells, cells: Cells, k: int) -> list[Row]:
    """What a release tells that follows another, and the attack on both together."""
    first = protected_alone(earlier, k)
    started = time.process_time()
    told = protected_after(first, cells, k)
    made = time.process_time() - started
    found = Protected(cells.counts, told.states, k, 0)
    levels = np.array([cell.level for cell in cells.cells])
    rows = [
        _level(cells, found, (levels == level) & cells.shown, f"k = {k}, {level}, after")
        for level in dict.fromkeys(levels.tolist())
    ]
    started = time.process_time()
    known = told.earlier.known
    seen = Release(np.where(cells.shown, known.lower, 0), np.where(cells.shown, known.upper, BOUNDLESS))
    targets, narrowed = pinned_down(with_before(first, cells, k), seen, k)
    note = f"of {int(targets.sum())}; protected in {made:.1f} s, attacked in {time.process_time() - started:.1f} s of CPU"
    return [
        *rows,
        Row(f"k = {k}: small counts and changes narrowed, after", float(narrowed.sum()), "", 0, note=note),
    ]


def _level(cells: Cells, found: Protected, own: np.ndarray, name: str) -> Row:
    counts, states, small = cells.counts[own], found.states[own], found.targets[own]
    filled, shown = counts > 0, states == PUBLISHED
    zeros, larger = (states == FEW) & (counts == 0), ~shown & ~small & filled
    note = (
        f"{int((filled & shown).sum())} of {int(filled.sum())}; small {int(small.sum())}, guarded by {int(zeros.sum())} "
        f"zeros and {int(larger.sum())} larger counts"
    )
    return Row(
        f"{name}: cells with persons that are told",
        float((filled & shown).sum() / max(1, filled.sum())),
        note=note,
    )

"""A national roster: the product against DuckDB's typed read, polars and pandas on one file, and how it grows."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.national.agreement import disagreements
from bench.national.roster import Roster, write_roster
from bench.national.work import Task
from bench.report import Row, Section
from bench.world import NATION, World

RUNS = 2
LARGE = 20_000_000
HANDS = {"ours": "ours", "polars": "in_polars", "pandas": "in_pandas"}
ONCE = ("pandas",)
"""Far from any budget: one run is enough."""
MEMORY = (2048, 1228)
LINEAR = 1.2
"""Seconds a million rows may grow by, from one size to the next; a smaller change is noise."""
GOVERNMENT, AS_OF = "64", date(2024, 11, 30)
BYTES_A_ROW = 600
"""Space on the disk for a row: as text, in the vault, in the warehouse, and the same once more while it is written."""


@dataclass(frozen=True)
class File:
    """A generated file and what is wrong in it."""

    path: Path
    rows: int
    refused: dict[str, int]


def measure(world: World) -> Section:
    """Ratios of loading and building `world.rows` rows; a quarter of them, and in full 20 million, for the growth."""
    folder = world.root / "national"
    folder.mkdir()
    quarter = _grown(world, folder, world.rows // 4)
    file = _generate(folder, world.rows)
    size = file.path.stat().st_size
    yardstick, runs = _by_turns(world, file)
    loose = world.run("national.bare", file.path, folder / "bare.duckdb", "unordered")
    file.path.unlink()
    ours = runs["ours"]
    rows = [
        *_against(runs, yardstick),
        Row(
            "the yardstick without keeping the order of rows",
            loose["seconds"] / _median(yardstick),
            note="of itself",
        ),
        *_memory(runs, yardstick),
        *_growth((world.rows // 4, [quarter]), (world.rows, ours)),
    ]
    remark = _remark(file, size, yardstick, ours[0])
    large = world.rows * LARGE // NATION
    if not world.is_full:
        remark += f" {large:,} rows only with `--full`."
    elif shutil.disk_usage(folder).free < large * BYTES_A_ROW:
        remark += f" No room on the disk for {large:,} rows ({large * BYTES_A_ROW / 1e9:.0f} GB)."
    else:
        rows += _large(_grown(world, folder, large), large, (world.rows, ours))
    return Section("A national roster", tuple(rows), remark)


def _generate(folder: Path, rows: int) -> File:
    path = folder / f"roster-{rows}.csv"
    return File(path, rows, write_roster(path, Roster(rows)))


def _by_turns(world: World, file: File) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """Runs of the yardstick and of every hand, each in a process of its own; their counts must agree."""
    yardstick, runs = [], {hand: [] for hand in HANDS}
    for turn in range(RUNS):
        yardstick.append(world.run("national.bare", file.path, file.path.with_suffix(".duckdb")))
        for hand in HANDS:
            if turn == 0 or hand not in ONCE:
                runs[hand].append(_run(world, hand, file))
    yardstick.append(world.run("national.bare", file.path, file.path.with_suffix(".duckdb")))
    assert all(run["rows"] == file.rows for run in yardstick), "the yardstick read another number of rows"
    _agree(runs, file)
    return yardstick, runs


def _run(world: World, hand: str, file: File) -> dict[str, Any]:
    """One run of one hand; what it wrote is removed."""
    out, data = file.path.with_name("out"), file.path.with_name("data")
    try:
        run: dict[str, Any] = world.run(
            f"national.{HANDS[hand]}", *Task(file.path, GOVERNMENT, AS_OF, out).words, data=data
        )
    finally:
        for folder in (out, data):
            shutil.rmtree(folder, ignore_errors=True)
    return run


def _agree(runs: dict[str, list[dict[str, Any]]], file: File) -> None:
    counts = {
        f"{hand}, run {number}": run["counts"]
        for hand, all_runs in runs.items()
        for number, run in enumerate(all_runs, 1)
    }
    found = disagreements(counts, file.rows, file.refused)
    assert not found, "the hands did not do the same work: " + " | ".join(found)


def _median(runs: Sequence[dict[str, Any]], name: str = "seconds") -> float:
    return float(statistics.median(run[name] for run in runs))


def _against(runs: dict[str, list[dict[str, Any]]], yardstick: list[dict[str, Any]]) -> list[Row]:
    bare, ours = _median(yardstick), _median(runs["ours"])
    polars, pandas = _median(runs["polars"]), _median(runs["pandas"])
    return [
        Row("load + build / DuckDB typed read_csv", ours / bare, "", 3.5, 2.5, f"{ours:.1f} of {bare:.1f} s"),
        Row("load + build / the same work in polars", ours / polars, "", 1.0, 0.7, f"of {polars:.1f} s, polars-hash"),
        Row("load + build / the same work in pandas", ours / pandas, note=f"of {pandas:.1f} s, hmac in a loop"),
        Row("polars / DuckDB typed read_csv", polars / bare),
        Row("pandas / DuckDB typed read_csv", pandas / bare),
        Row("load + build / typed read_csv, processor time", _median(runs["ours"], "cpu") / _median(yardstick, "cpu"),
            note="steadier on a busy machine"),
        Row("load + build / polars, processor time", _median(runs["ours"], "cpu") / _median(runs["polars"], "cpu")),
    ]  # fmt: skip


def _memory(runs: dict[str, list[dict[str, Any]]], yardstick: list[dict[str, Any]]) -> list[Row]:
    peak = {hand: max(run["peak"] for run in all_runs) for hand, all_runs in runs.items()}
    return [
        Row("peak memory of load + build", peak["ours"], "MiB", *MEMORY),
        Row("peak memory of polars", peak["polars"], "MiB"),
        Row("peak memory of pandas", peak["pandas"], "MiB"),
        Row("peak memory of the typed read_csv", max(run["peak"] for run in yardstick), "MiB"),
    ]


def _grown(world: World, folder: Path, rows: int) -> dict[str, Any]:
    """Our run at another size; the file goes as it came."""
    file = _generate(folder, rows)
    try:
        run = _run(world, "ours", file)
    finally:
        file.path.unlink()
    _agree({"ours": [run]}, file)
    return run


def _growth(smaller: tuple[int, list[dict[str, Any]]], larger: tuple[int, list[dict[str, Any]]]) -> list[Row]:
    pace = [_median(runs) / rows * 1e6 for rows, runs in (smaller, larger)]
    sizes = " / ".join(f"{rows / 1e6:.3g}" for rows in (larger[0], smaller[0]))
    return [
        Row(f"seconds per million rows, at {sizes} million", pace[1] / pace[0], "", LINEAR,
            note=f"{pace[1]:.2f} and {pace[0]:.2f} s"),
        Row(f"peak memory at {smaller[0] / 1e6:.3g} million rows", max(run["peak"] for run in smaller[1]), "MiB"),
    ]  # fmt: skip


def _large(run: dict[str, Any], rows: int, smaller: tuple[int, list[dict[str, Any]]]) -> list[Row]:
    pace, _ = _growth(smaller, (rows, [run]))
    return [pace, Row(f"peak memory at {rows / 1e6:.3g} million rows", run["peak"], "MiB", *MEMORY)]


def _remark(file: File, size: int, yardstick: list[dict[str, Any]], ours: dict[str, Any]) -> str:
    counts = ours["counts"]
    return (
        f"{file.rows:,} rows, {size / 1e6:.0f} MB of text, {counts['agencies']:,} agencies; the yardstick took "
        f"{_median(yardstick):.2f} s. The product, polars and pandas agree on {counts['loaded']:,} loaded rows, "
        f"{sum(file.refused.values()):,} refused by {len(file.refused)} rules (as many as were generated), "
        f"{counts['pns_active']:,} active PNS, {counts['pppk_active']:,} active PPPK, {sum(counts['warnings'].values()):,} doubts "
        f"and {len(counts['headcount'])} groups of headcount. {RUNS} runs each ({', '.join(ONCE)} 1, yardstick {RUNS + 1}) by turns, "
        "each in a process of its own, medians; peaks are the highest."
    )

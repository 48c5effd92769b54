"""Loading and building: everything included, against DuckDB's bare typed read of the same files in the same run."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from bench.report import Row, Section
from bench.world import TINY, World, changed_roster

RUNS = 2
BUDGET_ROWS = 4_700_000


def measure(world: World) -> Section:
    """Loads and builds the whole sample; leaves the warehouse that the other parts read in `world.data`."""
    manifest = world.write_sample("sample", 1.0)
    changed = changed_roster(world)
    bare, full = [_bare(world, 0)], []
    for run in range(RUNS):
        data = world.data if run == 0 else world.root / f"data{run}"
        full.append(world.run("load_once", manifest, *changed, data=data))
        bare.append(_bare(world, run + 1))
    tiny = world.run("load_once", world.write_sample("tiny", TINY), data=world.root / "data_tiny")
    yardstick = statistics.median(run["seconds"] for run in bare)
    cpu = _median(full, lambda run: run["cpu"]) / statistics.median(run["cpu"] for run in bare)
    both = Row(
        "the same in processor time",
        cpu,
        note="steadier on a busy machine; tells what a second core could save",
    )
    rows = [
        *_whole(full, yardstick),
        both,
        *_parts(full, yardstick),
        *_fixed(full, tiny, yardstick),
        *_again(full),
    ]
    return Section("Loading and building", tuple(rows), _remark(full[0], bare[0], yardstick))


def _bare(world: World, run: int) -> dict[str, float]:
    database = world.root / f"bare{run}.duckdb"
    result: dict[str, float] = world.run("bare_read", world.manifest, database)
    database.unlink()
    return result


def _whole(full: list[dict[str, Any]], yardstick: float) -> list[Row]:
    everything = _median(full, lambda run: run["load"] + run["build"])
    sheets = _median(full, _sheets)
    peak = max(run["peak"] for run in full)
    return [
        Row("load + build of the text files / DuckDB typed read_csv", (everything - sheets) / yardstick, "", 3.5, 2.5,
            f"budget stated for {BUDGET_ROWS / 1e6:.1f} million rows"),
        Row("the same with the spreadsheets", everything / yardstick),
        Row("peak memory of load + build", peak, "MiB", 2048, 1228),
    ]  # fmt: skip


def _parts(full: list[dict[str, Any]], yardstick: float) -> list[Row]:
    steps = _median_steps(full)
    slow = ", ".join(f"{name} {value / yardstick:.2f}" for name, value in steps[:4])
    return [
        Row(
            "· pseudonyms alone (estimate, two threads)",
            _median(full, lambda r: r["pseudonyms"]) / yardstick,
        ),
        Row("· build", _median(full, lambda run: run["build"]) / yardstick, note=slow),
        Row("· spreadsheets, all stages", _median(full, _sheets) / yardstick),
    ]


def _fixed(full: list[dict[str, Any]], tiny: dict[str, Any], yardstick: float) -> list[Row]:
    everything = _median(full, lambda run: run["load"] + run["build"])
    files = len(tiny["files"])
    fixed = tiny["load"] / files
    rest = everything - _median(full, _sheets) - fixed * sum(name.endswith(".csv") for name in tiny["files"])
    return [
        Row("load + build of the text files without the fixed cost per file", rest / yardstick,
            note="what a few large files would come to"),
        Row("fixed cost per file / mean cost per file", fixed / (everything / files),
            note=f"{fixed * 1000:.0f} ms a file, from the sample at scale {TINY}"),
        Row("fixed cost of a build / this build", tiny["build"] / _median(full, lambda run: run["build"])),
    ]  # fmt: skip


def _again(full: list[dict[str, Any]]) -> list[Row]:
    everything = _median(full, lambda run: run["load"] + run["build"])
    one = _median(full, lambda run: run["again"]["load"] + run["again"]["build"])
    nothing = _median(full, lambda run: run["again"]["nothing_new"])
    return [
        Row("one changed roster / full load + build", one / everything,
            note="of another size; its budget is measured in the part `changed`"),
        Row("a build that finds nothing new / full load + build", nothing / everything),
    ]  # fmt: skip


def _sheets(run: dict[str, Any]) -> float:
    return sum(float(spent) for name, spent in run["files"].items() if Path(name).suffix != ".csv")


def _median(full: list[dict[str, Any]], of: Any) -> float:
    return float(statistics.median(of(run) for run in full))


def _median_steps(full: list[dict[str, Any]]) -> list[tuple[str, float]]:
    names = full[0]["steps"]
    steps = [(name, _median(full, lambda run, name=name: run["steps"][name])) for name in names]
    return sorted(steps, key=lambda step: -step[1])


def _remark(full: dict[str, Any], bare: dict[str, float], yardstick: float) -> str:
    return (
        f"{full['rows']:,} rows in {len(full['files'])} files, {bare['bytes'] / 1e6:.0f} MB of them text in "
        f"{bare['files']:.0f} files of {bare['shapes']:.0f} shapes; the yardstick took {yardstick:.2f} s "
        f"({bare['rows']:,} rows, peak {bare['peak']:.0f} MiB). {RUNS} full runs, {RUNS + 1} of the yardstick between "
        "them, each in a fresh process, medians. Parts are in units of the yardstick."
    )

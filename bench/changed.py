"""One corrected roster among 61: taking it in and building again, against loading and building all of them."""

from __future__ import annotations

import csv
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.national.measure import AS_OF
from bench.national.roster import Roster, write_roster
from bench.report import Row, Section
from bench.world import World
from etl.meaning.regions import read_regions

ROWS, AGENCIES = 15_000, 100
RUNS, CORRECTIONS = 2, 3
CORRECTED = "64"


@dataclass(frozen=True)
class Rosters:
    """The manifest of all rosters, and the file of the government whose roster is corrected."""

    manifest: Path
    file: Path


def measure(world: World) -> Section:
    """Seconds of one correction, load and build, against the full run; every correction must show in the warehouse."""
    rosters = write_rosters(world.root / "rosters", min(ROWS, world.rows))
    roots = [world.root / f"rosters{run}" for run in range(RUNS)]
    full = [world.run("changed_once", "full", rosters.manifest, CORRECTED, data=data) for data in roots]
    ones, heads = [], full[-1]["heads"]
    for number in range(1, CORRECTIONS + 1):
        corrected = correct(rosters.file, number)
        ones.append(world.run("changed_once", "one", corrected, CORRECTED, AS_OF.isoformat(), data=roots[-1]))
        heads -= 1
        assert ones[-1]["heads"] == heads, (
            f"correction {number} shows {ones[-1]['heads']} active persons instead of {heads}"
        )
    return Section("One changed roster among 61", tuple(_rows(full, ones)), _remark(full, ones))


def _rows(full: list[dict[str, Any]], ones: list[dict[str, Any]]) -> list[Row]:
    def median(runs: list[dict[str, Any]], *names: str) -> float:
        return statistics.median(sum(run[name] for name in names) for run in runs)

    whole, one = median(full, "load", "build"), median(ones, "load", "build")
    return [
        Row(
            "one changed roster, load + build / full load + build",
            one / whole,
            "",
            0.1,
            0.05,
            f"{one:.2f} of {whole:.1f} s",
        ),
        Row("· its load / full load", median(ones, "load") / median(full, "load")),
        Row(
            "· its build / full build",
            median(ones, "build") / median(full, "build"),
            note=f"{median(full, 'build'):.2f} s",
        ),
        Row("peak memory of the full run", max(run["peak"] for run in full), "MiB"),
        Row("peak memory of one change", max(run["peak"] for run in ones), "MiB"),
    ]


def _remark(full: list[dict[str, Any]], ones: list[dict[str, Any]]) -> str:
    return (
        f"{full[0]['rows']:,} rows in {full[0]['files']} rosters; one row of one of them corrected at a time, and found corrected "
        f"in the warehouse. {len(full)} full runs (two files at a time, as a manifest is loaded), {len(ones)} corrections, "
        "each in a process of its own, medians."
    )


def write_rosters(folder: Path, rows: int) -> Rosters:
    """A roster of `rows` rows for every government, no person in two of them, and the manifest that lists them."""
    folder.mkdir()
    manifest = folder / "manifest.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("kind", "file", "government_code", "as_of"))
        for number, region in enumerate(read_regions()):
            kind = "Provinsi " if region["level"] == "province" else ""
            roster = Roster(rows, number * rows, f"Pemerintah {kind}{region['name']}", AGENCIES)
            path = folder / f"roster-{region['code']}.csv"
            write_roster(path, roster)
            writer.writerow(("roster", path.name, region["code"], AS_OF.isoformat()))
    return Rosters(manifest, folder / f"roster-{CORRECTED}.csv")


def correct(path: Path, number: int) -> Path:
    """The roster with the first `number` sound and active persons retired, in a folder of its own under the same name."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    active = [place for place, line in enumerate(lines) if is_sound(line)]
    for place in active[:number]:
        lines[place] = lines[place].replace(",Aktif,", ",Pensiun,")
    target = path.parent / f"corrected-{number}" / path.name
    target.parent.mkdir()
    target.write_text("".join(lines), encoding="utf-8")
    return target


def is_sound(line: str) -> bool:
    """Whether a line of a generated roster shows an active person whose number nothing is wrong with."""
    nip = line.split(",", maxsplit=1)[0]
    is_whole = len(nip) == 18 and nip.isdigit() and not nip.endswith("000")
    return is_whole and nip[12:14] != "14" and nip[4:8] != "0230" and ",Aktif," in line

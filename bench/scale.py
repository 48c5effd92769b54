"""National scale: 4.7 million persons at six dates and 100 thousand cases in one warehouse, asked and shown."""

from __future__ import annotations

import shutil
from dataclasses import replace

from bench import asking, pages
from bench.national.nation import CASES, SNAPSHOTS, Nation, write_nation
from bench.report import Row, Section
from bench.world import NATION, World


def measure(world: World) -> Section:
    """Answers against the same counts over all person rows, and reruns of the pages, as in `asking` and `pages`."""
    large = replace(world, root=world.root / "scale")
    large.root.mkdir()
    nation = Nation(world.rows, round(CASES * world.rows / NATION))
    manifest = write_nation(large.root / "sources", nation)
    made = large.run("changed_once", "full", manifest, "64")
    shutil.rmtree(manifest.parent)
    asked, shown = asking.measure(large), pages.measure(large)
    rows = [
        Row("load and build", made["load"] + made["build"], "s", note=f"build {made['build']:.1f} s"),
        Row("its peak memory", made["peak"], "MiB"),
        *asked.rows,
        *shown.rows,
    ]
    remark = (
        f"{made['files']} files, {made['rows']:,} rows: the people of {len(SNAPSHOTS)} dates and the cases of five registers, "
        "all made up, divided among the 61 governments."
    )
    return Section("National scale", tuple(rows), "\n\n".join((remark, asked.remark, shown.remark)))

"""`python -m bench`: measures everything, or the parts that are named, and prints tables.

`--full` adds 20 million rows to the part `national`; `--rows` makes its roster smaller, to try the bench out.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import asking, changed, crowd, loading, pages, protection, scale, visit, workbook
from bench.national import measure as national
from bench.report import Section, as_markdown
from bench.session import PageError
from bench.world import NATION, World

PARTS: dict[str, Callable[[World], Section]] = {
    "national": national.measure,
    "workbook": workbook.measure,
    "changed": changed.measure,
    "scale": scale.measure,
    "loading": loading.measure,
    "asking": asking.measure,
    "pages": pages.measure,
    "visit": visit.measure,
    "crowd": crowd.measure,
    "protection": protection.measure,
}
BY_THEMSELVES = ("national", "workbook", "changed", "scale", "loading")
"""These make what they read; the others read what `loading` leaves."""


def main(words: list[str]) -> int:
    """Runs the parts in order; loading comes before those that read what it makes."""
    asked = _asked(words)
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}. Choose of {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    started = time.monotonic()
    print(
        f"# Bench, {datetime.now(UTC):%Y-%m-%d}\n\nPython {platform.python_version()}, medians unless named.\n"
    )
    with tempfile.TemporaryDirectory(prefix="netra-bench-") as folder:
        world = World(Path(folder), asked.rows, asked.full)
        sections = [_section(name, world) for name in chosen(asked.parts)]
    print(f"{time.monotonic() - started:.0f} s in all.")
    return 1 if any(not section.rows and "failed" in section.remark for section in sections) else 0


def chosen(parts: Sequence[str]) -> list[str]:
    """The parts to run for those that were named: all for none, and loading where a part reads what it makes."""
    wanted = set(parts or PARTS)
    if not wanted <= set(BY_THEMSELVES):
        wanted.add("loading")
    return [name for name in PARTS if name in wanted]


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all of them if none is named"
    )
    parser.add_argument("--full", action="store_true", help="measure 20 million rows as well")
    parser.add_argument("--rows", type=int, default=NATION, help="rows of the national roster")
    return parser.parse_args(words)


def _section(name: str, world: World) -> Section:
    """One part, printed; a part that fails says so and the others go on."""
    try:
        section = PARTS[name](world)
    except (PageError, RuntimeError, AssertionError, OSError, subprocess.CalledProcessError) as fault:
        section = Section(name.capitalize(), remark=f"This part failed: {type(fault).__name__}: {fault}")
    print(as_markdown(section), flush=True)
    return section


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

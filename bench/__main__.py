"""`python -m bench`: measures everything, or the parts that are named, and prints tables."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import asking, crowd, loading, pages, visit
from bench.report import Section, as_markdown
from bench.session import PageError
from bench.world import World

PARTS: dict[str, Callable[[World], Section]] = {
    "loading": loading.measure,
    "asking": asking.measure,
    "pages": pages.measure,
    "visit": visit.measure,
    "crowd": crowd.measure,
}


def main(asked: list[str]) -> int:
    """Runs the parts in order; loading always comes first, since it makes what the others read."""
    unknown = [name for name in asked if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}. Choose of {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    started = time.monotonic()
    print(
        f"# Bench, {datetime.now(UTC):%Y-%m-%d}\n\nPython {platform.python_version()}, medians unless named.\n"
    )
    with tempfile.TemporaryDirectory(prefix="netra-bench-") as folder:
        world = World(Path(folder))
        chosen = [name for name in PARTS if name == "loading" or not asked or name in asked]
        sections = [_section(name, world) for name in chosen]
    print(f"{time.monotonic() - started:.0f} s in all.")
    return 1 if any(not section.rows and "failed" in section.remark for section in sections) else 0


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

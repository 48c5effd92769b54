"""`python -m bench`: measures everything, or the parts that are named, and prints tables."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import asking, crowd, loading, pages, visit
from bench.report import Section, as_markdown
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
        for name, measure in PARTS.items():
            if name == "loading" or not asked or name in asked:
                print(as_markdown(measure(world)), flush=True)
    print(f"{time.monotonic() - started:.0f} s in all.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Loads and builds one manifest in a process of its own and prints where the time went.

`python -m bench.load_once MANIFEST [CHANGED_FILE GOVERNMENT AS_OF]` prints JSON; NETRA_DATA and NETRA_KEY_FILE say where.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import settings
from bench.clock import peak_mib, seconds
from etl.building.build import build
from etl.cards.card import read_cards
from etl.loading.batch import load_batch
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from settings import Settings

PSEUDONYM = """SELECT count(DISTINCT left(pseudonym(number)::VARCHAR, 2))
FROM (SELECT lpad(i::VARCHAR, 18, '1') AS number FROM range({rows}) t(i))"""


class Marks:
    """Collects when each named step began; every step lasts until the next one."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float]] = []

    def __call__(self, step: str) -> None:
        """Note that a step begins."""
        self.steps.append((step, time.perf_counter()))

    def lasted(self, end: float) -> dict[str, float]:
        """Seconds per step."""
        ends = [moment for _, moment in self.steps[1:]] + [end]
        return {name: until - since for (name, since), until in zip(self.steps, ends, strict=True)}


def full(chosen: Settings, manifest: Path) -> dict[str, Any]:
    """Seconds of load and build with their parts, rows, files and peak memory."""
    files, steps = Marks(), Marks()
    started, used = time.perf_counter(), time.process_time()
    load_batch(chosen, manifest, files)
    loaded = time.perf_counter()
    peak_load = peak_mib()
    build(chosen, steps)
    built, used = time.perf_counter(), time.process_time() - used
    cards = read_cards(chosen.sources)
    rows = sum(card.rows_read for card in cards)
    return {
        "load": loaded - started,
        "build": built - loaded,
        "cpu": used,
        "files": files.lasted(loaded),
        "steps": steps.lasted(built),
        "rows": rows,
        "peak_load": peak_load,
        "peak": peak_mib(),
        "pseudonyms": _pseudonyms(chosen, rows),
    }


def again(chosen: Settings, path: Path, government: str, as_of: str) -> dict[str, float]:
    """Seconds to take in one changed roster and to build, and of a build that finds nothing new."""
    session = open_session(chosen)
    request = RosterRequest(path, government, date.fromisoformat(as_of))
    try:
        load = seconds(lambda: load_roster(session, request))
    finally:
        session.close()
    return {
        "load": load,
        "build": seconds(lambda: build(chosen)),
        "nothing_new": seconds(lambda: build(chosen)),
    }


def _pseudonyms(chosen: Settings, rows: int) -> float:
    session = open_session(chosen)
    try:
        return seconds(lambda: session.con.execute(PSEUDONYM.format(rows=rows)).fetchall())
    finally:
        session.close()


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """What the command line asks for."""
    chosen = settings.read()
    result: dict[str, Any] = full(chosen, Path(arguments[0]))
    if len(arguments) > 1:
        result["again"] = again(chosen, Path(arguments[1]), *arguments[2:4])
    return result


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

"""Loads and builds in a process of its own, all rosters or one that was corrected.

`python -m bench.changed_once full MANIFEST GOVERNMENT` or `… one FILE GOVERNMENT AS_OF` prints JSON; NETRA_DATA and
NETRA_KEY_FILE say where.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

import settings
from bench.clock import peak_mib
from etl.building.build import build
from etl.building.publish import current
from etl.cards.card import read_cards
from etl.loading.batch import load_batch
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from settings import Settings


def load_one(chosen: Settings, path: Path, government: str, as_of: date) -> None:
    """Takes in one roster, which must be new."""
    session = open_session(chosen)
    try:
        _, is_new = load_roster(session, RosterRequest(path, government, as_of))
    finally:
        session.close()
    assert is_new, "the corrected file was taken for the one that was there"


def main(words: list[str]) -> dict[str, Any]:
    """Seconds of load and of build, rows and files of all cards, active persons of the government, peak memory."""
    chosen, path, government = settings.read(), Path(words[1]), words[2]
    started = time.perf_counter()
    if words[0] == "full":
        load_batch(chosen, path)
    else:
        load_one(chosen, path, government, date.fromisoformat(words[3]))
    loaded = time.perf_counter()
    _, is_new = build(chosen)
    built, peak = time.perf_counter(), peak_mib()
    assert is_new, "there was nothing to build"
    cards = read_cards(chosen.sources)
    return {
        "load": loaded - started,
        "build": built - loaded,
        "peak": peak,
        "files": len(cards),
        "rows": sum(card.rows_read for card in cards),
        "heads": _heads(chosen, government),
    }


def _heads(chosen: Settings, government: str) -> int:
    manifest = current(chosen.build)
    assert manifest is not None, "the build was published"
    with duckdb.connect(str(chosen.build / manifest.file), read_only=True) as con:
        query = "SELECT sum(headcount)::BIGINT FROM core_workforce WHERE government_code = ?"
        return int(con.execute(query, [government]).fetchall()[0][0])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

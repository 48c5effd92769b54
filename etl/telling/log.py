"""One line per step in a log. No cell of a file ever stands in it, and long numbers are cut out of names."""

from __future__ import annotations

import logging

from settings import Settings

log = logging.getLogger("netra.etl")


def open_log(settings: Settings) -> None:
    """Writes to `log/etl.log` under the data folder; where that cannot be written, nothing is logged."""
    folder = settings.data / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not log.handlers:
            writer = logging.FileHandler(folder / "etl.log", encoding="utf-8")
            writer.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            log.addHandler(writer)
            log.setLevel(logging.INFO)
    except OSError:
        log.addHandler(logging.NullHandler())
    log.propagate = False

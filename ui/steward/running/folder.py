"""What is kept of a job: its order, its events as JSON lines, its exit code; readable by their owner only."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from ui.steward.running.masking import masked_event
from ui.steward.running.order import VERBS, Order, Verb

KEPT: Final = 50
LONGEST_LINE: Final = 1 << 20
LARGEST: Final = 8 << 20
EVENTS: Final = frozenset({"step", "understood", "done", "sources", "error"})
STOPPED: Final = "stopped"
_ID: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Record:
    """A job as its folder tells it; `exit_code` is None while it runs, and for ever where nobody saw it end."""

    job_id: str
    verb: Verb
    about: Mapping[str, str]
    started_at: datetime
    events: tuple[Mapping[str, Any], ...]
    exit_code: int | None
    was_stopped: bool


class Folder:
    """The folder of one job; `make` begins it, `read` tells it."""

    def __init__(self, jobs: Path, job_id: str) -> None:
        self.job_id, self.path = job_id, jobs / job_id
        self.is_load = False
        self._written = 0

    def make(self, order: Order) -> None:
        """Begin the folder of a job; its file and what must not be kept are left out."""
        self.is_load = order.verb == "load"
        self.path.mkdir(mode=0o700, parents=True)
        kept = {
            "verb": order.verb,
            "about": masked_event(dict(order.about)),
            "started_at": _now().isoformat(),
        }
        self._write("order.json", json.dumps(kept, ensure_ascii=False))

    def add(self, line: bytes) -> None:
        """Keep one line of the process if it is an event; anything else it says is dropped unread."""
        try:
            event = json.loads(line)
        except ValueError:
            return
        if not isinstance(event, dict) or event.get("event") not in EVENTS:
            return
        text = (json.dumps(masked_event(event), ensure_ascii=False) + "\n").encode()
        self._written += len(text)
        if self._written <= LARGEST:
            with os.fdopen(os.open(self.path / "events.jsonl", _APPEND, 0o600), "ab") as file:
                file.write(text)

    def end(self, exit_code: int) -> None:
        """The job is over."""
        self._write("exit_code", str(exit_code))

    def mark_stopped(self) -> None:
        """Somebody asked for its end."""
        self._write(STOPPED, "")

    def read(self) -> Record | None:
        """What is known of the job; None where there is no such job."""
        try:
            kept = json.loads((self.path / "order.json").read_text("utf-8"))
            started_at = datetime.fromisoformat(kept["started_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        verb = cast("Verb", kept["verb"]) if kept.get("verb") in VERBS else "check"
        return Record(
            self.job_id, verb, kept.get("about", {}), started_at, self._events(), self._exit_code(),
            (self.path / STOPPED).exists(),
        )  # fmt: skip

    def _events(self) -> tuple[Mapping[str, Any], ...]:
        try:
            lines = (self.path / "events.jsonl").read_bytes().split(b"\n")
        except FileNotFoundError:
            return ()
        # What follows the last line end is still being written.
        return tuple(json.loads(line) for line in lines[:-1])

    def _exit_code(self) -> int | None:
        try:
            return int((self.path / "exit_code").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _write(self, name: str, text: str) -> None:
        draft = self.path / f".{name}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        draft.replace(self.path / name)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a job; anything else never touches the disk."""
    return _ID.fullmatch(text) is not None


def latest(jobs: Path) -> list[str]:
    """Ids of the jobs that are kept, the youngest first."""
    found = [path for path in jobs.glob("*") if is_id(path.name)]
    return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)]


def forget_old(jobs: Path) -> None:
    """Keep the folders of the last jobs only."""
    for job_id in latest(jobs)[KEPT:]:
        shutil.rmtree(jobs / job_id, ignore_errors=True)


def _now() -> datetime:
    return datetime.now(UTC)


_APPEND: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND

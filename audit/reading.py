"""Reads the log: all lines from the front, or the last entry from the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.entries import LONGEST, Entry, written
from audit.secret import Secrets
from settings import Settings

BLOCK = 1 << 16


@dataclass(frozen=True)
class Tail:
    """The last entry of the log, whatever stands behind it that is none, and whether its line is ended.

    A killed writer leaves such things, and so does whoever writes without the key.
    """

    last: Entry | None
    is_ours: bool = True
    loose: bytes = b""
    is_ended: bool = True


def log_file(settings: Settings) -> Path:
    """Where the log lies."""
    return settings.data / "log" / "audit.jsonl"


def lines(path: Path) -> Iterator[bytes]:
    """The lines with their breaks, none longer than twice the longest entry; none where there is no log."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        while line := file.readline(2 * LONGEST):
            yield line


def entries(path: Path) -> Iterator[Entry]:
    """All entries that can be read, whether they are sealed or not."""
    yield from filter(None, map(written, lines(path)))


def tail(path: Path, secrets: Secrets) -> Tail:
    """The end of the log."""
    if not path.is_file():
        return Tail(None)
    with path.open("rb") as file:
        at = file.seek(0, 2)
        held = b""
        while at:
            step = min(at, BLOCK)
            at -= step
            file.seek(at)
            held = file.read(step) + held
            if found := _last(held, secrets, whole=at == 0):
                return found
    return Tail(None, loose=held)


def _last(held: bytes, secrets: Secrets, whole: bool) -> Tail | None:
    """The last entry among the last bytes of the log; the first line of a part may have begun before it."""
    behind = b""
    parts = [part + b"\n" for part in held.split(b"\n")]
    for line in reversed(parts if whole else parts[1:]):
        entry = written(line)
        if entry and (secrets.seals(entry) or secrets.rank(entry.key) < 0):
            is_ended = held.endswith(b"\n") or bool(behind)
            return Tail(entry, secrets.rank(entry.key) >= 0, behind[:-1], is_ended)
        behind = line + behind
    return None

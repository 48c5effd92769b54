"""Where the log's head stands a second time, outside the log, so that a cut-off end is found.

It lies beside the key file, where whoever may write the data folder alone cannot reach it; in the data folder only where
the key's folder is closed to writing.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from settings import Settings

_WRITTEN = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """How many entries there are, and the hash of the last one: enough to find out later whether any was taken away."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def read_head(text: str) -> Head | None:
    """A head as `audit head` prints it; None where the text is none."""
    found = _WRITTEN.fullmatch(text.strip())
    return Head(int(found[1]), found[2]) if found else None


def places(settings: Settings) -> tuple[Path, Path]:
    """The two files that may hold the head, the better one first; a key may serve several data folders."""
    folder = hashlib.sha256(str(settings.data).encode()).hexdigest()[:12]
    beside_key = settings.key_file.with_name(f"{settings.key_file.name}.audit-{folder}")
    return beside_key, settings.data / "audit-head"


def read_anchors(settings: Settings) -> list[Head]:
    """The heads that are written down; one that cannot be read counts as not there."""
    texts = [path.read_text("ascii", errors="replace") for path in places(settings) if path.is_file()]
    return [head for text in texts if (head := read_head(text))]


def write_anchor(settings: Settings, head: Head) -> None:
    """Writes the head down, whole or not at all; whoever calls holds the lock of the log."""
    place = next((path for path in places(settings) if os.access(path.parent, os.W_OK)), places(settings)[0])
    draft = place.with_name(f".{place.name}.next")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(f"{head}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)

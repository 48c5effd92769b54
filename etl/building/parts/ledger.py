"""What an earlier build has made, part by part: `data/build/parts.json`, believed only of the very bytes that it speaks of.

The file may be deleted at any time: the next build then makes everything anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.vault.store import whole_file

LEDGER = "parts.json"


class Tally(NamedTuple):
    """Rows of a table in one part, and the sums of both halves of their MD5, whatever their order."""

    rows: int = 0
    high: int = 0
    low: int = 0


def total(tallies: Iterable[Tally]) -> Tally:
    """The tally of several parts together."""
    listed = list(tallies)
    return Tally(*(sum(figures) for figures in zip(*listed, strict=True))) if listed else Tally()


@dataclass(frozen=True)
class Part:
    """A part that stands in a warehouse: the hash of what it was made from, and its rows by table."""

    made_from: str
    tables: Mapping[str, Tally]


@dataclass(frozen=True)
class Ledger:
    """The parts of one finished warehouse and the cards it was made from, good for builds with the same frame."""

    file: str
    sha256: str
    frame: str
    parts: Mapping[str, Part]
    cards: Mapping[str, str]


def read_ledger(folder: Path, frame: str) -> Ledger | None:
    """The ledger, or None where there is none that can be read, or where it was written within another frame."""
    try:
        fields = json.loads((folder / LEDGER).read_text("utf-8"))
        parts = {
            name: Part(made_from, {table: Tally(*tally) for table, tally in tables.items()})
            for name, (made_from, tables) in fields["parts"].items()
        }
        found = Ledger(fields["file"], fields["sha256"], fields["frame"], parts, dict(fields["cards"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if found.frame == frame else None


def write_ledger(
    folder: Path, file: str, frame: str, made: tuple[Mapping[str, Part], Mapping[str, str]]
) -> None:
    """Writes down parts and cards of a finished warehouse in the folder of builds, in place of those of the one before."""
    parts, cards = made
    fields = {
        "file": file,
        "sha256": _sha256(folder / file),
        "frame": frame,
        "parts": {name: [part.made_from, part.tables] for name, part in sorted(parts.items())},
        "cards": cards,
    }
    with whole_file(folder / LEDGER, 0o644) as draft:
        draft.write_text(json.dumps(fields), encoding="utf-8")


def take_over(folder: Path, ledger: Ledger | None, draft: Path) -> Ledger | None:
    """Copies the warehouse of the ledger to `draft`; None, and no draft, where it is not there as it was written."""
    if ledger is None or not (folder / ledger.file).is_file():
        return None
    shutil.copyfile(folder / ledger.file, draft)
    if _sha256(draft) == ledger.sha256:
        return ledger
    draft.unlink()
    return None


def forget_parts(folder: Path) -> None:
    """The next build makes everything anew, in a file that never held what is no longer there."""
    (folder / LEDGER).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

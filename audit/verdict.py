"""Whether the log is whole: every line, every link between them, and the end as it was written down elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from audit.anchor import Head, read_anchors
from audit.entries import LONGEST, START, Entry, written
from audit.reading import lines, log_file
from audit.secret import Secrets, open_secrets
from errors import ContractError
from settings import Settings

MOST: Final = 100
BEGINNING: Final = Head(0, START)
BREAKS: Final = frozenset(
    {
        "changed",
        "missing",
        "order",
        "forked",
        "key",
        "key_order",
        "inserted",
        "cut",
        "replaced",
        "gap",
        "unanchored",
    }
)
"""Findings after which the log is not whole; others are told, and are how a killed writer or a moved folder looks."""


@dataclass(frozen=True)
class Finding:
    """What is odd, the number of the entry that it concerns, and the line where it was seen (0: none)."""

    kind: str
    number: int
    line: int = 0


@dataclass(frozen=True)
class Verdict:
    """How many entries are sealed and in place, the head, and what was found: the first hundred, the breaks before all else."""

    entries: int
    head: Head
    findings: tuple[Finding, ...]

    @property
    def breaks(self) -> tuple[Finding, ...]:
        """What shows that the log was tampered with, or written by somebody else."""
        return tuple(found for found in self.findings if found.kind in BREAKS)


def verify(settings: Settings, noted: Head | None = None) -> Verdict:
    """Reads the whole log; `noted` is a head that somebody wrote down elsewhere. A log that was never begun is whole.

    It makes no key: a log whose key file is missing is a ContractError.
    """
    anchors = read_anchors(settings)
    if not settings.key_file.exists():
        if log_file(settings).exists():
            raise ContractError(
                "Berkas kunci hilang; catatan audit tidak dapat diperiksa. / The key file is missing.",
                "NETRA_KEY_FILE",
                "Pulihkan kunci dari cadangan.",
            )
        return Verdict(0, BEGINNING, ())
    walk = _Walk(open_secrets(settings.key_file), [*anchors, *([noted] if noted else [])])
    for number, line in enumerate(lines(log_file(settings)), start=1):
        walk.take(number, line)
    walk.end()
    if not anchors and walk.last.number > 1 and not noted:
        walk.find("unanchored", walk.last.number)
    found = sorted(walk.findings, key=lambda one: one.kind not in BREAKS)
    return Verdict(walk.entries, walk.last, tuple(found[:MOST]))


@dataclass
class _Walk:
    """One reading of the log from its first line to its last."""

    secrets: Secrets
    heads: Sequence[Head]
    last: Head = BEGINNING
    entries: int = 0
    rank: int = 0
    loose: list[tuple[int, bytes]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    passed: dict[int, str] = field(default_factory=dict)
    is_foreign: bool = False

    def find(self, kind: str, number: int, line: int = 0) -> None:
        self.findings.append(Finding(kind, number, line))

    def take(self, number: int, line: bytes) -> None:
        entry = written(line if line.endswith(b"\n") else line + b"\n")
        rank = self.secrets.rank(entry.key) if entry else 0
        if entry is None or (rank >= 0 and not self.secrets.seals(entry)):
            self.loose.append((number, line[: 2 * LONGEST]))
            return
        if rank < 0 and not self.is_foreign:
            self.find("key", entry.number, number)
        if 0 <= rank < self.rank:
            self.find("key_order", entry.number, number)
        self.is_foreign, self.rank = rank < 0, max(rank, self.rank)
        self._link(entry, number, self._settle(entry))
        if entry.number > self.last.number:
            self.last = Head(entry.number, entry.hash)
        self.entries += rank >= 0
        if any(head.number == entry.number for head in self.heads):
            self.passed.setdefault(entry.number, entry.hash)

    def _settle(self, entry: Entry) -> int:
        """Lines before this entry that are none: torn and repaired, or changed; returns how many were changed."""
        loose, self.loose = self.loose, []
        if not loose:
            return 0
        whole = any(_is_whole(line) for _, line in loose)
        if entry.kind == "repair" and not whole and _sums(loose) & {entry.about.get("sha256")}:
            self.find("repaired", entry.number, loose[0][0])
            return 0
        for place, (number, _) in enumerate(loose, start=1):
            self.find("changed", self.last.number + place, number)
        return len(loose)

    def _link(self, entry: Entry, line: int, changed: int) -> None:
        if entry.kind == "gap":
            moved = entry.about.get("reason") == "anchor-missing"
            self.find("moved" if moved else "gap", entry.number, line)
            if not moved:
                return
        wanted = self.last.number + 1 + changed
        if entry.number > wanted:
            self.find("missing", wanted, line)
        elif entry.number < wanted:
            self.find("order", entry.number, line)
        elif not changed and entry.before != self.last.hash:
            self.find("forked", entry.number, line)

    def end(self) -> None:
        """The lines behind the last entry, and the heads that were written down."""
        is_short = any(head.number > self.last.number for head in self.heads)
        for place, (number, line) in enumerate(self.loose, start=1):
            kind = "changed" if is_short else "inserted" if _is_whole(line) else "torn"
            self.find(kind, self.last.number + place, number)
        for head in self.heads:
            if head.number > self.last.number:
                self.find("cut", self.last.number + 1)
            elif head.number and self.passed.get(head.number) != head.hash:
                self.find("replaced", head.number)


def _is_whole(line: bytes) -> bool:
    """Whether a line is a whole piece of JSON, which no interrupted writer leaves without its seal."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _sums(loose: Sequence[tuple[int, bytes]]) -> set[str]:
    """SHA-256 of the lines as they stand, and without the line break that the repair has put behind them."""
    held = b"".join(line for _, line in loose)
    return {hashlib.sha256(text).hexdigest() for text in (held, held.removesuffix(b"\n"))}

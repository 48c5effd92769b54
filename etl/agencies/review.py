"""Which written names a human should look at: near to a known one, or not known at all. Nothing is merged here."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.agencies.names import NEAR, Shelf, normalise
from etl.agencies.settling import Settled

FEWEST_KNOWN = 10
"""A published list of fewer names is no list to measure a first roster by; most governments publish one to seven."""
UNNAMED = "Tidak diketahui"
"""The agency of persons whose cell holds no name of an agency that may be published."""


class Seen(NamedTuple):
    """A name as a source writes it, and how many persons it stands for there; `seen_on` is None for a register."""

    government: str
    name: str
    source_id: str
    seen_on: date | None
    persons: int


class Proposal(NamedTuple):
    """A known name that a written one may mean, and how near it is (0 to 100)."""

    name: str
    score: int


@dataclass(frozen=True)
class Question:
    """A name to decide on: where it was seen first, for how many persons, and what it may mean."""

    government: str
    name: str
    source_id: str
    persons: int
    is_unknown: bool
    proposals: tuple[Proposal, ...] = ()


@dataclass
class _Entry:
    """All spellings of one normalised name in the source that had it first."""

    first: Seen
    persons: int = 0
    spellings: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return min(self.spellings, key=lambda name: (-self.spellings[name], name))


@cache
def published_names(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The names of the published list by government."""
    found: dict[str, list[str]] = {}
    with (folder / "agencies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["regency_code"] or row["province_code"], []).append(row["agency_name"])
    return {government: tuple(names) for government, names in found.items()}


def questions(seen: Sequence[Seen], published: Sequence[str], settled: Settled) -> list[Question]:
    """What is undecided among the names of one government, in the order in which they came in.

    A name that the card mentions or the published list has is never asked about, and no pair is asked about twice.
    """
    entries = _in_order(seen)
    known = {normalise(name): name for name in published}
    known |= {key: settled.official(name) for key, name in settled.mentioned.items()}
    since = _measured_since(entries.values(), published)
    shelf = Shelf(seen[0].government, list(known.values())) if seen else None
    found = []
    for key, entry in entries.items():
        if key in known or key == normalise(UNNAMED):
            continue
        assert shelf is not None, "an entry was seen"
        proposals = _proposals(entry, shelf)
        is_unknown = since is not None and (entry.first.seen_on is None or entry.first.seen_on > since)
        if proposals or is_unknown:
            first = entry.first
            found.append(
                Question(first.government, entry.name, first.source_id, entry.persons, is_unknown, proposals)
            )
        known[key] = entry.name
        shelf.add(entry.name)
    return found


def count_unknown(
    names: Iterable[str], earlier: Iterable[str], published: Sequence[str], settled: Settled
) -> int:
    """How many names of a roster neither the published list, nor an earlier roster, nor a decision has.

    None where there is nothing to measure by: no earlier roster and no published list worth the name.
    """
    before = {normalise(name) for name in earlier}
    if not before and len(published) < FEWEST_KNOWN:
        return 0
    known = before | {normalise(name) for name in published} | settled.mentioned.keys() | {normalise(UNNAMED)}
    return len({normalise(name) for name in names} - known)


def _in_order(seen: Sequence[Seen]) -> dict[str, _Entry]:
    """The normalised names: rosters by date, then registers; within a source the name with most persons first."""
    entries: dict[str, _Entry] = {}
    for one in sorted(seen, key=lambda one: (one.seen_on or date.max, one.source_id)):
        entry = entries.setdefault(normalise(one.name), _Entry(one))
        if entry.first.source_id == one.source_id:
            entry.persons += one.persons
            entry.spellings[one.name] = entry.spellings.get(one.name, 0) + one.persons

    def place(key: str) -> tuple[date, str, int, str]:
        first = entries[key].first
        return (first.seen_on or date.max, first.source_id, -entries[key].persons, key)

    return {key: entries[key] for key in sorted(entries, key=place)}


def _measured_since(entries: Iterable[_Entry], published: Sequence[str]) -> date | None:
    """The day after which a new name is unknown; None where nothing is known yet."""
    if len(published) >= FEWEST_KNOWN:
        return date.min
    return min((entry.first.seen_on for entry in entries if entry.first.seen_on), default=None)


def _proposals(entry: _Entry, shelf: Shelf) -> tuple[Proposal, ...]:
    scores: dict[str, Proposal] = {}
    for name, score in shelf.near(entry.name, NEAR):
        scores.setdefault(normalise(name), Proposal(name, score))
    return tuple(sorted(scores.values(), key=lambda proposal: (-proposal.score, proposal.name)))

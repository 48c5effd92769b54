"""Which parts a build makes anew, and which it takes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.building.dictionary import listed
from etl.building.parts.division import CASES, FACTS, SOURCES, division_of
from etl.building.parts.ledger import Ledger, Part


@dataclass(frozen=True)
class Plan:
    """The parts of a warehouse by name: `wanted` with what they are made from, `kept` as they stand, `gone` that go."""

    wanted: Mapping[str, str]
    kept: Mapping[str, Part]
    gone: frozenset[str]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is taken over, and the file is made from nothing."""
        return not self.kept

    def makes(self, part: str) -> bool:
        """Whether a part without a value of its own is made anew."""
        return part in self.wanted and part not in self.kept

    def values_anew(self, kind: str) -> list[str]:
        """The governments or sources whose parts are made anew."""
        return _values(kind, self.wanted.keys() - self.kept.keys())

    def touches(self, table: str) -> bool:
        """Whether rows of a table come or go."""
        division = division_of(table)
        if division.column is None:
            return self.makes(division.kind)
        return self.is_whole or bool(self.values_anew(division.kind) or _values(division.kind, self.gone))

    def rows_anew(self, table: str) -> str:
        """The condition in SQL under which a row of the table belongs to a part that is made anew."""
        division = division_of(table)
        if division.column is None or self.is_whole:
            return "true"
        return f'"{division.column}" IN {listed(self.values_anew(division.kind))}'

    def rows_replaced(self, table: str) -> str:
        """The same for a part that is made anew or goes."""
        division = division_of(table)
        if division.column is None:
            return "true"
        going = self.values_anew(division.kind) + _values(division.kind, self.gone)
        return f'"{division.column}" IN {listed(going)}'


def plan_of(wanted: Mapping[str, str], ledger: Ledger | None) -> Plan:
    """Takes over what stands in the ledger with equal hashes; nothing at all where most would be made anew."""
    parts = ledger.parts if ledger else {}
    kept = {name: part for name, part in parts.items() if wanted.get(name) == part.made_from}
    divided = [name for name in wanted if name not in (FACTS, CASES, SOURCES)]
    if FACTS not in kept or 2 * len([name for name in divided if name in kept]) < len(divided):
        kept = {}
    return Plan(wanted, kept, frozenset(parts.keys() - wanted.keys()) if kept else frozenset())


def _values(kind: str, names: Iterable[str]) -> list[str]:
    return sorted(name.removeprefix(f"{kind}/") for name in names if name.startswith(f"{kind}/"))

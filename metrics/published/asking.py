"""A question put to the published cells: which places and periods its rows stand for, and which measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from metrics import scope
from metrics.published import ranges, wording
from metrics.published.cells import COVERED, WHOLE, Published, Span, asked
from metrics.published.ranges import Asked, Codes
from warehouse.selection import Selection

if TYPE_CHECKING:
    from metrics.counts.question import Question
    from warehouse.connection import Warehouse
    from warehouse.tables import Query


@dataclass(frozen=True)
class Place:
    """The governments that a unit stands for, or some agencies alone."""

    codes: Codes
    agencies: tuple[str, ...] | None = None


class Asking:
    """What a question wants of the published cells; it notes the cells that were looked at."""

    def __init__(self, warehouse: Warehouse, question: Question, cells: Published) -> None:
        self.warehouse, self.question, self.cells = warehouse, question, cells
        self._periods: set[str] = set()
        self._measures: set[str] = set()
        self._used: dict[str, set[str]] = {}
        for (code, period), cell in question.cells.items():
            if cell.state == "used":
                self._used.setdefault(period, set()).add(code)

    @property
    def query(self) -> Query:
        """The rows of the table that were looked at."""
        return asked(self._periods, self._measures)

    @property
    def is_open(self) -> bool:
        """Whether anything is published under the filters: of single days nothing is."""
        return not (self.question.selection.since or self.question.selection.until)

    @property
    def employers(self) -> Codes:
        """The governments that the question is about."""
        return frozenset(code for code, _ in self.question.cells)

    def parts(self, where: wording.Where) -> Iterator[tuple[int, list[tuple[Asked, Codes | None]]]]:
        """Of every period of the grid its number, and what of the table it consists of: measures, and for a rate the
        governments whose persons count."""
        names, covered = wording.names(where), self._covered(where)
        for place, period in enumerate(self.question.grid.periods):
            codes = (period.code,) if period.code != WHOLE else self.question.selection.elections or (WHOLE,)
            yield (
                place,
                [(self._asked(code, names, covered), self._inside(period.code, code)) for code in codes],
            )

    def span(self, place: Place, parts: list[tuple[Asked, Codes | None]]) -> Span | None:
        """Persons of a place in a period of the grid; None where what is published does not tell."""
        if place.agencies is not None:
            return ranges.total(
                ranges.of_agencies(self.cells, one, self._within(place.agencies, inside))
                for one, inside in parts
            )
        return ranges.total(
            ranges.of_governments(self.cells, one, place.codes if inside is None else place.codes & inside)
            for one, inside in parts
        )

    def places(self) -> list[Place]:
        """The places that the units of the grid stand for, in order."""
        units, chosen = self.question.grid.units, self.question.selection.agencies
        if self.question.by == "agency":
            return [Place(frozenset(), (unit,)) for unit in units.names]
        homes: list[set[str]] = [set() for _ in units.names]
        for at, code in units.homes:
            homes[at].add(code)
        if not chosen:
            return [Place(frozenset(codes)) for codes in homes]
        return [Place(frozenset(codes), self._within(chosen, codes)) for codes in homes]

    def everywhere(self, codes: Codes) -> Place:
        """What of the selection lies in some governments."""
        chosen = self.question.selection.agencies
        return Place(codes, self._within(chosen, codes) if chosen else None)

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """The government of every agency."""
        return {row.agency_id: row.government_code for row in self.question.known.agencies}

    def _within(self, agencies: Iterable[str], codes: Collection[str] | None) -> tuple[str, ...]:
        return tuple(one for one in agencies if codes is None or self._homes.get(one) in codes)

    def _covered(self, where: wording.Where) -> tuple[str, ...] | None:
        """The measures of governments with a usable roster; None where the question has no use for them."""
        if not self.question.is_rate or self.question.by == "agency":
            return None
        return wording.names(where, COVERED)

    def _asked(self, period: str, names: tuple[str, ...], covered: tuple[str, ...] | None) -> Asked:
        self._periods.add(period)
        self._measures.update(names)
        if covered is None:
            return Asked(period, names)
        self._measures.update(covered)
        return Asked(period, names, covered, _with_roster(self.warehouse, period))

    def _inside(self, period: str, part: str) -> Codes | None:
        """Governments whose persons count in a rate: a usable roster, and a vote in the election."""
        if not self.question.is_rate:
            return None
        used, took_part = self._used.get(period, set()), self.question.known.took_part
        return frozenset(code for code in used if part == WHOLE or (part, code) in took_part)


def _with_roster(warehouse: Warehouse, period: str) -> Codes:
    """All governments with a usable roster for a period, whatever is selected."""

    def found() -> Codes:
        known = scope.facts(warehouse)
        selection = Selection() if period == WHOLE else Selection(elections=(period,))
        cells = scope.cells(known, known.governments, scope.whole(known, selection))
        return frozenset(code for (code, _), cell in cells.items() if cell.state == "used")

    return warehouse.once(f"metrics.published.covered.{period}", found)

"""Which two elections are held against each other: the one looked at, and the one before it, a like one first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metrics import scope
from metrics.scope import ALWAYS_SHOWN, Facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from warehouse.connection import Warehouse
    from warehouse.reference import Election, Government
    from warehouse.selection import Selection


@dataclass(frozen=True)
class Occasions:
    """Two elections in which the places of a selection vote.

    `base` is None where no earlier one is known, `is_alike` tells whether both are of one kind. `places` is the
    selection, narrowed to the governments that vote and have a usable roster in both, of `voting` that vote in either: a
    rate over other governments would be another rate. It stays as it is where it holds one government, chosen
    agencies, or no government with both.
    """

    election: Election
    base: Election | None
    is_alike: bool
    places: Selection
    kept: int
    voting: int


def occasions(warehouse: Warehouse, selection: Selection) -> Occasions | None:
    """The two elections of a selection; None where the places of the selection vote in none that has cases.

    Of two or more chosen elections the latest and the one before it among them; of one, that one; without a choice the
    latest Pilkada or Pemilu that has cases. Before it: the latest earlier one of the same kind, else the latest earlier
    Pilkada or Pemilu, whatever is loaded of it.
    """
    known = scope.facts(warehouse)
    employers = scope.governments(known, selection)
    voted = [row for row in known.elections.values() if _votes(known, row, employers)]
    chosen = [row for row in voted if row.election_code in selection.elections]
    with_cases = [
        row
        for row in voted
        if row.election_type in ALWAYS_SHOWN and row.election_code in known.registers.elections
    ]
    looked_at = max(chosen or ([] if selection.elections else with_cases), key=_day, default=None)
    if looked_at is None:
        return None
    voters = [row for row in employers if _votes(known, looked_at, [row])]
    # What repeats a vote in one region has nothing before it in another.
    shared = [row for row in (chosen if len(chosen) > 1 else voted) if _votes(known, row, voters)]
    base = _before(looked_at, shared)
    places, kept, voting = _common(known, employers, selection, (looked_at, base))
    alike = base is not None and base.election_type == looked_at.election_type
    return Occasions(looked_at, base, alike, places, kept, voting)


def _before(looked_at: Election, among: Sequence[Election]) -> Election | None:
    earlier = [row for row in among if row.voting_on < looked_at.voting_on]
    alike = [row for row in earlier if row.election_type == looked_at.election_type]
    other = [row for row in earlier if row.election_type in ALWAYS_SHOWN]
    return max(alike or other or earlier, key=_day, default=None)


def _common(
    known: Facts,
    employers: Sequence[Government],
    selection: Selection,
    pair: tuple[Election, Election | None],
) -> tuple[Selection, int, int]:
    """The selection narrowed to what both have, how many governments that are, and how many vote in either."""
    codes = tuple(row.election_code for row in pair if row)
    periods = scope.by_election(known, replace(selection, elections=codes))
    cells = scope.cells(known, tuple(employers), periods)
    votes = {code for (code, _), cell in cells.items() if cell.state != "scope"}
    both = {
        row.government_code
        for row in employers
        if all(cells[row.government_code, period.code].state == "used" for period in periods)
    }
    if (
        selection.agencies
        or len(employers) < 2
        or not both
        or both == {row.government_code for row in employers}
    ):
        return selection, len(both), len(votes)
    return replace(selection, provinces=(), governments=tuple(both)), len(both), len(votes)


def _votes(known: Facts, election: Election, employers: Sequence[Government]) -> bool:
    return any((election.election_code, row.government_code) in known.took_part for row in employers)


def _day(election: Election) -> tuple[date, str]:
    return election.voting_on, election.election_code

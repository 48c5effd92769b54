"""The list of cases of a scope: a row per person in a case, without name, number or narrative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from warehouse.asking import ask
from warehouse.selection import Selection
from warehouse.tables import table

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

STAGES: Final = ("intake", "review", "examination", "decision", "delivery", "effect")
_KEYS: Final = ("case_id", "person_number")
_CASE: Final = (
    *_KEYS, "government_code", "agency_id", "employment_type", "violation_code", "election_code", "event_on",
    "status", "is_simulated",
)  # fmt: skip
_CLOCK: Final = ("stage", "from_on", "days", "holder", "timing")


@dataclass(frozen=True)
class Case:
    """A person in a case; the stage it waits in, since when, for how many days and in whose hands, where it waits at all."""

    case_id: str
    person_number: int
    government_code: str
    agency_id: str | None
    employment_type: str
    violation_code: str
    election_code: str
    event_on: date
    status: str
    is_simulated: bool
    stage: str | None
    from_on: date | None
    days: int | None
    holder: str | None
    timing: str | None


def cases(own: Warehouse, selection: Selection) -> tuple[Case, ...]:
    """The cases of a selection in the scope of `own`, the latest first; days are those up to the as-of date of the build.

    The warehouse must be one of a scope: the public's has no list.
    """
    assert own.scope.has_places, "a list of cases belongs to a scope"

    def found(wanted: Selection) -> Any:
        return wanted.apply(table(own.backend(), "mart_case")).select(*_CASE)

    def waiting(wanted: Selection) -> Any:
        steps = wanted.apply(table(own.backend(), "mart_followup"))
        return steps.filter(steps.state == "open", steps.stage.isin(STAGES)).select(*_KEYS, *_CLOCK)

    clock: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in ask(own, "own.waiting", Selection(), waiting).by_name():
        key = tuple(row.pop(name) for name in _KEYS)
        # The stage that is farthest on, should several wait.
        if key not in clock or STAGES.index(row["stage"]) > STAGES.index(clock[key]["stage"]):
            clock[key] = row
    nothing = dict.fromkeys(_CLOCK)
    rows = ask(own, "own.cases", selection, found).by_name()
    listed = [Case(**row, **clock.get((row["case_id"], row["person_number"]), nothing)) for row in rows]
    return tuple(sorted(listed, key=lambda one: (-one.event_on.toordinal(), one.case_id, one.person_number)))

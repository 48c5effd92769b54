"""The page of an official: the cases of the own scope, who holds them and since when."""

from __future__ import annotations

from language import Words
from metrics.own.cases import Case, cases
from ui import layout, notice, results
from ui.access import run
from ui.showing import tables
from ui.showing.tables import Table
from warehouse.selection import Selection

_HEAD = (
    "case",
    "government",
    "agency",
    "employment",
    "violation",
    "day",
    "status",
    "stage",
    "days",
    "holder",
)


def show(w: Words, chosen: Selection) -> None:
    """The list as the filters of the address narrow it; who has no scope is told whose page this is."""
    if not run.scope().has_places:
        notice.warn(w("access.cases.closed"))
        return
    found = results.ask(cases, chosen, view=run.own())
    layout.text(w("access.cases.found", n=len(found), day=results.build().as_of))
    tables.draw(w, table(w, found), "own_cases")


def table(w: Words, found: tuple[Case, ...]) -> Table:
    """A row per person in a case."""
    governments, agencies, known = results.governments(), results.agencies(), results.known(w.lang)

    def line(case: Case) -> tuple[str, ...]:
        agency = agencies.get(case.agency_id or "")
        return (
            f"{case.case_id} / {case.person_number}",
            governments[case.government_code].short_name,
            agency.name if agency else "–",
            w(f"access.cases.employment.{case.employment_type}"),
            known.violations.get(case.violation_code, "–"),
            w.date(case.event_on),
            w(f"selection.status.{case.status}"),
            w(f"followup.stage.{case.stage}") if case.stage else "–",
            _days(w, case),
            w(f"followup.holder.{case.holder}") if case.holder not in (None, "none") else "–",
        )

    simulated = f" · {w('ui.simulated')}" if any(case.is_simulated for case in found) else ""
    head = tuple(w(f"access.cases.head.{name}") for name in _HEAD)
    return Table(w("access.cases.title") + simulated, head, tuple(map(line, found)), frozenset({8}))


def _days(w: Words, case: Case) -> str:
    if case.days is None:
        return "–"
    told = w.number(case.days)
    return f"{told} ({w('access.cases.overdue')})" if case.timing == "overdue" else told

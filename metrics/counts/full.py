"""The counts of an answer from the rows of every person: for those to whom the persons belong, never for the public."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from metrics import assemble, scope
from metrics.counts.picked import Tally
from metrics.counts.tally import tally_cases, tally_workforce
from metrics.estimate import Counted
from metrics.exposure import DAYS_PER_YEAR
from metrics.frame import WHOLE

if TYPE_CHECKING:
    from metrics.counts.question import Question
    from warehouse.connection import Warehouse


def cases_of(warehouse: Warehouse, question: Question) -> Tally:
    """The cases that a question is about, as a warehouse holds them."""
    selection = question.selection
    keys = question.keys + (["election_code"] if question.by_election else [])
    keys += [question.group] if question.group else []
    if question.period == "election":
        # A code that no case has keeps an empty list of elections from meaning all of them.
        selection = replace(selection, elections=tuple(question.grid.period_places) or ("",))
    elif not question.by_election:
        selection = scope.counted(selection, question.grid.periods[0])
    found = tally_cases(warehouse, question.metric, selection, keys)
    period = found.keys["election_code"] if question.period == "election" else [WHOLE] * found.length
    return replace(found, keys={**found.keys, "period": period})


def heads_of(warehouse: Warehouse, question: Question) -> Tally:
    """The staff of a rate at the snapshots that its periods lean on."""
    split = ["employment_type"] if question.group == "employment_type" else []
    keys = [*question.keys, "as_of", *split]
    return tally_workforce(warehouse, question.selection, keys, question.used_dates())


def counted_of(
    question: Question, cases: Tally, heads: Tally | None, k: int
) -> tuple[Counted, NDArray[np.bool_]]:
    """The counts of every row, those from 1 to k-1 as that range alone, and which rows rest on simulated data."""
    grid = question.grid
    if heads is None:
        people = assemble.persons(grid, cases, question.group, np.ones(cases.length, dtype=np.bool_))
        staff = assemble.Staff(people["trials"], np.zeros(grid.shape), np.zeros(grid.shape))
    else:
        comparable, inside = _comparable(question, cases)
        people = assemble.persons(grid, comparable, question.group, inside)
        per_day = 1.0 / DAYS_PER_YEAR if question.basis == "asn_years" else None
        staff = assemble.staff(grid, heads, question.cells, per_day)
    refusal = question.refusal(people["trials"] == 0, staff.exposure)
    # A zero is as simulated as the registers it comes from.
    zeros = question.known.registers.is_simulated
    from_cases = np.where(people["trials"] > 0, people["simulated"] > 0, zeros)
    is_simulated = (refusal == "none") & (from_cases | (staff.simulated > 0))
    events, exposure, headcount = (x.ravel() for x in (people["events"], staff.exposure, staff.headcount))
    return Counted.exactly(events, exposure, headcount, refusal.ravel(), k), is_simulated.ravel()


def _comparable(question: Question, cases: Tally) -> tuple[Tally, NDArray[np.bool_]]:
    """Numerator and denominator cover the same governments, elections and kinds of employment."""
    employers, known = cases.keys["government_code"], question.known
    used = {key for key, cell in question.cells.items() if cell.state == "used"}
    inside = [pair in used for pair in zip(employers, cases.keys["period"], strict=True)]
    if question.by_election:
        votes = zip(cases.keys["election_code"], employers, strict=True)
        inside = [kept and vote in known.took_part for kept, vote in zip(inside, votes, strict=True)]
    if question.selection.employment:
        stated = cases.counts["events"] - cases.counts["unknown_employment"]
        cases = replace(cases, counts={**cases.counts, "events": stated, "trials": stated})
    return cases, np.array(inside, dtype=np.bool_)

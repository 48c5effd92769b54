"""Which loaded files stand behind a numerator and a denominator, with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from language import Words
from metrics.result import Result
from metrics.scope import facts, governments
from ui import results
from warehouse.reference import Source

_NAMED: Final = 3


def registers(w: Words) -> str:
    """The case registers that are loaded, with publisher and date."""
    found = [row for row in results.sources() if row.kind == "cases"]
    if not found:
        return w("explain.sources.none")
    return w("explain.sources.registers", n=len(found), day=results.build().as_of, names=_names(w, found))


def rosters(w: Words, result: Result) -> str:
    """The rosters of the chosen governments that lie on the dates an answer used."""
    about = {row.government_code for row in governments(results.ask(facts), result.selection)}
    days = set(result.as_of)
    found = [
        row
        for row in results.sources()
        if row.kind == "roster" and row.as_of in days and row.government_code in about
    ]
    return (
        w("explain.sources.rosters", n=len(found), names=_names(w, found))
        if found
        else w("ui.source.no_roster")
    )


def _names(w: Words, rows: Sequence[Source]) -> str:
    """The first files with publisher and date, and how many more there are."""
    told = [_file(w, row) for row in rows[:_NAMED]]
    more = [w("selection.others", n=len(rows) - _NAMED)] if len(rows) > _NAMED else []
    return "; ".join([*told, *more])


def _file(w: Words, row: Source) -> str:
    """A file with what is known of its publisher and date."""
    day = w("explain.sources.day", day=row.as_of) if row.as_of else ""
    return ", ".join(
        part
        for part in (row.file_name, row.publisher, day, w("ui.simulated") if row.is_simulated else "")
        if part
    )

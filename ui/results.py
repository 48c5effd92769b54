"""Answers and lookups for the pages; the only caches of the app beside the opened warehouses. Every key contains the build."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from errors import AppError
from language import Words, words
from metrics.answer import answer
from metrics.assemble import By
from metrics.between import compared as comparing
from metrics.between.compared import Compared
from metrics.definition import Group
from metrics.own.unsuppressed import homes, in_full
from metrics.result import Periods, Result
from metrics.signals import change as changing
from metrics.signals import space as spacing
from metrics.signals.change import ChangeSignal
from metrics.signals.space import SpaceSignal
from ui.access import run
from ui.access.run import View, chosen, opened, own, scope, shared
from ui.keeping import kept
from warehouse import reference
from warehouse.access.scope import PUBLIC
from warehouse.connection import Warehouse, current_version
from warehouse.neighbourhood import neighbours
from warehouse.selection import Known, Selection

ANSWERS, PICTURES = 1024, 512
Picture = tuple[dict[str, Any], str]
Kept = TypeVar("Kept")
Shape = tuple[By, Periods, Group | None]


@dataclass(frozen=True)
class Look:
    """The language and palette a figure is drawn in."""

    lang: str
    theme: str


def of(
    metric_id: str,
    selection: Selection,
    by: str = "government",
    period: str = "whole",
    group: str | None = None,
) -> Result:
    """The answer to one metric for one selection as everybody may see it; small frames are kept, tables never are."""
    return _answer(metric_id, selection, cast("Shape", (by, period, group)), shared())


def shown(result: Result) -> Result:
    """An answer as `of` gave it, with the units of the reader's own scope in full; for showing, never for reckoning on.

    Whatever is reckoned from answers (comparisons, sentences about others, files) is reckoned from what everybody sees.
    """
    if not scope().has_places:
        return result
    return _in_full(*_key(result), own())


def ask(question: Callable[..., Kept], *parts: Any, view: View | None = None) -> Kept:
    """What `question(warehouse, *parts)` says; kept like the answers, by its name, parts and whose view it is: everybody's."""
    return cast("Kept", _asked(question, parts, view or shared()))


def picture(draw: Callable[..., Picture], look: Look, *answers: Result) -> Picture:
    """What `draw` makes of answers as `of` gave them, own units in full; drawn once for each look and scope."""
    return _picture(draw, look, tuple(map(_key, answers)), own())


def compared(units: Result) -> Compared:
    """The units of a rate compared with each other; computed once per build, filter and threshold."""
    asked = (units.definition.metric_id, units.selection, units.by)
    return _compared(*asked, shared())


def portrait(draw: Callable[..., Picture], look: Look, units: Result) -> Picture:
    """What `draw` makes of an answer and its comparison; drawn once for each look."""
    asked = (units.definition.metric_id, units.selection, units.by)
    return _portrait(draw, look, asked, shared())


def remembered(make: Callable[..., Kept], *asked: Any) -> Kept:
    """What `make` makes of hashable values and of answers of this build; made once for each."""
    return cast("Kept", _remembered(make, asked, own()))


def change(selection: Selection) -> ChangeSignal | None:
    """Whether the one chosen government or agency changed beyond chance; told to its officials, simulated once for each."""
    mine = scope().holds_all(selection, homes(warehouse()))
    return ask(_change_of, selection, view=own()) if mine else ask(changing.change, selection)


def _change_of(mine: Warehouse, selection: Selection) -> ChangeSignal | None:
    return changing.change(warehouse(), selection, mine)


def space(result: Result) -> SpaceSignal | None:
    """Whether neighbours resemble each other in an answer as `of` gave it; permuted once for each build."""
    return _space(*_key(result), shared())


def _key(answer: Result) -> tuple[str, Selection, Shape]:
    return answer.definition.metric_id, answer.selection, (answer.by, answer.period, answer.group)


def finest(selection: Selection) -> str:
    """Agencies where a government is chosen; two thousand agencies at once would say nothing."""
    return "agency" if selection.governments or selection.agencies else "government"


def warehouse() -> Warehouse:
    """The warehouse of this run; the next run opens what the pointer names then. None built is a WarehouseError."""
    return opened(shared())


def version() -> str:
    """Build id of the warehouse of this run."""
    return run.version()


def suppress_below() -> int:
    """Counts from 1 to this number less one are not shown."""
    return run.suppress_below()


def built() -> reference.Build | None:
    """The receipt of the current build; None where no usable warehouse is built."""
    with suppress(AppError):
        return build()
    return None


def latest() -> Warehouse:
    """The warehouse that the pointer names now, whatever build this run is held to; as the public sees it."""
    return run.of_all(current_version(chosen()), str(chosen().data))


def known(lang: str) -> Known:
    """Codes a reader may choose, with their names."""
    return _once(f"known.{lang}", lambda opened: reference.known(opened, lang))


def build() -> reference.Build:
    """The receipt of the current build."""
    return reference.build(warehouse())


def governments() -> dict[str, reference.Government]:
    """Employers of civil servants by code."""
    return _once(
        "governments", lambda opened: {row.government_code: row for row in reference.governments(opened)}
    )


def regions() -> dict[str, reference.Region]:
    """Provinces, regencies and cities by code."""
    return _once("regions", lambda opened: {row.region_code: row for row in reference.regions(opened)})


def agencies() -> dict[str, reference.Agency]:
    """Agencies by id."""
    return _once("agencies", lambda opened: {row.agency_id: row for row in reference.agencies(opened)})


def elections(words: Words) -> dict[str, str]:
    """Names of the elections by code, the latest first."""
    return {row.election_code: row.name(words.lang) for row in reversed(reference.elections(warehouse()))}


def election_days() -> dict[str, reference.Election]:
    """Elections by code, in order of voting day."""
    return {row.election_code: row for row in reference.elections(warehouse())}


def sources() -> tuple[reference.Source, ...]:
    """The loaded files with their control totals."""
    return reference.sources(warehouse())


def _once(name: str, make: Callable[[Warehouse], Kept]) -> Kept:
    """A lookup of this build, made once; nobody changes it."""
    found = warehouse()
    return found.once(f"ui.results.{name}", lambda: make(found))


@kept(PICTURES)
def _picture(
    draw: Callable[..., Picture], look: Look, asked: tuple[tuple[str, Selection, Shape], ...], view: View
) -> Picture:
    if not view.scope.has_places:
        return draw(look, *(_answer(*question, view) for question in asked))
    answers = [_in_full(*question, view) for question in asked]
    figure, told = draw(look, *answers)
    mark = words(look.lang)("access.marked") if any(answer.own for answer in answers) else ""
    return figure, f"{told} {mark}".rstrip()


@kept(PICTURES)
def _remembered(make: Callable[..., Any], asked: tuple[Any, ...], view: View) -> Any:
    return make(*asked)


@kept(ANSWERS)
def _space(metric_id: str, selection: Selection, shape: Shape, view: View) -> SpaceSignal | None:
    answered = _answer(metric_id, selection, shape, view)
    return spacing.space(answered, neighbours(opened(view)))


@kept(ANSWERS)
def _in_full(metric_id: str, selection: Selection, shape: Shape, view: View) -> Result:
    public = view._replace(scope=PUBLIC)
    return in_full(opened(public), opened(view), _answer(metric_id, selection, shape, public))


@kept(ANSWERS)
def _answer(metric_id: str, selection: Selection, shape: Shape, view: View) -> Result:
    by, period, group = shape
    # The build of the key, whatever the pointer names by now: a rollback would find numbers kept under a wrong name.
    return answer(opened(view), metric_id, selection, by, period, group)


@kept(ANSWERS)
def _asked(question: Callable[..., Any], parts: tuple[Any, ...], view: View) -> Any:
    return question(opened(view), *parts)


@kept(ANSWERS)
def _compared(metric_id: str, selection: Selection, by: By, view: View) -> Compared:
    units = _answer(metric_id, selection, (by, "whole", None), view)
    whole = _answer(metric_id, selection, ("kalimantan", "whole", None), view)
    return comparing.compared(opened(view), units, whole)


@kept(PICTURES)
def _portrait(
    draw: Callable[..., Picture], look: Look, asked: tuple[str, Selection, By], view: View
) -> Picture:
    metric_id, selection, by = asked
    units = _answer(metric_id, selection, (by, "whole", None), view)
    return draw(look, units, _compared(metric_id, selection, by, view))

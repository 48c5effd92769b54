"""Answers and lookups for the pages; the only caches of the app. Every key contains the warehouse's version."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import settings
from errors import AppError
from language import Words
from metrics.answer import answer
from metrics.assemble import By
from metrics.between import compared as comparing
from metrics.between.compared import Compared
from metrics.definition import Group
from metrics.result import Periods, Result
from metrics.signals.change import ChangeSignal
from metrics.signals.change import change as change_of
from metrics.signals.space import SpaceSignal
from metrics.signals.space import space as space_of
from settings import Settings
from ui.keeping import kept
from warehouse import reference
from warehouse.connection import Warehouse, current_version, open_warehouse
from warehouse.neighbourhood import neighbours
from warehouse.selection import Known, Selection

ANSWERS: Final = 1024
PICTURES: Final = 512
_RUN: Final[ContextVar[tuple[Settings, str] | None]] = ContextVar("run", default=None)
Picture = tuple[dict[str, Any], str]
Kept = TypeVar("Kept")
Shape = tuple[By, Periods, Group | None]


@dataclass(frozen=True)
class Look:
    """The language and palette a figure is drawn in."""

    lang: str
    theme: str


def begin(build_id: str | None = None) -> None:
    """Holds the rest of this run to the build that is current now, or to another kept one: no page mixes two builds."""
    _RUN.set(None)
    # What is wrong with settings or warehouse is told where they are used, inside the error boundary.
    with suppress(AppError):
        now = settings.read()
        _RUN.set((now, build_id or current_version(now)))


def of(
    metric_id: str,
    selection: Selection,
    by: str = "government",
    period: str = "whole",
    group: str | None = None,
) -> Result:
    """The answer to one metric for one selection; small frames are kept, tables never are."""
    return _answer(metric_id, selection, cast("Shape", (by, period, group)), version(), suppress_below())


def ask(question: Callable[..., Kept], *parts: Any) -> Kept:
    """What `question(warehouse, *parts)` says; kept like the answers, by its name and parts."""
    return cast("Kept", _asked(question, parts, version(), suppress_below()))


def picture(draw: Callable[..., Picture], look: Look, *answers: Result) -> Picture:
    """What `draw` makes of answers as `of` gave them; drawn once for each look."""
    asked = tuple((a.definition.metric_id, a.selection, (a.by, a.period, a.group)) for a in answers)
    return _picture(draw, look, asked, version(), suppress_below())


def compared(units: Result) -> Compared:
    """The units of a rate compared with each other; computed once per build, filter and threshold."""
    asked = (units.definition.metric_id, units.selection, units.by)
    return _compared(*asked, version(), suppress_below())


def portrait(draw: Callable[..., Picture], look: Look, units: Result) -> Picture:
    """What `draw` makes of an answer and its comparison; drawn once for each look."""
    asked = (units.definition.metric_id, units.selection, units.by)
    return _portrait(draw, look, asked, version(), suppress_below())


def remembered(make: Callable[..., Kept], *asked: Any) -> Kept:
    """What `make` makes of hashable values and of answers of this build; made once for each."""
    return cast("Kept", _remembered(make, asked, version(), suppress_below()))


def change(selection: Selection) -> ChangeSignal | None:
    """Whether the one chosen government or agency changed beyond chance; simulated once for each build."""
    return ask(change_of, selection)


def space(result: Result) -> SpaceSignal | None:
    """Whether neighbours resemble each other in an answer as `of` gave it; permuted once for each build."""
    asked = (result.definition.metric_id, result.selection, (result.by, result.period, result.group))
    return _space(*asked, version(), suppress_below())


def finest(selection: Selection) -> str:
    """Agencies where a government is chosen; two thousand agencies at once would say nothing."""
    return "agency" if selection.governments or selection.agencies else "government"


def warehouse() -> Warehouse:
    """The warehouse of this run; the next run opens what the pointer names then. None built is a WarehouseError."""
    return _opened(version(), str(chosen().data))


def chosen() -> Settings:
    """The settings of this run."""
    held = _RUN.get()
    return held[0] if held else settings.read()


def version() -> str:
    """Build id of the warehouse of this run."""
    held = _RUN.get()
    return held[1] if held else current_version(settings.read())


def built() -> reference.Build | None:
    """The receipt of the current build; None where no usable warehouse is built."""
    try:
        return build()
    except AppError:
        return None


def suppress_below() -> int:
    """Counts from 1 to this number less one are not shown."""
    return chosen().suppress_below


def known(lang: str) -> Known:
    """Codes a reader may choose, with their names."""
    return reference.known(warehouse(), lang)


def build() -> reference.Build:
    """The receipt of the current build."""
    return reference.build(warehouse())


def governments() -> dict[str, reference.Government]:
    """Employers of civil servants by code."""
    return {row.government_code: row for row in reference.governments(warehouse())}


def regions() -> dict[str, reference.Region]:
    """Provinces, regencies and cities by code."""
    return {row.region_code: row for row in reference.regions(warehouse())}


def agencies() -> dict[str, reference.Agency]:
    """Agencies by id."""
    return {row.agency_id: row for row in reference.agencies(warehouse())}


def elections(words: Words) -> dict[str, str]:
    """Names of the elections by code, the latest first."""
    rows = reference.elections(warehouse())
    return {row.election_code: row.name(words.lang) for row in reversed(rows)}


def election_days() -> dict[str, reference.Election]:
    """Elections by code, in order of voting day."""
    return {row.election_code: row for row in reference.elections(warehouse())}


def sources() -> tuple[reference.Source, ...]:
    """The loaded files with their control totals."""
    return reference.sources(warehouse())


@kept(PICTURES)
def _picture(
    draw: Callable[..., Picture],
    look: Look,
    asked: tuple[tuple[str, Selection, Shape], ...],
    version: str,
    suppress_below: int,
) -> Picture:
    return draw(look, *(_answer(*question, version, suppress_below) for question in asked))


@kept(PICTURES)
def _remembered(make: Callable[..., Any], asked: tuple[Any, ...], version: str, suppress_below: int) -> Any:
    return make(*asked)


@kept(ANSWERS)
def _space(
    metric_id: str, selection: Selection, shape: Shape, version: str, suppress_below: int
) -> SpaceSignal | None:
    answered = _answer(metric_id, selection, shape, version, suppress_below)
    return space_of(answered, neighbours(_opened(version, str(chosen().data))), suppress_below)


@kept(4)
def _opened(version: str, data: str) -> Warehouse:
    return open_warehouse(chosen(), version)


@kept(ANSWERS)
def _answer(
    metric_id: str,
    selection: Selection,
    shape: Shape,
    version: str,
    suppress_below: int,
) -> Result:
    by, period, group = shape
    # The build of the key, whatever the pointer names by now: a rollback would find numbers kept under a wrong name.
    opened = _opened(version, str(chosen().data))
    return answer(opened, metric_id, selection, by, period, group)


@kept(ANSWERS)
def _asked(question: Callable[..., Any], parts: tuple[Any, ...], version: str, suppress_below: int) -> Any:
    return question(_opened(version, str(chosen().data)), *parts)


@kept(ANSWERS)
def _compared(metric_id: str, selection: Selection, by: By, version: str, suppress_below: int) -> Compared:
    units = _answer(metric_id, selection, (by, "whole", None), version, suppress_below)
    whole = _answer(metric_id, selection, ("kalimantan", "whole", None), version, suppress_below)
    return comparing.compared(_opened(version, str(chosen().data)), units, whole)


@kept(PICTURES)
def _portrait(
    draw: Callable[..., Picture],
    look: Look,
    asked: tuple[str, Selection, By],
    version: str,
    suppress_below: int,
) -> Picture:
    metric_id, selection, by = asked
    units = _answer(metric_id, selection, (by, "whole", None), version, suppress_below)
    return draw(look, units, _compared(metric_id, selection, by, version, suppress_below))

"""Answers and lookups for the pages; the only caches of the app. Every key contains the warehouse's version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any, Final, TypeVar, cast

import pandas as pd
import streamlit as st

import settings
from errors import AppError
from language import Words
from metrics.answer import Periods, Result, answer
from metrics.assemble import By
from metrics.definition import Group
from warehouse import reference
from warehouse.connection import Warehouse, current_version, open_warehouse
from warehouse.selection import Known, Selection

ANSWERS: Final = 1024
PICTURES: Final = 512
_RUN: Final[ContextVar[tuple[Path, str] | None]] = ContextVar("run", default=None)
Picture = tuple[dict[str, Any], str]
Kept = TypeVar("Kept")
Shape = tuple[By, Periods, Group | None]


@dataclass(frozen=True)
class Look:
    """The language and palette a figure is drawn in."""

    lang: str
    theme: str


def begin() -> None:
    """Holds the rest of this run to the build that is current now: no page mixes the numbers of two builds."""
    _RUN.set(None)
    # What is wrong with settings or warehouse is told where they are used, inside the error boundary.
    with suppress(AppError):
        now = settings.read()
        _RUN.set((now.data, current_version(now)))


def of(
    metric_id: str,
    selection: Selection,
    by: str = "government",
    period: str = "whole",
    group: str | None = None,
) -> Result:
    """The answer to one metric for one selection; small frames are kept, tables never are."""
    now = settings.read()
    shape = cast("Shape", (by, period, group))
    return _answer(metric_id, selection, shape, version(), now.suppress_below)


def picture(draw: Callable[..., Picture], look: Look, *answers: Result) -> Picture:
    """What `draw` makes of answers as `of` gave them; drawn once for each look."""
    now = settings.read()
    asked = tuple((a.definition.metric_id, a.selection, (a.by, a.period, a.group)) for a in answers)
    return _picture(draw, look, asked, version(), now.suppress_below)


def kept(make: Callable[[Look, Selection], Kept], look: Look, selection: Selection) -> Kept:
    """What `make` makes of a selection that is no question to a metric; made once for each look."""
    return cast("Kept", _kept(make, look, selection, version()))


def finest(selection: Selection) -> str:
    """Agencies where a government is chosen; two thousand agencies at once would say nothing."""
    return "agency" if selection.governments or selection.agencies else "government"


def warehouse() -> Warehouse:
    """The warehouse of this run; the next run opens what the pointer names then. None built is a WarehouseError."""
    return _opened(version(), str(settings.read().data))


def version() -> str:
    """Build id of the warehouse of this run."""
    now, held = settings.read(), _RUN.get()
    return held[1] if held and held[0] == now.data else current_version(now)


def built() -> reference.Build | None:
    """The receipt of the current build; None where no usable warehouse is built."""
    try:
        return build()
    except AppError:
        return None


def suppress_below() -> int:
    """Counts from 1 to this number less one are not shown."""
    return settings.read().suppress_below


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


def published_figures() -> pd.DataFrame:
    """Published figures on violations; evidence, never to be added up."""
    return reference.published_figures(warehouse())


def published_overlaps() -> pd.DataFrame:
    """Pairs of published figures that count the same people or cases."""
    return reference.published_overlaps(warehouse())


def published_workforce() -> pd.DataFrame:
    """Published numbers of civil servants; never the denominators of a rate."""
    return reference.published_workforce(warehouse())


def ledger(table: str, *keys: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table of the ledger of published figures, in the order of its keys; small, read once per build."""
    opened = warehouse()

    def read() -> tuple[Mapping[str, Any], ...]:
        rows = reference.frame_of(opened, table, list(keys)).to_dict("records")
        return tuple({str(name): value for name, value in row.items()} for row in rows)

    return opened.once(f"rows of {table}", read)


def _full_name(draw: FunctionType) -> str:
    return f"{draw.__module__}.{draw.__qualname__}"


@st.cache_data(max_entries=PICTURES, show_spinner=False, hash_funcs={FunctionType: _full_name})
def _picture(
    draw: Callable[..., Picture],
    look: Look,
    asked: tuple[tuple[str, Selection, Shape], ...],
    version: str,
    suppress_below: int,
) -> Picture:
    return draw(look, *(_answer(*question, version, suppress_below) for question in asked))


@st.cache_data(max_entries=PICTURES, show_spinner=False, hash_funcs={FunctionType: _full_name})
def _kept(make: Callable[..., Any], look: Look, selection: Selection, version: str) -> Any:
    return make(look, selection)


@st.cache_resource(max_entries=2, show_spinner=False)
def _opened(version: str, data: str) -> Warehouse:
    return open_warehouse(settings.read(), version)


@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def _answer(
    metric_id: str,
    selection: Selection,
    shape: Shape,
    version: str,
    suppress_below: int,
) -> Result:
    by, period, group = shape
    # The build of the key, whatever the pointer names by now: a rollback would find numbers kept under a wrong name.
    opened = _opened(version, str(settings.read().data))
    return answer(opened, metric_id, selection, by, period, group)

"""What a run of a page looks at: settings, build, and what its reader may see; held to the end of the run."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, NamedTuple

import settings
from errors import AppError
from settings import Settings
from ui.keeping import kept
from warehouse.access.scope import PUBLIC, Scope
from warehouse.connection import Warehouse, current_version, open_warehouse


@dataclass
class _Held:
    """What a run is held to; its threshold as soon as somebody has asked for it."""

    settings: Settings
    version: str
    suppress_below: int | None = None


_RUN: Final[ContextVar[_Held | None]] = ContextVar("run", default=None)
_SCOPE: Final[ContextVar[Scope]] = ContextVar("scope", default=PUBLIC)
SCOPES: Final = 16


class View(NamedTuple):
    """Whose numbers are looked at: the build, the threshold, and what the reader may see; part of every key."""

    version: str
    suppress_below: int
    scope: Scope


def begin(build_id: str | None = None) -> None:
    """Holds the rest of this run to the build that is current now, or to another kept one: no page mixes two builds.

    The run sees what the public sees, until `see_as` says otherwise.
    """
    _RUN.set(None)
    _SCOPE.set(PUBLIC)
    # What is wrong with settings or warehouse is told where they are used, inside the error boundary.
    with suppress(AppError):
        now = settings.read()
        _RUN.set(_Held(now, build_id or current_version(now)))


def see_as(scope: Scope) -> None:
    """Holds the rest of this run to what a scope may see. Another engine than the built file knows the public only."""
    _SCOPE.set(PUBLIC if chosen().engine_url else scope)


def scope() -> Scope:
    """What the reader of this run may see."""
    return _SCOPE.get()


def shared() -> View:
    """The view of this run that all readers share."""
    return View(version(), suppress_below(), PUBLIC)


def own() -> View:
    """The view of this run's reader, which nobody of another scope shares."""
    return shared()._replace(scope=scope())


def chosen() -> Settings:
    """The settings of this run."""
    held = _RUN.get()
    return held.settings if held else settings.read()


def version() -> str:
    """Build id of the warehouse of this run."""
    held = _RUN.get()
    return held.version if held else current_version(settings.read())


def suppress_below() -> int:
    """Counts from 1 to this number less one are not shown: the threshold that the build of this run was protected with."""
    held = _RUN.get()
    if held and held.suppress_below:
        return held.suppress_below
    with suppress(AppError):
        found = of_all(version(), str(chosen().data)).suppress_below
        if held:
            held.suppress_below = found
        return found
    return chosen().suppress_below


def opened(view: View) -> Warehouse:
    """The warehouse of a view."""
    data = str(chosen().data)
    return _of_scope(view, data) if view.scope.has_places else of_all(view.version, data)


@kept(4)
def of_all(version: str, data: str) -> Warehouse:
    """A build as the public sees it."""
    return open_warehouse(chosen(), version)


@kept(SCOPES)
def _of_scope(view: View, data: str) -> Warehouse:
    return open_warehouse(chosen(), view.version, view.scope)

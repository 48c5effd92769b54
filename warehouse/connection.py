"""The door to the built warehouse: found by its pointer, opened read-only, checked, one cursor per thread.

`NETRA_ENGINE_URL` names another engine that holds the same tables (for example `trino://…` or
`duckdb:///copy.duckdb?read_only=True`); every thread then opens its own Ibis connection to it.
"""

from __future__ import annotations

import re
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb
import ibis
from ibis.common.exceptions import IbisError

from errors import WarehouseError
from settings import Settings
from warehouse.access.everybody import open_public
from warehouse.access.own import open_own
from warehouse.access.scope import PUBLIC, Scope
from warehouse.access.sealed import CLOSED, Sealed
from warehouse.tables import MAKE_DATA, check, fetch, table

T = TypeVar("T")
POINTER: Final = "current"
ENGINE: Final = "engine"
RECENT: Final = 64
FORMS: Final = 512
_NAME = re.compile(r"warehouse-([A-Za-z0-9][A-Za-z0-9._-]*)\.duckdb")


class Warehouse:
    """An opened warehouse that never changes; `version` is its build id and belongs into every cache key.

    `suppress_below` is the threshold of small numbers that the build was protected with, `scope` whose rows it holds: the public's
    holds the protected table, that of an official the own cases, all of them and none else. `is_protected` tells which.
    """

    scope: Scope = PUBLIC
    is_protected: bool = True

    def __init__(self, version: str, path: Path | None, connect: Callable[[], Any]) -> None:
        self.version, self.path = version, path
        self.suppress_below = Settings.suppress_below
        self._connect = connect
        self._thread = threading.local()
        self._backends: weakref.WeakSet[Any] = weakref.WeakSet()
        self._facts: dict[str, Any] = {}
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._compiled: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.RLock()

    def backend(self) -> Any:
        """The Ibis backend of the calling thread, on a connection that no other thread uses."""
        found = getattr(self._thread, "backend", None)
        if found is None:
            with self._lock:
                found = self._thread.backend = self._connect()
                self._backends.add(found)
        return found

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` returns, computed at most once per opened warehouse: the file below never changes."""
        with self._lock:
            if name not in self._facts:
                self._facts[name] = make()
            found: T = self._facts[name]
            return found

    def compiled(self, question: Hashable, compile_it: Callable[[], T]) -> T:
        """What `compile_it` returns, once for every form of a question; the forms are few."""
        with self._lock:
            if question not in self._compiled:
                if len(self._compiled) >= FORMS:
                    self._compiled.popitem(last=False)
                self._compiled[question] = compile_it()
            self._compiled.move_to_end(question)
            found: T = self._compiled[question]
            return found

    def recent(self, question: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` returns; the last answers are kept, since one page asks the same count for several views."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                kept: T = self._answers[question]
                return kept
        found = ask()
        with self._lock:
            self._answers[question] = found
            if len(self._answers) > RECENT:
                self._answers.popitem(last=False)
        return found

    def close(self) -> None:
        """Close the connections of all threads; the warehouse cannot be used afterwards."""
        with self._lock:
            for backend in self._backends:
                backend.disconnect()
                # Not every backend of Ibis closes what it opened.
                backend.con.close()
            self._connect = _refuse


def current_version(settings: Settings) -> str:
    """Build id the pointer names now, without opening the file; `engine` when another engine is set."""
    return ENGINE if settings.engine_url else _named(settings)[1]


def open_warehouse(settings: Settings, version: str | None = None, scope: Scope = PUBLIC) -> Warehouse:
    """Open the current warehouse, or the build `version`, as `scope` may see it; one that is missing, unreadable or too old
    is a WarehouseError.

    A scope with places gets a warehouse of its own rows, unsuppressed; everybody else the public's. A build that the pointer
    does not name may lack tables that came after it. Another engine holds one build only, whatever `version` says, and no
    scope but the public's.
    """
    is_older = version is not None and not settings.engine_url and version != current_version(settings)
    if scope.has_places:
        return _of_scope(settings, version, scope, is_older=is_older)
    warehouse = _engine(settings.engine_url) if settings.engine_url else _file(settings, version, is_older)
    warehouse.suppress_below = _threshold(warehouse, is_older=is_older) or settings.suppress_below
    return warehouse


def _threshold(warehouse: Warehouse, *, is_older: bool) -> int | None:
    """The threshold that a build was protected with; None where it holds no case, or is older than the protected table."""
    try:
        rows, _ = fetch(
            warehouse.backend(), table(warehouse.backend(), "open_protection").select("threshold")
        )
    except WarehouseError:
        if is_older:
            return None
        raise
    return max((row["threshold"] for row in rows.to_pylist()), default=None)


def _of_scope(settings: Settings, version: str | None, scope: Scope, *, is_older: bool) -> Warehouse:
    if settings.engine_url:
        raise WarehouseError("This engine has no scopes.", "NETRA_ENGINE_URL", "Use the built file.")
    path, version = _built(settings, version)
    try:
        base = open_own(path, scope)
    except duckdb.Error as error:
        raise WarehouseError("The warehouse cannot be opened.", str(path), MAKE_DATA) from error
    warehouse = Warehouse(version, path, _cursors(base, _looked(base, is_older), frozenset()))
    warehouse.scope, warehouse.suppress_below, warehouse.is_protected = scope, 1, False
    return warehouse


def _named(settings: Settings) -> tuple[Path, str]:
    pointer = settings.build / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WarehouseError("There is no warehouse yet.", str(pointer), MAKE_DATA) from error
    match = _NAME.fullmatch(name)
    if not match:
        raise WarehouseError("The pointer does not name a warehouse.", str(pointer), MAKE_DATA)
    return settings.build / name, match[1]


def _built(settings: Settings, asked: str | None) -> tuple[Path, str]:
    """The file of a build and its id."""
    path, version = (
        _named(settings) if asked is None else (settings.build / f"warehouse-{asked}.duckdb", asked)
    )
    if not path.is_file():
        raise WarehouseError("The pointer names a file that is not there.", str(path), MAKE_DATA)
    return path, version


def _file(settings: Settings, asked: str | None, is_older: bool) -> Warehouse:
    path, version = _built(settings, asked)
    schemas: dict[str, Any] = {}
    try:
        base = open_public(path, lambda whole: schemas.update(_looked(whole, is_older)))
    except (duckdb.Error, OSError) as error:
        raise WarehouseError("The warehouse cannot be opened.", str(path), MAKE_DATA) from error
    return Warehouse(version, path, _cursors(base, schemas, CLOSED))


def _looked(base: duckdb.DuckDBPyConnection, is_older: bool) -> dict[str, Any]:
    """The columns of every table that was checked; a WarehouseError, and a closed connection, where one is missing."""
    backend = _backend(base.cursor(), {}, frozenset())
    try:
        check(backend, is_older=is_older)
    except WarehouseError:
        base.close()
        raise
    finally:
        backend.con.close()
    return backend.schemas


def _cursors(
    base: duckdb.DuckDBPyConnection, schemas: dict[str, Any], closed: frozenset[str]
) -> Callable[[], Sealed]:
    """What gives a cursor of its own to every thread."""
    return lambda: _backend(base.cursor(), schemas, closed)


def _backend(con: duckdb.DuckDBPyConnection, schemas: dict[str, Any], closed: frozenset[str]) -> Sealed:
    backend: Sealed = Sealed.from_connection(con)
    backend.schemas, backend.withheld = schemas, closed
    return backend


def _engine(url: str) -> Warehouse:
    warehouse = Warehouse(ENGINE, None, lambda: ibis.connect(url))
    try:
        rows, _ = fetch(warehouse.backend(), table(warehouse.backend(), "core_build").select("build_id"))
        check(warehouse.backend())
    except WarehouseError:
        warehouse.close()
        raise
    except (IbisError, duckdb.Error, ImportError, OSError, ValueError) as error:
        # The address may hold a password, and so may the driver's message: neither is repeated.
        raise WarehouseError(
            f"The engine cannot be reached ({type(error).__name__}).",
            "NETRA_ENGINE_URL",
            "Check the address.",
        ) from error
    warehouse.version = ",".join(str(row["build_id"]) for row in rows.to_pylist()) or ENGINE
    return warehouse


def _refuse() -> Any:
    raise WarehouseError("This warehouse was closed.", cure="Open it again.")

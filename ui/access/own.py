"""Questions of a page that the warehouse of the reader's own scope answers in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from metrics.own.unsuppressed import homes
from ui import results
from ui.access import run
from warehouse.connection import Warehouse
from warehouse.selection import Selection

Kept = TypeVar("Kept")


def holds(selection: Selection) -> bool:
    """Whether everything that a selection finds lies in the reader's own scope."""
    return run.scope().has_places and run.scope().holds_all(selection, homes(results.warehouse()))


def ask(question: Callable[[Warehouse, Selection], Kept], selection: Selection) -> Kept:
    """As `results.ask`; in full where the selection lies in the reader's own scope."""
    return results.ask(question, selection, view=run.own() if holds(selection) else run.shared())

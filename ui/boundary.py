"""The one error boundary: what a reader sees when something fails, and what the log keeps."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from errors import AppError, ContractError, DefinitionError, SelectionError, SourceError, WarehouseError
from language import Words

log = logging.getLogger("netra.app")

_TEXTS: Final[dict[type[AppError], str]] = {
    WarehouseError: "ui.errors.warehouse",
    DefinitionError: "ui.errors.definition",
    SelectionError: "ui.errors.selection",
    ContractError: "ui.errors.data",
    SourceError: "ui.errors.data",
}


@contextmanager
def guarded(w: Words) -> Iterator[None]:
    """Run a page; a failure becomes a calm message in the reader's language, without internals.

    What happened goes to the log under a number that the reader is told.
    """
    try:
        yield
    except AppError as error:
        number = _number()
        log.warning("%s %s: %s", number, type(error).__name__, error)
        st.warning(w(_TEXTS.get(type(error), "ui.errors.unexpected"), number=number))
    except Exception:
        number = _number()
        log.exception("%s the page failed", number)
        st.error(w("ui.errors.unexpected", number=number))


def _number() -> str:
    return secrets.token_hex(4)

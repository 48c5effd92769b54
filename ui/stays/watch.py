"""Looks after those who went without a word, beside the server's other work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from ui.stays.stays import STAYS

log = logging.getLogger("netra.app")
SECONDS: Final = 60.0


@asynccontextmanager
async def watched(seconds: float = SECONDS) -> AsyncIterator[None]:
    """While it is open, ends are noted within so many seconds; when it closes, everybody's."""
    task = asyncio.create_task(_watch(seconds))
    try:
        yield
    finally:
        task.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await task
        finally:
            await asyncio.to_thread(_stop)


async def _watch(seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(_tell)
        except Exception:
            # Whatever it is, the clock goes on: the next look may find it gone.
            log.exception("a look at those who are signed in failed")


def _tell() -> None:
    # Needs Streamlit's pages, which a server that has just begun loads beside the first request.
    from ui.steward import gate

    try:
        gate.tell_idle()
    finally:
        STAYS.tell()


def _stop() -> None:
    from ui.steward import gate

    try:
        gate.tell_idle()
    finally:
        STAYS.stop()

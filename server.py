"""The server: Streamlit behind headers and limits, with compressed files and documents in the reader's language.

Start it with `streamlit run server.py`.
"""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

import settings
from ui.frame import pages
from ui.serving import CompressedResponses, GuardedUploads, LocalisedDocument, keep_uploads_in_memory
from ui.serving.files import routes
from ui.serving.guarding import BoundedRequests, BoundedSockets, KnownVisitors, Shielded, begin
from ui.stays.watch import watched
from ui.steward.door import DOOR

PRELOADED = ("ui.frame.menu", "ui.showing.figures", "ui.download", "ui.boundary")


def _preload() -> None:
    for name in PRELOADED:
        importlib.import_module(name)
    # What is imported stays: the collector need not walk over it for half a second in the middle of somebody's click.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Import the heavy modules beside the first request, so that the first script need not wait for them."""
    threading.Thread(target=_preload, name="preload", daemon=True).start()
    if pages.STEWARD in pages.offered():
        from ui.steward.running.desk import desk

        desk(settings.read()).tidy()
    async with watched():
        yield None


exposure, limits = begin()
keep_uploads_in_memory()
BASE = st.get_option("server.baseUrlPath")

# A deep link that is the first request after a start would otherwise be met by the folder `pages/`.
PagesManager.uses_pages_directory = False

app = st.App(
    "app.py",
    lifespan=lifespan,
    routes=routes(st.get_option("server.baseUrlPath")),
    middleware=[
        Middleware(Shielded, pages=pages.paths(), base=BASE, tls=exposure.tls),
        Middleware(KnownVisitors, exposure=exposure),
        Middleware(BoundedRequests, limits=limits),
        Middleware(BoundedSockets, limits=limits, origins=st.get_option("server.corsAllowedOrigins")),
        Middleware(GuardedUploads, may=DOOR.is_open),
        Middleware(CompressedResponses),
        Middleware(LocalisedDocument, pages=pages.paths(), base=BASE),
    ],
)

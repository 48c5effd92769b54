"""Files sent to the server: taken from signed-in sessions only, and never written to a temporary folder."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")


class GuardedUploads:
    """ASGI middleware: Streamlit takes a file from any open session; this server only where `may(session)` says so."""

    def __init__(self, app: ASGIApp, may: Callable[[str], bool]) -> None:
        self.app, self.may = app, may

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but a file that nobody may send passes through."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            asked = _UPLOAD.search(scope["path"])
            if asked and not self.may(asked[1]):
                await PlainTextResponse("Sign in first.", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def keep_uploads_in_memory() -> None:
    """Let no upload spill into the system's temporary folder, as Starlette does beyond one megabyte."""
    MultiPartParser.spool_max_size = sys.maxsize

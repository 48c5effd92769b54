"""Requests of a bounded size and number; what is larger or more is refused before anything reads it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from settings import Limits
from ui.serving.guarding.rates import Complaints, Rates
from ui.serving.guarding.visitors import UNKNOWN, site

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE")
UPLOADS: Final = "/_stcore/upload_file/"
FILES: Final = ("/static/", "/media/", "/app/static/")
BURST_SECONDS: Final = 10
SAID: Final = {
    400: "Permintaan tidak sah. / The request is not valid.",
    405: "Cara meminta ini tidak dilayani. / This method is not served.",
    413: "Kiriman terlalu besar. / Too much was sent.",
    414: "Alamat terlalu panjang. / The address is too long.",
    429: "Terlalu banyak permintaan; tunggu sebentar. / Too many requests; wait a little.",
    431: "Kepala permintaan terlalu besar. / The request's headers are too large.",
}


class BoundedRequests:
    """ASGI middleware: refuses by size, by method and by how much one address has asked for."""

    def __init__(self, app: ASGIApp, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.limits = app, limits
        self._files = Rates(limits.files_per_second, limits.files_per_second * BURST_SECONDS, clock)
        self._others = Rates(limits.requests_per_second, limits.requests_per_second * BURST_SECONDS, clock)
        self._complaints = Complaints()
        self._uploads = Rates(limits.uploads_per_minute / 60, limits.uploads_per_minute, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; conversations are counted when they begin."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status = self._refusal(scope)
        if status is None:
            await self.app(scope, self._counted(scope, receive), send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = {"retry-after": "10"} if status == 429 else {}
            await PlainTextResponse(SAID[status], status, headers)(scope, receive, send)

    def _refusal(self, scope: Scope) -> int | None:
        """The status of a refusal, None where the request is within all bounds."""
        status = _malformed(scope, self.limits)
        if status is None and _announced(scope) > self._body(scope):
            status = 413
        visitor = site((scope.get("client") or (UNKNOWN, 0))[0])
        if not self._rate(scope).take(visitor):
            self._complaints.tell(visitor, "asks for more than it may")
            status = 429
        return status

    def _rate(self, scope: Scope) -> Rates:
        path = scope["path"]
        if UPLOADS in path:
            return self._uploads
        return self._files if any(part in path for part in FILES) else self._others

    def _body(self, scope: Scope) -> float:
        # The size of an upload is Streamlit's to hold (server.maxUploadSize); who may send one is `GuardedUploads`'.
        return float("inf") if UPLOADS in scope["path"] else self.limits.body_bytes

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        if scope["type"] == "websocket" or UPLOADS in scope["path"]:
            return receive
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.limits.body_bytes:
                raise HTTPException(413, SAID[413])
            return message

        return counted


def _malformed(scope: Scope, limits: Limits) -> int | None:
    if scope["type"] == "http" and scope["method"] not in METHODS:
        return 405
    headers = scope["headers"]
    if sum(len(name) + len(value) for name, value in headers) > limits.header_bytes:
        return 431
    if len(scope.get("raw_path") or b"") > limits.query_bytes or not _within(scope["query_string"], limits):
        return 414
    # Two lengths: a proxy may believe the other one, and take the rest for somebody else's request.
    return 400 if {b"transfer-encoding", b"content-length"} <= {name for name, _ in headers} else None


def _within(query: bytes, limits: Limits) -> bool:
    parts = query.split(b"&")
    return (
        len(query) <= limits.query_bytes
        and len(parts) <= limits.query_parameters
        and max(map(len, parts)) <= limits.parameter_bytes
    )


def _announced(scope: Scope) -> int:
    written = Headers(scope=scope).get("content-length", "0")
    # Longer than any size, and longer numbers than these Python refuses to read.
    return int(written[:20]) if written.isdecimal() else 0

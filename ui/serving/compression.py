"""Compressed scripts, styles and geometry; each file is compressed once per process."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit leaves its scripts uncompressed because its own middleware would compress them on every
# request. Kept by path and ETag, the cost is paid once and the first visit is 1.9 instead of 6.8 MB.
LEVEL = 9
SMALLEST = 500
CACHE_BYTES = 48 * 1024 * 1024
COMPRESSIBLE = (
    "text/",
    "application/javascript",
    "application/json",
    "application/geo+json",
    "image/svg+xml",
)
# Files for scripts have strong tags and ranges of their own, and a package of all data must not lie in memory.
OWN_PATHS = ("/_stcore/", "/component/", "/unduh/v1/")
DOWNLOADS = "/media/"
STATIC = "/static/"
NAMED_BY_CONTENT = re.compile(r"/app/static/.*\.[0-9a-f]{8,}\.\w+$")


class CompressedResponses:
    """ASGI middleware: gzip for documents and static files, the compressed bytes kept in memory."""

    def __init__(self, app: ASGIApp, cache_bytes: int = CACHE_BYTES) -> None:
        self.app = app
        self._cache: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._budget = cache_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything but a plain GET that accepts gzip passes through untouched."""
        if not _applies(scope):
            await self.app(scope, receive, send)
            return
        answer = _Answer()
        await self.app(_without_encoding(scope), receive, answer.take)
        start, body = answer.start, bytes(answer.body)
        headers = MutableHeaders(raw=start["headers"])
        if start["status"] == 200 and NAMED_BY_CONTENT.search(scope["path"]):
            headers.setdefault("cache-control", "public, immutable, max-age=31536000")
        if start["status"] == 200 and _is_compressible(headers, body):
            body = await self._compressed(scope["path"], headers.get("etag"), body)
            headers["content-encoding"] = "gzip"
            # Byte ranges and file times are those of the uncompressed file.
            del headers["accept-ranges"]
            del headers["last-modified"]
            headers["content-length"] = str(len(body))
            if "accept-encoding" not in headers.get("vary", "").lower():
                headers.add_vary_header("Accept-Encoding")
            if "etag" in headers and not headers["etag"].startswith("W/"):
                headers["etag"] = f"W/{headers['etag']}"
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _compressed(self, path: str, etag: str | None, body: bytes) -> bytes:
        if etag is None:
            return gzip.compress(body, compresslevel=6, mtime=0)
        key = (path, etag)
        if key not in self._cache:
            self._cache[key] = await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
            while sum(map(len, self._cache.values())) > self._budget and len(self._cache) > 1:
                self._cache.popitem(last=False)
        self._cache.move_to_end(key)
        return self._cache[key]


class _Answer:
    """Collects the messages of one response."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = bytearray()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def _applies(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path: str = scope["path"]
    if any(part in path for part in OWN_PATHS) or (DOWNLOADS in path and STATIC not in path):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


def _without_encoding(scope: Scope) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def _is_compressible(headers: MutableHeaders, body: bytes) -> bool:
    if "content-encoding" in headers or len(body) < SMALLEST:
        return False
    return headers.get("content-type", "").startswith(COMPRESSIBLE)

"""How bytes are served: a strong tag of their content, nothing again to who has them, and the name to keep them under."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

PDF: Final = "application/pdf"
# A build never changes, but the code that writes its files may: ask again, and get nothing if it is the same.
_CACHE: Final = "public, no-cache"


def content(request: Request, body: bytes, media: str, name: str | None = None) -> Response:
    """Bytes that were just made."""
    headers = _headers(hashlib.sha256(body).hexdigest(), name)
    return _unchanged(request, headers) or Response(body, 200, headers | {"accept-ranges": "none"}, media)


def file(request: Request, path: Path, digest: str, name: str) -> Response:
    """A file on the disk, whole or in ranges."""
    headers = _headers(digest, name)
    return _unchanged(request, headers) or FileResponse(path, 200, headers, "application/zip")


def _headers(digest: str, name: str | None) -> dict[str, str]:
    headers = {"etag": f'"{digest}"', "cache-control": _CACHE, "access-control-allow-origin": "*"}
    return headers | ({"content-disposition": f'attachment; filename="{name}"'} if name else {})


def _unchanged(request: Request, headers: dict[str, str]) -> Response | None:
    asked = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return Response(None, 304, headers) if headers["etag"] in tags or "*" in tags else None

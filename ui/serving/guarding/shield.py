"""The outermost layer: headers on every answer, no internals in any, and no page where there is none."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers as Received
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.serving.document import inline_parts
from ui.serving.guarding import host, policy

log = logging.getLogger("netra.server")

FAILED: Final = "Terjadi gangguan. / Something went wrong. ({number})"
MISSING: Final = "Tidak ditemukan. / Not found."
# Of Streamlit's own paths, only what the page itself asks for; its agent interface and metrics are for nobody here.
OPEN_CORE: Final = ("health", "host-config", "stream", "upload_file/")
_TOLD: Final = {
    name.encode() for name in (*policy.ALWAYS, "content-security-policy", "server", "x-powered-by")
}


class Shielded:
    """ASGI middleware: adds the headers, answers failures and missing pages itself."""

    def __init__(self, app: ASGIApp, pages: Collection[str], base: str = "", tls: bool = False) -> None:
        self.app, self.pages, self.base, self.tls = app, pages, base.strip("/"), tls
        self._document = policy.headers(policy.document(*inline_parts()), tls)
        self._other = policy.headers(policy.NOTHING, tls)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or hold one conversation."""
        if scope["type"] == "lifespan":
            host.quieten(receive)
            await self.app(scope, receive, send)
            return
        answer = _Answer(self, scope, send)
        if self._is_closed(scope["path"]):
            await answer.instead(MISSING, 404)
            return
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            number = secrets.token_hex(4)
            log.exception("%s an answer failed", number)
            await answer.failed(number)

    def headers(self, told: list[tuple[bytes, bytes]]) -> policy.Headers:
        """What is added to an answer that has told this much."""
        return self._document if _is_html(told) else self._other

    def name(self, path: str) -> str:
        """What an address path asks for, below the base path."""
        return path.strip("/").removeprefix(self.base).strip("/")

    def _is_closed(self, path: str) -> bool:
        name = self.name(path)
        return name.startswith("_stcore") and not name.removeprefix("_stcore/").startswith(OPEN_CORE)


class _Answer:
    """One answer on its way out."""

    def __init__(self, shield: Shielded, scope: Scope, send: Send) -> None:
        self._shield, self._scope, self._send = shield, scope, send
        self._begun = self._dropped = False

    async def send(self, message: Message) -> None:
        """Pass a message on; the first one gets the headers."""
        kind = message["type"]
        if self._dropped:
            return
        if kind == "http.response.start" and self._is_no_page(message):
            # Streamlit answers every unknown path with the app's document.
            self._dropped = True
            await self.instead(MISSING, 404)
            return
        if kind in ("http.response.start", "websocket.accept"):
            self._begun = True
            message = {**message, "headers": self._with_headers(message.get("headers", ()))}
        await self._send(message)

    async def instead(self, text: str, status: int) -> None:
        """A short answer of our own in place of any other; a conversation that has not begun is refused."""
        self._begun = True
        if self._scope["type"] == "websocket":
            await self._send({"type": "websocket.close", "code": 1008})
            return
        answer = PlainTextResponse(text, status, {"cache-control": "no-store"})
        headers = self._with_headers(answer.raw_headers)
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        body = b"" if self._scope["method"] == "HEAD" else answer.body
        await self._send({"type": "http.response.body", "body": body})

    async def failed(self, number: str) -> None:
        """After an exception: a calm answer if none has begun, else the end of the conversation."""
        if not self._begun:
            await self.instead(FAILED.format(number=number), 500)
        elif self._scope["type"] == "websocket":
            with suppress(OSError, RuntimeError):
                await self._send({"type": "websocket.close", "code": 1011})
        else:
            # Half an answer is out; only a broken connection tells the reader that the rest is missing.
            raise ConnectionError(f"{number} an answer broke off") from None

    def _is_no_page(self, start: Message) -> bool:
        found = start["status"] in (200, 304) and _is_html(start["headers"])
        return found and self._shield.name(self._scope["path"]) not in self._shield.pages

    def _with_headers(self, told: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = [(name, value) for name, value in told if name.lower() not in _TOLD]
        if self._shield.tls:
            kept = [(name, _over_tls(value) if name == b"set-cookie" else value) for name, value in kept]
        return [*kept, *self._shield.headers(kept)]


def _is_html(told: list[tuple[bytes, bytes]]) -> bool:
    return Received(raw=told).get("content-type", "").startswith("text/html")


def _over_tls(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"

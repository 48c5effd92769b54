"""Who is asking: the address that a limit counts for, and whom we believe when they name another one."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from settings import Exposure

UNKNOWN = "unknown"
IPV6_SITE = 64


class KnownVisitors:
    """ASGI middleware: puts the reader's address, and `https` where TLS ends before us, into the request."""

    def __init__(self, app: ASGIApp, exposure: Exposure) -> None:
        self.app, self.exposure = app, exposure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or hold one conversation."""
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, "client": (address(scope, self.exposure), 0)}
            if self.exposure.tls:
                scope["scheme"] = "https" if scope["type"] == "http" else "wss"
        await self.app(scope, receive, send)


def address(scope: Scope, exposure: Exposure) -> str:
    """The peer's address; what the configured header says only where the peer is a configured proxy.

    Of a list (`X-Forwarded-For`) the last address that is not such a proxy: whatever stands before it was written by
    the reader.
    """
    peer = (scope.get("client") or (UNKNOWN, 0))[0]
    if exposure.client_header is None or peer not in exposure.proxies:
        return _whole(peer) or peer
    written = ",".join(Headers(scope=scope).getlist(exposure.client_header))
    return _last_stranger(written, exposure.proxies) or peer


def site(address: str) -> str:
    """What counts as one visitor: an IPv4 address, or the network of an IPv6 address that one line is given."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((read, IPV6_SITE), strict=False))
    return str(read)


def _last_stranger(written: str, proxies: Collection[str]) -> str | None:
    for part in reversed(written.split(",")):
        found = _whole(part.strip())
        if found is None:
            return None
        if found not in proxies:
            return found
    return None


def _whole(text: str) -> str | None:
    try:
        read = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(read, "ipv4_mapped", None)
    return str(mapped or read)

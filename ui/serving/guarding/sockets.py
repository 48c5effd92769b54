"""Conversations: how many there may be, how much they may say, and that a silent one ends."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from settings import Limits
from ui.serving.guarding.rates import Complaints, Rates
from ui.serving.guarding.visitors import UNKNOWN, site

PROTOCOLS: Final = b"sec-websocket-protocol"
BURST_SECONDS: Final = 5
# Streamlit names the session in one of its first messages.
FIRST_MESSAGES: Final = 5
ENDED_KEPT: Final = 10_000
IDLE, UNSUPPORTED, TOO_BIG = 4408, 1003, 1009


class BoundedSockets:
    """ASGI middleware: bounds conversations per address and in all, and each one's messages; ends silent ones.

    A session that ended in silence is not taken up again: a page that wakes up gets a new one and shows the view of
    its address.
    """

    def __init__(self, app: ASGIApp, limits: Limits, origins: Collection[str] = ()) -> None:
        self.app, self.limits, self.origins = app, limits, origins
        self.open: Counter[str] = Counter()
        self.ended: OrderedDict[str, None] = OrderedDict()
        self._complaints = Complaints()
        self._messages = Rates(limits.messages_per_second, limits.messages_per_second * BURST_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one conversation; anything else passes through."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        visitor = site((scope.get("client") or (UNKNOWN, 0))[0])
        if not self._is_of_ours(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
            return
        if self.open.total() >= self.limits.sockets or self.open[visitor] >= self.limits.sockets_per_address:
            self._complaints.tell(visitor, "is refused a conversation, too many are open")
            await send({"type": "websocket.close", "code": 1013})
            return
        self.open[visitor] += 1
        try:
            talk = _Conversation(self.limits, lambda: self._messages.wait(visitor), receive, send)
            await self.app(self._afresh(scope), talk.receive, talk.send)
            if talk.is_idle and talk.session:
                self._end(talk.session)
        finally:
            self.open[visitor] -= 1
            if not self.open[visitor]:
                del self.open[visitor]

    def _is_of_ours(self, headers: Headers) -> bool:
        """Whether the page that asks is of this server or a named one.

        Streamlit asks too, but for a foreign one it first looks up the machine's own address in the network.
        """
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host") or origin in self.origins

    def _end(self, session: str) -> None:
        self.ended[session] = None
        while len(self.ended) > ENDED_KEPT:
            self.ended.popitem(last=False)

    def _afresh(self, scope: Scope) -> Scope:
        """The request without the name of a session that has ended: the third word, after protocol and token."""
        headers = []
        for name, value in scope["headers"]:
            words = value.decode("latin-1").split(",") if name == PROTOCOLS else []
            if len(words) > 2 and words[2].strip() in self.ended:
                value = ",".join(words[:2]).encode("latin-1")  # noqa: PLW2901
            headers.append((name, value))
        return {**scope, "headers": headers}


class _Conversation:
    """One open socket: what comes in is measured, what goes out is watched for the session's name."""

    def __init__(self, limits: Limits, wait: Callable[[], float], receive: Receive, send: Send) -> None:
        self.session, self.is_idle = "", False
        self._limits, self._wait, self._receive, self._send = limits, wait, receive, send
        self._sent = 0

    async def receive(self) -> Message:
        """The next message, or the end: of silence, or of what Streamlit does not speak."""
        try:
            async with asyncio.timeout(self._limits.idle_seconds):
                message = await self._receive()
        except TimeoutError:
            self.is_idle = True
            return await self._end(IDLE)
        if message["type"] != "websocket.receive":
            return message
        payload = message.get("bytes")
        if payload is None:
            return await self._end(UNSUPPORTED)
        if len(payload) > self._limits.message_bytes:
            return await self._end(TOO_BIG)
        # Whoever says too much is heard later, not cut off.
        await asyncio.sleep(self._wait())
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if not self.session and self._sent < FIRST_MESSAGES and message.get("bytes"):
            self._sent += 1
            told = ForwardMsg.FromString(message["bytes"])
            self.session = told.new_session.initialize.session_id
        await self._send(message)

    async def _end(self, code: int) -> Message:
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

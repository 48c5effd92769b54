"""A reader without a browser: a websocket that asks for reruns and reads until the script has finished."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.serving import Server

FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
PATIENCE_SECONDS = 60
# Readers pause between actions; without a pause every rerun meets the delayed acknowledgement of the one before.
PAUSE_SECONDS = 0.15


class _Counting(ClientConnection):
    """A connection that counts the bytes that arrive, before they are unpacked."""

    arrived = 0

    def data_received(self, data: bytes) -> None:
        """What asyncio calls with the bytes of the wire."""
        self.arrived += len(data)
        super().data_received(data)


class PageError(Exception):
    """A page showed an error: its time would mean nothing."""


@dataclass(frozen=True)
class Rerun:
    """One run of the script as the reader saw it: how long it took, what it sent, and how much of that crossed the wire."""

    seconds: float
    bytes: int
    messages: int
    wire: int = 0


@dataclass(frozen=True)
class Choice:
    """A multiselect on the page: its widget id and its options as written on the screen."""

    widget: str
    options: tuple[str, ...]


@dataclass
class Session:
    """One open page; keeps its address and what the server may expect a browser to have kept."""

    socket: _Counting
    page: str
    query: str = ""
    script: str = ""
    kept: set[str] = field(default_factory=set)
    choices: dict[str, Choice] = field(default_factory=dict)
    figures: int = 0

    async def rerun(self, widget: Choice | None = None, chosen: Sequence[str] = ()) -> Rerun:
        """Run the script again, after a change of `widget` if there is one; a failed script is a PageError."""
        wish = BackMsg()
        state = wish.rerun_script
        state.query_string, state.page_script_hash = self.query, self.script
        state.page_name = "" if self.script else self.page
        state.cached_message_hashes.extend(self.kept)
        if widget:
            changed = state.widget_states.widgets.add()
            changed.id = widget.widget
            changed.string_array_value.data.extend(chosen)
        payload = wish.SerializeToString()
        before, started = self.socket.arrived, time.perf_counter()
        await self.socket.send(payload)
        size = messages = 0
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes), "Streamlit sends bytes"
            size, messages = size + len(data), messages + 1
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != FINISHED:
                    raise PageError(f"the script of /{self.page} did not finish")
                return Rerun(time.perf_counter() - started, size, messages, self.socket.arrived - before)
            self._note(message)

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self.kept.add(message.hash)
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element)

    def _see(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise PageError(f"/{self.page} raised {element.exception.type}")
        if kind == "alert" and element.alert.format == element.alert.ERROR:
            raise PageError(f"/{self.page} says {element.alert.body}")
        self.figures += kind == "plotly_chart"
        if kind == "multiselect":
            widget = element.multiselect
            key = widget.id.rpartition("-")[2]
            self.choices[key] = Choice(widget.id, tuple(widget.options))


@asynccontextmanager
async def reader(server: Server, page: str, query: str = "") -> AsyncIterator[tuple[Session, Rerun]]:
    """An open session and its first run."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    async with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression="deflate",
        create_connection=_Counting,
        open_timeout=PATIENCE_SECONDS,
    ) as socket:
        assert isinstance(socket, _Counting), "the connection is the one that was asked for"
        session = Session(socket, page, query)
        yield session, await session.rerun()

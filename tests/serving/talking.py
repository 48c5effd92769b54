"""A reader without a browser: speaks Streamlit's protocol and keeps everything that a page would show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

NO_ANSWERS = ("alert", "page_link", "button_group", "multiselect", "selectbox", "date_input")
# A download that is made when it is asked for has a new name in each run.
PASSING = re.compile(r"[0-9a-f]{32}")
FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class View:
    """What one run of a page sent."""

    elements: list[Any] = field(default_factory=list)
    query: str = ""
    finished: int = -1

    @property
    def faults(self) -> list[str]:
        """Exceptions and messages of an error that a reader would see."""
        found = [e.exception.message for e in self.elements if e.WhichOneof("type") == "exception"]
        alerts = [e.alert for e in self.elements if e.WhichOneof("type") == "alert"]
        return found + [alert.body for alert in alerts if alert.format == alert.ERROR]

    @property
    def texts(self) -> list[str]:
        """Every text of every element, in order."""
        return [text for element in self.elements for text in strings(element)]

    @property
    def shown(self) -> list[str]:
        """Texts of the answers: all but what is said about the address, links that carry it, and what one can choose.

        Streamlit sends the value of a widget only with the run that has changed it.
        """
        parts = [e for e in self.elements if e.WhichOneof("type") not in NO_ANSWERS]
        return [text for element in parts for text in strings(element) if not PASSING.fullmatch(text)]


def strings(message: Message) -> Iterator[str]:
    """All texts inside a message of Streamlit's."""
    for told, value in message.ListFields():
        parts = list(value.values() if isinstance(value, Mapping) else value) if told.is_repeated else [value]
        for part in parts:
            if isinstance(part, Message):
                yield from strings(part)
            elif isinstance(part, str):
                yield part


@dataclass
class Reader:
    """One open page."""

    socket: ClientConnection
    page: str
    script: str = ""
    session: str = ""

    async def see(
        self, query: str | Mapping[str, str] = "", widgets: Mapping[str, Message] | None = None
    ) -> View:
        """Run the page at an address, or after a change of widgets, and return what it shows."""
        wish = BackMsg()
        state = wish.rerun_script
        state.query_string = query if isinstance(query, str) else urlencode(query)
        state.page_script_hash, state.page_name = self.script, "" if self.script else self.page
        for widget in (widgets or {}).values():
            state.widget_states.widgets.add().CopyFrom(widget)
        await self.socket.send(wish.SerializeToString())
        return await self._collect()

    async def _collect(self) -> View:
        view = View()
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
            elif kind == "navigation":
                self.script = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                view.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                view.elements.append(message.delta.new_element)
            elif kind == "script_finished":
                view.finished = message.script_finished
                return view


@asynccontextmanager
async def reader(site: str, page: str = "", words: Sequence[str] = (), **options: Any):
    """An open conversation with a page; nothing has been asked yet. `words`: a token and the session to go on with."""
    address = site.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        address,
        subprotocols=[Subprotocol(word) for word in ("streamlit", *words)],
        max_size=None,
        compression=None,
        open_timeout=60,
        **options,
    ) as socket:
        yield Reader(socket, page)

"""Conversations: counted, measured, paced, and over when nobody speaks."""

import asyncio
from dataclasses import replace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from settings import Limits
from ui.serving.guarding import BoundedSockets

LIMITS = Limits(sockets=3, sockets_per_address=2, message_bytes=10, messages_per_second=1000)


def scope(address="192.0.2.1", **headers):
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "websocket", "path": "/_stcore/stream", "headers": told, "client": (address, 1)}


class App:
    """Stands for Streamlit: names a session, then listens until the end."""

    def __init__(self):
        self.heard, self.protocols, self.release = [], [], asyncio.Event()

    async def __call__(self, scope, receive, send):
        self.protocols.append(dict(scope["headers"]).get(b"sec-websocket-protocol"))
        await send({"type": "websocket.accept"})
        told = ForwardMsg()
        told.new_session.initialize.session_id = "session-1"
        await send({"type": "websocket.send", "bytes": told.SerializeToString()})
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(message["bytes"])


async def talk(layer, said, told=None, **headers):
    """Say some messages, then fall silent; what the layer sent."""
    sent, words = [], iter(said)

    async def receive():
        word = next(words, None)
        await asyncio.sleep(0 if word else 60)
        return word

    async def send(message):
        sent.append(message)

    await layer(told or scope(**headers), receive, send)
    return sent


def said(payload):
    return {"type": "websocket.receive", "bytes": payload}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (said(b"x" * 11), 1009),
        ({"type": "websocket.receive", "text": "x"}, 1003),
        ({"type": "websocket.receive"}, 1003),
    ],
)
def test_what_is_too_large_or_no_message_ends_the_conversation(message, code):
    app = App()
    sent = asyncio.run(talk(BoundedSockets(app, LIMITS), [said(b"x" * 10), message, said(b"later")]))
    assert app.heard == [b"x" * 10]
    assert sent[-1] == {"type": "websocket.close", "code": code}


def test_a_silent_session_ends_and_is_not_taken_up_again():
    async def both():
        app = App()
        layer = BoundedSockets(app, replace(LIMITS, idle_seconds=0.01))
        sent = await talk(layer, [said(b"x")])
        assert sent[-1] == {"type": "websocket.close", "code": 4408}
        await talk(layer, [], sec_websocket_protocol="streamlit, token, session-1")
        await talk(layer, [], sec_websocket_protocol="streamlit, token, session-2")
        return app.protocols[1:]

    assert asyncio.run(both()) == [b"streamlit, token", b"streamlit, token, session-2"]


def test_one_who_leaves_may_come_back_to_the_same_session():
    app = App()
    layer = BoundedSockets(app, LIMITS)
    asyncio.run(talk(layer, [{"type": "websocket.disconnect", "code": 1001}]))
    assert not layer.ended and not layer.open


def test_conversations_are_counted_per_address_and_in_all():
    async def crowd():
        layer, going = BoundedSockets(App(), LIMITS), []
        for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
            going.append(asyncio.create_task(talk(layer, [], scope(address))))
        await asyncio.sleep(0)
        refused = [await talk(layer, [], scope("192.0.2.3"))]
        going.pop().cancel()
        await asyncio.sleep(0.01)
        refused.append(await talk(layer, [], scope("192.0.2.1")))
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        return refused, layer.open

    refused, left = asyncio.run(crowd())
    assert refused == [[{"type": "websocket.close", "code": 1013}]] * 2
    assert not left


@pytest.mark.parametrize(("said_before", "heard"), [(0, [b"1", b"2"]), (60, [])])
def test_who_says_much_is_heard_later(said_before, heard):
    async def pace():
        app = App()
        layer = BoundedSockets(app, replace(LIMITS, messages_per_second=1))
        for _ in range(said_before):
            layer._messages.wait("192.0.2.1")
        task = asyncio.create_task(talk(layer, [said(b"1"), said(b"2")]))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return app.heard

    assert asyncio.run(pace()) == heard


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        (None, True),
        ("https://netra.example", True),
        ("https://office.example", True),
        ("https://evil.example", False),
        ("https://netra.example.evil.example", False),
        ("null", False),
        ("http://localhost", False),
    ],
)
def test_only_pages_of_this_server_or_of_a_named_one_may_talk(origin, may):
    app = App()
    layer = BoundedSockets(app, LIMITS, origins=["https://office.example"])
    headers = {"host": "netra.example"} | ({"origin": origin} if origin else {})
    asyncio.run(talk(layer, [{"type": "websocket.disconnect", "code": 1001}], **headers))
    assert bool(app.protocols) == may

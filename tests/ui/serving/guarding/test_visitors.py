"""Whose word is taken for a reader's address: nobody's, unless the operator says so."""

import asyncio

import pytest

from settings import Exposure
from ui.serving.guarding import KnownVisitors
from ui.serving.guarding.visitors import address, site

BEHIND = Exposure(client_header="x-forwarded-for", proxies=("127.0.0.1", "10.0.0.2"))


def asked(peer, *written):
    headers = [(b"x-forwarded-for", text.encode()) for text in written]
    return {"type": "http", "client": (peer, 1), "headers": headers, "scheme": "http"}


@pytest.mark.parametrize(
    ("exposure", "peer", "written", "found"),
    [
        (Exposure(), "127.0.0.1", ("203.0.113.9",), "127.0.0.1"),
        (BEHIND, "198.51.100.7", ("203.0.113.9",), "198.51.100.7"),
        (BEHIND, "127.0.0.1", ("203.0.113.9",), "203.0.113.9"),
        (BEHIND, "127.0.0.1", ("192.0.2.1, 203.0.113.9, 10.0.0.2",), "203.0.113.9"),
        (BEHIND, "127.0.0.1", ("192.0.2.1", "203.0.113.9"), "203.0.113.9"),
        (BEHIND, "127.0.0.1", ("203.0.113.9, <script>",), "127.0.0.1"),
        (BEHIND, "127.0.0.1", ("",), "127.0.0.1"),
        (BEHIND, "127.0.0.1", (), "127.0.0.1"),
        (BEHIND, "127.0.0.1", ("::ffff:203.0.113.9",), "203.0.113.9"),
        (Exposure(client_header="x-real-ip"), "127.0.0.1", ("203.0.113.9",), "127.0.0.1"),
    ],
)
def test_only_a_configured_header_of_a_configured_proxy_counts(exposure, peer, written, found):
    assert address(asked(peer, *written), exposure) == found


def test_an_ipv6_line_is_one_visitor():
    assert site("2001:db8:1:2::7") == site("2001:db8:1:2:ffff::1") != site("2001:db8:1:3::7")
    assert site("203.0.113.9") != site("203.0.113.8")
    assert site("unknown") == "unknown"


@pytest.mark.parametrize(("tls", "scheme"), [(True, "https"), (False, "http")])
def test_the_app_sees_the_reader(tls, scheme):
    seen = []

    async def app(scope, receive, send):
        seen.append((scope["client"][0], scope["scheme"]))

    layer = KnownVisitors(app, Exposure(tls, "x-forwarded-for"))
    asyncio.run(layer(asked("127.0.0.1", "203.0.113.9"), None, None))
    assert seen == [("203.0.113.9", scheme)]

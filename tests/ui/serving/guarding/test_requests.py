"""What is too long, too large or too much is refused before the app hears of it."""

import asyncio
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from settings import Limits
from tests.ui.serving.conftest import fetch
from ui.serving.guarding import BoundedRequests

LIMITS = Limits(
    header_bytes=400, body_bytes=50, query_bytes=200, query_parameters=5, parameter_bytes=60,
    requests_per_second=1, files_per_second=2, uploads_per_minute=3,
)  # fmt: skip


async def swallow(request):
    return PlainTextResponse(str(len(await request.body())))


def app(**changes):
    methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"]
    inner = Starlette(routes=[Route("/{path:path}", swallow, methods=methods)])
    return BoundedRequests(inner, replace(LIMITS, **changes), clock=lambda: 0.0)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("provinsi=64&dari=2024-01-01", 200),
        ("&".join("abcde"), 200),
        ("&".join("abcdef"), 414),
        ("a=" + "x" * 58, 200),
        ("a=" + "x" * 59, 414),
        ("&".join(["a=" + "x" * 50] * 4), 414),
    ],
)
def test_an_address_is_bounded_in_length_and_parts(query, status):
    assert fetch(app(), "/", query).status == status


def test_headers_paths_and_methods_are_bounded():
    assert fetch(app(), "/", cookie="x" * 300).status == 200
    assert fetch(app(), "/", cookie="x" * 500).status == 431
    assert fetch(app(), "/" + "x" * 300).status == 414
    assert fetch(app(), "/", content_length="51").status == 413
    assert fetch(app(header_bytes=9_000), "/", content_length="9" * 5_000).status == 413
    assert fetch(app(), "/", content_length="5", transfer_encoding="chunked").status == 400
    assert [fetch(app(), "/", method=method).status for method in ("TRACE", "PROPFIND", "PATCH")] == [405] * 3


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_is_bounded_whether_it_is_announced_or_not(announced):
    async def talk(size, path="/"):
        parts = iter([{"type": "http.request", "body": b"x" * (size // 2), "more_body": True}] * 2)

        async def receive():
            return next(parts, {"type": "http.request", "body": b"", "more_body": False})

        sent = []

        async def send(message):
            sent.append(message)

        headers = [(b"content-length", str(size).encode())] if announced else []
        scope = {
            "type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b"",
            "client": ("127.0.0.1", 1), "http_version": "1.1", "root_path": "", "scheme": "http",
        }  # fmt: skip
        await app()(scope, receive, send)
        return sent[0]["status"]

    assert asyncio.run(talk(40)) == 200
    assert asyncio.run(talk(60)) == 413
    assert asyncio.run(talk(60, "/_stcore/upload_file/session/file")) == 200


def test_one_address_has_a_bucket_for_each_kind():
    server = app()
    upload = "/_stcore/upload_file/session/file"
    for path, allowed in (("/", 10), ("/static/js/a.js", 20), (upload, 3)):
        statuses = [fetch(server, path).status for _ in range(allowed + 1)]
        assert statuses == [200] * allowed + [429]
    assert fetch(server, "/").headers["retry-after"] == "10"


@pytest.mark.parametrize("query", [b"a=1", b"a=" + b"x" * 99])
def test_a_conversation_is_asked_for_within_the_same_bounds(query):
    sent, heard = [], []

    async def inner(scope, receive, send):
        heard.append(scope)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [],
        "query_string": query,
        "client": None,
    }
    asyncio.run(BoundedRequests(inner, LIMITS)(scope, None, send))
    assert bool(heard) == (query == b"a=1")
    assert bool(sent) == (not heard)

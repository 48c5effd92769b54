"""No answer leaves without headers, none carries what happened inside, and there is no page where there is none."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.ui.serving.conftest import fetch
from ui.serving.guarding import Shielded, policy

NAMES = {*policy.ALWAYS, "content-security-policy"}


async def fail(_):
    raise ValueError("/secret/path.py line 7")


async def cookie(_):
    return Response(headers={"set-cookie": "a=b; Path=/", "server": "x/1.0", "x-frame-options": "ALLOWALL"})


def shielded(**options):
    routes = [
        Route("/", lambda _: HTMLResponse("<p>")),
        Route("/fail", fail),
        Route("/cookie", cookie),
        Route("/lost/{path:path}", lambda _: HTMLResponse("<p>")),
        Route("/_stcore/{path:path}", lambda _: PlainTextResponse("inside")),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Shielded, pages={""}, **options)])


@pytest.mark.parametrize(
    "path", ["/", "/fail", "/cookie", "/none", "/lost/x", "/_stcore/metrics", "/_stcore/health"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_carries_every_header_once(path, method):
    got = fetch(shielded(), path, method=method)
    assert set(got.headers) >= NAMES
    assert "server" not in got.headers
    assert got.headers["x-frame-options"] == "DENY"


def test_only_the_document_may_run_scripts():
    assert "script-src 'self'" in fetch(shielded(), "/").headers["content-security-policy"]
    assert fetch(shielded(), "/cookie").headers["content-security-policy"] == policy.NOTHING


def test_a_failure_is_told_by_a_number_that_the_log_knows(caplog):
    got = fetch(shielded(), "/fail")
    assert got.status == 500
    assert b"secret" not in got.body and b"ValueError" not in got.body
    number = got.body.decode().rpartition("(")[2].rstrip(")")
    assert number in caplog.text and "ValueError" in caplog.text


@pytest.mark.parametrize("path", ["/.env", "/index.html", "/lost/page"])
def test_the_document_stands_at_the_addresses_of_pages_only(page, path):
    plain = Shielded(page, pages={"", "wilayah"})
    assert fetch(plain, path).status == 404
    assert b"<html" not in fetch(plain, path).body
    assert fetch(plain, "/wilayah").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "metrics",
        "agent/interact",
        "agent/openapi.json",
        "agent/mcp",
        "script-health-check",
        "bidi-components/x",
        "",
    ],
)
def test_what_no_page_asks_for_is_closed(path):
    assert fetch(shielded(), f"/_stcore/{path}").status == 404
    assert fetch(shielded(base="/netra"), f"/netra/_stcore/{path}").status == 404


@pytest.mark.parametrize("path", ["health", "host-config", "upload_file/a/b"])
def test_what_pages_ask_for_is_open(path):
    assert fetch(shielded(), f"/_stcore/{path}").body == b"inside"


def test_cookies_travel_by_tls_only_where_there_is_tls():
    assert fetch(shielded(), "/cookie").headers["set-cookie"] == "a=b; Path=/"
    assert fetch(shielded(tls=True), "/cookie").headers["set-cookie"] == "a=b; Path=/; Secure"


def test_a_half_answer_breaks_off():
    async def half(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError("inside")

    with pytest.raises(ConnectionError):
        fetch(Shielded(half, pages=()), "/x")


@pytest.mark.parametrize(("accepted", "code"), [(True, 1011), (False, 1008)])
def test_a_conversation_that_fails_is_closed(accepted, code):
    sent = []

    async def failing(scope, receive, send):
        if accepted:
            await send({"type": "websocket.accept"})
        raise ValueError("inside")

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
    asyncio.run(Shielded(failing, pages=())(scope, None, send))
    assert sent[-1] == {"type": "websocket.close", "code": code}
    assert not accepted or {name.decode() for name, _ in sent[0]["headers"]} >= NAMES

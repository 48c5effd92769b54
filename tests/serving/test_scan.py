"""What a scanner would try: headers of all kinds of answers, paths that should not exist, ways out of a folder."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from settings import ROOT
from tests.serving.talking import FINISHED, reader
from ui.serving.guarding import policy

HEADERS = {*policy.ALWAYS, "content-security-policy"}
UPLOAD = "/_stcore/upload_file/session/file"
INSIDE = re.compile(r"Traceback|site-packages|\.py\b|/tmp/|" + re.escape(str(ROOT)))
HIDDEN = (
    "/.env", "/.git/config", "/.git/HEAD", "/.streamlit/config.toml", "/.streamlit/secrets.toml", "/server.py", "/app.py",
    "/settings.py", "/requirements.txt", "/Makefile", "/data/build/current", "/data/vault/", "/backup.zip", "/dump.sql",
    "/index.html", "/index.html~", "/index.php", "/wp-login.php", "/phpinfo.php", "/server-status", "/actuator/env",
    "/.well-known/security.txt", "/warehouse.duckdb", "/wilayah.bak", "/.DS_Store", "/id_rsa", "/metrics",
    "/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/",
    "/_stcore/script-health-check", "/_stcore/allowed-message-origins", "/_stcore/bidi-components/x/y.js",
    "/component/x/index.html", "/static/none.js", "/static/js/index.js.map", "/app/static/none.svg", "/media/none.csv",
)  # fmt: skip
WAYS_OUT = tuple(
    f"{start}/{way}"
    for start in ("", "/static", "/app/static", "/media", "/component", "/app/static/geo")
    for way in (
        "../server.py", "..%2fserver.py", "%2e%2e/server.py", "%2e%2e%2fserver.py", "..%5cserver.py", "....//server.py",
        "%252e%252e%252fserver.py", "..;/server.py", "%c0%ae%c0%ae/server.py", "../../../../etc/passwd",
        "%2fetc%2fpasswd", "/etc/passwd", "server.py%00.svg", "C:%5cwindows%5cwin.ini", "\\\\evil.example\\share",
    )
)  # fmt: skip


@pytest.fixture
def ask(site):
    """`ask(path, method=…, body=…, **headers)` over one connection; the path goes out as it is written."""
    line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)

    def asked(path, method="GET", body=None, **headers):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        line.putrequest(method, path, skip_accept_encoding=True)
        for name, value in told.items():
            line.putheader(name, value)
        if body is not None:
            line.putheader("content-length", str(len(body)))
        line.endheaders(body)
        answer = line.getresponse()
        content = answer.read()
        return answer, content.decode("utf-8", "replace")

    yield asked
    line.close()


def geometry() -> str:
    return "/app/static/geo/" + next(path.name for path in (ROOT / "static/geo").glob("*.geojson"))


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200), ("/wilayah?provinsi=64", "GET", 200), ("/", "HEAD", 200), ("/", "POST", 405),
        ("/", "OPTIONS", 405), ("/", "TRACE", 405), ("/nowhere", "GET", 307), ("/wilayah/", "GET", 301),
        ("/none.txt", "GET", 404), ("/_stcore/health", "GET", 200), ("/_stcore/host-config", "GET", 200),
        ("/_stcore/stream", "GET", 404), ("/_stcore/metrics", "GET", 404), (geometry(), "GET", 200),
        ("/app/static/netra.svg", "GET", 200), ("/media/none.csv", "GET", 404), (UPLOAD, "PUT", 403), (UPLOAD, "DELETE", 403),
        ("//evil.example/", "GET", 400), ("/?a=" + "x" * 9_000, "GET", 414), ("/auth/login", "GET", 302), ("/auth/none", "GET", 404),
    ],
)  # fmt: skip
def test_every_kind_of_answer_carries_the_headers(ask, path, method, status):
    answer, text = ask(path, method, accept="text/html")
    assert answer.status == status
    assert {name.lower() for name in answer.headers} >= HEADERS
    assert len(answer.headers.get_all("content-security-policy")) == 1
    assert not {"server", "x-powered-by", "strict-transport-security"} & {
        name.lower() for name in answer.headers
    }
    assert not re.search("uvicorn|starlette|streamlit/", str(answer.headers), re.IGNORECASE)
    assert status == 200 or not INSIDE.search(text)


def test_scripts_of_others_are_allowed_nowhere(ask):
    answer, document = ask("/", accept="text/html")
    script = re.search(r'src="\./(static/js/[^"]+)"', document).group(1)
    told = ask("/" + script)[0].headers["content-security-policy"]
    assert told == policy.NOTHING
    assert (
        "'unsafe-inline'"
        not in re.search("script-src [^;]*", answer.headers["content-security-policy"]).group()
    )
    assert "access-control-allow-origin" not in ask("/", origin="https://evil.example")[0].headers


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_what_should_not_exist_does_not(ask, accept):
    found = {}
    for path in HIDDEN:
        answer, text = ask(path, accept=accept)
        if answer.status not in (404, 307, 301) or "<html" in text or INSIDE.search(text):
            found[path] = answer.status
        target = answer.headers["location"] or ""
        assert not target or target == path.rstrip("/") or target.startswith("/?halaman="), path
    assert found == {}


def test_no_way_leads_out_of_a_folder(ask):
    for path in WAYS_OUT:
        answer, text = ask(path, accept="*/*")
        assert answer.status in (400, 404), path
        assert not re.search(r"root:|import |<html", text), path
        assert not INSIDE.search(text), path


def test_sizes_are_bounded_before_anything_reads_them(ask):
    assert ask("/", cookie="x" * 20_000)[0].status == 431
    assert ask("/", "POST", body=b"x" * 70_000)[0].status == 413
    assert ask("/?" + "&".join(f"p{n}=1" for n in range(60)))[0].status == 414
    answer, text = ask(UPLOAD, "PUT", body=b"x" * 1_000)
    assert answer.status == 403 and not INSIDE.search(text)


@pytest.mark.parametrize(
    ("request_line", "head", "status"),
    [
        ("GET / HTTP/1.1", "Host: evil.example", b"200"),
        ("GET /nowhere HTTP/1.1", "Host: evil.example\r\nX-Forwarded-Host: evil.example", b"307"),
        ("GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1", "Host: x", b"307"),
        ("GET /?a=\rSet-Cookie:a=b HTTP/1.1", "Host: x", b"400"),
        ("GET / HTTP/1.1", "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5", b"400"),
        ("GET / HTTP/1.1", "Host: x\r\nX: " + "x" * 70_000, b"431"),
        ("NOISE", "noise", b"400"),
    ],
)
def test_what_is_hardly_a_request_gets_an_answer_without_an_echo(site, request_line, head, status):
    where = urlsplit(site)
    with socket.create_connection((where.hostname, where.port), timeout=20) as line:
        line.sendall(f"{request_line}\r\n{head}\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
        start, _, _ = b"".join(iter(lambda: line.recv(65_536), b"")).partition(b"\r\n\r\n")
    assert start.split()[1] == status
    assert b"evil" not in start and b"uvicorn" not in start.lower()
    assert b"\nset-cookie: a=b" not in start.lower()


@pytest.mark.parametrize(
    ("message", "code"),
    [("text", 1003), (b"\xff\xff\xff", 1002), (b"x" * 300_000, 1009), (b"\n" * 11_000_000, 1009)],
)
def test_what_is_no_message_ends_the_conversation_in_silence(site, message, code):
    async def say():
        async with reader(site) as one:
            told = []
            try:
                await one.socket.send(message)
                while True:
                    told.append(await asyncio.wait_for(one.socket.recv(), 20))
            except ConnectionClosed as end:
                return told, end.rcvd

    told, end = asyncio.run(say())
    assert end.code == code
    assert not INSIDE.search(end.reason)
    assert not [part for part in told if INSIDE.search(part.decode("utf-8", "replace"))]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_page_of_another_server_may_not_talk(site, origin):
    async def knock():
        async with reader(site, origin=origin):
            raise AssertionError("let in")

    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(knock())
    assert refused.value.response.status_code == 403


def test_after_all_of_it_the_server_answers_as_before(site, log):
    async def look():
        async with reader(site, "wilayah") as one:
            return await one.see()

    view = asyncio.run(look())
    assert view.finished == FINISHED and view.faults == []
    assert "external IP" not in log.read_text()

"""Scripts and geometry travel compressed, and each is compressed once."""

import asyncio
import gzip
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.ui.serving.conftest import fetch
from ui.serving import compression
from ui.serving.compression import CompressedResponses

TEXT = "netra " * 1000


def app(*, media_type="application/javascript", body=TEXT, **headers):
    async def answer(_):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(body, media_type=media_type, headers=told)

    return CompressedResponses(Starlette(routes=[Route("/{path:path}", answer)]))


def test_a_script_is_compressed_and_unpacks_to_the_same_bytes():
    got = fetch(app(etag='"1"'), "/static/js/a.js", accept_encoding="gzip, deflate")
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["vary"] == "Accept-Encoding"
    assert got.headers["etag"] == 'W/"1"'
    assert int(got.headers["content-length"]) == len(got.body) < len(TEXT)
    assert gzip.decompress(got.body).decode() == TEXT


def test_the_work_of_compressing_is_done_once(monkeypatch):
    times = []
    original = gzip.compress
    monkeypatch.setattr(compression.gzip, "compress", lambda *a, **k: times.append(1) or original(*a, **k))
    server = app(etag='"1"')
    bodies = {fetch(server, "/static/js/a.js", accept_encoding="gzip").body for _ in range(3)}
    assert len(times) == len(bodies) == 1


def test_another_version_of_a_file_is_not_answered_from_the_old_one():
    versions = iter((("old " * 500, '"1"'), ("new " * 500, '"2"')))

    async def answer(_):
        body, etag = next(versions)
        return Response(body, media_type="text/css", headers={"etag": etag})

    server = CompressedResponses(Starlette(routes=[Route("/a.css", answer)]))
    bodies = [gzip.decompress(fetch(server, "/a.css", accept_encoding="gzip").body) for _ in range(2)]
    assert bodies[0] != bodies[1]


def test_memory_is_bounded():
    server = app(etag='"1"')
    small = CompressedResponses(server.app, cache_bytes=10)
    for name in "abc":
        fetch(small, f"/static/{name}.js", accept_encoding="gzip")
    assert len(small._cache) == 1


def test_what_is_not_asked_for_or_not_worth_it_passes_untouched():
    plain = (
        fetch(app(), "/static/a.js"),
        fetch(app(), "/static/a.js", accept_encoding="gzip", range="bytes=0-9"),
        fetch(app(media_type="font/woff2"), "/static/a.woff2", accept_encoding="gzip"),
        fetch(app(body="short"), "/static/a.js", accept_encoding="gzip"),
        fetch(app(), "/_stcore/health", accept_encoding="gzip"),
        fetch(app(), "/media/data.csv", accept_encoding="gzip"),
        fetch(app(), "/static/a.js", method="HEAD", accept_encoding="gzip"),
    )
    assert not [answer for answer in plain if "content-encoding" in answer.headers]


def test_a_file_that_is_compressed_already_is_left_alone():
    got = fetch(app(content_encoding="gzip"), "/static/a.js", accept_encoding="gzip")
    assert got.body.decode() == TEXT


def test_a_streamed_answer_arrives_whole():
    async def answer(_):
        return StreamingResponse(iter(["netra "] * 500), media_type="text/plain")

    server = CompressedResponses(Starlette(routes=[Route("/a", answer)]))
    got = fetch(server, "/a", accept_encoding="gzip")
    assert gzip.decompress(got.body) == b"netra " * 500


def test_errors_and_websockets_pass(page):
    missing = fetch(CompressedResponses(Starlette()), "/static/none.js", accept_encoding="gzip")
    assert missing.status == 404
    seen = []

    async def socket(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(CompressedResponses(socket)({"type": "websocket"}, None, None))
    assert seen == ["websocket"]


def test_the_scripts_of_streamlit_are_compressed(page):
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    script = max(folder.glob("*.js"), key=lambda path: path.stat().st_size)
    got = fetch(CompressedResponses(page), f"/static/js/{script.name}", accept_encoding="gzip")
    assert got.headers["content-encoding"] == "gzip"
    assert "immutable" in got.headers["cache-control"]
    assert len(got.body) < 0.4 * script.stat().st_size


def test_a_text_answer_without_tag_is_compressed_but_not_kept():
    async def answer(_):
        return PlainTextResponse(TEXT)

    server = CompressedResponses(Starlette(routes=[Route("/a", answer)]))
    assert "content-encoding" in fetch(server, "/a", accept_encoding="gzip").headers
    assert not server._cache


def test_geometry_named_by_its_content_may_be_kept_for_good():
    kept = fetch(app(), "/app/static/geo/a.0123456789.geojson", accept_encoding="gzip")
    assert "immutable" in kept.headers["cache-control"]
    assert (
        "cache-control" not in fetch(app(), "/app/static/geo/manifest.json", accept_encoding="gzip").headers
    )


def test_what_holds_for_the_plain_file_only_is_not_said_of_the_packed_one():
    got = fetch(app(accept_ranges="bytes", last_modified="x"), "/static/a.js", accept_encoding="gzip")
    assert "accept-ranges" not in got.headers and "last-modified" not in got.headers

"""Files are taken from signed-in sessions only, and stay in memory."""

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from starlette.responses import PlainTextResponse

from tests.ui.serving.conftest import fetch
from ui.serving import GuardedUploads, keep_uploads_in_memory

PATH = "/_stcore/upload_file/session-1/file-1"


@pytest.fixture
def guarded():
    return GuardedUploads(PlainTextResponse("taken"), may=lambda session: session == "session-1")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        (PATH, "PUT", 200),
        (PATH, "DELETE", 200),
        (PATH.replace("session-1", "session-2"), "PUT", 403),
        (PATH.replace("session-1", "session-2"), "POST", 403),
        (PATH.replace("session-1", "session-2") + "/", "PUT", 403),
        (f"/base{PATH.replace('session-1', 'session-2')}", "PUT", 403),
        (PATH.replace("session-1", "session-2"), "OPTIONS", 200),
        ("/wilayah", "GET", 200),
    ],
)
def test_only_sessions_that_signed_in_may_send_files(guarded, path, method, status):
    assert fetch(guarded, path, method=method).status == status


def test_a_large_file_never_reaches_the_temporary_folder(monkeypatch):
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)
    keep_uploads_in_memory()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        + b"1" * 3_000_000
        + b"\r\n--x--\r\n"
    )

    async def stream():
        yield body

    async def parse():
        form = await MultiPartParser(
            Headers({"content-type": "multipart/form-data; boundary=x"}), stream()
        ).parse()
        kept = form["f"].file
        assert kept._rolled is False
        assert len(await form["f"].read()) == 3_000_000
        await form.close()

    asyncio.run(parse())

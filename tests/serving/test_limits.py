"""Limits of the environment hold on the running server, and a secret that others can read keeps it from starting."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from settings import ROOT
from tests.functional.conftest import free_port, served
from tests.serving.talking import FINISHED, reader
from ui.serving.guarding import policy

TIGHT = {
    "NETRA_FILES_PER_SECOND": "1",
    "NETRA_SOCKETS_PER_ADDRESS": "2",
    "NETRA_IDLE_SECONDS": "5",
    "NETRA_CLIENT_HEADER": "x-real-ip",
    "NETRA_TLS": "1",
}


@pytest.fixture(scope="module")
def tight(environment, tmp_path_factory):
    with served(environment | TIGHT, tmp_path_factory.mktemp("tight") / "log") as address:
        yield address


def ask(address, visitor):
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"x-real-ip": visitor})
        ) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


def test_who_asks_for_too_much_waits_and_others_do_not(tight):
    picture = f"{tight}/app/static/netra.svg"
    answers = [ask(picture, "192.0.2.1") for _ in range(100)]
    assert [status for status, _ in answers[:10]] == [200] * 10
    headers = next(headers for status, headers in answers if status == 429)
    assert headers["retry-after"]
    assert {*policy.ALWAYS, "strict-transport-security"} <= {name.lower() for name in headers}
    assert ask(picture, "192.0.2.2")[0] == 200


def test_a_third_page_of_one_address_is_refused(tight):
    async def three():
        async with reader(tight), reader(tight):
            with pytest.raises(InvalidStatus) as refused:
                async with reader(tight):
                    pass
            async with reader(tight, "metode", additional_headers={"x-real-ip": "192.0.2.9"}) as other:
                return refused.value.response.status_code, (await other.see()).finished

    assert asyncio.run(three()) == (403, FINISHED)


def test_a_silent_page_loses_its_session_and_gets_another(tight):
    async def sleep_and_come_back():
        async with reader(tight, "metode") as one:
            await one.see()
            with pytest.raises(ConnectionClosed) as end:
                while True:
                    await one.socket.recv()
        assert end.value.rcvd.code == 4408
        async with reader(tight, "metode", words=("token", one.session)) as again:
            view = await again.see()
        return one.session, again.session, view

    before, after, view = asyncio.run(sleep_and_come_back())
    assert before and after and before != after
    assert (view.finished, view.faults) == (FINISHED, [])


def test_a_page_that_lost_its_line_comes_back_to_its_session(tight):
    async def stumble():
        async with reader(tight, "metode") as one:
            await one.see()
        async with reader(tight, "metode", words=("token", one.session)) as again:
            await again.see()
        return one.session, again.session

    before, after = asyncio.run(stumble())
    assert before == after


@pytest.mark.parametrize(("mode", "name"), [(0o644, "NETRA_KEY_FILE"), (0o600, "NETRA_QUERY_BYTES")])
def test_the_server_does_not_start_and_says_why(tmp_path, mode, name):
    key = tmp_path / "key"
    key.touch(mode)
    key.chmod(mode)
    environment = os.environ | {"NETRA_KEY_FILE": str(key), "NETRA_QUERY_BYTES": "none"}
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.port", str(free_port())]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 12
    assert name in done.stderr and "Traceback" not in done.stderr

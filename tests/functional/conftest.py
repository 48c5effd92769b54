"""A running server over a small warehouse made by the production path, and a Chromium that tolerates no fault."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from settings import ROOT

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
ARTEFACTS = ROOT / "artefacts"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
)  # fmt: skip
PROVINCES = ("64", "6401", "6402", "6408", "6471", "6474", "65", "6501", "6502")


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def chromium_is_there():
    """Without a browser these tests cannot run; `REQUIRE_BROWSER=1` makes that a failure."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("No Chromium found, and REQUIRE_BROWSER=1.")
        pytest.skip(
            "No Chromium on this machine: browser tests did not run. Install one, or set REQUIRE_BROWSER=1."
        )


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> dict[str, str]:
    """An environment whose data root holds a small sample, loaded and built by the commands a user runs."""
    root = tmp_path_factory.mktemp("site")
    environment = os.environ | {"NETRA_DATA": str(root / "data"), "NETRA_KEY_FILE": str(root / "key")}
    chosen = [word for code in PROVINCES for word in ("--government", code)]
    for words in (
        ["sample", "--out", str(root / "sample"), "--scale", "0.2", *chosen],
        ["load", "batch", str(root / "sample" / "manifest.csv")],
        ["build"],
    ):
        subprocess.run(
            [sys.executable, "-m", "etl", *words], cwd=ROOT, env=environment, check=True, capture_output=True
        )
    return environment


@pytest.fixture(scope="session")
def site(world, tmp_path_factory):
    """The address of a running server; its log is printed when a test fails."""
    with served(world, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


@contextmanager
def served(environment: dict[str, str], log: Path, program: str = "streamlit"):
    """Run the server as a user does, or by another module that ends in the same; gives its address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", program, "run", "server.py", "--server.port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_healthy(address: str, server: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"The server did not start:\n{log.read_text()}")


@dataclass
class Watch:
    """Everything a browser complained about while a journey ran."""

    host: str
    faults: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on(
            "console",
            lambda message: message.type == "error" and self.faults.append(f"console: {message.text}"),
        )
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("request", self._request)
        page.on("response", lambda a: a.status >= 400 and self.faults.append(f"{a.status}: {a.url}"))

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"request to another host: {request.url}")


@pytest.fixture(scope="session")
def browser(chromium_is_there):
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser, site):
    """`open_page(path, width=…, scheme=…)` gives a settled page; any console error or foreign request fails the test."""
    with visitor(browser, site) as visit:
        yield visit


@contextmanager
def visitor(browser, site: str):
    """The function behind `open_page`, for any server."""
    watches, contexts = [], []

    def visit(path: str = "/", *, width: int = 1280, scheme: str = "light", height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        watch = Watch(urlsplit(site).netloc)
        page = context.new_page()
        page.set_default_timeout(30_000)
        watch.attach(page)
        watches.append(watch)
        contexts.append(context)
        page.goto(site + path)
        settle(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


def settle(page: Page) -> None:
    """Waits until the script has run and nothing is stale or loading."""
    page.wait_for_selector("[data-testid='stApp'][data-test-script-state='notRunning']", timeout=45_000)
    page.wait_for_selector("main h1, h1", timeout=45_000)
    page.wait_for_function(
        '() => !document.querySelector(\'[data-stale="true"], [data-testid="stSkeleton"]\')'
    )
    page.wait_for_timeout(400)


def violations(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA that axe finds; no rule is switched off."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(WCAG)}}).response["violations"]
    return [
        f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]} {v['nodes'][0]['html'][:160]}"
        for v in found
    ]


def keep_picture(page: Page, name: str) -> None:
    """Keeps a picture of the whole page as an artefact; Streamlit scrolls inside the window, so the window grows."""
    ARTEFACTS.mkdir(exist_ok=True)
    size = page.viewport_size
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), 8_000)})
    page.wait_for_timeout(800)
    page.screenshot(path=ARTEFACTS / f"{name}.png")
    page.set_viewport_size(size)
    settle(page)

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
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import BrowserContext, Page, sync_playwright

from settings import ROOT
from tests.functional.looking import Watch, settle

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--process-per-site",
    # Pages live for seconds: what an optimising compiler would gain is less than what it takes.
    "--js-flags=--no-opt --no-maglev",
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
def world(tmp_path_factory, worker_id) -> dict[str, str]:
    """An environment whose data root holds a small sample, loaded and built by the commands a user runs.

    The workers of one run share it: the first makes it, the others wait for it.
    """
    own = tmp_path_factory.getbasetemp()
    root = (own if worker_id == "master" else own.parent) / "site"
    environment = os.environ | {"NETRA_DATA": str(root / "data"), "NETRA_KEY_FILE": str(root / "key")}
    with FileLock(f"{root}.lock"):
        if not (root / "made").exists():
            make_site(root, environment)
            (root / "made").touch()
    return environment


def make_site(root: Path, environment: dict[str, str]) -> None:
    chosen = [word for code in PROVINCES for word in ("--government", code)]
    for words in (
        ["sample", "--out", str(root / "sample"), "--scale", "0.2", *chosen],
        ["load", "batch", str(root / "sample" / "manifest.csv")],
        ["build"],
    ):
        subprocess.run(
            [sys.executable, "-m", "etl", *words], cwd=ROOT, env=environment, check=True, capture_output=True
        )


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


@pytest.fixture(scope="session")
def browser(chromium_is_there):
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def profile(browser):
    """The profile that all pages share, so that scripts are fetched and compiled once."""
    opened = browser.new_context(accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def open_page(profile, site):
    """`open_page(path, width=…, scheme=…)` gives a settled page; any console error or foreign request fails the test."""
    with visitor(profile, site, stays=True) as visit:
        yield visit


@contextmanager
def visitor(profile: BrowserContext, site: str, stays: bool = False):
    """The function behind `open_page`, for any server; a visit leaves nothing behind but compiled scripts.

    `apart=True`: from another browser, that has neither stored nor fetched anything. Where readers change nothing at the server,
    a tab `stays` open for the next visit, which loads its page into it: a new tab would compile half of the scripts again.
    """
    watches: dict[Page, Watch] = {}
    if not profile.pages:
        # The process that holds the compiled scripts lives as long as a tab of this machine is open.
        profile.new_page().goto(f"{site}/_stcore/health")

    def visit(path="/", *, width=1280, scheme="light", height=900, apart=False) -> Page:
        free = [tab for tab in profile.pages[1:] if tab not in watches and not apart]
        browser = profile.browser.new_context(accept_downloads=True) if apart else profile
        page = free[0] if free else browser.new_page()
        page.set_default_timeout(30_000)
        watches[page] = watch = Watch(urlsplit(site).netloc)
        watch.attach(page)
        # The window is set once the page before is gone, which would be drawn anew, and before anything of this one is drawn.
        page.goto(site + path, wait_until="commit")
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        settle(page)
        return page

    yield visit
    for page in watches:
        if page.context != profile:
            page.context.close()
        elif stays:
            page.evaluate("sessionStorage.clear()")
        else:
            page.close()
    storage = profile.new_cdp_session(profile.pages[0])
    storage.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
    storage.detach()
    assert [fault for watch in watches.values() for fault in watch.faults] == []

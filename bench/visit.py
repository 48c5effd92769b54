"""A first visit: what a browser with an empty cache is sent for the map page, as it travels."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from bench.pages import MAP_PAGE
from bench.report import Row, Section
from bench.serving import PRODUCT, Server, served
from bench.session import PageError
from bench.world import World

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SETTLED = "[data-testid='stApp'][data-test-script-state='notRunning']"
TITLE = "First visit"
KINDS = {
    "scripts": (".js", ".mjs"),
    "styles": (".css",),
    "geometry": (".geojson",),
    "fonts": (".woff2", ".ttf"),
}


@dataclass
class Traffic:
    """Bytes on the wire by kind of file, headers apart, and how many files."""

    bytes: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)

    def listen(self, page: Page) -> None:
        """Count everything the page receives from now on."""
        answers: dict[str, tuple[str, int]] = {}
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")

        def begin(seen: dict[str, Any]) -> None:
            answer = seen["response"]
            kind = kind_of(urlsplit(answer["url"]).path)
            answers[seen["requestId"]] = (kind, int(answer["encodedDataLength"]))

        def end(seen: dict[str, Any]) -> None:
            kind, head = answers.get(seen["requestId"], ("other", 0))
            self.bytes[kind] += int(seen["encodedDataLength"]) - head
            self.bytes["headers"] += head
            self.files[kind] += 1

        wire.on("Network.responseReceived", begin)
        wire.on("Network.loadingFinished", end)


def kind_of(path: str) -> str:
    """What sort of file an address path names."""
    return next((kind for kind, endings in KINDS.items() if path.endswith(endings)), "other")


def measure(world: World) -> Section:
    """The bytes of a first visit; a remark instead where there is no Chromium."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        return Section(TITLE, remark="No Chromium on this machine: not measured.")
    with served(world, PRODUCT) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            first, cold = _visit(browser, server)
            _, warm = _visit(browser, server)
        except PlaywrightError as fault:
            raise PageError(f"/{MAP_PAGE} shows no map: {fault.message.splitlines()[0]}") from fault
        finally:
            browser.close()
    return Section(TITLE, tuple(_rows(first, cold, warm)), "Bytes as they travel, loopback, 1280 x 900.")


def _visit(browser: Any, server: Server) -> tuple[Traffic, float]:
    """One visit with an empty cache: traffic, and seconds until the map is drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, traffic = context.new_page(), Traffic()
    traffic.listen(page)
    started = time.perf_counter()
    page.goto(f"{server.address}/{MAP_PAGE}")
    page.wait_for_selector(SETTLED, timeout=45_000)
    page.wait_for_selector(".js-plotly-plot", timeout=45_000)
    drawn = time.perf_counter() - started
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    context.close()
    return traffic, drawn


def _rows(traffic: Traffic, cold: float, warm: float) -> list[Row]:
    sizes, files = traffic.bytes, traffic.files
    return [
        Row("scripts", sizes["scripts"] / 1e6, "MB", 2.0, 0.65, f"{files['scripts']} files"),
        Row("geometry", sizes["geometry"] / 1e3, "kB", note=f"{files['geometry']} files"),
        Row("styles, fonts and document", (sizes["styles"] + sizes["fonts"] + sizes["other"]) / 1e3, "kB",
            note=f"{files['styles'] + files['fonts'] + files['other']} files, without the websocket"),
        Row("headers of all answers", sizes["headers"] / 1e3, "kB"),
        Row("first visit until the map is drawn / the next first visit", cold / warm,
            note=f"{cold:.1f} and {warm:.1f} s; the first meets a server just started"),
    ]  # fmt: skip

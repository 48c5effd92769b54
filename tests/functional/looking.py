"""Looking at a page: what a browser complains about, when the page has come to rest, what axe finds, and pictures."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response, WebSocket

from settings import ROOT

ARTEFACTS = ROOT / "artefacts"
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RULES = {"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]}
# Changes of a document since it was first looked at, and what it still works on: read again and again until nothing changes.
CHANGES = """() => {
    if (window.netraChanges === undefined) {
        window.netraChanges = 0;
        const all = { subtree: true, childList: true, attributes: true, characterData: true };
        new MutationObserver(() => window.netraChanges++).observe(document, all);
    }
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = app?.dataset.testScriptState !== 'notRunning' ? 'script'
        : !document.querySelector('h1') ? 'no heading'
        : document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]') ? 'stale' : null;
    return { busy, changes: window.netraChanges };
}"""
LOOKS = 4


@dataclass
class Watch:
    """Everything a browser complained about while a journey ran."""

    host: str
    faults: list[str] = field(default_factory=list)
    awaited: set[Request | WebSocket] = field(default_factory=set)

    def attach(self, page: Page) -> None:
        """Begins to listen to a page, in the place of whoever listened to it before."""
        if before := WATCHES.pop(page, None):
            for event, hear in before.ears().items():
                page.remove_listener(event, hear)
        WATCHES[page] = self
        for event, hear in self.ears().items():
            page.on(event, hear)

    def ears(self) -> dict[str, Callable[..., object]]:
        """What is called at each event of a page."""
        return {
            "console": self._console,
            "pageerror": self._error,
            "request": self._request,
            "requestfinished": self._answered,
            "requestfailed": self._answered,
            "websocket": self._conversation,
            "response": self._response,
        }

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _error(self, error: Error) -> None:
        self.faults.append(f"page error: {error}")

    def _response(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.status}: {answer.url}")

    def _answered(self, request: Request) -> None:
        self.awaited.discard(request)

    def _conversation(self, socket: WebSocket) -> None:
        """What the page has asked of its script is awaited until something comes back."""
        socket.on("framesent", lambda _: self.awaited.add(socket))
        socket.on("framereceived", lambda _: self.awaited.discard(socket))
        socket.on("close", lambda _: self.awaited.discard(socket))

    def _request(self, request) -> None:
        self.awaited.add(request)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"request to another host: {request.url}")


WATCHES: WeakKeyDictionary[Page, Watch] = WeakKeyDictionary()


def settle(page: Page) -> None:
    """Waits until the script has run, nothing is stale, loading or on its way, and the document stays as it is."""
    end = time.monotonic() + 45
    alike, before = 0, None
    while alike < LOOKS:
        page.wait_for_timeout(30)
        now = page.evaluate(CHANGES) | {"awaited": len(WATCHES[page].awaited)}
        alike = alike + 1 if now == before and not now["busy"] and not now["awaited"] else 0
        before = now
        assert time.monotonic() < end, f"The page does not come to rest: {page.url}: {now}"


def violations(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 A and AA that axe finds; no rule is switched off."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:3]} {v['nodes'][0]['html'][:160]}"
        for v in found
    ]


def show_whole(page: Page, name: str) -> None:
    """Lets the window grow to the whole page, so that all of it is drawn (Streamlit scrolls inside the window), and stay so.

    With `NETRA_PICTURES=1` a picture is kept as an artefact.
    """
    size = page.viewport_size
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    if height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": min(height, 8_000)})
        settle(page)
    if os.environ.get("NETRA_PICTURES") == "1":
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png")

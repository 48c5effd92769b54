"""The HTML document in the reader's language: `lang`, title and the text for browsers without scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import LANGUAGES, words

LANGUAGE_PARAMETER = "bahasa"
# Paths of Streamlit's own: what pages talk to, and signing in.
NO_PAGES: Final = ("_stcore", "auth/", "oauth2callback")
FILES: Final = "/unduh/v1/"

# Streamlit fixes <html lang="en"> and English labels. The language can change without a reload, so a script of our
# own lets the document follow its address. It also says where the root is: all pages lie one step below it, and
# Streamlit would search it by asking for files that are missing.
SCRIPT: Final = Path(__file__).parent / "first_script.js"
STYLE: Final = Path(__file__).parent / "style.css"
BUILT_IN: Final = (
    "clear", "open", "remove", "selected", "options", "pages", "page", "next", "previous", "skip",
    "upload", "more_files", "file", "too_large", "error", "show_password", "hide_password",
)  # fmt: skip


class LocalisedDocument:
    """ASGI middleware: rewrites HTML documents for the language that the address asks for."""

    def __init__(self, app: ASGIApp, pages: Collection[str], base: str = "") -> None:
        self.app, self.pages, self.base = app, pages, base.strip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; only complete HTML documents are changed."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _wants_html(scope):
            await self.app(scope, receive, send)
            return
        lost = self._lost(scope["path"])
        if lost is not None:
            await _to_overview(scope, lost, self.base)(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def rewrite(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if not _is_document(start):
                    await send(start)
                return
            if not _is_document(start):
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _send_document(start, localise(body.decode(), asked_language(scope)), send)

        await self.app(_unconditional(scope), receive, rewrite)

    def _lost(self, path: str) -> str | None:
        """The name of a page that does not exist; None for a page, and for files and Streamlit's own paths."""
        name = path.strip("/").removeprefix(self.base).strip("/")
        return None if name in self.pages or "." in name or name.startswith(NO_PAGES) else name


def asked_language(scope: Scope) -> str:
    """Language named by `bahasa` in the address, Indonesian where none or an unknown one is named."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(LANGUAGE_PARAMETER, [""])[-1]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def localise(document: str, lang: str) -> str:
    """The document with `lang`, title, icon and no-script text of the product."""
    w = words(lang)
    document = document.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    document = document.replace("<title>Streamlit</title>", f"<title>{html.escape(w('app.name'))}</title>", 1)
    document = document.replace("./favicon.png", "./app/static/netra.svg", 1)
    no_script = f"<noscript><p>{html.escape(w('app.no_script'))}</p></noscript>"
    document = re.sub(r"<noscript>.*?</noscript>", lambda _: no_script, document, count=1, flags=re.DOTALL)
    document = document.replace("<title>", f"<script>{_script()}</script><title>", 1)
    # Inside the app the style would travel again with every rerun.
    return document.replace("</head>", f"<style>{_style()}</style></head>", 1)


def inline_parts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The scripts and the styles that stand in the document itself, as the content security policy has to name them."""
    return (_script(),), (_style(),)


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


@cache
def _script() -> str:
    both = [words(lang) for lang in LANGUAGES]
    labels = json.dumps([[w(f"ui.builtin.{name}") for w in both] for name in BUILT_IN], ensure_ascii=True)
    return SCRIPT.read_text(encoding="utf-8").replace("(LABELS)", f"({labels})".replace("</", "<\\/"))


def _to_overview(scope: Scope, lost: str, base: str) -> RedirectResponse:
    """To the overview, which names the page it was asked for among the parts it did not understand."""
    query = scope.get("query_string", b"").decode("latin-1")
    told = "&".join(part for part in (query, urlencode({"halaman": lost})) if part)
    return RedirectResponse(f"/{base}/?{told}" if base else f"/?{told}", status_code=307)


async def _send_document(start: Message, document: str, send: Send) -> None:
    content = document.encode()
    headers = MutableHeaders(raw=start["headers"])
    headers["content-length"] = str(len(content))
    # The file's own tags would keep an old rewriting alive in caches.
    del headers["etag"]
    del headers["last-modified"]
    await send(start)
    await send({"type": "http.response.body", "body": content})


def _wants_html(scope: Scope) -> bool:
    # Files answer for themselves, also to a browser.
    return FILES not in scope["path"] and "text/html" in Headers(scope=scope).get("accept", "")


def _is_document(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return bool(start["status"] == 200 and headers.get("content-type", "").startswith("text/html"))


def _unconditional(scope: Scope) -> Scope:
    conditions = (b"if-none-match", b"if-modified-since")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in conditions]}

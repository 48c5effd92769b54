"""Asking an ASGI application without a server."""

import asyncio
from dataclasses import dataclass

import pytest


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def fetch(app, path, query="", method="GET", **headers):
    """One request; header names are written with underscores."""
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": query.encode(), "headers": told,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "extensions": {},
    }  # fmt: skip
    sent, asked = [], []

    async def receive():
        if asked:
            await asyncio.sleep(60)
        asked.append(1)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(start["status"], {k.decode().lower(): v.decode() for k, v in start["headers"]}, body)


@pytest.fixture
def page(tmp_path):
    """Streamlit's own static files behind Starlette, as the server mounts them."""
    from starlette.applications import Starlette
    from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

    return Starlette(routes=create_streamlit_static_assets_routes(base_url=None))

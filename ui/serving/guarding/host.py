"""The server below us, as Streamlit starts it: it names itself and believes any proxy on this machine; neither is wanted.

Streamlit passes no such setting on, so both are taken from the running server when it starts.
"""

from __future__ import annotations

import logging

from starlette.types import Receive
from uvicorn import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

log = logging.getLogger("netra.server")


def quieten(receive: Receive) -> bool:
    """Let uvicorn send no `server` header and rewrite no client address; says whether it was uvicorn that called.

    `receive` is that of the lifespan, whose owner holds uvicorn's settings.
    """
    config = getattr(getattr(receive, "__self__", None), "config", None)
    if not isinstance(config, Config):
        log.info("not started by uvicorn: its own headers are left as they are")
        return False
    config.encoded_headers = [pair for pair in config.encoded_headers if pair[0] != b"server"]
    if isinstance(config.loaded_app, ProxyHeadersMiddleware):
        # Whose word is taken for a reader's address is said in one place, `visitors`.
        config.loaded_app.trusted_hosts = type(config.loaded_app.trusted_hosts)([])
    return True

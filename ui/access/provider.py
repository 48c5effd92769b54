"""The provider of sign-ins asked again: who issues its tokens, and what it says now of somebody who is signed in.

Streamlit keeps what was claimed at the sign-in in a cookie for thirty days. So the claims of the cookie are never believed for
longer than a moment: the provider's userinfo is asked with the person's own access token, and what it says now holds.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

MOST_BYTES: Final = 64 * 1024
PATIENCE: Final = 3.0
AGAIN_AFTER_FAILURE: Final = 5.0
METADATA_SECONDS: Final = 3600.0
KEPT: Final = 1024
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")

Claims = Mapping[str, Any]
Fetch = Callable[[str, str | None], Claims]


class RefusedError(Exception):
    """The provider no longer knows the sign-in."""


class UnreachableError(Exception):
    """The provider gave no answer that can be used."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A token is sent nowhere but to the address that it was meant for."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """No redirect is followed."""


def fetch(address: str, token: str | None) -> Claims:
    """The JSON object at an address, asked for with a bearer token where one is given; UnreachableError where there is none.

    RefusedError where the token is answered by 401 or 403: who shows no token cannot be refused as a sign-in.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise UnreachableError("not https")
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - the scheme is checked above
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except urllib.error.HTTPError as error:
        error.close()
        is_refused = bool(token) and error.code in (401, 403)
        raise (RefusedError if is_refused else UnreachableError)(str(error.code)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(type(error).__name__) from None
    if not isinstance(found, dict):
        raise UnreachableError("no object")
    return found


class Provider:
    """Answers of the providers, each kept for a while under a hash of its address and the token that asked."""

    def __init__(self, fetch: Fetch = fetch, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._clock = fetch, clock
        self._kept: OrderedDict[str, tuple[float, Claims | Exception]] = OrderedDict()
        self._guard = threading.Lock()

    def metadata(self, address: str) -> Claims:
        """What the provider says of itself at its well-known address."""
        return self._asked(f"metadata {address}", address, None, METADATA_SECONDS)

    def claims(self, metadata_address: str, token: str, seconds: float) -> Claims:
        """What the provider says now of the holder of an access token, at most `seconds` old."""
        address = self.metadata(metadata_address).get("userinfo_endpoint")
        if not isinstance(address, str):
            raise UnreachableError("no userinfo")
        key = hashlib.sha256(f"{address}\n{token}".encode()).hexdigest()
        return self._asked(key, address, token, seconds)

    def _asked(self, key: str, address: str, token: str | None, seconds: float) -> Claims:
        now = self._clock()
        with self._guard:
            kept = self._kept.get(key)
        if kept and now < kept[0]:
            found = kept[1]
        else:
            found = self._ask(address, token)
            until = now + (
                min(seconds, AGAIN_AFTER_FAILURE) if isinstance(found, UnreachableError) else seconds
            )
            with self._guard:
                self._kept[key] = (until, found)
                self._kept.move_to_end(key)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        if isinstance(found, Exception):
            raise type(found)(*found.args)
        return found

    def _ask(self, address: str, token: str | None) -> Claims | Exception:
        try:
            return self._fetch(address, token)
        except (RefusedError, UnreachableError) as error:
            return error


PROVIDER: Final = Provider()

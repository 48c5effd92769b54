"""What an address that cannot be answered gets: JSON that says why in both languages, and what would be understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from language import LANGUAGES, words


@dataclass(eq=False)
class Fault(Exception):  # noqa: N818 - it is the reader's, and an answer
    """A question that cannot be answered: the status, the name of its text under `files.fault`, and what is allowed."""

    status: int
    code: str
    values: tuple[tuple[str, str], ...] = ()
    allowed: Sequence[str] = field(default=())

    def response(self) -> Response:
        """The fault as JSON."""
        told: dict[str, Any] = {"code": self.code, **dict(self.values)}
        told["message"] = {
            lang: words(lang)(f"files.fault.{self.code}", **dict(self.values)) for lang in LANGUAGES
        }
        if self.allowed:
            told["allowed"] = list(self.allowed)
        headers = {"cache-control": "no-store"} | ({"retry-after": "30"} if self.status == 503 else {})
        if self.status == 405:
            headers["allow"] = "GET, HEAD"
        return JSONResponse({"error": told}, self.status, headers)


def fault(status: int, code: str, allowed: Sequence[str] = (), **values: str) -> Fault:
    """A fault with the values of its text; long values are cut, since they come from strangers."""
    return Fault(status, code, tuple((name, value[:60]) for name, value in values.items()), tuple(allowed))


async def told(_: Request, error: Exception) -> Response:
    """The answer to a fault."""
    assert isinstance(error, Fault), "only faults come here"
    return error.response()

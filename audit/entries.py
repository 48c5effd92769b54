"""One entry of the log: a line of JSON in codes and numbers, sealed with a keyed hash over itself and the entry before."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

START: Final = "0" * 64
"""What the first entry names as the hash of the one before."""
LONGEST: Final = 4096
"""No line is longer, in bytes."""
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "load": frozenset({"source", "sha256", "rows", "refused"}),
    "corrections": frozenset({"source", "sha256", "rows", "refused"}),
    "restore": frozenset({"source", "sha256", "rows", "refused"}),
    "forget": frozenset({"persons"}),
    "rotate_key": frozenset({"files"}),
    "build": frozenset({"build", "content"}),
    "rollback": frozenset({"build", "content"}),
    "prune": frozenset({"build", "content"}),
    "lost_releases": frozenset({"build", "content", "release", "files"}),
    "upload": frozenset({"verb", "what", "job", "sha256", "bytes"}),
    "download": frozenset({"what", "scope", "build", "sha256", "rows", "tables"}),
    "sign_in": frozenset({"method", "visit", "scope"}),
    "sign_in_refused": frozenset({"method", "visit", "count", "reason"}),
    "sign_out": frozenset({"method", "visit", "reason"}),
    "repair": frozenset({"bytes", "sha256"}),
    "gap": frozenset({"reason", "expected", "found", "bytes"}),
}
"""What is recorded, and the only things that may be said of each."""
NUMBERS: Final = frozenset(
    {"rows", "refused", "persons", "files", "bytes", "count", "tables", "expected", "found"}
)
DIGESTS: Final = frozenset({"sha256", "build", "content", "release", "job", "visit"})
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:|/-]{0,99}")
# Lengths of a visit, a build or job, and SHA-256; with a letter, since a number of 16 digits could be a person's.
_DIGEST: Final = re.compile(r"(?=.*[a-f])(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{64})")
_LONG_NUMBER: Final = re.compile(r"\d{9,}")
_FIELDS: Final = ("n", "at", "kind", "account", "about", "key", "before", "hash")


@dataclass(frozen=True)
class Entry:
    """An entry as it stands in the log; `key` names the key that sealed it and tells nothing of it."""

    number: int
    at: str
    kind: str
    account: str
    about: Mapping[str, str | int]
    key: str
    before: str
    hash: str

    def line(self) -> bytes:
        """The entry as it is written, with its line break."""
        return _json(self._fields() | {"hash": self.hash}) + b"\n"

    def seal(self, secret: bytes) -> str:
        """The hash that this entry must have."""
        return hmac.new(secret, _json(self._fields()), hashlib.sha256).hexdigest()

    def _fields(self) -> dict[str, Any]:
        about = dict(sorted(self.about.items()))
        values = (self.number, self.at, self.kind, self.account, about, self.key, self.before)
        return dict(zip(_FIELDS, values, strict=False))


def written(line: bytes) -> Entry | None:
    """The entry of a line; None unless the line is, byte by byte, what `Entry.line` writes."""
    try:
        fields = json.loads(line)
        entry = Entry(*(fields[name] for name in _FIELDS))
        sound = isinstance(entry.number, int) and isinstance(entry.about, dict) and entry.line() == line
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return entry if sound else None


def checked(kind: str, about: Mapping[str, str | int | None], secret: bytes) -> dict[str, str | int]:
    """What may be said of an event; a name that its kind does not have is a fault of the caller, a missing value is left out.

    A text that is no code, or could hold a person's number, is replaced by a keyed hash: the log never repeats it.
    """
    assert kind in KINDS, kind
    strange = about.keys() - KINDS[kind]
    assert not strange, f"{kind} says nothing of {sorted(strange)}"
    return {
        name: int(value) if name in NUMBERS else code(str(value), secret, digest=name in DIGESTS)
        for name, value in sorted(about.items())
        if value is not None
    }


def code(text: str, secret: bytes, digest: bool = False) -> str:
    """The text where it is a code, else a hash of it that only the holder of the key can make again."""
    if digest and _DIGEST.fullmatch(text):
        return text
    if _CODE.fullmatch(text) and not _LONG_NUMBER.search(text):
        return text
    return f"h:{veiled(text, secret)}"


def veiled(text: str, secret: bytes) -> str:
    """A short keyed hash: the same for the same text, and without the key no way back. It always holds a letter."""
    return "x" + hmac.new(secret, b"text " + text.encode(), hashlib.sha256).hexdigest()[:15]


def moment() -> str:
    """Now, in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=True).encode("ascii")

"""The receipt of an answer: which build, which question, and a hash of what was published.

The hash is that of a canonical text: a first line with the question, then a line of JSON per row, in the order of the columns
of `metrics.frame`. Numbers are written with nine significant digits, since the last digits of a computed interval may differ
between machines; whole numbers, days and texts as they are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from exports import columns
from exports.columns import Columns, Value
from exports.edition import Edition
from metrics.frame import DTYPES
from metrics.result import Result

FORM: Final = "netra-1"
SHOWN: Final = 12
"""Characters of the hash that a receipt shows."""
_SHORT: Final = re.compile(r"([A-Za-z0-9._-]+):([0-9a-f]{12,64})")


@dataclass(frozen=True)
class Question:
    """What was asked, in words that an address can hold."""

    metric: str
    by: str
    period: str
    group: str | None
    selection: Mapping[str, str]
    suppress_below: int


@dataclass(frozen=True)
class Receipt:
    """A number that can be cited: the build, the question, and the hash of the rows."""

    build_id: str
    build_hash: str
    day: str
    question: Question
    rows: int
    content_hash: str
    form: str = FORM

    @property
    def short(self) -> str:
        """What stands under a figure: build and the first characters of the hash, joined by a colon."""
        return f"{self.build_id}:{self.content_hash[:SHOWN]}"

    def as_json(self) -> bytes:
        """The receipt as a file."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def of(result: Result, edition: Edition) -> Receipt:
    """The receipt of an answer of this build."""
    asked = question(result, edition.suppress_below)
    rows = columns.answered(result)
    hashed = content_hash(rows, asked, edition.build.build_id)
    build = edition.build
    return Receipt(build.build_id, build.content_hash, edition.day, asked, len(rows["unit_id"]), hashed)


def question(result: Result, suppress_below: int) -> Question:
    """What an answer was asked."""
    return Question(
        result.definition.metric_id, result.by, result.period, result.group,
        dict(sorted(result.selection.as_query().items())), suppress_below,
    )  # fmt: skip


def content_hash(rows: Columns, asked: Question, build_id: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    hashed = hashlib.sha256()
    for line in _lines(rows, asked, build_id):
        hashed.update(f"{line}\n".encode())
    return hashed.hexdigest()


def read(content: bytes) -> Receipt:
    """A receipt from its file; anything else is a ValueError."""
    told = json.loads(content)
    try:
        return Receipt(**{**told, "question": Question(**told["question"])})
    except (TypeError, KeyError) as error:
        raise ValueError("This is no receipt.") from error


@dataclass(frozen=True)
class Whole:
    """The build of a package of all data, and the threshold that its answers were given with."""

    build_id: str
    build_hash: str
    day: str
    suppress_below: int

    def as_json(self) -> bytes:
        """As a file."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True) + "\n").encode()


def whole(content: bytes) -> Whole:
    """What a package of all data says of its build; anything else is a ValueError."""
    try:
        return Whole(**json.loads(content))
    except TypeError as error:
        raise ValueError("This is no receipt.") from error


def parsed(short: str) -> tuple[str, str] | None:
    """Build id and beginning of the hash that a short receipt names; None where it is none."""
    found = _SHORT.fullmatch(short.strip())
    return (found[1], found[2]) if found else None


def _lines(rows: Columns, asked: Question, build_id: str) -> Iterator[str]:
    yield _json({"form": FORM, "build": build_id, **asdict(asked)})
    for row in zip(*(_written(rows[name], kind) for name, kind in DTYPES.items()), strict=True):
        yield _json(row)


def _written(values: Sequence[Value], kind: str) -> Sequence[Value]:
    if kind == "Float64":
        return [None if value is None else format(value, ".9g") for value in values]
    if kind == "datetime64[s]":
        return [value.isoformat() if isinstance(value, date) else value for value in values]
    return values


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))

"""What the form holds, as words of the command line; what is missing or cannot be meant is named first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Final

from ui.steward.running.order import Order
from ui.steward.running.parcel import Parcel

KINDS: Final = ("roster", "cases", "discipline", "prevention")
CODE_SYSTEMS: Final = ("kemendagri", "bps", "bkn")
ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".zip")
FIELDS: Final = {
    "roster": ("government", "as_of", "expect_pns", "expect_pppk", "sheet", "map", "accept"),
    "cases": ("publisher", "register", "code_system", "sheet", "replace"),
    "discipline": ("publisher", "sheet"),
    "prevention": ("publisher", "government", "sheet", "replace"),
}
# Names of fields as the command line calls them, where they differ.
_OPTIONS: Final = {
    "expect_pns": "expect-pns", "expect_pppk": "expect-pppk", "code_system": "code-system",
    "accept": "accept-mismatch", "as_of": "as-of",
}  # fmt: skip
# A person's name: handed to the command line, which writes it on the card, and kept nowhere else.
_NOT_KEPT: Final = frozenset({"accept"})
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d{1,9}")

Answers = Mapping[str, str]


def day(text: str) -> date | None:
    """The day written as 30-11-2024, 30/11/2024 or 2024-11-30; None where it is none."""
    first, year = _DAY_FIRST.fullmatch(text.strip()), _YEAR_FIRST.fullmatch(text.strip())
    parts = (first[3], first[2], first[1]) if first else year.groups() if year else None
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def shown_day(text: str) -> str:
    """A day as the form asks for it: 30-11-2024."""
    found = day(text)
    return found.strftime("%d-%m-%Y") if found else text


def whole(text: str) -> int | None:
    """The number written as 9607, 9.607 or 9,607; None where it is none."""
    found = _GROUPED.fullmatch(text.strip())
    return int(re.sub(r"\D", "", found[0])) if found else None


def faults(kind: str, answers: Answers, parcel: Parcel | None) -> list[str]:
    """What keeps the form from being handed in, as keys of texts."""
    found = []
    if parcel is None:
        found.append("file_missing")
    elif PurePath(parcel.name).suffix.lower() not in ENDINGS:
        found.append("file_ending")
    elif not parcel.content:
        found.append("file_empty")
    if kind == "roster":
        found += _roster_faults(answers)
    return found


def order(kind: str, answers: Answers, parcel: Parcel) -> Order:
    """The order to check a file, from a form without faults."""
    given = {name: _written(name, answers.get(name, "")) for name in FIELDS[kind]}
    options = [option for name, value in given.items() for option in _options(name, value)]
    about = {name: value for name, value in given.items() if value and name not in _NOT_KEPT}
    about |= {"kind": kind, "file": parcel.name}
    return Order("check", ("load", kind), tuple(options), about, parcel)


def _roster_faults(answers: Answers) -> list[str]:
    found = [] if answers.get("government") else ["government_missing"]
    if not answers.get("as_of"):
        found.append("date_missing")
    elif day(answers["as_of"]) is None:
        found.append("date_unclear")
    totals = (answers.get(name, "") for name in ("expect_pns", "expect_pppk"))
    if any(text.strip() and whole(text) is None for text in totals):
        found.append("total_unclear")
    if any("=" not in line for line in _lines(answers.get("map", ""))):
        found.append("map_unclear")
    return found


def _written(name: str, text: str) -> str:
    """An answer as the command line wants it."""
    if name == "as_of":
        found = day(text)
        return found.isoformat() if found else ""
    if name in ("expect_pns", "expect_pppk"):
        number = whole(text)
        return "" if number is None else str(number)
    return "\n".join(_lines(text))


def _options(name: str, value: str) -> list[str]:
    if not value:
        return []
    if name == "replace":
        return ["--replace"]
    # Joined by the sign, so that no answer can pass for an option of its own.
    option = _OPTIONS.get(name, name)
    return [f"--{option}={line}" for line in (_lines(value) if name == "map" else [value])]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

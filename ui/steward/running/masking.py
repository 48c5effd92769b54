"""Long numbers of persons, taken out of everything that is kept or shown."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

# Nine digits in a row, or a personnel number as it is printed: 19800101 200501 1 001.
_NUMBER: Final = re.compile(r"\d{8}[ ._-]\d{6}[ ._-]\d[ ._-]\d{3}|\d{9,}")
_SIGNS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_PRINTED_AS_IS: Final = frozenset({"sha256", "build_id", "source_id"})
LONGEST_NAME: Final = 100


def masked(text: str) -> str:
    """The text without long numbers; the nines of a value that is masked already stay."""
    return _NUMBER.sub(lambda found: found[0] if set(found[0]) == {"9"} else "…", text)


def shown_name(name: str) -> str:
    """The name of a file as it may be shown, kept and handed on: no folder, no long number, no hidden sign."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    plain = masked(_SIGNS.sub("", last)).strip() or "berkas"
    stem, dot, ending = plain.rpartition(".")
    return (
        plain
        if len(plain) <= LONGEST_NAME
        else f"{(stem or ending)[: LONGEST_NAME - 12]}…{dot}{ending[-10:]}"
    )


def masked_event(event: Any, name: str = "") -> Any:
    """An event of the command line with every text in it masked; hashes and ids of sources stay whole."""
    if isinstance(event, str):
        return event if name in _PRINTED_AS_IS else masked(event)
    if isinstance(event, dict):
        return {masked(str(key)): masked_event(value, str(key)) for key, value in event.items()}
    if isinstance(event, list):
        return [masked_event(value, name) for value in event]
    return event

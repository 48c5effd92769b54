"""Reads numbers as Indonesian offices write them."""

from __future__ import annotations

import re

GROUPED = re.compile(r"^\d{1,3}([.\s\u00a0]\d{3})+$|^\d{1,3}(,\d{3})+$")
MOST_PERSONS = 9_999_999
"""More than all civil servants of the country: whoever writes it means something else."""


def whole_number(text: str) -> int:
    """A count: 9607, 9.607, 9 607 or 9,607, with a word such as "orang" behind it; anything else is a ValueError."""
    bare = re.sub(r"\s*(orang|pegawai|asn|jiwa)\.?$", "", text.strip().lower())
    if GROUPED.match(bare):
        bare = re.sub(r"\D", "", bare)
    if not re.fullmatch(r"\d{1,12}", bare):
        raise ValueError(f"'{text[:20]}' is not a count")
    return int(bare)


def persons_written(text: str) -> str | None:
    """A count of persons in figures, None where the text is none: "1.250 orang" is 1250; a sign, a guess or a word is no count."""
    bare = re.sub(r"\s*(peserta|penanda ?tangan)\.?$", "", text.strip().lower())
    try:
        count = whole_number(re.sub(r"^(\d+)\.0+$", r"\1", bare))
    except ValueError:
        return None
    return str(count) if count <= MOST_PERSONS else None

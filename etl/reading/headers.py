"""Finds the header of a table as received and says which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from errors import SourceError

SEARCH_DEPTH = 40
NUMBERING = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(frozen=True)
class Header:
    """Where the data begin and which column (by position) holds which field."""

    first_data_row: int
    columns: dict[str, int]
    names: dict[str, str]
    titles: tuple[str, ...]


@cache
def _aliases() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("aliases.yml").read_text("utf-8"))
    return document


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """A column name without case, punctuation and repeated spaces."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", name.lower()).split())


def _fields(names: Sequence[str], kind: str) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        positions.setdefault(normalise(name), position)
    found = {}
    for field, aliases in _aliases()[kind].items():
        known = [positions[alias] for alias in aliases if alias in positions]
        if known:
            found[field] = known[0]
    return found


def _join(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """One header out of two lines: a merged upper cell counts for the cells under it."""
    names, above = [], ""
    for position in range(max(len(upper), len(lower))):
        top = upper[position] if position < len(upper) else ""
        below = lower[position] if position < len(lower) else ""
        above = top or (above if below else "")
        names.append(" ".join(part for part in (above, below) if part))
    return names


def _is_numbering(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 2 and all(NUMBERING.match(cell) for cell in cells)


def find_header(rows: Sequence[Sequence[str]], kind: str, where: str) -> Header:
    """The header of a table of `kind` ("roster", "cases") among its first rows.

    Looks at single lines and at pairs of lines (merged headers). A file without its required columns is a
    SourceError that lists what was found and what is missing.
    """
    candidates = [(index + 1, list(row)) for index, row in enumerate(rows[:SEARCH_DEPTH])]
    joined = [(index + 2, _join(a, b)) for index, (a, b) in enumerate(pairwise(rows[:SEARCH_DEPTH]))]
    scored = [(len(_fields(names, kind)), -start, start, names) for start, names in [*candidates, *joined]]
    if not scored:
        raise SourceError(
            "Berkas kosong. / The file is empty.", where, "Periksa ekspor lalu muat ulang berkasnya."
        )
    _, _, start, names = max(scored, key=lambda item: item[:2])
    columns = _fields(names, kind)
    _require(columns, kind, names, where)
    if start < len(rows) and _is_numbering(rows[start]):
        start += 1
    titles = tuple(" ".join(cell for cell in row if cell) for row in rows[: max(start - 1, 0)])
    return Header(start, columns, {field: names[position] for field, position in columns.items()}, titles)


def _require(columns: dict[str, int], kind: str, names: Sequence[str], where: str) -> None:
    aliases, missing = _aliases(), []
    missing += [field for field in aliases["required"][kind] if field not in columns]
    for group in aliases.get("required_any", {}).get(kind, []):
        if not set(group) & set(columns):
            missing.append(group[0])
    if missing:
        wanted = "; ".join(f"{field}: {', '.join(aliases[kind][field][:4])}" for field in missing)
        seen = ", ".join(name for name in names if name)[:300] or "-"
        raise SourceError(
            f"Kolom wajib tidak ditemukan / required column missing ({wanted}). Baris judul terbaca / header read: {seen}.",
            where,
            "Beri nama kolom seperti di atas, atau ekspor ulang dengan kolom itu.",
        )

"""Finds the header of a table as received and says which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from errors import SelectionError, SourceError

SEARCH_DEPTH = 60
HEADER_LINES = 3
NUMBERING = re.compile(r"^\(?\d{1,2}\)?$")
LONG_NUMBER = re.compile(r"'?\d{15,}")
PEOPLE_ENOUGH = 5
LOOKS_LIKE_DATA = re.compile(r"\d{5}")


@dataclass(frozen=True)
class Header:
    """Where the data begin, which column (by position) holds which field, and what else was there."""

    first_data_row: int
    columns: dict[str, int]
    names: dict[str, str]
    titles: tuple[str, ...]
    unused: tuple[str, ...] = ()


@cache
def _aliases() -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(
        Path(__file__).with_name("aliases.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return document


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """A column name without case, punctuation and repeated spaces."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", name.lower()).split())


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a kind of table can have, in the order of the catalogue of column names."""
    return tuple(_aliases()[kind])


def spellings_of(kind: str, field: str) -> tuple[str, ...]:
    """The normalised column names that a field answers to."""
    return tuple(_aliases()[kind][field])


def read_mapping(texts: Sequence[str], kind: str) -> dict[str, str]:
    """`Kolom=field` as the operator writes it; an unknown field is a SelectionError that lists the fields."""
    found = {}
    for text in texts:
        column, equals, field = text.rpartition("=")
        if not equals or not column.strip() or field.strip() not in fields_of(kind):
            raise SelectionError(
                f"'{text}' tidak dapat dipakai. / cannot be used.",
                "--map",
                f'Tulis "Kolom=bidang", bidang salah satu dari: {", ".join(fields_of(kind))}.',
            )
        found[column.strip()] = field.strip()
    return found


def _fields(names: Sequence[str], kind: str, mapping: Mapping[str, str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        positions.setdefault(normalise(name), position)
    wanted = {field: normalise(column) for column, field in mapping.items()}
    found = {}
    for field, aliases in _aliases()[kind].items():
        spellings = [wanted[field], *aliases] if field in wanted else aliases
        known = [positions[alias] for alias in spellings if alias in positions]
        if known:
            found[field] = known[0]
    claimed = {positions[name] for name in wanted.values() if name in positions}
    return {field: place for field, place in found.items() if place not in claimed or field in wanted}


def _fields_of(lines: Sequence[Sequence[str]], kind: str, mapping: Mapping[str, str]) -> dict[str, int]:
    """The fields of a header of several lines: by the joined name, else by a part of it ("NIP" under "DATA PEGAWAI")."""
    found = _fields(_join(lines), kind, mapping)
    *upper, lowest = lines
    for kept in range(len(upper) - 1, -1, -1):
        for some in combinations(upper, kept):
            lower, taken = _fields(_join([*some, lowest]), kind, {}), set(found.values())
            found |= {
                field: place for field, place in lower.items() if field not in found and place not in taken
            }
    return found


def _score(lines: Sequence[Sequence[str]], kind: str, mapping: Mapping[str, str]) -> tuple[int, int]:
    """How well lines serve as a header: the required fields first, then all that are known."""
    fields = _fields_of(lines, kind, mapping)
    return sum(field in fields for field in _aliases()["required"][kind]), len(fields)


def _join(lines: Sequence[Sequence[str]]) -> list[str]:
    """One header out of several lines: a merged upper cell counts for the cells under it."""
    width = max(len(line) for line in lines)
    names = [""] * width
    for depth, line in enumerate(lines):
        above = ""
        for position in range(width):
            cell = line[position] if position < len(line) else ""
            under = any(position < len(other) and other[position] for other in lines[depth + 1 :])
            above = cell or (above if under else "")
            names[position] = " ".join(part for part in (names[position], above) if part)
    return names


def _is_numbering(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 2 and all(NUMBERING.match(cell) for cell in cells)


def _head(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows among which a header can stand: a few rows with numbers of persons in them are data already."""
    people = 0
    for place, row in enumerate(rows[:SEARCH_DEPTH]):
        people += any(LONG_NUMBER.fullmatch(cell.strip()) is not None for cell in row)
        if people == PEOPLE_ENOUGH:
            return rows[:place]
    return rows[:SEARCH_DEPTH]


def find_header(
    rows: Sequence[Sequence[str]], kind: str, where: str, mapping: Mapping[str, str] | None = None
) -> Header:
    """The header of a table of `kind` ("roster", "cases", …) among its first rows.

    Looks at single lines and at up to three joined lines (merged headers); `mapping` (column to field) wins over the
    known spellings. A file without its required columns is a SourceError that lists what was found and what is missing.
    """
    chosen = dict(mapping or {})
    head = _head(rows)
    scored = [
        (*_score(head[start : start + depth], kind, chosen), -depth, -start)
        for depth in range(1, HEADER_LINES + 1)
        for start in range(len(head) - depth + 1)
    ]
    if not scored:
        raise SourceError(
            "Berkas kosong. / The file is empty.", where, "Periksa ekspor lalu muat ulang berkasnya."
        )
    _, _, depth, first = (abs(number) for number in max(scored))
    lines = head[first : first + depth]
    names, columns, start = _join(lines), _fields_of(lines, kind, chosen), first + depth
    _require_mapped(chosen, names, where)
    _require(columns, kind, names, where)
    titles = tuple(" ".join(cell for cell in row if cell) for row in rows[:first])
    if start < len(rows) and _is_numbering(rows[start]):
        start += 1
    used = set(columns.values())
    unused = tuple(name for position, name in enumerate(names) if name and position not in used)
    return Header(
        start, columns, {field: names[position] for field, position in columns.items()}, titles, unused
    )


def _shown(names: Sequence[str], kind: str) -> str:
    """The names of a header for a message; a line that could be a person's is not shown."""
    filled = [name for name in names if name]
    known = len(_fields(filled, kind, {}))
    if known < 2 or any(LOOKS_LIKE_DATA.search(name) for name in filled):
        return "tidak ada baris judul yang dikenal / no header row recognised"
    return ", ".join(filled)[:300]


def _require_mapped(mapping: Mapping[str, str], names: Sequence[str], where: str) -> None:
    present = {normalise(name) for name in names}
    absent = [column for column in mapping if normalise(column) not in present]
    if absent:
        raise SourceError(
            f"Kolom '{absent[0]}' dari --map tidak ada di berkas. / The mapped column is not in the file.",
            where,
            "Tulis nama kolom persis seperti pada baris judul.",
        )


def _require(columns: Mapping[str, int], kind: str, names: Sequence[str], where: str) -> None:
    aliases, missing = _aliases(), []
    missing += [field for field in aliases["required"][kind] if field not in columns]
    for group in aliases.get("required_any", {}).get(kind, []):
        if not set(group) & set(columns):
            missing.append(group[0])
    if missing:
        wanted = "; ".join(f"{field}: {', '.join(aliases[kind][field][:4])}" for field in missing)
        raise SourceError(
            f"Kolom wajib tidak ditemukan / required column missing ({wanted}). "
            f"Baris judul terbaca / header read: {_shown(names, kind)}.",
            where,
            'Beri nama kolom seperti di atas, atau sebutkan kolomnya dengan --map "Kolom=bidang".',
        )

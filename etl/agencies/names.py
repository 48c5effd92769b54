"""How names of agencies are compared: what makes two spellings one name, and how near two names are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from rapidfuzz import fuzz, process

from etl.meaning.regions import read_regions

NEAR = 70
"""From this score on a human is asked: Dinas Kesehatan and Dinas Kehutanan, which differ, have 73, Sekretariat Daerah and Sekretariat DPRD
61. Among the 1,546 agencies of the sample 52 pairs reach it, so that a list of a government stays short."""
TRAILING = re.compile(r"( (prov|provinsi|kab|kabupaten))+$")
PLACE_WORDS = frozenset(
    {
        "provinsi",
        "prov",
        "kabupaten",
        "kab",
        "kota",
        "pemerintah",
        "pemkab",
        "pemkot",
        "pemprov",
        "kalimantan",
    }
)
OFFICES = frozenset({"dinas", "badan", "kantor", "biro", "bagian"})
"""Kinds that an agency changes between."""
PLACED = frozenset({"kecamatan", "kelurahan", "desa", "rumah", "puskesmas", "uptd", "upt"})
"""Kinds that are named after a place: a Kelurahan and a Kecamatan of one name are two agencies."""
GENERAL = frozenset({"daerah", "umum"})
LINKING = frozenset({"dan", "serta", "di", "pada"})
SERIAL = re.compile(r"\b(\d+|[ivx]+)\b")


@lru_cache(maxsize=16384)
def normalise(name: str) -> str:
    """The name as `agency_key` in SQL sees it: without case, punctuation and the kind of government behind it."""
    bare = re.sub(r"[^0-9a-z]+", " ", name.replace("İ", "i").lower().replace("&", " dan ")).strip()
    return TRAILING.sub("", bare)


@cache
def _abbreviations() -> dict[str, str]:
    document: dict[str, str] = yaml.load(
        Path(__file__).with_name("abbreviations.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return document


@cache
def _short_forms() -> re.Pattern[str]:
    longest_first = sorted(_abbreviations(), key=lambda short: (-len(short), short))
    return re.compile(rf"\b({'|'.join(longest_first)})\b")


@cache
def _places(government: str) -> re.Pattern[str]:
    """The names of a government's own area and of its province."""
    own = [row for row in read_regions() if row["code"] in (government, government[:2])]
    spelled = {normalise(text) for row in own for text in (row["name"], *row["aliases"].split(";")) if text}
    longest_first = sorted((text for text in spelled if text), key=lambda text: (-len(text), text))
    return re.compile(rf"\b({'|'.join(longest_first)})\b")


def compared(government: str, name: str) -> str:
    """The name as it is compared: abbreviations in full, without linking words and the name of the government itself."""
    full = _short_forms().sub(lambda short: _abbreviations()[short.group()], normalise(name))
    words = [word for word in full.split() if word not in LINKING]
    own = [word for word in _places(government).sub(" ", " ".join(words)).split() if word not in PLACE_WORDS]
    return " ".join(own if len(own) > 1 else words)


class _Parts(NamedTuple):
    """A compared name taken apart; words in alphabetical order, so that their order does not count."""

    whole: str
    kind: str
    rest: str
    words: frozenset[str]
    serials: tuple[str, ...]


@lru_cache(maxsize=16384)
def _parts(government: str, name: str) -> _Parts:
    text = compared(government, name)
    words = text.split()
    whole, rest = " ".join(sorted(words)), " ".join(sorted(words[1:]))
    return _Parts(whole, text.partition(" ")[0], rest, frozenset(words[1:]), tuple(SERIAL.findall(text)))


def nearness(government: str, name: str, other: str) -> int:
    """From 0 to 100; 100 where only case, abbreviations, order of the further words or the government's own name differ.

    First words (Dinas, Kecamatan) say little, so the rest of the name is compared for itself as well. A name that holds
    all words of the other is near: agencies grow and are merged. Different numbers (SMP 1, SMP 2) make two agencies.
    """
    one, two = _parts(government, name), _parts(government, other)
    if one.serials != two.serials or (one.kind != two.kind and one.kind in PLACED and two.kind in PLACED):
        return 0
    whole = fuzz.ratio(one.whole, two.whole)
    if not one.words or not two.words:
        return int(whole)
    if _one_holds_the_other(one, two):
        return int(max(whole, 90))
    return int((whole + fuzz.ratio(one.rest, two.rest)) / 2)


@dataclass
class _Row:
    """The names on a shelf that hold the same numbers, taken apart."""

    names: list[str] = field(default_factory=list)
    wholes: list[str] = field(default_factory=list)
    rests: list[str] = field(default_factory=list)


class Shelf:
    """Known names of one government, ready to be compared with many."""

    def __init__(self, government: str, names: Iterable[str]) -> None:
        self.government = government
        self._rows: dict[tuple[str, ...], _Row] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Puts one more name on the shelf."""
        parts = _parts(self.government, name)
        row = self._rows.setdefault(parts.serials, _Row())
        row.names.append(name)
        row.wholes.append(parts.whole)
        row.rests.append(parts.rest)

    def near(self, name: str, least: int) -> list[tuple[str, int]]:
        """The names whose nearness is at least `least` (more than 0), with it, in the order of the shelf.

        Names with other numbers are never near. Three quick comparisons with the rest leave aside what cannot reach it.
        """
        parts = _parts(self.government, name)
        row = self._rows.get(parts.serials)
        if row is None:
            return []
        whole = process.cdist([parts.whole], row.wholes, scorer=fuzz.ratio)[0]
        rest = process.cdist([parts.rest], row.rests, scorer=fuzz.ratio)[0]
        holding = process.cdist([parts.rest], row.rests, scorer=fuzz.token_set_ratio)[0]
        likely = (whole + rest >= 2 * least - 1) | (holding == 100) | (whole >= least)
        if not all(row.rests):
            likely |= [not text for text in row.rests]
        found = [
            (row.names[place], nearness(self.government, name, row.names[place]))
            for place in likely.nonzero()[0]
        ]
        return [(known, score) for known, score in found if score >= least]


def _one_holds_the_other(one: _Parts, two: _Parts) -> bool:
    if one.words == two.words:
        return one.kind == two.kind or {one.kind, two.kind} <= OFFICES
    if one.kind != two.kind or not (one.words < two.words or two.words < one.words):
        return False
    return not min(one.words, two.words, key=len) <= GENERAL

"""Which government a name or a code means. Codes of three systems look alike; names win over numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from errors import ContractError
from settings import ROOT

CODE_COLUMNS = {"kemendagri": "code", "bps": "bps_code", "bkn": "bkn_instansi_code"}
OFFICE_WORDS = re.compile(r"\b(pemerintah|pemprov|pemkab|pemkot|pemko|provinsi|prov|daerah|pemda)\b")


def normalise(name: str) -> str:
    """A name in lower case without punctuation."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", name.lower()).split())


@cache
def read_regions() -> tuple[dict[str, str], ...]:
    """The 61 rows of the region table."""
    with (ROOT / "data" / "reference" / "regions.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _by_name() -> dict[str, str]:
    """Every spelling to its region; a spelling that two regions share belongs to the one whose own name it is."""
    spellings: dict[str, str] = {}
    for region in read_regions():
        for alias in (region["name"], *region["aliases"].split(";")):
            spellings.setdefault(normalise(alias), region["code"])
    return spellings


@cache
def _by_code(system: str) -> dict[str, str]:
    return {region[CODE_COLUMNS[system]]: region["code"] for region in read_regions()}


def region_of_name(text: str) -> str | None:
    """The region that a written name means, or None: "Pemkab Kutai Timur", "KAB. PASER", "Pemprov Kaltim"."""
    name = normalise(text)
    for candidate in (name, " ".join(OFFICE_WORDS.sub(" ", name).split()), name.removeprefix("pemerintah ")):
        if candidate in _by_name():
            return _by_name()[candidate]
    return None


def government_of_code(code: str, system: str = "kemendagri") -> str:
    """The Kemendagri code of a government given by `code` of a system; an unknown one is a ContractError."""
    known = _by_code(system) if system in CODE_COLUMNS else {}
    found = known.get(re.sub(r"\D", "", code))
    if found is None:
        raise ContractError(
            f"Pemerintah '{code}' tidak dikenal dalam sistem kode {system}. / Unknown government.",
            "--government",
            "Pakai kode Kemendagri, misalnya 64 atau 6472, atau sebutkan --code-system bps atau bkn.",
        )
    return found


def name_of(code: str) -> str:
    """The official name of a region."""
    return next(region["name"] for region in read_regions() if region["code"] == code)


def governments_named(texts: Iterable[str]) -> dict[str, str]:
    """Written name to region for those texts that name a government of Kalimantan."""
    found = {text: region_of_name(text) for text in set(texts) if text}
    return {text: code for text, code in found.items() if code is not None}


def titles_name(titles: Iterable[str]) -> str | None:
    """The one government that title lines above a table name ("PEMERINTAH KABUPATEN PASER"), or None."""
    found = set()
    for title in titles:
        name = normalise(title)
        match = re.search(r"\b(?:pemerintah )?(provinsi|kabupaten|kota) [a-z ]+", name)
        words = match.group(0).split() if match else []
        for length in range(len(words), 1, -1):
            code = region_of_name(" ".join(words[:length]))
            if code:
                found.add(code)
                break
    return found.pop() if len(found) == 1 else None


def reference_file(name: str) -> Path:
    """The path of a reference table."""
    return ROOT / "data" / "reference" / name

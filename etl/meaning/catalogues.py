"""Which election, type of violation or sanction a written cell means: codes, official names and known aliases."""

from __future__ import annotations

import csv
import re
from functools import cache

from etl.meaning.regions import normalise, reference_file

ELECTION_WORDS = {
    "pilgub": "pilkada", "pilbup": "pilkada", "pilwali": "pilkada", "pilwalkot": "pilkada", "pemilihan kepala daerah": "pilkada",
    "pemilukada": "pilkada", "pileg": "pemilu", "pilpres": "pemilu", "pemilihan umum": "pemilu", "pilkada serentak": "pilkada",
    "pemilihan serentak": "pilkada", "pemilu serentak": "pemilu",
}  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with reference_file(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _violations() -> dict[str, str]:
    """Every written form to its code; the form that stands first in the catalogue wins."""
    known: dict[str, str] = {}
    for row in _rows("violation_types.csv"):
        for form in (row["code"], row["name_id"], row["name_en"], *row["aliases"].split(";")):
            if form.strip():
                known.setdefault(normalise(form), row["code"])
    return known


@cache
def _sanctions() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in _rows("sanctions.csv"):
        for form in (row["code"], row["name_id"], row["name_en"]):
            known.setdefault(normalise(form), row["code"])
    return known


@cache
def _elections() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in _rows("elections.csv"):
        for form in (row["code"], row["name_id"], row["name_en"]):
            known.setdefault(normalise(form), row["code"])
        if row["code"] in ("PILKADA" + row["voting_date"][:4], "PEMILU" + row["voting_date"][:4]):
            known.setdefault(f"{row['type']} {row['voting_date'][:4]}", row["code"])
    return known


def violation_of(text: str) -> str | None:
    """The code of a written type of violation, or None."""
    name = normalise(text)
    head = normalise(text.split(" ", maxsplit=1)[0]) if text else ""
    return _violations().get(name) or _violations().get(head)


def sanction_of(text: str) -> str | None:
    """The code of a written sanction, or None."""
    name = normalise(text)
    return _sanctions().get(name) or _sanctions().get(
        normalise(text.split(" ", maxsplit=1)[0]) if text else ""
    )


def election_of(text: str) -> str | None:
    """The code of a written election ("Pilgub 2024", "Pemilu Serentak 2019"), or None."""
    name = normalise(text)
    if name in _elections():
        return _elections()[name]
    for word, kind in sorted(ELECTION_WORDS.items(), key=lambda item: -len(item[0])):
        name = re.sub(rf"\b{word}\b", kind, name)
    match = re.search(r"\b(pilkada|pemilu)\b.*\b(20\d\d)\b", name)
    return _elections().get(f"{match.group(1)} {match.group(2)}") if match else None

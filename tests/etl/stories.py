"""Several stories of registers in one warehouse, since a build costs most of a second and a story a few rows.

Each is told in a government of its own, with persons and numbers of its own, so that nothing in it can be likened to another.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb

from etl.building.publish import current
from etl.meaning.regions import read_regions
from settings import Settings
from tests.etl.files import nip

VOTED_AGAIN = ("6205", "6303", "6305", "6371", "6372", "6402", "6411")
PLACES = [
    (region["code"], f"Pemerintah {region['name']}")
    for region in read_regions()
    if region["level"] == "regency" and region["code"] not in (*VOTED_AGAIN, "6401", "6408")
]
"""Code and name of governments that have voted as all others did; Paser and Kutai Timur are those of rows that stay as written."""


def person_of(place: int, serial: int) -> str:
    """The number of a person, the one-digit serial in the story at this place."""
    return nip(10 * (place + 1) + serial)


def retold(cells: tuple[str, ...], place: int) -> tuple[str, ...]:
    """A row about Kutai Timur, persons 1 to 9 and numbers of 2024 as it is at this place."""
    own = {nip(serial): person_of(place, serial) for serial in range(1, 10)}
    own |= {"Pemkab Kutai Timur": PLACES[place][1]}
    return tuple(own.get(cell, re.sub("/2024$", f"/2024/{place}", cell)) for cell in cells)


def on(facts: Path, folder: Path) -> Settings:
    """A data root in which the facts are built, as `on_facts` gives one to a single test."""
    settings = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    shutil.copytree(facts, settings.build)
    return settings


def ask(room: Settings, query: str) -> list[tuple[object, ...]]:
    """What the current warehouse answers."""
    manifest = current(room.build)
    assert manifest is not None
    with duckdb.connect(str(room.build / manifest.file), read_only=True) as con:
        return con.execute(query).fetchall()

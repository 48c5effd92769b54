"""The governments of the sample and the dates of the elections, read from the reference tables as plain records."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from errors import SelectionError
from etl.sample.model import Kind


@dataclass(frozen=True)
class Government:
    """One of the 5 provincial and 56 regency or city governments."""

    code: str
    kind: Kind
    name: str
    short_name: str
    province_code: str
    seat: str
    bps_code: str
    population: int
    number: int

    @property
    def is_province(self) -> bool:
        """True for a provincial government."""
        return self.kind == "provinsi"

    @property
    def full_name(self) -> str:
        """Official name of the government, such as 'Pemerintah Kabupaten Berau'."""
        return f"Pemerintah {'Provinsi ' if self.is_province else ''}{self.name}"

    @property
    def spoken_name(self) -> str:
        """Name in everyday letters, such as 'Pemkab Berau' or 'Pemprov Kaltim'."""
        prefix = {"provinsi": "Pemprov", "kabupaten": "Pemkab", "kota": "Pemkot"}[self.kind]
        return f"{prefix} {self.short_name}"


@dataclass(frozen=True)
class ElectionDates:
    """The dates that cut an election into phases; missing where none was published."""

    candidate_set_on: date | None
    campaign_start_on: date | None
    quiet_start_on: date | None
    voting_on: date


def read_rows(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file with a header line, as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_governments(reference: Path) -> dict[str, Government]:
    """All 61 governments by code, in the order of `regions.csv`."""
    rows = read_rows(reference / "regions.csv")
    return {
        row["code"]: Government(
            code=row["code"],
            kind=cast(Kind, row["kind"]),
            name=row["name"],
            short_name=row["short_name"],
            province_code=row["province_code"],
            seat=row["capital"],
            bps_code=row["bps_code"],
            population=int(row["population"]),
            number=number,
        )
        for number, row in enumerate(rows)
    }


def choose(governments: dict[str, Government], codes: Sequence[str] | None) -> list[Government]:
    """The asked governments in order of code list; SelectionError for an unknown code."""
    unknown = sorted(set(codes or ()) - set(governments))
    if unknown:
        raise SelectionError(
            f"'{unknown[0]}' is not one of the {len(governments)} governments.",
            "--government",
            "Use a Kemendagri code such as 64 or 6474.",
        )
    return [place for code, place in governments.items() if not codes or code in codes]


def read_election_dates(reference: Path) -> dict[str, ElectionDates]:
    """Dates of every election by code."""

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return {
        row["code"]: ElectionDates(
            candidate_set_on=day(row["candidate_set_date"]),
            campaign_start_on=day(row["campaign_start"]),
            quiet_start_on=day(row["quiet_start"]),
            voting_on=date.fromisoformat(row["voting_date"]),
        )
        for row in read_rows(reference / "elections.csv")
    }


def read_voting_regions(reference: Path) -> dict[str, frozenset[str]]:
    """Region codes that voted in each election."""
    voting: dict[str, set[str]] = {}
    for row in read_rows(reference / "elections_regions.csv"):
        voting.setdefault(row["election_code"], set()).add(row["region_code"])
    return {code: frozenset(regions) for code, regions in voting.items()}

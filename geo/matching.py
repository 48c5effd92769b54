"""Which outline is which kabupaten/kota: the official list, and names matched province by province."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import SourceError
from geo.sources import Shape

# Spelling in the source -> spelling in the official list, both as `spelling()` gives them.
ALIASES = {"mahakamhulu": "mahakamulu"}


@dataclass(frozen=True)
class Region:
    """One province or kabupaten/kota of the official list; `area_km2` is its official area."""

    code: str
    level: str
    name: str
    province: str
    area_km2: float


def read_regions(path: Path) -> tuple[Region, ...]:
    """The regions of `data/reference/regions.csv`; a SourceError if the table is missing or damaged."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(
                Region(row["code"], row["level"], row["name"], row["province_code"], float(row["area_km2"]))
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise SourceError(
            f"is not the list of regions ({error}).", path.name, "Restore it from the repository."
        ) from error


def spelling(name: str) -> str:
    """The name in lower case, only letters, without the word Kabupaten; the word Kota stays."""
    return re.sub(r"[^a-z]", "", re.sub(r"\bkabupaten\b", "", name.lower()))


def match(shapes: Sequence[Shape], regions: Sequence[Region]) -> dict[str, Shape]:
    """Exactly one outline for every kabupaten/kota, by code in order; outlines of other places are left out.

    A SourceError lists the places without an outline and those with two.
    """
    codes = _codes_by_place(regions)
    matched: dict[str, Shape] = {}
    twice: list[str] = []
    for shape in shapes:
        code = codes.get((spelling(shape.province), _canonical(shape.name)))
        if code is not None:
            twice += [shape.name] if code in matched else []
            matched[code] = shape
    _complain(twice, [region.name for region in regions if _is_unit(region) and region.code not in matched])
    return dict(sorted(matched.items()))


def _codes_by_place(regions: Sequence[Region]) -> Mapping[tuple[str, str], str]:
    provinces = {region.code: spelling(region.name) for region in regions if not _is_unit(region)}
    return {
        (provinces[region.province], spelling(region.name)): region.code
        for region in regions
        if _is_unit(region)
    }


def _canonical(name: str) -> str:
    return ALIASES.get(spelling(name), spelling(name))


def _is_unit(region: Region) -> bool:
    return region.level == "regency"


def _complain(twice: Sequence[str], missing: Sequence[str]) -> None:
    problems = [f"two outlines for {name}" for name in twice] + [f"no outline for {name}" for name in missing]
    if problems:
        raise SourceError(
            f"{'; '.join(problems)}.",
            "boundaries of the gazetteer",
            "Add the other spelling to ALIASES in geo/matching.py, or correct data/reference/regions.csv.",
        )

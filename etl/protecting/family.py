"""Which counts are published, as data/protection.yml says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from errors import DefinitionError
from etl.building.dictionary import read_dictionary
from settings import ROOT

FILE: Final = ROOT / "data" / "protection.yml"
Extent = Literal["base", "stages", "detail"]
Level = Literal["kalimantan", "province", "government"]
Stretch = Literal["whole", "election", "other"]
_FLAGS: Final = ("true", "false")


class Family(BaseModel):
    """The published counts: bases, their parts, and how much is published where."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    bases: dict[str, dict[str, bool | str]] = Field(min_length=1)
    parts: dict[str, list[list[str]]]
    levels: dict[Level, dict[Stretch, Extent]]


@dataclass(frozen=True)
class Measures:
    """The counts of an extent by name, each with its conditions, and the sums among them: a whole and its parts."""

    conditions: Mapping[str, Mapping[str, str]]
    sums: tuple[tuple[str, tuple[str, ...]], ...]


def read_family(path: Path = FILE) -> Family:
    """The family of a file; a wrong one is a DefinitionError that names file and key."""
    try:
        content: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return Family.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(f"The file cannot be read: {error}", path.name, "Mend the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(first["msg"], f"{path.name} [{key}]", "Mend the key.") from error


def measures(family: Family, extent: Extent) -> Measures:
    """All counts of an extent. `base` has no sums; `stages` has those of the flags alone."""
    bases = {base: _plain(where) for base, where in family.bases.items()}
    if extent == "base":
        return Measures({name_of({}): {}}, ())
    conditions = {name_of(where): where for where in bases.values()}
    sums = []
    for base, splits in family.parts.items():
        for split in splits:
            if extent == "stages" and any(_values(column) != _FLAGS for column in split):
                continue
            parts = [{**bases[base], **more} for more in _fillings(split)]
            conditions |= {name_of(part): part for part in parts}
            sums.append((name_of(bases[base]), tuple(map(name_of, parts))))
    return Measures(conditions, tuple(sums))


def name_of(where: Mapping[str, str]) -> str:
    """The name of a count: its conditions in order, `is_decided=true&is_recommended=false`; `persons` without any."""
    return "&".join(f"{column}={value}" for column, value in sorted(where.items())) or "persons"


def _plain(where: Mapping[str, bool | str]) -> dict[str, str]:
    return {
        column: str(value).lower() if isinstance(value, bool) else value for column, value in where.items()
    }


def _fillings(columns: list[str]) -> Iterator[dict[str, str]]:
    for values in product(*(_values(column) for column in columns)):
        yield dict(zip(columns, values, strict=True))


def _values(column: str) -> tuple[str, ...]:
    found = read_dictionary()["mart_case"].columns[column]
    return _FLAGS if found.type == "BOOLEAN" else tuple(found.values)

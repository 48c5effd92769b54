"""Which counts are published, as data/protection.yml says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from errors import DefinitionError
from etl.building.dictionary import read_dictionary
from settings import ROOT

FILE: Final = ROOT / "data" / "protection.yml"
Level = Literal["kalimantan", "province", "government"]
Stretch = Literal["whole", "election", "other"]
Where = dict[str, bool | str]
_FLAGS: Final = ("true", "false")


class Family(BaseModel):
    """The published counts: bases, their parts, what is known of them anyway, and how much is published where."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    bases: dict[str, Where] = Field(min_length=1)
    parts: dict[str, list[list[str]]]
    impossible: list[Where]
    same: list[list[Where]]
    extents: dict[str, list[str]]
    levels: dict[Level, dict[Stretch, str]]


@dataclass(frozen=True)
class Measures:
    """The counts of an extent by name, each with its conditions, and the sums among them: a whole and its parts.

    `bases` are the counts that others are parts of, `impossible` those that are 0 by what they mean.
    """

    conditions: Mapping[str, Mapping[str, str]]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    bases: frozenset[str] = frozenset()
    impossible: frozenset[str] = frozenset()


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


def measures(family: Family, extent: str) -> Measures:
    """All counts of an extent, and every sum that they form."""
    columns = set(family.extents[extent])
    bases = {
        name: _plain(where) for name, where in family.bases.items() if where.keys() <= columns or not where
    }
    splits = [
        (bases[base], split)
        for base, listed in family.parts.items()
        if base in bases
        for split in listed
        if set(split) <= columns
    ]
    conditions = {name_of(where): where for where in bases.values()}
    for where, split in splits:
        conditions |= {name_of(part): part for part in _parts(where, split)}
    among = tuple(dict.fromkeys(frozenset(group) for _, split in splits for group in _groups(split)))
    sums = [found for where in conditions.values() for found in _sums(where, among, conditions)]
    impossible = [_plain(where).items() for where in family.impossible]
    return Measures(
        conditions,
        (*sums, *_same(family, conditions)),
        frozenset(map(name_of, bases.values())),
        frozenset(
            name for name, where in conditions.items() if any(never <= where.items() for never in impossible)
        ),
    )


def name_of(where: Mapping[str, str]) -> str:
    """The name of a count: its conditions in order, `is_decided=true&is_recommended=false`; `persons` without any."""
    return "&".join(f"{column}={value}" for column, value in sorted(where.items())) or "persons"


def _groups(split: list[str]) -> Iterator[tuple[str, ...]]:
    for many in range(1, len(split) + 1):
        yield from combinations(split, many)


def _sums(
    where: Mapping[str, str], among: tuple[frozenset[str], ...], known: Mapping[str, object]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The smallest groups of columns by which a count is split into others; larger groups follow from them."""
    found: list[frozenset[str]] = []
    for group in sorted(among, key=lambda columns: (len(columns), sorted(columns))):
        if group & where.keys() or any(smaller <= group for smaller in found):
            continue
        parts = tuple(name_of(part) for part in _parts(where, sorted(group)))
        if all(part in known for part in parts):
            found.append(group)
            yield name_of(where), parts


def _same(family: Family, known: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for names in family.same:
        first, *others = (name_of(_plain(where)) for where in names)
        for other in others:
            if first in known and other in known:
                yield first, (other,)


def _plain(where: Mapping[str, bool | str]) -> dict[str, str]:
    return {
        column: str(value).lower() if isinstance(value, bool) else value for column, value in where.items()
    }


def _parts(where: Mapping[str, str], columns: list[str]) -> Iterator[dict[str, str]]:
    for values in product(*(_values(column) for column in columns)):
        yield {**where, **dict(zip(columns, values, strict=True))}


def _values(column: str) -> tuple[str, ...]:
    found = read_dictionary()["mart_case"].columns[column]
    return _FLAGS if found.type == "BOOLEAN" else tuple(found.values)

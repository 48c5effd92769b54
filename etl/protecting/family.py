"""Which counts are published, as data/protection.yml says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from errors import DefinitionError
from settings import ROOT

FILE: Final = ROOT / "data" / "protection.yml"
Level = Literal["kalimantan", "province", "government", "agency"]
Stretch = Literal["whole", "election", "other", "rest"]
Value = bool | str
Where = dict[str, Value]
Wheres = dict[str, Value | list[Value]]


class Family(BaseModel):
    """The published counts, how much of them is published where, and what is known of them anyway."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    bases: dict[str, Where] = Field(min_length=1)
    parts: dict[str, list[list[str]]]
    cubes: list[list[str]]
    values: dict[str, list[str]]
    extents: dict[str, list[str]]
    levels: dict[Level, dict[Stretch, str]]
    hidden: dict[str, list[list[str]]]
    unpublished: dict[Level, dict[Stretch, str]]
    impossible: list[Wheres]
    same: list[list[Where]]
    sums: list[list[Wheres]]
    within: list[list[Wheres]]


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

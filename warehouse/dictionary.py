"""What data/dictionary.yml says: every table, its columns, and the values a column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from errors import DefinitionError
from settings import Settings


@dataclass(frozen=True)
class Column:
    """A column: its SQL type, whether it may be empty, its allowed values (empty means any), whether it is part of the key,
    and what it means in both languages.
    """

    type: str
    nullable: bool
    values: tuple[str, ...]
    is_key: bool = False
    meaning: tuple[str, str] = field(default=("", ""), compare=False)


@cache
def dictionary() -> Mapping[str, Mapping[str, Column]]:
    """Columns by table, in the order of the file; read once. An unreadable file is a DefinitionError."""
    path = Settings().reference.parent / "dictionary.yml"
    try:
        tables = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["tables"]
        return {
            table: {name: _column(fields) for name, fields in description["columns"].items()}
            for table, description in tables.items()
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DefinitionError(
            f"The dictionary cannot be read: {error}", "data/dictionary.yml", "Restore the file."
        ) from error


def _column(fields: Mapping[str, object]) -> Column:
    values = fields.get("values", [])
    assert isinstance(values, list), "values of a column are a list"
    return Column(
        str(fields["type"]), bool(fields.get("nullable", False)), tuple(str(v) for v in values),
        bool(fields.get("key", False)), (str(fields.get("id", "")), str(fields.get("en", ""))),
    )  # fmt: skip

"""The dictionary of tables: creates them, checks them, and writes docs/data_dictionary.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from errors import DefinitionError
from settings import ROOT


class Column(BaseModel):
    """One column: its type, whether it is part of the key, what it may hold and what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE"]
    key: bool = False
    nullable: bool = False
    values: tuple[str, ...] = ()
    unit: str | None = None
    refers: str | None = None
    id: str
    en: str


class Table(BaseModel):
    """One table: its grain, what it is, and its columns in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    grain: dict[str, str]
    about: dict[str, str]
    columns: dict[str, Column]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row; empty where a table has no key."""
        return tuple(name for name, column in self.columns.items() if column.key)


@cache
def read_dictionary(path: Path = ROOT / "data" / "dictionary.yml") -> dict[str, Table]:
    """All tables by name, in the order of building; an invalid file is a DefinitionError."""
    try:
        document = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return {name: Table.model_validate(table) for name, table in document["tables"].items()}
    except (ValidationError, yaml.YAMLError, KeyError, TypeError) as broken:
        raise DefinitionError(
            f"Kamus data salah. / {str(broken)[:400]}", path.name, "Perbaiki berkas itu."
        ) from None


def create_table(con: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    """Creates an empty table as the dictionary describes it."""
    columns = ", ".join(
        f'"{column}" {spec.type}{"" if spec.nullable else " NOT NULL"}'
        for column, spec in table.columns.items()
    )
    con.execute(f"CREATE TABLE {name} ({columns})")


def faults(con: duckdb.DuckDBPyConnection, name: str, table: Table) -> list[str]:
    """What in a filled table breaks the dictionary: repeated keys, unknown values, dangling references."""
    found = []
    if table.key:
        found += _repeated(con, name, ", ".join(f'"{column}"' for column in table.key))
    for column, spec in table.columns.items():
        present = (
            f'SELECT value FROM (SELECT DISTINCT "{column}" AS value FROM "{name}") WHERE value IS NOT NULL'
        )
        if spec.values:
            query = f"{present} AND NOT list_contains(?, value) LIMIT 3"
            strange = con.execute(query, [list(spec.values)]).fetchall()
            found += [f"{name}.{column}: unknown value {row[0]!r}" for row in strange]
        if spec.refers:
            other, key = spec.refers.split(".")
            strange = con.execute(
                f'{present} AND value NOT IN (SELECT "{key}" FROM "{other}") LIMIT 3'
            ).fetchall()
            found += [f"{name}.{column}: {row[0]!r} is not in {spec.refers}" for row in strange]
    return found


def _repeated(con: duckdb.DuckDBPyConnection, name: str, keys: str) -> list[str]:
    """Keys that stand twice; looked for only where the keys' hashes are not all different, which is quick to tell."""
    rows, hashes = con.execute(f'SELECT count(*), count(DISTINCT hash({keys})) FROM "{name}"').fetchall()[0]
    if rows == hashes:
        return []
    repeated = con.execute(
        f'SELECT {keys} FROM "{name}" GROUP BY {keys} HAVING count(*) > 1 LIMIT 3'
    ).fetchall()
    return [f"{name}: key repeated {row}" for row in repeated]


def as_markdown(tables: dict[str, Table]) -> str:
    """The dictionary as a page for readers."""
    lines = [
        "# Kamus data / Data dictionary", "",
        "Generated from `data/dictionary.yml` by `make docs`. Do not edit here.", "",
    ]  # fmt: skip
    for name, table in tables.items():
        lines += [f"## {name}", "", f"{table.about['id']} / {table.about['en']}", ""]
        lines += [f"Satu baris / grain: {table.grain['id']} / {table.grain['en']}", ""]
        lines += [
            "| Kolom | Jenis | Kunci | Kosong | Isi | Arti | Meaning |",
            "|---|---|---|---|---|---|---|",
        ]
        for column, spec in table.columns.items():
            holds = ", ".join(spec.values) or spec.refers or spec.unit or ""
            key, empty = "ya" if spec.key else "", "boleh" if spec.nullable else ""
            lines.append(f"| {column} | {spec.type} | {key} | {empty} | {holds} | {spec.id} | {spec.en} |")
        lines.append("")
    return "\n".join(lines)

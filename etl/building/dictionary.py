"""The dictionary of tables: creates them, checks them, and writes docs/data_dictionary.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Fresh:
    """What of a table has to be looked at: its new rows, and those that refer to a table that rows may have left.

    `rows` is a condition on `column`, None where no row is new. All other rows were found sound when they were made.
    """

    rows: str | None = "true"
    column: str | None = None
    loose: frozenset[str] | None = None

    def keys(self, table: Table) -> str | None:
        """Where a key may be repeated: among the new rows only where the key itself says which they are."""
        return self.rows if self.rows is None or self.column in table.key else "true"

    def referring(self, other: str) -> str | None:
        """Which rows may refer to what is not there."""
        return "true" if self.loose is None or other in self.loose else self.rows


EVERYTHING = Fresh()


def faults(con: duckdb.DuckDBPyConnection, name: str, table: Table, fresh: Fresh = EVERYTHING) -> list[str]:
    """What in a filled table breaks the dictionary: repeated keys, unknown values, dangling references."""
    found = []
    if table.key and (rows := fresh.keys(table)):
        found += _repeated(con, name, ", ".join(f'"{column}"' for column in table.key), rows)
    if fresh.rows:
        found += _unknown(con, name, table, fresh.rows)
    for column, spec in table.columns.items():
        if spec.refers and (rows := fresh.referring(spec.refers.split(".")[0])):
            other, key = spec.refers.split(".")
            strange = _strange(con, name, column, (rows, f'value NOT IN (SELECT "{key}" FROM "{other}")'))
            found += [f"{name}.{column}: {value!r} is not in {spec.refers}" for value in strange]
    return found


def _strange(con: duckdb.DuckDBPyConnection, name: str, column: str, where: tuple[str, str]) -> list[object]:
    """Up to three values of a column, among some rows, of which a condition holds."""
    rows, condition = where
    distinct = f'SELECT DISTINCT "{column}" AS value FROM "{name}" WHERE {rows}'
    query = f"SELECT value FROM ({distinct}) WHERE value IS NOT NULL AND {condition} LIMIT 3"
    return [value for (value,) in con.execute(query).fetchall()]


def _unknown(con: duckdb.DuckDBPyConnection, name: str, table: Table, rows: str) -> list[str]:
    """Values that the dictionary does not list; which ones is asked only of columns that have any."""
    kinds = {column: f"NOT IN {listed(spec.values)}" for column, spec in table.columns.items() if spec.values}
    if not kinds:
        return []
    counts = ", ".join(f'count(*) FILTER ("{column}" {strange})' for column, strange in kinds.items())
    found = []
    for (column, strange), count in zip(
        kinds.items(), con.execute(f'SELECT {counts} FROM "{name}" WHERE {rows}').fetchall()[0], strict=True
    ):
        values = _strange(con, name, column, (rows, f"value {strange}")) if count else []
        found += [f"{name}.{column}: unknown value {value!r}" for value in values]
    return found


def _repeated(con: duckdb.DuckDBPyConnection, name: str, keys: str, among: str) -> list[str]:
    """Keys that stand twice; looked for only where the keys' hashes are not all different, which is quick to tell."""
    count = f'SELECT count(*), count(DISTINCT hash({keys})) FROM "{name}" WHERE {among}'
    rows, hashes = con.execute(count).fetchall()[0]
    if rows == hashes:
        return []
    repeated = con.execute(
        f'SELECT {keys} FROM "{name}" WHERE {among} GROUP BY {keys} HAVING count(*) > 1 LIMIT 3'
    ).fetchall()
    return [f"{name}: key repeated {row}" for row in repeated]


def listed(values: Iterable[str]) -> str:
    """Texts as a list in SQL; of no text, a list that nothing is in."""
    texts = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"({texts or 'NULL'})"


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

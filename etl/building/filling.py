"""Fills a draft of the warehouse: the parts that are made anew, each table by the SELECT of its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import duckdb

from errors import ContractError
from etl.building.dictionary import Table, create_table, read_dictionary
from etl.building.parts.division import RECEIPT, division_of, step_of
from etl.building.parts.ledger import Part, Tally, total
from etl.building.parts.plan import Plan
from etl.vault.store import full_disk_told

Tables = dict[str, Tally]


def fill(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    progress: Callable[[str], None] = lambda step: None,
    before: Mapping[str, Callable[[], None]] | None = None,
) -> dict[str, Part]:
    """Makes what the plan wants of every table in the order of the dictionary; returns all parts as they stand then.

    The tables are those of the catalogue that `con` uses; a part that is kept stands there already. `before` holds what
    must be laid out before a table of that name is filled, and is not a step of SQL.
    """
    found: dict[str, Tables] = {part: {} for part in plan.wanted if part not in plan.kept}
    for name, table in read_dictionary().items():
        if plan.is_whole:
            create_table(con, f'"{name}"', table)
        if name != RECEIPT and plan.touches(name):
            progress(name)
            (before or {}).get(name, _nothing)()
            if _replace(con, name, table, plan):
                for part, tally in _tallies(con, name, table, plan.rows_anew(name)).items():
                    found.setdefault(part, {})[name] = tally
    made = {part: Part(plan.wanted.get(part, ""), tables) for part, tables in found.items()}
    return {**plan.kept, **made}


def _nothing() -> None:
    """Most tables need nothing but their step."""


def _replace(con: duckdb.DuckDBPyConnection, name: str, table: Table, plan: Plan) -> int:
    """Puts the rows that are made anew in the place of those before; returns how many they are."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    among = plan.rows_anew(name)
    try:
        with full_disk_told("data/build"):
            if not plan.is_whole:
                con.execute(f'DELETE FROM "{name}" WHERE {plan.rows_replaced(name)}')
            con.execute(
                f'INSERT INTO "{name}" SELECT {names} FROM ({step_of(name)}\n) WHERE {among} ORDER BY ALL'
            )
            return int(con.fetchall()[0][0])
    except duckdb.Error as broken:
        raise ContractError(
            f"Langkah gagal ({type(broken).__name__}). / The step failed.",
            name,
            "Muat ulang berkas sumbernya; bila tetap gagal, laporkan nama langkah ini.",
        ) from None


def _tallies(con: duckdb.DuckDBPyConnection, name: str, table: Table, among: str) -> dict[str, Tally]:
    division = division_of(name)
    value = f'"{division.column}"' if division.column else "NULL"
    cells = ", ".join(f'coalesce("{column}"::VARCHAR, chr(30))' for column in table.columns)
    rows = con.execute(
        f"""SELECT value, count(*), sum((line >> 64)::HUGEINT), sum((line & 18446744073709551615)::HUGEINT)
        FROM (SELECT {value} AS value, md5_number(concat_ws(chr(31), {cells})) AS line FROM "{name}" WHERE {among})
        GROUP BY value"""
    ).fetchall()
    return {division.part(value): Tally(*figures) for value, *figures in rows}


def content_hash(parts: Mapping[str, Part]) -> str:
    """SHA-256 over what all tables hold, whatever the order of their rows; the receipt itself is left out.

    A table counts with its number of rows and the sum of the rows' MD5, so that no row need be sorted, and a part that
    is kept need not be read.
    """
    digest = hashlib.sha256()
    for name in read_dictionary():
        if name != RECEIPT:
            sums = total(part.tables[name] for part in parts.values() if name in part.tables)
            digest.update(f"{name}{[tuple(sums) if sums.rows else (0, None, None)]}".encode())
    return digest.hexdigest()

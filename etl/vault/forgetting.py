"""Removes persons from the vault at their wish, and proves that they are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from errors import ContractError
from etl.vault.pseudonyms import define_pseudonym
from etl.vault.store import PERSONS, Vault, whole_file

LISTED = ("forgotten", "persons.parquet")


@dataclass(frozen=True)
class Removed:
    """How many rows of a person-level file were removed, and how many of them were active PNS and PPPK."""

    file: Path
    rows: int
    pns_active: int = 0
    pppk_active: int = 0


def remember_to_forget(vault: Vault, con: duckdb.DuckDBPyConnection) -> None:
    """Adds the pseudonyms of `to_forget` to the list that later loads leave out; it holds pseudonyms only."""
    target = vault.file(*LISTED)
    earlier = f"SELECT person FROM read_parquet('{_quoted(target)}') UNION " if target.exists() else ""
    with whole_file(target) as draft:
        con.execute(
            f"COPY ({earlier}SELECT person FROM to_forget) TO '{_quoted(draft)}' (FORMAT parquet, USE_TMP_FILE false)"
        )


def lay_out(con: duckdb.DuckDBPyConnection, vault: Vault, numbers: Sequence[str]) -> None:
    """Fills `to_forget` (number, person) with numbers of 18 digits and their pseudonyms."""
    define_pseudonym(con, vault.keys)
    con.execute("CREATE OR REPLACE TEMP TABLE numbers (number VARCHAR)")
    con.executemany("INSERT INTO numbers VALUES (?)", [[number] for number in numbers])
    con.execute(
        "CREATE OR REPLACE TEMP TABLE to_forget AS SELECT number, pseudonym(number) AS person FROM numbers"
    )


def count_in(con: duckdb.DuckDBPyConnection, file: Path) -> Removed:
    """How many rows of a file belong to persons in `to_forget`."""
    columns = _columns(con, file)
    condition = _condition(columns)
    if condition is None:
        return Removed(file, 0)
    active = "is_active" if "is_active" in columns else "false"
    kind = "employment_type" if "employment_type" in columns else "''"
    row = con.execute(
        f"""SELECT count(*), count(*) FILTER ({active} AND {kind} = 'PNS'), count(*) FILTER ({active} AND {kind} = 'PPPK')
        FROM read_parquet(?) WHERE {condition}""",
        [str(file)],
    ).fetchall()[0]
    return Removed(file, *row)


def copy_without(con: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    """Writes a file anew without the rows of persons in `to_forget`."""
    condition = _condition(_columns(con, source))
    kept = f"WHERE NOT coalesce(({condition}), false)" if condition else ""
    with whole_file(target) as draft:
        con.execute(
            f"COPY (SELECT * FROM read_parquet('{_quoted(source)}') {kept}) TO '{_quoted(draft)}' (FORMAT parquet, USE_TMP_FILE false)"
        )


def refuse_remains(vault: Vault, con: duckdb.DuckDBPyConnection, numbers: Sequence[str]) -> int:
    """Looks at every file of the vault for what must be gone; returns how many were looked at, or raises ContractError."""
    files = [path for path in sorted(vault.root.rglob("*")) if path.is_file()]
    for file in files:
        listed = file == vault.file(*LISTED)
        remaining = 0 if listed or file.suffix != ".parquet" else count_in(con, file).rows
        held = file.read_bytes()
        if remaining or any(number.encode() in held for number in numbers):
            raise ContractError(
                "Masih ada jejak orang itu. / Something of the person remains.",
                f"data/vault/{file.parent.name}",
                "Jalankan lagi; bila tetap ada, hapus berkas itu dan muat ulang sumbernya.",
            )
    return len(files)


def _columns(con: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    return [row[0] for row in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()]


def _condition(columns: Sequence[str]) -> str | None:
    """A person is found by pseudonym, and in refused rows by the number in any cell, however it was written there."""
    persons = [f"{column} IN (SELECT person FROM to_forget)" for column in PERSONS if column in columns]
    if persons:
        return " OR ".join(persons)
    if "nip" in columns:
        cells = ", ".join(f'"{name}"::VARCHAR' for name in columns)
        digits = rf"regexp_replace(concat_ws('|', {cells}), '[^0-9|]', '', 'g')"
        return f"(SELECT coalesce(bool_or(contains({digits}, number)), false) FROM to_forget)"
    return None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

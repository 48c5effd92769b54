"""One working connection for loading: settings, the secret, and the readings that load steps share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import duckdb

from etl.vault.pseudonyms import define_pseudonym
from etl.vault.store import Vault, open_vault
from keys import new_key
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql" / "load"
SIMULATED_BIRTH_SHIFT_YEARS = 74
"""Simulated people are born this many years before the person they imitate, so that their NIP belong to nobody."""
MEMORY = "1800MB"
"""What one load may take. Nothing is spilled to the disk: a spilled page could hold a person's number."""


@dataclass(frozen=True)
class Session:
    """What every load step needs; `close` ends it. `vault` is None in a dry run."""

    settings: Settings
    con: duckdb.DuckDBPyConnection
    vault: Vault | None

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be written."""
        return self.vault is None

    @cached_property
    def asking(self) -> duckdb.DuckDBPyConnection:
        """A second connection with the same readings of text, for questions while `con` reads a file."""
        return _speaking(duckdb.connect())

    def close(self) -> None:
        """Forgets everything read."""
        if "asking" in self.__dict__:
            self.asking.close()
        self.con.close()


def open_session(settings: Settings, dry_run: bool = False, threads: int | None = None) -> Session:
    """A session with the vault checked, the key read and the macros defined.

    A dry run makes neither vault nor key: its pseudonyms, of a secret that nobody keeps, are thrown away.
    """
    vault = None if dry_run else open_vault(settings)
    con = duckdb.connect()
    if threads:
        con.execute(f"SET threads = {threads}")
    con.execute(
        f"SET preserve_insertion_order = true; SET memory_limit = '{MEMORY}'; SET temp_directory = ''"
    )
    con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    define_pseudonym(con, vault.keys if vault else (new_key(),))
    return Session(settings, _speaking(con), vault)


def _speaking(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute(read_sql("macros"))
    con.execute(read_sql("agency_macros"))
    return con


@cache
def read_sql(name: str) -> str:
    """The text of a load step."""
    return (SQL / f"{name}.sql").read_text("utf-8")


@cache
def reader_version() -> str:
    """A short hash of everything that decides how a file is understood."""
    root = SQL.parents[1]
    code = [path for room in ("reading", "meaning", "judging") for path in (root / room).rglob("*.py")]
    digest = hashlib.sha256()
    for path in sorted([*SQL.rglob("*.sql"), *code, *(root / "reading").glob("*.yml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

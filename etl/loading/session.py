"""One working connection for loading: settings, the secret, and the readings that load steps share."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from etl.vault.pseudonyms import KEY_BYTES, define_pseudonym, read_key
from etl.vault.store import open_vault
from settings import Settings

SQL = Path(__file__).resolve().parents[1] / "sql" / "load"
SIMULATED_BIRTH_SHIFT_YEARS = 74
"""Simulated people are born this many years before the person they imitate, so that their NIP belong to nobody."""


@dataclass(frozen=True)
class Session:
    """What every load step needs; `close` ends it."""

    settings: Settings
    con: duckdb.DuckDBPyConnection
    dry_run: bool = False

    def close(self) -> None:
        """Forgets everything read."""
        self.con.close()


def open_session(settings: Settings, dry_run: bool = False, threads: int | None = None) -> Session:
    """A session with the vault checked, the key read and the macros defined.

    A dry run makes neither vault nor key: its pseudonyms, of a secret that nobody keeps, are thrown away.
    """
    if dry_run:
        key = secrets.token_bytes(KEY_BYTES)
    else:
        open_vault(settings.vault)
        key = read_key(settings.key_file)
    con = duckdb.connect()
    if threads:
        con.execute(f"SET threads = {threads}")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    define_pseudonym(con, key)
    con.execute(read_sql("macros"))
    return Session(settings, con, dry_run)


@cache
def read_sql(name: str) -> str:
    """The text of a load step."""
    return (SQL / f"{name}.sql").read_text("utf-8")


@cache
def reader_version() -> str:
    """A short hash of everything that decides how a file is understood."""
    root = SQL.parents[1]
    parts = sorted([*SQL.glob("*.sql"), *(root / "reading").glob("*"), *(root / "meaning").glob("*.py")])
    digest = hashlib.sha256()
    for path in parts:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

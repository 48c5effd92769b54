"""Gives the vault a new key: every pseudonym is made anew, and none of the old ones remains."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from audit import record
from etl.vault.pseudonyms import define_pseudonym
from etl.vault.store import DRAFT, PERSONS, Vault, damage_told, make_empty, make_folder, open_vault, writing
from keys import new_key, write_keys
from settings import Settings


def rotate_key(settings: Settings, progress: Callable[[str], None] = lambda step: None) -> int:
    """Adds a key and applies it to every pseudonym; returns how many files were re-keyed.

    The vault keeps no NIP, so the new pseudonym is the HMAC of the old one with the new key: to link a person one would
    need every key. The tables are written beside the old ones; replacing the key file is the one moment of change.
    """
    with writing(settings), damage_told():
        old = open_vault(settings)
        new = Vault(old.root, (*old.keys, new_key()))
        draft = new.people.with_name(f".{new.people.name}{DRAFT}")
        files = sorted(old.people.rglob("*.parquet"))
        con = duckdb.connect()
        try:
            define_pseudonym(con, new.keys)
            for file in files:
                progress(f"{file.parent.name} {file.name}")
                _rekey(con, file, draft / file.relative_to(old.people))
        finally:
            con.close()
        record(settings, "rotate_key", files=len(files))
        if files:
            draft.rename(new.people)
        write_keys(settings.key_file, new.keys)
        shutil.rmtree(old.people, ignore_errors=True)
    return len(files)


def _rekey(con: duckdb.DuckDBPyConnection, source: Path, target: Path) -> None:
    """Copies a table of the vault, its pseudonyms re-keyed."""
    make_folder(target.parent)
    columns = [
        row[0] for row in con.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(source)]).fetchall()
    ]
    persons = [column for column in columns if column in PERSONS]
    make_empty(target)
    if not persons:
        shutil.copyfile(source, target)
        return
    rekeyed = ", ".join(f"rekeyed({column}) AS {column}" for column in persons)
    query = f"SELECT * REPLACE ({rekeyed}) FROM read_parquet('{_quoted(source)}')"
    con.execute(f"COPY ({query}) TO '{_quoted(target)}' (FORMAT parquet, USE_TMP_FILE false)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

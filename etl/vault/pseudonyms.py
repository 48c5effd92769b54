"""Keyed pseudonyms: HMAC-SHA-256 (RFC 2104, FIPS 198-1) of an 18-digit number, computed inside DuckDB."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

import duckdb

from errors import ContractError
from settings import ROOT

KEY_BYTES = 32
BLOCK_BYTES = 64


def read_key(path: Path) -> bytes:
    """The secret for pseudonyms; made on first use with mode 0600, never inside the repository.

    A key that others may read, or of the wrong length, is a ContractError.
    """
    if path.resolve().is_relative_to(ROOT):
        raise ContractError(
            "Kunci tidak boleh berada di dalam repositori. / The key must lie outside the repository.",
            "NETRA_KEY_FILE",
            "Pilih tempat lain.",
        )
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ContractError(
            "Kunci terbuka bagi orang lain. / Others can read the key.", path.name, "chmod 600."
        )
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ContractError("Kunci rusak. / The key is damaged.", path.name, "Pulihkan kunci dari cadangan.")
    return key


def define_pseudonym(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Defines the macro `pseudonym(text) -> BLOB`, equal to Python's hmac.digest(key, text, "sha256")."""
    padded = key.ljust(BLOCK_BYTES, b"\0")
    inner = "".join(f"\\x{byte ^ 0x36:02x}" for byte in padded)
    outer = "".join(f"\\x{byte ^ 0x5C:02x}" for byte in padded)
    con.execute(
        f"""CREATE OR REPLACE TEMP MACRO pseudonym(number) AS
        unhex(sha256('{outer}'::BLOB || unhex(sha256('{inner}'::BLOB || encode(number)))))"""
    )

"""Keyed pseudonyms: HMAC-SHA-256 (RFC 2104, FIPS 198-1) of an 18-digit number, computed inside DuckDB."""

from __future__ import annotations

import duckdb

BLOCK_BYTES = 64


def define_pseudonym(con: duckdb.DuckDBPyConnection, keys: tuple[bytes, ...]) -> None:
    """Defines the macros `pseudonym(text)` and `rekeyed(blob)`, both BLOB of 32 bytes.

    With one key, pseudonym equals Python's hmac.digest(key, text, "sha256"); each later key is applied to the result
    of the one before. `rekeyed` applies the last key alone: it turns a pseudonym of the keys before into one of all.
    """
    expression = "encode(number)"
    for key in keys:
        expression = _hmac(key, expression)
    con.execute(f"CREATE OR REPLACE TEMP MACRO pseudonym(number) AS {expression}")
    con.execute(f"CREATE OR REPLACE TEMP MACRO rekeyed(person) AS {_hmac(keys[-1], 'person')}")


def _hmac(key: bytes, message: str) -> str:
    padded = key.ljust(BLOCK_BYTES, b"\0")
    inner = "".join(f"\\x{byte ^ 0x36:02x}" for byte in padded)
    outer = "".join(f"\\x{byte ^ 0x5C:02x}" for byte in padded)
    return f"unhex(sha256('{outer}'::BLOB || unhex(sha256('{inner}'::BLOB || {message}))))"

"""Keyed pseudonyms: HMAC-SHA-256 (RFC 2104, FIPS 198-1) of an 18-digit number, as a macro of DuckDB and on columns of polars."""

from __future__ import annotations

import duckdb
import polars as pl
import polars_hash as plh

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


def pseudonym(number: pl.Expr, keys: tuple[bytes, ...]) -> pl.Expr:
    """The pseudonyms of a column of numbers, the same bytes as the macro's.

    The library takes a key that is text; with an older key that is not, the macro does the work.
    """
    text = number.cast(pl.String)
    if not all(key.isascii() for key in keys):
        return text.map_batches(
            lambda numbers: _by_macro(numbers, keys), return_dtype=pl.Binary, is_elementwise=True
        )
    person = text
    for key in keys:
        # The expression goes through the library's own class, which adds its functions to it.
        keyed = plh.CryptographicHashingNameSpace(person).hmac_sha256(key=key.decode("ascii"))
        person = keyed.str.decode("hex")
    return person


def _by_macro(numbers: pl.Series, keys: tuple[bytes, ...]) -> pl.Series:
    with duckdb.connect() as con:
        define_pseudonym(con, keys)
        con.register("numbers", numbers.alias("number").to_frame().with_row_index("place").to_arrow())
        query = "SELECT pseudonym(number) AS person FROM numbers ORDER BY place"
        return pl.Series(con.sql(query).to_arrow_table().column("person")).cast(pl.Binary)


def _hmac(key: bytes, message: str) -> str:
    padded = key.ljust(BLOCK_BYTES, b"\0")
    inner = "".join(f"\\x{byte ^ 0x36:02x}" for byte in padded)
    outer = "".join(f"\\x{byte ^ 0x5C:02x}" for byte in padded)
    return f"unhex(sha256('{outer}'::BLOB || unhex(sha256('{inner}'::BLOB || {message}))))"

"""Pseudonyms are HMAC-SHA-256, whoever computes them."""

from __future__ import annotations

import hmac

import duckdb
import polars as pl
import pytest

from etl.vault.pseudonyms import define_pseudonym, pseudonym
from keys import KEY_BYTES, new_key

NUMBER = 192001012010011001
OLDER = b"\xff" * KEY_BYTES


@pytest.mark.parametrize("keys", [(new_key(),), (new_key(), new_key()), (OLDER,), (OLDER, new_key())])
def test_columns_macro_and_python_agree(keys):
    expected = str(NUMBER).encode()
    for key in keys:
        expected = hmac.digest(key, expected, "sha256")
    column = pl.LazyFrame({"number": [NUMBER, NUMBER + 1]}).select(
        pseudonym(pl.col("number"), keys).alias("person")
    )
    found = column.collect(engine="streaming")["person"].to_list()
    assert found[0] == expected
    assert found[1] != expected
    with duckdb.connect() as con:
        define_pseudonym(con, keys)
        assert con.execute("SELECT pseudonym(?)", [str(NUMBER)]).fetchall() == [(expected,)]


def test_a_new_key_is_text_of_the_right_length_and_never_the_same():
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(key.isascii() and len(key) == KEY_BYTES for key in keys)

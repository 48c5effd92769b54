"""What numbers say, against the slow reading of their digits by the macros that registers use."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.judging import numbers as says
from etl.judging.scales import EMPLOYMENT
from etl.loading.session import read_sql
from tests.etl.files import nip

AS_OF = date(2024, 11, 30)
DIGIT_RULES = [
    "nip_truncated",
    "nip_birth_date",
    "nip_appointment_year",
    "nip_month_code",
    "nip_gender_digit",
]


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as found:
        found.execute(read_sql("macros"))
        yield found


def judged(numbers: list[int], simulated: bool = True) -> pl.DataFrame:
    lines = pl.DataFrame({"number": numbers}, {"number": pl.Int64}).with_columns(
        is_simulated=pl.lit(simulated), is_other=pl.lit(value=False), is_named=pl.lit(value=True)
    )
    told = lines.with_columns(**says.parts())
    return told.with_columns(
        rule=says.broken_rule(AS_OF), employment_type=says.employment(), age_band=says.age_band(AS_OF)
    )


def near_numbers() -> st.SearchStrategy[int]:
    """Numbers of 18 digits, most of them nearly in order."""
    parts = st.tuples(
        st.integers(1880, 2010), st.integers(0, 13), st.integers(0, 32), st.integers(1890, 2026),
        st.integers(0, 31), st.integers(0, 3), st.integers(0, 999),
    )  # fmt: skip
    return parts.map(lambda p: int(f"{p[0]:04d}{p[1]:02d}{p[2]:02d}{p[3]:04d}{p[4]:02d}{p[5]}{p[6]:03d}"))


@given(st.lists(near_numbers() | st.integers(10**17, 10**18 - 1), min_size=1, max_size=30))
def test_a_number_breaks_the_rule_that_its_digits_break(con, numbers):
    found = judged(numbers)["rule"].cast(pl.String).to_list()
    for number, rule in zip(numbers, found, strict=True):
        query = "SELECT nip_fault($digits, $digits, $until)"
        (by_digits,) = con.execute(query, {"digits": str(number), "until": AS_OF}).fetchall()[0]
        is_of_our_time = 1800 <= number // 10**14 <= 2199 or by_digits == "nip_truncated"
        expected = by_digits if is_of_our_time else "nip_birth_date"
        assert (rule if rule in DIGIT_RULES else None) == expected, number


def test_the_simulated_are_born_before_1930_and_nobody_else_is():
    # The last number the rule takes and the first it refuses; put together here, so that no such number is written down.
    old, young = (int(nip(birth=day, since="201001")) for day in ("19291231", "19300101"))
    assert judged([old, young])["rule"].to_list() == [None, "simulated_living"]
    assert judged([old, young], simulated=False)["rule"].to_list() == ["nip_birth_year", None]


def test_month_codes_tell_the_kind_of_employment():
    found = judged([192001012010011001, 192001012010122001, 192001012021211001, 192001012021291001])
    assert found["employment_type"].to_list() == ["PNS", "PNS", "PPPK", "PPPK"]
    assert found["employment_type"].dtype == EMPLOYMENT


@pytest.mark.parametrize(
    ("birth", "band"),
    [("19201201", "under_30"), ("19201130", "30_39"), ("19101130", "40_49"), ("19001130", "50_plus")],
)
def test_an_age_is_the_one_on_the_day_of_the_snapshot(birth, band):
    assert judged([int(f"{birth}2010011001")])["age_band"].to_list() == [band]

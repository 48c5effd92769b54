"""What an 18-digit number says and which rule it breaks, by arithmetic on columns (process.md section 5.3).

A number is YYYYMMDD of birth, year and month (or 2n for a PPPK) of appointment, sex, serial.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from etl.judging.scales import AGE_BAND, EMPLOYMENT, GENDER, RULE
from etl.loading.session import SIMULATED_BIRTH_SHIFT_YEARS

FIRST, LAST = 10**17, 10**18 - 1
OLDEST_LIVING = 1930
"""Who was born before serves no more; simulated people are born before, so that their numbers belong to nobody."""
NUMBER = pl.col("number")
DAY, YEAR = pl.col("day"), pl.col("day") // 10_000
MONTH, DAY_OF_MONTH = pl.col("day") // 100 % 100, pl.col("day") % 100


def parts() -> dict[str, pl.Expr]:
    """Columns from `number`: day of birth YYYYMMDD, year of appointment, code of month or contract, sex, serial."""
    return {
        "day": (NUMBER // 10**10).cast(pl.Int32),
        "appointed": (NUMBER // 10**6 % 10**4).cast(pl.Int32),
        "code": (NUMBER // 10**4 % 100).cast(pl.Int8),
        "digit": (NUMBER // 10**3 % 10).cast(pl.Int8),
        "serial": (NUMBER % 10**3).cast(pl.Int16),
    }


def is_day() -> pl.Expr:
    """Whether `day` is a day of the calendar, from 1800 to 2199."""
    is_leap = (YEAR % 4 == 0) & ((YEAR % 100 != 0) | (YEAR % 400 == 0))
    short = pl.when(is_leap).then(29).otherwise(28)
    length = pl.when(MONTH == 2).then(short).otherwise(31 - MONTH.is_in([4, 6, 9, 11]).cast(pl.Int32))
    return YEAR.is_between(1800, 2199) & MONTH.is_between(1, 12) & DAY_OF_MONTH.is_between(1, length)


def broken_rule(as_of: date) -> pl.Expr:
    """The first rule that a line breaks, as `RULE`; NULL where it breaks none."""
    is_simulated, is_old = pl.col("is_simulated"), YEAR < OLDEST_LIVING
    broken = {
        "nip_truncated": pl.col("serial") == 0,
        "nip_birth_date": ~is_day(),
        "nip_appointment_year": ~pl.col("appointed").is_between(YEAR + 17, as_of.year),
        "nip_month_code": ~(pl.col("code").is_between(1, 12) | pl.col("code").is_between(21, 29)),
        "nip_gender_digit": ~pl.col("digit").is_in([1, 2]),
        "simulated_living": is_simulated & ~is_old,
        "nip_birth_year": ~is_simulated & is_old,
        "other_government": pl.col("is_other"),
        "agency_missing": ~pl.col("is_named"),
    }
    rule = pl.lit(None, RULE)
    for name, is_broken in reversed(broken.items()):
        rule = pl.when(is_broken).then(pl.lit(name, RULE)).otherwise(rule)
    return rule


def is_pns() -> pl.Expr:
    """PNS or else PPPK, by the month or the contract in the number."""
    return pl.col("code") <= 12


def employment() -> pl.Expr:
    """The kind of employment that the number says."""
    return pl.when(is_pns()).then(pl.lit("PNS", EMPLOYMENT)).otherwise(pl.lit("PPPK", EMPLOYMENT))


def gender() -> pl.Expr:
    """The gender that the number says."""
    return pl.when(pl.col("digit") == 1).then(pl.lit("male", GENDER)).otherwise(pl.lit("female", GENDER))


def age_band(as_of: date) -> pl.Expr:
    """The age band on a day; simulated people are as old as those whom they imitate."""
    shift = pl.when("is_simulated").then(SIMULATED_BIRTH_SHIFT_YEARS * 10_000).otherwise(0)
    age = (as_of.year * 10_000 + as_of.month * 100 + as_of.day - DAY - shift) // 10_000
    band = pl.when(age < 100).then(pl.lit("50_plus", AGE_BAND)).otherwise(pl.lit("unknown", AGE_BAND))
    for limit, name in ((50, "40_49"), (40, "30_39"), (30, "under_30")):
        band = pl.when(age < limit).then(pl.lit(name, AGE_BAND)).otherwise(band)
    return band

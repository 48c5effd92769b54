"""`words(lang)`: texts, numbers, shares and dates of one language."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol, get_group_symbol

from errors import SelectionError
from language.catalogue import LANGUAGES, catalogue

MISSING = "–"
RANGE = "–"

# Whatever a cell of a frame may hold: pandas.NA and numpy scalars have no static type in common.
Value = Any


@dataclass(frozen=True)
class Words:
    """The texts and formats of one language; equal and hashable by language, so a safe cache key."""

    lang: str

    def __call__(self, key: str, **values: Value) -> str:
        """Text of `key` with its placeholders filled; an unknown key or a missing value is a KeyError.

        Numbers and dates are formatted here: whole numbers as `number(x)`, others with one decimal.
        A year or a code is therefore passed as text. `n=1` chooses the singular where there is one.
        """
        text = catalogue()[key][self.lang]
        form = text.one if _is_one(values.get("n")) else text.other
        return form.format_map({name: self._shown(value) for name, value in values.items()})

    def number(self, x: Value, digits: int = 0) -> str:
        """`x` with `digits` decimals and grouped thousands: 14.662 and 1,4 (id), 14,662 and 1.4 (en)."""
        if is_missing(x):
            return MISSING
        group, decimal = _separators(self.lang)
        plain = format(float(x), f",.{digits}f")
        if plain.startswith("-") and not plain.strip("-0.,"):
            plain = plain[1:]
        return plain.replace(",", "\0").replace(".", decimal).replace("\0", group)

    def percent(self, share: Value, digits: int = 0) -> str:
        """A share from 0 to 1 as per cent: 54%."""
        return MISSING if is_missing(share) else f"{self.number(float(share) * 100, digits)}%"

    def span(self, lower: Value, upper: Value, digits: int = 1) -> str:
        """A range of numbers: 1,1–10,2 (id), 1.1–10.2 (en)."""
        if is_missing(lower) and is_missing(upper):
            return MISSING
        return f"{self.number(lower, digits)}{RANGE}{self.number(upper, digits)}"

    def percent_span(self, lower: Value, upper: Value, digits: int = 0) -> str:
        """A range of shares: 12–47%."""
        if is_missing(lower) or is_missing(upper):
            return MISSING
        return f"{self.number(float(lower) * 100, digits)}{RANGE}{self.percent(upper, digits)}"

    def date(self, day: Value) -> str:
        """A day with its month spelt out: 27 November 2024, 17 Agustus 2024."""
        return MISSING if is_missing(day) else _date(_as_day(day), "d MMMM y", self.lang)

    def month(self, day: Value) -> str:
        """The month of a day: Nov 2024, Agu 2024."""
        return MISSING if is_missing(day) else _date(_as_day(day), "MMM y", self.lang)

    def listed(self, items: Iterable[str]) -> str:
        """Items as a sentence part: A, B, dan C."""
        return format_list(list(items), locale=_locale(self.lang))

    def _shown(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        if is_missing(value):
            return MISSING
        if isinstance(value, dt.date):
            return self.date(value)
        return self.number(value, 0 if float(value).is_integer() else 1)


@cache
def words(lang: str) -> Words:
    """The words of a language, "id" or "en"; any other is a SelectionError."""
    if lang not in LANGUAGES:
        raise SelectionError(f"'{lang}' is not a language of this dashboard.", "bahasa", "Use id or en.")
    return Words(lang)


def is_missing(x: Value) -> bool:
    """True for None, NaN, NaT and pandas.NA."""
    if x is None:
        return True
    try:
        return bool(x != x)  # noqa: PLR0124 - true for NaN and NaT
    except TypeError:  # pandas.NA has no truth value
        return True


def _is_one(n: Value) -> bool:
    return not is_missing(n) and not isinstance(n, str) and n == 1


def _as_day(day: Value) -> dt.date:
    return dt.date(operator.index(day.year), operator.index(day.month), operator.index(day.day))


# Babel looks the locale up on every call; these answers never change.
@cache
def _locale(lang: str) -> Locale:
    return Locale.parse("id_ID" if lang == "id" else "en_GB")


@cache
def _separators(lang: str) -> tuple[str, str]:
    return get_group_symbol(_locale(lang)), get_decimal_symbol(_locale(lang))


@lru_cache(maxsize=4096)
def _date(day: dt.date, pattern: str, lang: str) -> str:
    return format_date(day, pattern, locale=_locale(lang))

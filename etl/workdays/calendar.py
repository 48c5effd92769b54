"""National holidays of Indonesia by the maintained library `holidays`, written once into data/reference.

The build reads the file, not the library: a new version of the library cannot change a published number in silence,
and a test tells when the two disagree. Joint leave (cuti bersama) is set by decree every year, often late and changed;
it is not a national holiday and its days count as working days.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import holidays

FIRST_YEAR: Final = 2014
LAST_YEAR: Final = 2028


def national_holidays() -> tuple[tuple[date, str, str], ...]:
    """Every national holiday of the years covered: its day and its name in Indonesian and English, in order."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    names = [holidays.country_holidays("ID", years=years, language=lang) for lang in ("id", "en_US")]
    return tuple((day, *(found[day] for found in names)) for day in sorted(names[0]))


def as_csv() -> str:
    """The content of data/reference/holidays.csv."""
    rows = ["day,name_id,name_en", *(f'{day},"{one}","{other}"' for day, one, other in national_holidays())]
    return "\n".join(rows) + "\n"

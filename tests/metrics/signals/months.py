"""Four governments of equal size over three years: four cases a month in each, and a burst to add."""

from datetime import date

from tests.builders import case, heads
from warehouse.selection import Selection

OURS = Selection(governments=("6472",))
PLACES = ("6402", "6408", "6471", "6472")
MONTHS = [date(2022 + n // 12, n % 12 + 1, 10) for n in range(35)]
BURST = MONTHS[12:15]


def staff(places=PLACES):
    return [
        heads(5000, code, day)
        for code in places
        for day in (date(2022, 6, 30), date(2023, 9, 30), date(2024, 11, 30))
    ]


def steady(places=PLACES):
    """Four cases a month in every place."""
    return [case(code, event_on=day) for code in places for day in MONTHS for _ in range(4)]

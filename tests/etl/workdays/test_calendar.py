"""The file of holidays is what the maintained library says, and joint leave is not in it."""

import csv
from datetime import date

from etl.workdays.calendar import FIRST_YEAR, LAST_YEAR, as_csv, national_holidays
from settings import ROOT


def test_the_file_is_what_the_library_says():
    assert (ROOT / "data/reference/holidays.csv").read_text("utf-8") == as_csv()


def test_holidays_by_decree_are_there_and_joint_leave_is_not():
    days = {day for day, _, _ in national_holidays()}
    # SKB 3 Menteri on 2024: Idul Fitri 10 and 11 April are holidays, 8, 9, 12 and 15 April are joint leave.
    assert {date(2024, 4, 10), date(2024, 4, 11), date(2024, 2, 14), date(2024, 11, 27)} <= days
    assert not {date(2024, 4, 8), date(2024, 4, 9), date(2024, 4, 12), date(2024, 4, 15)} & days


def test_every_year_is_covered():
    rows = list(csv.DictReader(as_csv().splitlines()))
    assert {int(row["day"][:4]) for row in rows} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    assert len({row["day"] for row in rows}) == len(rows)

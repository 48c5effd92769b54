"""The text columns of a roster, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.sample.places import Government
from etl.sample.workforce.agencies import Agency
from etl.sample.workforce.dirt import (
    EMPTY,
    NINE_DIGITS,
    SCIENTIFIC,
    STANDING_CODES,
    STANDING_NAMES,
    Rows,
    Style,
)
from etl.sample.workforce.people import EPOCH, LAST_BIRTH, Ints, Population
from etl.sample.workforce.positions import EDUCATION, GRADES, ROMAN, Staff

MARK = "DATA SIMULASI"
RANK_NAMES = (
    *("Juru Muda", "Juru Muda Tk. I", "Juru", "Juru Tk. I"),
    *("Pengatur Muda", "Pengatur Muda Tk. I", "Pengatur", "Pengatur Tk. I"),
    *("Penata Muda", "Penata Muda Tk. I", "Penata", "Penata Tk. I"),
    *("Pembina", "Pembina Tk. I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
)


@dataclass(frozen=True)
class Roster:
    """One roster before it is written: who, when, for whom, and how the office spells."""

    place: Government
    on: date
    population: Population
    agencies: Sequence[Agency]
    staff: Staff
    rows: Rows
    style: Style

    def __len__(self) -> int:
        return len(self.rows.staff)

    @property
    def person(self) -> Ints:
        """Person of every row, as a position in the population."""
        return self.staff.person[self.rows.staff]

    def chosen(self, words: Sequence[str], index: Ints) -> pa.Array:
        """One of `words` for every row."""
        return pa.array(words, pa.string()).take(pa.array(index))

    def constant(self, text: str) -> pa.Array:
        """The same text in every row."""
        return pa.repeat(pa.scalar(text, pa.string()), len(self))

    def sequence(self) -> pa.Array:
        """Row numbers from 1."""
        return pa.array(np.arange(1, len(self) + 1)).cast(pa.string())

    def names(self) -> pa.Array:
        """Filler where real files carry names."""
        return pc.binary_join_element_wise(
            "CONTOH", pc.utf8_lpad(pa.array(self.person + 1).cast(pa.string()), 6, "0"), " "
        )

    def numbers(self, prefix: str = "", spaced: bool = False) -> pa.Array:
        """NIP or NI PPPK as the office prints it, with the broken ones."""
        text = pa.array(self.population.nip[self.person]).cast(pa.string())
        printed = text
        if spaced:
            cuts = ((0, 8), (8, 14), (14, 15), (15, 18))
            parts = [pc.utf8_slice_codeunits(text, start, stop) for start, stop in cuts]
            printed = pc.binary_join_element_wise(*parts, " ")
        elif prefix:
            printed = pc.binary_join_element_wise(prefix, text, "")
        fault = self.rows.number_fault
        if not fault.any():
            return printed
        mantissa = pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(text, 0, 1), ",", pc.utf8_slice_codeunits(text, 1, 6), "E+17", ""
        )
        nine = pc.utf8_slice_codeunits(text, 3, 12)
        return pc.case_when(
            pc.make_struct(
                pa.array(fault == SCIENTIFIC), pa.array(fault == NINE_DIGITS), pa.array(fault == EMPTY)
            ),
            mantissa,
            nine,
            pa.scalar("", pa.string()),
            printed,
        )

    def births(self) -> pa.Array:
        """Dates of birth, 74 years too early like the numbers."""
        day = self.population.birth[self.person] + self.rows.birth_shift
        return self.chosen(_birth_words(self.style.date_format), np.minimum(day, LAST_BIRTH))

    def genders(self) -> pa.Array:
        """Male or female."""
        return self.chosen(self.style.genders, self.population.is_female[self.person].astype(np.int64))

    def statuses(self) -> pa.Array:
        """PNS, CPNS or PPPK."""
        index = np.where(self.population.is_pppk[self.person], 2, self.staff.is_candidate[self.rows.staff])
        return self.chosen(self.style.statuses, index.astype(np.int64))

    def appointments(self) -> pa.Array:
        """First day of the month of appointment."""
        months = self.population.appointed[self.person]
        first, last = int(months.min()), int(months.max())
        words = [
            date(m // 12, m % 12 + 1, 1).strftime(self.style.date_format) for m in range(first, last + 1)
        ]
        return self.chosen(words, months - first)

    def grades(self) -> pa.Array:
        """Grade alone, such as III/d or IX."""
        return self.chosen((*GRADES, *ROMAN), self._grade_index())

    def ranks(self) -> pa.Array:
        """Rank name with grade; PPPK have a grade only."""
        pattern = self.style.grade_pattern
        words = [
            pattern.format(name=name, grade=grade) for name, grade in zip(RANK_NAMES, GRADES, strict=True)
        ]
        return self.chosen((*words, *ROMAN), self._grade_index())

    def classes(self) -> pa.Array:
        """Class of position."""
        return self.chosen(self.style.classes, self.staff.position_class[self.rows.staff])

    def titles(self) -> pa.Array:
        """Title of position."""
        return self.chosen(self.staff.titles, self.staff.title[self.rows.staff])

    def educations(self) -> pa.Array:
        """Level of education."""
        return self.chosen(EDUCATION, self.staff.education[self.rows.staff])

    def units(self) -> pa.Array:
        """Agency; a few rows carry a stray space."""
        names = [agency.name.upper() if self.style.is_upper_case else agency.name for agency in self.agencies]
        index = self.population.agency[self.person]
        stray = self.population.nip[self.person] % 331 == 7
        return self.chosen([*names, *(f"{name} " for name in names)], index + np.where(stray, len(names), 0))

    def standings(self) -> pa.Array:
        """Legal standing, as code or word."""
        words = STANDING_CODES if self.style.is_standing_a_code else STANDING_NAMES
        return self.chosen(words, self.rows.standing)

    def standing_codes(self) -> pa.Array:
        """Legal standing as a code."""
        return self.chosen(STANDING_CODES, self.rows.standing)

    def standing_names(self) -> pa.Array:
        """Legal standing in words."""
        return self.chosen(STANDING_NAMES, self.rows.standing)

    def _grade_index(self) -> Ints:
        offset = np.where(self.population.is_pppk[self.person], len(GRADES), 0)
        return self.staff.grade[self.rows.staff] + offset


@cache
def _birth_words(date_format: str) -> tuple[str, ...]:
    days = EPOCH + np.arange(LAST_BIRTH + 1).astype("timedelta64[D]")
    iso = np.datetime_as_string(days)
    if date_format == "%Y-%m-%d":
        return tuple(str(day) for day in iso)
    mark = date_format[2]
    return tuple(f"{day[8:]}{mark}{day[5:7]}{mark}{day[:4]}" for day in iso)

"""What makes a simulated roster as messy as a real one: odd standings, broken numbers, repeated rows, local spellings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.model import Mess
from etl.sample.places import Government
from etl.sample.workforce.people import Ints
from etl.sample.workforce.positions import Staff

ACTIVE, BLOCKED, UNDER_SANCTION, SUSPENDED, DISMISSED, RETIRED_BY_AGE, RETIRED = range(7)
STANDING_CODES = ("01", "92", "15", "04", "66", "98", "99")
STANDING_NAMES = (
    "Aktif",
    "Data Diblokir",
    "Menjalani Hukuman Disiplin",
    "Pemberhentian Sementara",
    "Diberhentikan",
    "Mencapai BUP",
    "Pensiun",
)
GOOD, SCIENTIFIC, NINE_DIGITS, EMPTY = range(4)


@dataclass(frozen=True)
class Rows:
    """Rows of one roster file: which member of staff each shows, its standing, and what is wrong with it."""

    staff: Ints
    standing: Ints
    number_fault: Ints
    birth_shift: Ints


@dataclass(frozen=True)
class Style:
    """How one office writes its files; `turn` decides every spelling."""

    turn: int

    @property
    def genders(self) -> tuple[str, str]:
        """Words for male and female."""
        return (("M", "F"), ("L", "P"), ("Laki-laki", "Perempuan"), ("1", "2"))[self.turn % 4]

    @property
    def statuses(self) -> tuple[str, str, str]:
        """Words for PNS, CPNS and PPPK."""
        choices = (
            ("PNS", "CPNS", "PPPK"),
            ("Pns", "Cpns", "Pppk"),
            ("PNS ", "CPNS", " PPPK"),
            ("pns", "cpns", "P3K"),
        )
        return choices[self.turn // 2 % 4]

    @property
    def date_format(self) -> str:
        """Order of year, month and day."""
        return ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y")[self.turn % 3]

    @property
    def classes(self) -> tuple[str, str, str, str, str]:
        """Words for the five position classes."""
        managers = ("Jabatan Pimpinan Tinggi Pratama", "Administrator", "Pengawas")
        return (
            (*managers, "Jabatan Fungsional Tertentu", "Pelaksana"),
            ("Struktural", "Struktural", "Struktural", "JFT", "JFU"),
            (*managers, "JFT", "Pelaksana"),
        )[self.turn // 3 % 3]

    @property
    def is_upper_case(self) -> bool:
        """True where agency names are written in capitals."""
        return self.turn % 5 == 1

    @property
    def is_standing_a_code(self) -> bool:
        """True where the legal standing is written as a code."""
        return self.turn % 2 == 0

    @property
    def has_spaced_numbers(self) -> bool:
        """True where numbers are printed with spaces, False where they carry an apostrophe."""
        return self.turn % 4 < 2

    @property
    def is_windows_encoded(self) -> bool:
        """True for Windows-1252, False for UTF-8 with a byte order mark."""
        return self.turn % 3 != 2

    @property
    def grade_pattern(self) -> str:
        """How rank name and grade are put together."""
        return ("{name} ({grade})", "{name}, {grade}")[self.turn % 2]


def rows_of(staff: Staff, place: Government, mess: Mess, stream: tuple[int, int]) -> Rows:
    """All rows of a roster: everybody on it once, then rows that a reader must refuse, in the order of the office."""
    random = np.random.default_rng([*stream, 2])
    count = len(staff.person)
    everybody = np.arange(count)
    active = np.flatnonzero(~staff.has_left)
    draw = random.random(count)
    limits = np.cumsum([mess.blocked_share, mess.under_sanction_share, mess.suspended_share])
    odd = np.searchsorted(limits, draw, side="right")
    standing = np.select([odd == 0, odd == 1, odd == 2], [BLOCKED, UNDER_SANCTION, SUSPENDED], ACTIVE)
    retired = random.choice([DISMISSED, RETIRED_BY_AGE, RETIRED, RETIRED], count)
    standing = np.where(staff.has_left, retired, standing)
    faults = _faults(place, mess, random)
    extra = random.choice(active, len(faults)) if len(active) else np.empty(0, dtype=np.int64)
    rows = np.concatenate([everybody, extra]).astype(np.int64)
    fault = np.concatenate([np.zeros(count), faults[: len(extra)]]).astype(np.int64)
    order = np.lexsort((fault, rows))
    shift = np.zeros(len(rows), dtype=np.int64)
    if len(faults):
        shift[random.integers(0, count)] = 1
    return Rows(rows[order], standing[rows][order], fault[order], shift[order])


def _faults(place: Government, mess: Mess, random: np.random.Generator) -> Ints:
    if place.code in mess.clean or place.number % mess.every != 1:
        return np.empty(0, dtype=np.int64)
    counts = random.integers(1, 4, 4)
    return np.repeat([SCIENTIFIC, NINE_DIGITS, EMPTY, GOOD], counts).astype(np.int64)

"""Generates rosters of any length in SIASN spelling: seeded, in chunks, and with a known number of broken rows.

Every row is a function of the seed and its own number, so that a file is the same whatever the size of a chunk, and
two rosters of different row numbers share no person. Nobody is alive: birth years end in 1928.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from bench.national.vocabulary import AGENCIES, BIRTHDAYS, NAMES, POSITIONS, RANKS, STANDINGS

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CHUNK = 500_000
OLDEST, YOUNGEST = 1885, 1928
YEARS_BACK = 74
"""The project's own simulated people are born this many years before those whom they imitate."""
FIRST_APPOINTMENT = YEARS_BACK + 20
LAST_YEAR = 2024
CODES = np.array([*range(1, 13), *range(21, 27)])
"""Months of a PNS and contracts of a PPPK: a third of the people are PPPK."""
SIZES = (len(BIRTHDAYS), YOUNGEST - OLDEST + 1, 3, len(CODES), 2, 999)
SPACE = int(np.prod(SIZES))
STEP = 982_451_653
"""A prime: steps of it through SPACE meet no number twice before all were met."""
FAULTS = (
    "nip_scientific",
    "nip_old_number",
    "nip_missing",
    "nip_month_code",
    "nip_birth_date",
    "nip_truncated",
)
BROKEN_ONE_IN, REPEATED_ONE_IN, DOUBTFUL_ONE_IN, QUOTED_ONE_IN = 100, 5_000, 2_000, 1_000


@dataclass(frozen=True)
class Roster:
    """What to generate: how many rows, from which row number on, of which government and how many agencies."""

    rows: int
    start: int = 0
    government: str = "Pemerintah Provinsi Kalimantan Timur"
    agencies: int = len(AGENCIES)
    seed: int = 1


@dataclass(frozen=True)
class Numbers:
    """The parts of the NIP of each row before anything is broken, and what is to be broken (-1: nothing)."""

    year: Ints
    birthday: Ints
    appointed: Ints
    code: Ints
    sex: Ints
    serial: Ints
    fault: Ints
    is_repeated: Flags


def write_roster(path: Path, roster: Roster, chunk: int = CHUNK) -> dict[str, int]:
    """Writes a roster as CSV, `chunk` rows in memory at a time; returns how many rows break each rule."""
    refused: Counter[str] = Counter()
    with path.open("wb") as file:
        for number, (frame, broken) in enumerate(frames(roster, chunk)):
            frame.write_csv(file, include_header=number == 0)
            refused.update(broken)
    return dict(sorted(refused.items()))


def frames(roster: Roster, chunk: int = CHUNK) -> Iterator[tuple[pl.DataFrame, Counter[str]]]:
    """The rows of a roster as text, chunk by chunk, each with the number of rows that break each rule."""
    for first in range(0, roster.rows, chunk):
        places = np.arange(first, min(first + chunk, roster.rows), dtype=np.int64)
        numbers = _numbers(roster, places)
        broken = Counter({FAULTS[kind]: int((numbers.fault == kind).sum()) for kind in range(len(FAULTS))})
        broken["duplicate_person"] = int(numbers.is_repeated.sum())
        yield _frame(roster, places, numbers), +broken


def _noise(roster: Roster, rows: Ints, salt: int, below: int) -> Ints:
    """A number from 0 up to `below` for every row, by the finalizer of splitmix64."""
    start = (roster.seed * 0x9E3779B97F4A7C15 + salt * 0xD1B54A32D192ED03) % 2**64
    mixed = (rows.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(start)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return ((mixed >> np.uint64(11)) % np.uint64(below)).astype(np.int64)


def _faults(roster: Roster, rows: Ints) -> Ints:
    kinds = len(FAULTS)
    drawn = _noise(roster, rows, 1, kinds * BROKEN_ONE_IN)
    return np.where(drawn < kinds, drawn, -1)


def _numbers(roster: Roster, places: Ints) -> Numbers:
    rows = roster.start + places
    fault = _faults(roster, rows)
    # A repeated row shows the person of the row in the middle between it and the beginning, if that one is in order.
    earlier = roster.start + places // 2
    wanted = (places > 0) & (_noise(roster, rows, 2, REPEATED_ONE_IN) == 0) & (fault < 0)
    sound = (_faults(roster, earlier) < 0) & (_noise(roster, earlier, 2, REPEATED_ONE_IN) != 0)
    is_repeated = wanted & sound
    rest = _scattered(np.where(is_repeated, earlier, rows) + roster.seed)
    parts = []
    for size in SIZES:
        rest, part = np.divmod(rest, size)
        parts.append(part)
    birthday, year, step, code, sex, serial = parts
    year += OLDEST
    soonest = year + FIRST_APPOINTMENT
    appointed = soonest + step * ((LAST_YEAR - soonest) // 2)
    return Numbers(year, birthday, appointed, CODES[code], sex + 1, serial + 1, fault, is_repeated)


def _scattered(rows: Ints) -> Ints:
    """A number below SPACE for every row, another one for each (two long steps and a cut between them)."""
    high, low = np.divmod(rows * STEP % SPACE, SIZES[0])
    return (low * (SPACE // SIZES[0]) + high) * STEP % SPACE


def _nip(roster: Roster, rows: Ints, n: Numbers) -> pl.Series:
    """The column of numbers as typed, broken where it is to be."""
    kind = {name: n.fault == place for place, name in enumerate(FAULTS)}
    day = np.where(kind["nip_birth_date"], 230, BIRTHDAYS[n.birthday])
    code = np.where(kind["nip_month_code"], 14, n.code)
    serial = np.where(kind["nip_truncated"], 0, n.serial)
    whole = (((n.year * 10_000 + day) * 10_000 + n.appointed) * 100 + code) * 10_000 + n.sex * 1_000 + serial
    old = 130_000_000 + _noise(roster, rows, 3, 1_000_000)
    text = pl.Series(np.where(kind["nip_old_number"], old, whole)).cast(pl.String)
    text = text.scatter(np.flatnonzero(kind["nip_scientific"]), "1,98E+17")
    text = text.scatter(np.flatnonzero(kind["nip_missing"]), "")
    # An apostrophe before a number breaks nothing.
    quoted = np.flatnonzero((_noise(roster, rows, 11, QUOTED_ONE_IN) == 0) & (n.fault < 0))
    return text.scatter(quoted, "'" + text[quoted])


def _frame(roster: Roster, places: Ints, n: Numbers) -> pl.DataFrame:
    rows = roster.start + places

    def pick(salt: int, below: int) -> Ints:
        return _noise(roster, rows, salt, below)

    doubtful = pick(4, DOUBTFUL_ONE_IN)
    is_pppk = n.code > 12
    position = np.where(
        is_pppk, POSITIONS.hired[pick(5, len(POSITIONS.hired))], POSITIONS.all[pick(5, len(POSITIONS.all))]
    )
    rank = np.where(is_pppk, RANKS.hired[pick(6, len(RANKS.hired))], RANKS.all[pick(6, len(RANKS.all))])
    status = np.where(is_pppk ^ (doubtful == 0), 2, (pick(7, 40) == 0).astype(np.int64))
    # The square of an even draw: a few agencies are large and most are small.
    agency = (pick(8, 1 << 20) ** 2 * roster.agencies) >> 40
    born = np.where(doubtful == 2, (n.birthday + 1) % len(BIRTHDAYS), n.birthday)
    return pl.DataFrame(
        {
            "NIP BARU": _nip(roster, rows, n),
            "NAMA": NAMES.gather(pick(9, len(NAMES))),
            "JENIS KELAMIN": pl.Series(["M", "F"]).gather((n.sex - 1) ^ (doubtful == 1)),
            "STATUS CPNS PNS": pl.Series(["PNS", "CPNS", "PPPK"]).gather(status),
            "GOL AKHIR NAMA": RANKS.names.gather(rank),
            "JENIS JABATAN NAMA": POSITIONS.kinds.gather(position),
            "JABATAN NAMA": POSITIONS.names.gather(position),
            "UNOR NAMA": AGENCIES.gather(agency),
            "INSTANSI KERJA NAMA": pl.repeat(roster.government, len(rows), eager=True),
            "KEDUDUKAN HUKUM NAMA": STANDINGS.gather(np.maximum(pick(10, 500) - 499 + len(STANDINGS) - 1, 0)),
            "TANGGAL LAHIR": _written(n.year, BIRTHDAYS[born]),
            "KETERANGAN": pl.repeat("DATA SIMULASI", len(rows), eager=True),
        }
    )


def _written(year: Ints, day: Ints) -> pl.Series:
    """Dates as SIASN writes them, day first."""
    number = (day % 100) * 1_000_000 + (day // 100) * 10_000 + year
    text = pl.Series(number).cast(pl.String).str.zfill(8)
    parts = pl.DataFrame({"text": text}).select(
        pl.concat_str(
            pl.col("text").str.slice(0, 2),
            pl.col("text").str.slice(2, 2),
            pl.col("text").str.slice(4),
            separator="-",
        )
    )
    return parts.to_series()

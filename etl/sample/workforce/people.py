"""The people of one government: one population from which every snapshot takes a sliding window.

PNS are ordered by birth, PPPK by appointment. Between two snapshots the window moves: the oldest leave, newcomers join,
everybody else stays the same person. Birth years are 74 years too early (1884 to 1928), so no number belongs to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from errors import ContractError
from etl.sample.model import Turnover
from etl.sample.workforce.agencies import Agency, Profile
from etl.sample.workforce.sizes import Size

YEARS_BACK = 74
EPOCH = np.datetime64("1884-01-01")
LAST_BIRTH = int((np.datetime64("1928-12-31") - EPOCH).astype(int))
SERIALS_PER_GOVERNMENT = 16
STILL_LISTED = 0.004
PPPK_YEARS = ((2022, 0.34), (2023, 0.36), (2024, 0.30))

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Population:
    """Everybody who worked for a government at some snapshot; arrays are aligned, one element per person."""

    nip: Ints
    birth: Ints
    appointed: Ints
    is_pppk: Flags
    is_female: Flags
    agency: Ints
    merit: Floats
    leaning: Floats
    windows: dict[date, Ints]
    leavers: dict[date, Ints]


@dataclass(frozen=True)
class Structure:
    """The agencies of a government; `fixed_pppk` holds PPPK of an agency at the last snapshot, by its position."""

    agencies: Sequence[Agency]
    profiles: Mapping[str, Profile]
    fixed_pppk: Mapping[int, int]


@dataclass(frozen=True)
class Windows:
    """First (included) and last (excluded) position of every snapshot in one order of seniority."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


def slide(sizes: Sequence[int], leavers: Sequence[float], newcomers: Sequence[float]) -> Windows:
    """Windows of the given sizes that only move forward: at least the given shares leave and join each time."""
    starts, ends = [0], [sizes[0]]
    for size, gone, fresh in zip(sizes[1:], leavers, newcomers, strict=True):
        held = ends[-1] - starts[-1]
        start = starts[-1] + round(gone * held)
        start = max(start, ends[-1] + round(fresh * held) - size)
        starts.append(start)
        ends.append(start + size)
    return Windows(tuple(starts), tuple(ends))


def simulate(
    sizes: dict[date, Size],
    structure: Structure,
    turnover: Turnover,
    stream: tuple[int, int],
) -> Population:
    """The population of a government of the given sizes; `stream` is the seed and the number of the government."""
    agencies, profiles = structure.agencies, structure.profiles
    random = np.random.default_rng([*stream, 1])
    dates = sorted(sizes)
    pns = slide([sizes[on].pns for on in dates], turnover.leavers, turnover.newcomers)
    pppk = slide([sizes[on].pppk for on in dates], turnover.pppk_leavers, (0.0, 0.0))
    n_pns, n_pppk = pns.ends[-1], pppk.ends[-1]
    birth, appointed = _pns_dates(pns, dates, random)
    pppk_birth, pppk_appointed = _pppk_dates(n_pppk, pppk.ends[-2], random)
    is_pppk = np.arange(n_pns + n_pppk) >= n_pns
    weights = np.array([unit.weight for unit in agencies])
    factors = np.array([profiles[unit.profile].pppk for unit in agencies])
    agency = np.concatenate(
        [_spread(pns, weights, {}, random), _spread(pppk, weights * factors, structure.fixed_pppk, random)]
    )
    female = np.array([profiles[unit.profile].female for unit in agencies])
    is_female = random.random(len(agency)) < female[agency]
    birth = np.concatenate([birth, pppk_birth])
    appointed = np.concatenate([appointed, pppk_appointed])
    return Population(
        nip=number(birth, appointed, is_pppk, is_female, stream[1]),
        birth=birth,
        appointed=appointed,
        is_pppk=is_pppk,
        is_female=is_female,
        agency=agency,
        merit=random.random(len(agency)),
        leaning=random.random(len(agency)),
        windows={on: _both(pns, pppk, n_pns, i) for i, on in enumerate(dates)},
        leavers={on: _latest_leavers(pns, i) for i, on in enumerate(dates)},
    )


def number(birth: Ints, appointed: Ints, is_pppk: Flags, is_female: Flags, government: int) -> Ints:
    """18-digit numbers: birth, appointment, sex and a serial from the government's own range, so that all are unique."""
    day = EPOCH + birth.astype("timedelta64[D]")
    year = day.astype("datetime64[Y]").astype(int) + 1970
    month = day.astype("datetime64[M]").astype(int) % 12 + 1
    day_of_month = (day - day.astype("datetime64[M]")).astype(int) + 1
    code = np.where(is_pppk, np.where(birth % 20 == 0, 22, 21), appointed % 12 + 1)
    first = ((year * 100 + month) * 100 + day_of_month) * 10000 + appointed // 12
    first = (first * 100 + code) * 10 + np.where(is_female, 2, 1)
    order = np.argsort(first, kind="stable")
    ordered = first[order]
    fresh = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    place = np.arange(len(first)) - np.maximum.accumulate(np.where(fresh, np.arange(len(first)), 0))
    if place.max(initial=0) >= SERIALS_PER_GOVERNMENT:
        raise ContractError("Too many people share a birth date.", "--scale", "Use a smaller scale.")
    serial = np.empty(len(first), dtype=np.int64)
    serial[order] = government * SERIALS_PER_GOVERNMENT + place + 1
    result: Ints = first.astype(np.int64) * 1000 + serial
    return result


def _latest_leavers(pns: Windows, i: int) -> Ints:
    listed = round(STILL_LISTED * (pns.ends[i] - pns.starts[i]))
    return np.arange(max(pns.starts[i] - listed, 0), pns.starts[i])


def _both(pns: Windows, pppk: Windows, n_pns: int, i: int) -> Ints:
    return np.concatenate(
        [np.arange(pns.starts[i], pns.ends[i]), np.arange(pppk.starts[i], pppk.ends[i]) + n_pns]
    )


def _pns_dates(windows: Windows, dates: Sequence[date], random: np.random.Generator) -> tuple[Ints, Ints]:
    (_, start_2, start_3), (end_1, end_2, end_3) = windows.starts, windows.ends
    spread = max(end_1 - start_3, 1)
    knots = [
        0,
        start_2,
        start_3,
        *(start_3 + spread * share for share in (0.3, 0.6, 0.85)),
        end_1,
        end_2,
        end_3,
    ]
    years = [1959.6, 1962.0, 1965.6, 1972.0, 1979.5, 1987.0, 1994.3, 1997.4, 2002.9]
    order = np.arange(end_3)
    exact = np.interp(order + random.random(end_3), knots, years) + random.normal(0, 0.25, end_3)
    birth = np.sort(_days(exact - YEARS_BACK))
    born = birth // 30.4375 + (1884 + YEARS_BACK) * 12
    hired = born + np.round(12 * (20.5 + 13.5 * random.beta(1.6, 2.4, end_3)))
    first, second, last = (on.year * 12 + on.month - 1 for on in dates)
    hired = np.minimum(hired, first - 2)
    hired = np.where(order >= end_1, random.integers(first + 1, second + 1, end_3), hired)
    hired = np.where(order >= end_2, random.integers(second + 1, last + 1, end_3), hired)
    return birth, hired.astype(np.int64)


def _pppk_dates(count: int, early: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    years = random.choice([year for year, _ in PPPK_YEARS], count, p=[share for _, share in PPPK_YEARS])
    years = np.sort(years)
    years[:early] = 2020
    month = np.where(years == 2020, 9, random.integers(2, 7, count))
    age = 22.5 + 32 * random.beta(1.7, 2.8, count)
    return _days(years + month / 12 - age - YEARS_BACK), (years * 12 + month).astype(np.int64)


def _days(years: Floats) -> Ints:
    days = np.round((years - 1884) * 365.2425).astype(np.int64)
    return np.clip(days, 0, LAST_BIRTH)


def _spread(windows: Windows, weights: Floats, fixed: Mapping[int, int], random: np.random.Generator) -> Ints:
    """Agency of everybody: at the last snapshot exactly in proportion to the weights, except for the fixed numbers."""
    count, start = windows.ends[-1], windows.starts[-1]
    result: Ints = random.choice(len(weights), count, p=weights / weights.sum()).astype(np.int64)
    room = max(count - start - sum(fixed.values()), 0)
    free = weights * [unit not in fixed for unit in range(len(weights))]
    exact = free / free.sum() * room
    counts = np.floor(exact).astype(np.int64)
    counts[np.argsort(counts - exact, kind="stable")[: room - int(counts.sum())]] += 1
    for unit, staff in fixed.items():
        counts[unit] = staff
    result[start:] = random.permutation(np.repeat(np.arange(len(weights)), counts))[: count - start]
    return result

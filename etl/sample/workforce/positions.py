"""Positions and ranks of the people in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from etl.sample.places import Government
from etl.sample.workforce.agencies import Agency, Profile, Titles
from etl.sample.workforce.people import YEARS_BACK, Flags, Ints, Population

CLASSES = ("jpt", "administrator", "pengawas", "fungsional", "pelaksana")
JPT, ADMINISTRATOR, PENGAWAS, FUNGSIONAL, PELAKSANA = range(5)
FEWER_POSTS_FROM = date(2020, 12, 31)
GRADES = tuple(f"{group}/{step}" for group in ("I", "II", "III") for step in "abcd") + tuple(
    f"IV/{step}" for step in "abcde"
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
EDUCATION = ("SLTA", "Diploma III", "S-1", "S-2")


@dataclass(frozen=True)
class Staff:
    """The people of one snapshot, ordered by agency; arrays are aligned, one element per person."""

    person: Ints
    has_left: Flags
    age: Ints
    position_class: Ints
    title: Ints
    titles: tuple[str, ...]
    grade: Ints
    education: Ints
    is_candidate: Flags


class Directory:
    """Titles of every agency of a government, numbered once."""

    def __init__(self, place: Government, agencies: Sequence[Agency], titles: Titles) -> None:
        self.names: list[str] = []
        posts = (titles.jpt, titles.administrator, titles.pengawas)
        self.first = np.zeros((len(agencies), 3), dtype=np.int64)
        self.count = np.ones((len(agencies), 3), dtype=np.int64)
        for number, agency in enumerate(agencies):
            for level, choices in enumerate(posts):
                known = choices.get(agency.post_key) or choices["other"]
                self.first[number, level] = len(self.names)
                self.count[number, level] = len(known)
                self.names += [self._fill(title, agency, place) for title in known]
        self.profiles = {name: len(self.names) for name in titles.functional}
        for name, trades in titles.functional.items():
            self.profiles[name] = len(self.names)
            self.names += [f"{trade} {level}" for trade in trades for level in titles.levels]
        self.pelaksana = len(self.names)
        self.names += titles.pelaksana
        self.levels = len(titles.levels)
        self.trades = {name: len(trades) for name, trades in titles.functional.items()}
        self.pelaksana_count = len(titles.pelaksana)

    @staticmethod
    def _fill(title: str, agency: Agency, place: Government) -> str:
        return title.format(agency=agency.name, kind=agency.name.split()[0], seat=place.seat)


def staff_on(
    on: date,
    population: Population,
    agencies: Sequence[Agency],
    profiles: dict[str, Profile],
    directory: Directory,
) -> Staff:
    """Who works where as what on a snapshot date; the latest leavers are still listed, marked as such."""
    left = population.leavers[on]
    person = np.concatenate([population.windows[on], left])
    person = person[np.argsort(population.agency[person], kind="stable")]
    has_left = np.isin(person, left)
    age = on.year - (1884 + YEARS_BACK) - (population.birth[person] // 365.2425).astype(np.int64)
    service = (on.year * 12 + on.month - 1 - population.appointed[person]) // 12
    functional = np.array([profiles[unit.profile].functional for unit in agencies])[population.agency[person]]
    chance = np.where(population.is_pppk[person], functional * 0.5 + 0.5 * (functional > 0.5), functional)
    position = np.where(population.leaning[person] < chance, FUNGSIONAL, PELAKSANA)
    place_in_agency = _place_in_agency(population, person, np.where(has_left, 99, age))
    position = _fill_posts(position, place_in_agency, population.agency[person], agencies, on)
    education = _education(position, population.leaning[person])
    return Staff(
        person=person,
        has_left=has_left,
        age=age,
        position_class=position,
        title=_titles(position, place_in_agency, population, person, (agencies, directory, age)),
        titles=tuple(directory.names),
        grade=_grades(position, education, service, population.is_pppk[person]),
        education=education,
        is_candidate=(service < 1) & ~population.is_pppk[person],
    )


def _place_in_agency(population: Population, person: Ints, age: Ints) -> Ints:
    """Order of merit for managerial posts within the agency, 0 first; PPPK and people under 35 come last."""
    eligible = (age >= 35) & (age <= 59) & ~population.is_pppk[person]
    score = population.merit[person] + np.where(age >= 46, 0.8, 0.0) - np.where(eligible, 0.0, 100.0)
    agency = population.agency[person]
    order = np.lexsort((-score, agency))
    fresh = np.concatenate([[True], agency[order][1:] != agency[order][:-1]])
    positions = np.arange(len(person))
    place = np.empty(len(person), dtype=np.int64)
    place[order] = positions - np.maximum.accumulate(np.where(fresh, positions, 0))
    place[~eligible] = 10_000
    return place


def _fill_posts(position: Ints, place: Ints, agency: Ints, agencies: Sequence[Agency], on: date) -> Ints:
    few = on >= FEWER_POSTS_FROM
    posts = np.array(
        [
            (a.posts.jpt, a.posts.administrator, a.posts.pengawas_after if few else a.posts.pengawas)
            for a in agencies
        ]
    ).cumsum(axis=1)[agency]
    result: Ints = np.select(
        [place < posts[:, 0], place < posts[:, 1], place < posts[:, 2]],
        [JPT, ADMINISTRATOR, PENGAWAS],
        position,
    )
    return result


def _titles(
    position: Ints,
    place: Ints,
    population: Population,
    person: Ints,
    book: tuple[Sequence[Agency], Directory, Ints],
) -> Ints:
    agencies, directory, age = book
    agency = population.agency[person]
    managers = np.clip(position, JPT, PENGAWAS)
    posts = np.array([(0, a.posts.jpt, a.posts.jpt + a.posts.administrator) for a in agencies])[
        agency, managers
    ]
    managed = directory.first[agency, managers] + (place - posts) % directory.count[agency, managers]
    first = np.array([directory.profiles[unit.profile] for unit in agencies])[agency]
    trades = np.array([directory.trades[unit.profile] for unit in agencies])[agency]
    trade = (population.merit[person] * 7919 % 1 * trades).astype(np.int64)
    level = np.clip((age - 30) // 9, 0, directory.levels - 1)
    level = np.where(population.is_pppk[person], 0, level)
    functional = first + trade * directory.levels + level
    general = directory.pelaksana + (
        population.merit[person] * 104729 % 1 * directory.pelaksana_count
    ).astype(np.int64)
    result: Ints = np.select([position <= PENGAWAS, position == FUNGSIONAL], [managed, functional], general)
    return result


def _education(position: Ints, leaning: npt.NDArray[np.float64]) -> Ints:
    draw = leaning * 6700417 % 1
    general = np.searchsorted([0.48, 0.68, 0.98], draw)
    functional = np.searchsorted([0.0, 0.16, 0.93], draw)
    manager = np.searchsorted([0.0, 0.0, 0.45], draw)
    result: Ints = np.select([position <= PENGAWAS, position == FUNGSIONAL], [manager, functional], general)
    return result


def _grades(position: Ints, education: Ints, service: Ints, is_pppk: Flags) -> Ints:
    """Index into GRADES for PNS, into ROMAN for PPPK."""
    entry = np.array([4, 6, 8, 9])[education]
    highest = np.array([15, 13, 11, 13, 11])[position]
    lowest = np.array([12, 11, 10, 4, 1])[position]
    reached = entry + service // 6 - np.where((education == 0) & (service % 37 == 3), 3, 0)
    general = np.clip(reached, lowest, np.minimum(highest, entry + 5))
    pns = np.where(position <= PENGAWAS, np.clip(reached, lowest, highest), general)
    pppk = np.array([4, 6, 8, 9])[education]
    result: Ints = np.where(is_pppk, pppk, pns)
    return result

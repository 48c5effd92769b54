"""Persons by lot, what is told of them release after release, and a reader who knows nothing but that and puts it together."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from stats.protecting.attack import attack
from stats.protecting.release import Release, System, Tables, narrowed
from stats.protecting.succession import Earlier, Ties, joined
from stats.protecting.suppression import protected, release
from stats.waiting.courses import Persons
from stats.waiting.succeeding import enlarged
from stats.waiting.timeline import Seen, timeline

K = 5
BANDS = {
    "before": (-300, -61),
    "set": (-60, -58),
    "campaign": (-57, -4),
    "quiet": (-3, -1),
    "voting": (0, 0),
    "after": (1, 30),
    "unknown": None,
}
PHASES = range(len(BANDS))
ETHICS, DISCIPLINE, CRIMINAL, UNKNOWN = KINDS = range(4)
POSSIBLE = ((0, 1, 2, 3), *[(1, 2, 3)] * 5, (3,))
LAST = 30
ENDS = (-10_000, 10_000)


class Register(NamedTuple):
    """Day, phase and kind of every person."""

    days: np.ndarray
    phases: np.ndarray
    kinds: np.ndarray


class Telling(NamedTuple):
    """Who is in a register; what is told of the total, phases and kinds; and the steps."""

    register: Register
    told: Release
    steps: tuple

    @property
    def phases(self):
        """The ranges of the phases."""
        return list(zip(self.told.lower[1:8].tolist(), self.told.upper[1:8].tolist(), strict=True))


def persons(seed, many):
    """Persons by lot, a few of them of no known phase."""
    dice = random.Random(seed)
    days = [dice.choice((dice.randint(-300, 30), dice.randint(-70, 2))) for _ in range(many)]
    phases = [phase_of(day) if dice.random() < 0.97 else len(BANDS) - 1 for day in days]
    return of(days, phases, dice)


def phase_of(day):
    """The phase of a day."""
    return next(p for p, band in enumerate(BANDS.values()) if band and band[0] <= day <= band[1])


def of(days, phases, dice):
    """A register of these days and phases; before candidates are set most acts are against the code of ethics."""
    lots = {0: (ETHICS,) * 5 + (DISCIPLINE,) * 2, len(BANDS) - 1: (UNKNOWN,)}
    kinds = [dice.choice(lots.get(p, (DISCIPLINE,) * 20 + (CRIMINAL, UNKNOWN))) for p in phases]
    return Register(np.array(days), np.array(phases), np.array(kinds))


def crowd(*parts):
    """So many persons on a day each: ethics before candidates are set, discipline after."""
    days = np.concatenate([np.full(n, day) for day, n in parts])
    phases = np.array([phase_of(day) for day in days])
    return Register(days, phases, np.where(phases == 0, ETHICS, DISCIPLINE))


def who(register, bands=BANDS):
    return Persons(*register, tuple(bands.values()), POSSIBLE)


KEYS = (
    (None, None),
    *((p, None) for p in PHASES),
    *((None, c) for c in KINDS),
    *((p, c) for p in PHASES for c in KINDS),
)
"""Total, phases, kinds, and what a phase and a kind have in common, which no table shows."""
SHOWN = np.array([None in key for key in KEYS])


def tables_of(register):
    """Counts and sums of the keys."""
    place, sums = {key: at for at, key in enumerate(KEYS)}, []
    sums.append((0, [place[p, None] for p in PHASES]))
    sums.append((0, [place[None, c] for c in KINDS]))
    sums += [(place[p, None], [place[p, c] for c in KINDS]) for p in PHASES]
    sums += [(place[None, c], [place[p, c] for p in PHASES]) for c in KINDS]
    most = [0 if None not in key and key[1] not in POSSIBLE[key[0]] else 1_000_000 for key in KEYS]
    counts = np.array([int(chosen(register, p, c).sum()) for p, c in KEYS])
    worth = np.where(np.arange(len(counts)) == 0, 1_000_000, counts + 2)
    system = System.of(len(counts), sums, None, most)
    return Tables(system, counts, worth, SHOWN, np.ones(len(counts), dtype=bool))


def chosen(register, phase, kind):
    """Who is of a phase and a kind, None for all."""
    found = np.ones(len(register.days), dtype=bool)
    for column, value in ((register.phases, phase), (register.kinds, kind)):
        found &= True if value is None else column == value
    return found


def follow(*registers, remembers=True):
    """One register after the other: its tables are protected beside all that were told, and then its days."""
    earlier, seen, told, numbers = [], [], [], {}
    for register in registers:
        tables = tables_of(register)
        states = _states(tables, earlier if remembers else [], numbers if remembers else {})
        known = narrowed(tables.system, release(tables.counts, states, K))
        for cell in np.flatnonzero((known.lower == known.upper) & SHOWN).tolist():
            numbers.setdefault(cell, set()).add(int(known.lower[cell]))
        margins = Release(known.lower[:12], known.upper[:12])
        steps = timeline(who(register), margins, LAST, K, seen if remembers else [])
        seen.append(Seen(who(register), margins, steps, K))
        one = Earlier(tables.system, tables.counts, known)
        places = {(*key, None): at for at, key in enumerate(KEYS)}
        earlier.append(enlarged(one, seen[-1].course, places) if steps else one)
        told.append(Telling(register, margins, steps))
    return told


def _states(tables, earlier, numbers):
    """As etl/protecting/succeeding.py does it: beside the last release, then beside each before as a third."""
    if not earlier:
        return protected(tables, K).states
    many, alike = len(tables.counts), np.arange(len(tables.counts))
    pairs = [(cell, number) for cell, some in numbers.items() for number in sorted(some)]
    cells, told = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    both = joined(tables, earlier[-1], Ties(alike, cells, told), K)
    states, nothing = protected(both, K).states, np.zeros(0, dtype=np.int64)
    for old in reversed(earlier[:-1]):
        three = joined(replace(both, held=states), old, Ties(np.tile(alike, 2), nothing, nothing), K)
        states = protected(three, K).states[: len(states)]
    return states[:many]


def up_to(told, day):
    """Persons up to a day, as the last step before it tells them."""
    return max((n for at, n in told.steps if at <= day), default=0)


class Reader:
    """Persons by phase, kind and the finest pieces of days of all tellings, and whatever is told of sums of them."""

    def __init__(self, *tellings):
        self.counts, self.lower, self.upper, self.sums, self.ties = [], [], [], [], []
        edges = sorted({day for told in tellings for day, _ in told.steps[:-1]})
        self.pieces = list(itertools.pairwise([ENDS[0], *edges, ENDS[1]]))
        self.releases = [self._release(told) for told in tellings]

    def cell(self, count, low, high):
        for column, value in ((self.counts, count), (self.lower, low), (self.upper, high)):
            column.append(value)
        return len(self.counts) - 1

    def _release(self, told):
        """The finest cells of a telling and, of its own groups of days, every count by phase and kind."""
        days = told.register.days
        fine = {}
        for p, band in enumerate(BANDS.values()):
            for c in POSSIBLE[p]:
                for first, last in self.pieces:
                    n = int((chosen(told.register, p, c) & (days > first) & (days <= last)).sum())
                    if n or band is None or (band[0] <= last and band[1] > first):
                        fine[p, c, first, last] = self.cell(n, 0, 1_000_000)
        ends = [ENDS[0], *(day for day, _ in told.steps[:-1]), ENDS[1]]
        spans = [None, *(itertools.pairwise(ends) if len(ends) > 2 else ())]
        found = {}
        for p, c, span in itertools.product((None, *PHASES), (None, *KINDS), spans):
            parts = inside(fine, p, c, span)
            n = sum(self.counts[part] for part in parts)
            found[p, c, span] = self.cell(n, *self._range(told, p, c, span))
            self.sums.append((found[p, c, span], parts))
        return fine, found

    @staticmethod
    def _range(told, p, c, span):
        if span is None and (p is None or c is None):
            place = 0 if p is c else 1 + p if c is None else 8 + c
            return int(told.told.lower[place]), int(told.told.upper[place])
        if p is None and c is None:
            n = up_to(told, span[1]) - up_to(told, span[0])
            return n, n
        return 0, 1_000_000

    def changes(self, before, now):
        """Of every count of the later telling, each with its direction."""
        older, found = self.releases[before][0], self.releases[now][1]
        for (p, c, span), cell in found.items():
            parts = inside(older, p, c, span)
            then = sum(self.counts[part] for part in parts)
            both, change = (
                self.cell(then, 0, 1_000_000),
                self.cell(abs(self.counts[cell] - then), 0, 1_000_000),
            )
            self.sums.append((both, parts))
            ups = (cell, [both, change]) if self.counts[cell] >= then else (both, [cell, change])
            self.ties.append((ups, (both, cell, change)))

    def narrowed(self):
        """How many small counts and changes there are, and how many of them everything together rules out 1 or K-1 for.

        Since a range, a change need only stay as uncertain as that range is.
        """
        for then, now in itertools.combinations(range(len(self.releases)), 2):
            self.changes(then, now)
        counts, told = np.array(self.counts), Release(np.array(self.lower), np.array(self.upper))
        targets = (counts > 0) & (counts < K)
        least, most = self._aims(counts, told, targets)
        ties = [ups for ups, _ in self.ties]
        reached = attack(System.of(len(counts), [*self.sums, *ties]), told, targets, (1, K - 1))
        return int(targets.sum()), int((targets & ((reached.least > least) | (reached.most < most))).sum())

    def _aims(self, counts, told, targets):
        """What must stay possible; of a change what the releases alone leave to whoever knows the later number."""
        least, most = np.ones(len(counts), dtype=np.int64), np.full(len(counts), K - 1)
        asked = np.zeros(len(counts), dtype=bool)
        asked[[both for _, (both, _, change) in self.ties if targets[change]]] = True
        alone = attack(System.of(len(counts), self.sums), told, asked)
        for _, (both, now, change) in self.ties:
            low, high = alone.least[both], alone.most[both]
            if asked[both] and low < high:
                ups = counts[now] >= counts[both]
                least[change] = max(1, counts[now] - high if ups else low - counts[now])
                most[change] = min(K - 1, counts[now] - low if ups else high - counts[now])
        return least, most


def inside(fine, phase, kind, span):
    """The finest cells of a phase and a kind in a span of days, None for all."""
    return [
        cell
        for (p, c, first, last), cell in fine.items()
        if (phase is None or p == phase)
        and (kind is None or c == kind)
        and (span is None or (span[0] <= first and last <= span[1]))
    ]


def registers(seed, many=90):
    """Three registers: persons come in bulk somewhere or singly, and a few go or have another day."""
    dice = random.Random(seed)
    found = [persons(seed, many)]
    for _ in range(2):
        rows = list(zip(*found[-1], strict=True))
        rows = [row for row in rows if dice.random() >= dice.choice((0, 0, 0.01))]
        if few := dice.choice((0, 2, 9)):
            rows += zip(*persons(dice.randint(0, 999), few), strict=True)
        if dice.random() < 0.8:
            at = dice.randint(-300, -4)
            rows += zip(*crowd((at, dice.randint(5, 25))), strict=True)
        found.append(Register(*(np.array(column) for column in zip(*rows, strict=True))))
    return found

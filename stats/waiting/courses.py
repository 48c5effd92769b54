"""What is told of persons along days, in one release and in those before it, as one system for the attack.

A release tells the total, phases, and groups of days that lie side by side. Whoever has kept earlier ones subtracts: so every
count of an earlier release is tied to that of a later one by its change, whose direction the attacker is given, and small
changes are guarded like small counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from stats.disclosure import small
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, Ints, Release, System

Band = tuple[int, int] | None


@dataclass(frozen=True)
class Persons:
    """Days (relative to voting) and phases (by number) of all persons, and the first and last day of every phase, None where
    unknown."""

    days: Ints
    phase: Ints
    bands: tuple[Band, ...]

    def in_phases(self) -> Ints:
        """Persons by phase."""
        return np.bincount(self.phase, minlength=len(self.bands)).astype(np.int64)

    def up_to(self, day: int) -> int:
        """Persons up to a day, itself included."""
        return int((self.days <= day).sum())


@dataclass(frozen=True)
class Course:
    """Persons of one release, what is told of the total and then of every phase, and the last days of the groups of days,
    whose counts are told; the last group holds everybody who is in no other."""

    who: Persons
    told: Release
    cuts: tuple[int, ...]

    @property
    def tells_days(self) -> bool:
        """Whether it says more of days than that all are among them."""
        return len(self.cuts) > 1


@dataclass(frozen=True)
class Linked:
    """Releases as one system, the latest first: of each the total, phases, groups and what each two have in common; then changes.

    `group` is for every cell the group of the latest release in which it lies, or begins.
    """

    system: System
    counts: Ints
    release: Release
    group: Ints

    @classmethod
    def of(cls, now: Course, earlier: Sequence[Course] = ()) -> Linked:
        """`earlier` are in the order in which they were told; their groups are parts of those of later ones, if they tell any."""
        laid, cuts = _Laid(), [now.cuts]
        for course in reversed(earlier):
            cuts.insert(1, course.cuts if course.tells_days else cuts[min(1, len(cuts) - 1)])
        pairs = zip((now, *earlier), cuts, strict=True)
        places = [laid.course(course, own, now.cuts) for course, own in pairs]
        for before in places[1:]:
            laid.tie(places[0], before)
        for before, later in pairwise(places[1:]):
            laid.tie(later, before)
        least, most = (np.array(bound, dtype=np.int64) for bound in (laid.lower, laid.upper))
        counts, group = (np.array(column, dtype=np.int64) for column in (laid.counts, laid.group))
        return cls(_system(laid.sums, len(counts)), counts, Release(least, most), group)

    def betrayed(self, k: int) -> list[int]:
        """For every small count that can be narrowed inside 1 to k-1, its group."""
        targets = small(self.counts, k)
        reached = attack(self.system, self.release, targets, (1, k - 1))
        found = targets & ((reached.least > 1) | (reached.most < k - 1))
        return sorted(self.group[found].tolist())


@dataclass(frozen=True)
class _Placed:
    """Where the cells of a course stand."""

    cuts: tuple[int, ...]
    total: int
    phases: list[int]
    groups: list[int]
    common: dict[tuple[int, int], int]


@dataclass(frozen=True)
class _Laid:
    """Cells and sums as they come; a sum is a sign for each of its cells."""

    counts: list[int] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    sums: list[Mapping[int, int]] = field(default_factory=list)

    def course(self, course: Course, cuts: tuple[int, ...], latest: Sequence[int]) -> _Placed:
        """The cells and sums of a course in groups that end on `cuts`, and what it tells of them; `latest` are those of the latest one."""
        who, told = course.who, course.told
        number, among = within(who.days, cuts), within(np.array(cuts), latest)
        bands, groups = range(len(who.bands)), range(len(cuts))
        firsts = [-BOUNDLESS, *(cut + 1 for cut in cuts[:-1])]
        shared = {
            (p, g): n
            for p, band in enumerate(who.bands)
            for g, (first, last) in enumerate(zip(firsts, cuts, strict=True))
            if (n := int(((who.phase == p) & (number == g)).sum())) or _meets(band, first, last)
        }
        first_of = {p: int(among[g]) for p, g in reversed(shared)}
        bounds = list(zip(told.lower.tolist(), told.upper.tolist(), strict=True))
        total = self._cell(len(who.days), bounds[0], 0)
        phases = [
            self._cell(int(n), bound, first_of.get(p, 0))
            for p, (n, bound) in enumerate(zip(who.in_phases(), bounds[1:], strict=True))
        ]
        sizes = np.bincount(number, minlength=len(cuts)).tolist()
        inside = [
            self._cell(n, (n, n) if cuts == course.cuts else (0, len(who.days)), int(among[g]))
            for g, n in enumerate(sizes)
        ]
        common = {(p, g): self._cell(n, (0, len(who.days)), int(among[g])) for (p, g), n in shared.items()}
        self._sum(total, phases)
        self._sum(total, inside)
        for p in bands:
            self._sum(phases[p], [cell for (own, _), cell in common.items() if own == p])
        for g in groups:
            self._sum(inside[g], [cell for (_, own), cell in common.items() if own == g])
        return _Placed(cuts, total, phases, inside, common)

    def tie(self, later: _Placed, before: _Placed) -> None:
        """Every count of the later course to that of the one before by its change."""
        among = within(np.array(before.cuts), later.cuts)
        self._change(later.total, [before.total])
        for now, then in zip(later.phases, before.phases, strict=True):
            self._change(now, [then])
        for g, now in enumerate(later.groups):
            self._change(now, [before.groups[own] for own in np.flatnonzero(among == g).tolist()])
        for (p, g), now in later.common.items():
            parts = [cell for (own, group), cell in before.common.items() if own == p and among[group] == g]
            self._change(now, parts)

    def _cell(self, count: int, bounds: tuple[int, int], group: int) -> int:
        self.counts.append(count)
        self.lower.append(bounds[0])
        self.upper.append(bounds[1])
        self.group.append(group)
        return len(self.counts) - 1

    def _sum(self, whole: int, parts: Sequence[int]) -> None:
        self.sums.append({whole: -1, **dict.fromkeys(parts, 1)})

    def _change(self, now: int, before: Sequence[int]) -> None:
        """Grown: -now + before + change = 0; shrunk: -now + before - change = 0."""
        change = self.counts[now] - sum(self.counts[cell] for cell in before)
        cell = self._cell(abs(change), (0, BOUNDLESS), self.group[now])
        self.sums.append({now: -1, **dict.fromkeys(before, 1), cell: 1 if change >= 0 else -1})


def within(days: Ints, cuts: Sequence[int]) -> Ints:
    """The number of the group in which each day lies; whatever comes after the last cut belongs to the last group."""
    return np.minimum(np.searchsorted(np.array(cuts), days, side="left"), len(cuts) - 1)


def _system(sums: Sequence[Mapping[int, int]], cells: int) -> System:
    from scipy.sparse import csr_array

    rows = np.repeat(np.arange(len(sums)), [len(signs) for signs in sums])
    columns = np.array([cell for signs in sums for cell in signs], dtype=np.int64)
    entries = np.array([sign for signs in sums for sign in signs.values()], dtype=np.int64)
    matrix = csr_array((entries, (rows, columns)), shape=(len(sums), cells))
    return System(matrix, np.zeros(cells, dtype=np.int64), np.full(cells, BOUNDLESS))


def _meets(band: Band, first: int, last: int) -> bool:
    return band is None or (band[0] <= last and band[1] >= first)

"""What is told of persons along days, in one release and in those before it, as one system for the attack.

A release tells the total, phases, kinds of act, and groups of days that lie side by side. Whoever has kept earlier ones subtracts:
so every count of an earlier release is tied to that of a later one by its change, whose direction the attacker is given, and
small changes are guarded like small counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np

from stats.disclosure import small
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, Ints, Release, System

Band = tuple[int, int] | None
Key = tuple[int | None, int | None, int | None]
"""Phase, kind and group of a count, None for all of them together."""
_AXES = range(3)


@dataclass(frozen=True)
class Persons:
    """Days (relative to voting), phases and kinds (by number) of all persons; the first and last day of every phase, None where
    unknown; and the kinds that an act of each phase may be of."""

    days: Ints
    phase: Ints
    kind: Ints
    bands: tuple[Band, ...]
    kinds: tuple[tuple[int, ...], ...]

    @property
    def every_kind(self) -> range:
        """All kinds of act."""
        return range(1 + max(kind for own in self.kinds for kind in own))

    def up_to(self, day: int) -> int:
        """Persons up to a day, itself included."""
        return int((self.days <= day).sum())


@dataclass(frozen=True)
class Course:
    """Persons of one release, what is told of the total, then of every phase, then of every kind, and the last days of the groups
    of days, whose counts are told; the last group holds everybody who is in no other."""

    who: Persons
    told: Release
    cuts: tuple[int, ...]

    @property
    def tells_days(self) -> bool:
        """Whether it says more of days than that all are among them."""
        return len(self.cuts) > 1

    @property
    def tells_total(self) -> bool:
        """Whether it says how many there are."""
        return bool(self.told.lower[0] == self.told.upper[0])


@dataclass(frozen=True)
class Linked:
    """Releases as one system, the latest first: of each all counts by phase, kind and group of days, and their sums; then changes.

    `keys` are those of the first cells; `group` is for every cell the group of the latest release in which it lies, or begins.
    """

    system: System
    counts: Ints
    release: Release
    group: Ints
    keys: tuple[Key, ...]

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
        system = _system(laid.sums, len(counts))
        return cls(system, counts, Release(least, most), group, tuple(places[0].cells))

    def betrayed(self, k: int) -> list[int]:
        """For every small count that can be narrowed inside 1 to k-1, its group."""
        targets = small(self.counts, k)
        reached = attack(self.system, self.release, targets, (1, k - 1))
        found = targets & ((reached.least > 1) | (reached.most < k - 1))
        return sorted(self.group[found].tolist())

    def betrayed_by_days(self, k: int) -> list[int]:
        """The same of those that are narrowed further than they would be if the latest release told nothing of its groups."""
        targets = small(self.counts, k)
        reached = attack(self.system, self.release, targets, (1, k - 1))
        found = targets & ((reached.least > 1) | (reached.most < k - 1))
        if found.any():
            anyway = attack(self.system, self._without_days, found, (1, k - 1), reached)
            found &= (reached.least > np.maximum(1, anyway.least)) | (
                reached.most < np.minimum(k - 1, anyway.most)
            )
        return sorted(self.group[found].tolist())

    @property
    def _without_days(self) -> Release:
        lower, upper = self.release.lower.copy(), self.release.upper.copy()
        total = self.keys.index((None, None, None))
        days = [cell for cell, key in enumerate(self.keys) if key[:2] == (None, None) and key[2] is not None]
        lower[days], upper[days] = 0, upper[total]
        return Release(lower, upper)


@dataclass(frozen=True)
class _Placed:
    """Where the cells of a course stand."""

    cuts: tuple[int, ...]
    cells: Mapping[Key, int]


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
        who = course.who
        columns = (who.phase, who.kind, within(who.days, cuts))
        there = list(zip(*(column.tolist() for column in columns), strict=True))
        counts = Counter(key for one in there for key in _margins(one))
        inside = sorted({*there, *_possible(who, cuts)})
        alone: list[Key] = [(p, None, None) for p in range(len(who.bands))]
        alone += [(None, c, None) for c in who.every_kind]
        alone += [(None, None, g) for g in range(len(cuts))]
        keys = list(dict.fromkeys([*alone, *(key for one in inside for key in _margins(one))]))
        among = within(np.array(cuts), latest)
        begins: dict[Key, int] = {}
        for one in reversed(inside):
            begins |= {key: int(among[one[2]]) for key in _margins(one)}
        cells = {
            key: self._cell(counts[key], _told(course, cuts, key, counts[key]), begins.get(key, 0))
            for key in keys
        }
        self._add_up(cells)
        return _Placed(cuts, cells)

    def tie(self, later: _Placed, before: _Placed) -> None:
        """Every count of the later course to that of the one before by its change."""
        among = within(np.array(before.cuts), later.cuts)
        parts: dict[Key, list[int]] = defaultdict(list)
        for (phase, kind, group), cell in before.cells.items():
            parts[phase, kind, None if group is None else int(among[group])].append(cell)
        for key, cell in later.cells.items():
            self._change(cell, parts[key])

    def _add_up(self, cells: Mapping[Key, int]) -> None:
        """Every count by phase, by kind, by group."""
        parts: dict[tuple[Key, int], list[int]] = defaultdict(list)
        for key, cell in cells.items():
            for axis in _AXES:
                if key[axis] is not None:
                    parts[_all_along(key, axis), axis].append(cell)
        for key, cell in cells.items():
            for axis in _AXES:
                if key[axis] is None:
                    self.sums.append({cell: -1, **dict.fromkeys(parts[key, axis], 1)})

    def _cell(self, count: int, bounds: tuple[int, int], group: int) -> int:
        self.counts.append(count)
        self.lower.append(bounds[0])
        self.upper.append(bounds[1])
        self.group.append(group)
        return len(self.counts) - 1

    def _change(self, now: int, before: Sequence[int]) -> None:
        """Grown: -now + before + change = 0; shrunk: -now + before - change = 0."""
        change = self.counts[now] - sum(self.counts[cell] for cell in before)
        cell = self._cell(abs(change), (0, BOUNDLESS), self.group[now])
        self.sums.append({now: -1, **dict.fromkeys(before, 1), cell: 1 if change >= 0 else -1})


def within(days: Ints, cuts: Sequence[int]) -> Ints:
    """The number of the group in which each day lies; whatever comes after the last cut belongs to the last group."""
    return np.minimum(np.searchsorted(np.array(cuts), days, side="left"), len(cuts) - 1)


def _possible(who: Persons, cuts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Phase, kind and group of everybody who could be."""
    firsts = [-BOUNDLESS, *(cut + 1 for cut in cuts[:-1])]
    for p, band in enumerate(who.bands):
        for g, (first, last) in enumerate(zip(firsts, cuts, strict=True)):
            if band is None or (band[0] <= last and band[1] >= first):
                yield from ((p, c, g) for c in who.kinds[p])


def _margins(key: tuple[int, int, int]) -> Iterator[Key]:
    """All counts that a person of this phase, kind and group is in."""
    phase, kind, group = key
    yield from product((phase, None), (kind, None), (group, None))


def _all_along(key: Key, axis: int) -> Key:
    phase, kind, group = (None if place == axis else value for place, value in enumerate(key))
    return phase, kind, group


def _told(course: Course, cuts: tuple[int, ...], key: Key, count: int) -> tuple[int, int]:
    """What is told of a count."""
    phase, kind, group = key
    place = {
        (True, True, True): 0,
        (False, True, True): 1 + (phase or 0),
        (True, False, True): 1 + len(course.who.bands) + (kind or 0),
    }.get((phase is None, kind is None, group is None))
    if place is not None:
        return int(course.told.lower[place]), int(course.told.upper[place])
    if phase is None and kind is None and cuts == course.cuts:
        return count, count
    return 0, int(course.told.upper[0])


def _system(sums: Sequence[Mapping[int, int]], cells: int) -> System:
    from scipy.sparse import csr_array

    rows = np.repeat(np.arange(len(sums)), [len(signs) for signs in sums])
    columns = np.array([cell for signs in sums for cell in signs], dtype=np.int64)
    entries = np.array([sign for signs in sums for sign in signs.values()], dtype=np.int64)
    matrix = csr_array((entries, (rows, columns)), shape=(len(sums), cells))
    return System(matrix, np.zeros(cells, dtype=np.int64), np.full(cells, BOUNDLESS))

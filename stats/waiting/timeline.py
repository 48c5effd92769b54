"""Persons along days in two cuts that are told together: phases, and groups of days that each stand for k persons.

Phases and groups overlap: a group that ends shortly after a phase does would tell how few lie between the two. So small phases
are guarded like cells of a table, and a step is taken away as long as the attack narrows a small count of a phase, or of what a
phase and a group have in common, inside 1 to k-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stats.disclosure import small
from stats.protecting.attack import attack
from stats.protecting.release import BOUNDLESS, PUBLISHED, Ints, Release, States, System, narrowed
from stats.protecting.suppression import protect

Band = tuple[int, int] | None
# The total is told already, so no detour may run through it.
_FIXED = 1_000_000


@dataclass(frozen=True)
class Timeline:
    """What may be told beside the total: for every phase its state and the range that follows (`least` to `most`), and
    `steps`: day, and how many persons there are up to it. Every step adds k persons at least; the last one is all of them."""

    states: States
    least: Ints
    most: Ints
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Persons:
    """Days and phases (by number) of all persons, and the first and last day of every phase, None where unknown."""

    days: Ints
    phase: Ints
    bands: Sequence[Band]

    def in_phases(self) -> Ints:
        return np.bincount(self.phase, minlength=len(self.bands)).astype(np.int64)


def timeline(days: Ints, phase: Ints, bands: Mapping[str, Band], end: int, k: int) -> Timeline | None:
    """The timeline of persons on `days` (relative to voting) in phases numbered as in `bands`; `end` is the last day of all.

    None for fewer than k persons: their total is not told either.
    """
    if len(days) < k:
        return None
    who = _Persons(days, phase, list(bands.values()))
    counts = np.concatenate([[len(days)], who.in_phases()])
    phases = System.of(len(counts), [(0, list(range(1, len(counts))))])
    worth = np.concatenate([[_FIXED], counts[1:] + 2])
    found = protect(phases, counts, (k, worth))
    assert found.states[0] == PUBLISHED, "a small phase has others beside it that can guard it"
    cuts = _cuts(days, max(end, int(days.max())), k)
    release, cuts = _kept(who, found.release(), cuts, k)
    up_to = [(cut, int((days <= cut).sum())) for cut in cuts]
    inside = slice(1, len(counts))
    return Timeline(found.states[inside], release.lower[inside], release.upper[inside], tuple(up_to))


def gathered(days: Ints, persons: Ints, k: int) -> list[tuple[int, int]]:
    """The days by which k more persons have come since the last such day, each with all persons up to it."""
    steps, total, more = [], 0, 0
    for day in np.unique(days):
        more += int(persons[days == day].sum())
        if more >= k:
            total, more = total + more, 0
            steps.append((int(day), total))
    return steps


def _cuts(days: Ints, end: int, k: int) -> list[int]:
    """Last days of groups of k persons at least; what is left of fewer belongs to the last group, which then ends on `end`."""
    steps = gathered(days, np.ones(len(days), dtype=np.int64), k)
    cuts = [day for day, _ in steps]
    return cuts if steps[-1][1] == len(days) else [*cuts[:-1], end]


def _kept(who: _Persons, told: Release, cuts: list[int], k: int) -> tuple[Release, list[int]]:
    """What follows from phases and groups together, and the cuts that the attack leaves."""
    linked = _Linked.of(who, told, cuts)
    betrayed = linked.betrayed(k)
    while betrayed and len(cuts) > 1:
        # The group where it shows is joined to a neighbour: to that which leaves less to mend, the earlier where both do.
        group, trials = betrayed[0], []
        for gone in {max(group - 1, 0), min(group, len(cuts) - 2)}:
            fewer = cuts[:gone] + cuts[gone + 1 :]
            tried = _Linked.of(who, told, fewer)
            trials.append((len(left := tried.betrayed(k)), gone, fewer, tried, left))
        _, _, cuts, linked, betrayed = min(trials, key=lambda trial: trial[:2])
    assert not betrayed, "all days together tell no more than the phases do"
    return narrowed(linked.system, linked.release), cuts


@dataclass(frozen=True)
class _Linked:
    """Total, phases, groups and what each two have in common, as one system; `group` is the number of each common cell's group."""

    system: System
    counts: Ints
    release: Release
    group: Ints

    @classmethod
    def of(cls, who: _Persons, told: Release, cuts: Sequence[int]) -> _Linked:
        number = np.searchsorted(np.array(cuts), who.days, side="left")
        firsts = [-BOUNDLESS, *(cut + 1 for cut in cuts[:-1])]
        common = [
            (p, g, n)
            for p, band in enumerate(who.bands)
            for g, (first, last) in enumerate(zip(firsts, cuts, strict=True))
            if (n := int(((who.phase == p) & (number == g)).sum())) or _meets(band, first, last)
        ]
        phases, start = len(who.bands), 1 + len(who.bands) + len(cuts)
        places = list(enumerate(common, start))
        sums = [(0, list(range(1, 1 + phases))), (0, list(range(1 + phases, start)))]
        sums += [(1 + p, [place for place, (own, _, _) in places if own == p]) for p in range(phases)]
        sums += [
            (1 + phases + g, [place for place, (_, own, _) in places if own == g]) for g in range(len(cuts))
        ]
        groups = np.bincount(number, minlength=len(cuts))
        apart = np.array([n for *_, n in common])
        everybody = np.full(len(common), len(who.days))
        return cls(
            System.of(start + len(common), sums),
            np.concatenate([[len(who.days)], who.in_phases(), groups, apart]),
            Release(
                np.concatenate([told.lower, groups, np.zeros_like(apart)]),
                np.concatenate([told.upper, groups, everybody]),
            ),
            np.array([g for _, g, _ in common]),
        )

    def betrayed(self, k: int) -> list[int]:
        """The groups in which a small count can be narrowed inside 1 to k-1."""
        targets = small(self.counts, k)
        reached = attack(self.system, self.release, targets, (1, k - 1))
        start = len(self.counts) - len(self.group)
        groups = []
        for cell in np.flatnonzero(targets & ((reached.least > 1) | (reached.most < k - 1))).tolist():
            # A phase shows where it has something in common with a group.
            parts = self.system.sums[[cell + 1]].indices if cell < start else np.array([cell])
            groups.append(int(self.group[parts[parts >= start][0] - start]))
        return sorted(groups)


def _meets(band: Band, first: int, last: int) -> bool:
    return band is None or (band[0] <= last and band[1] >= first)

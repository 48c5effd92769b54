"""The election clock of all Kalimantan: groups of days of every general and regional election, beside its published phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from etl.following.remembering import Telling
from etl.protecting.family import read_family
from etl.protecting.measures import measures, name_of

if TYPE_CHECKING:
    from stats.waiting.courses import Persons
    from stats.waiting.timeline import Seen, Steps

Row = Mapping[str, Any]
Line = dict[str, Any]
KINDS: Final = ("code_of_ethics", "discipline", "criminal", "unknown")
"""Categories of acts, by number."""


def clock(
    election: Row,
    rows: Sequence[Row],
    counts: Mapping[str, tuple[int, int]],
    how: tuple[int, Sequence[Telling]],
) -> tuple[list[Line], Telling | None]:
    """Rows of open_clock_step of an election from its persons (phase, category, event_on, persons), and the telling.

    `counts` are the ranges that open_cell tells, by measure; `how` is k and the tellings of all releases before. No rows where
    nothing may be told beside them, and None where nothing needs to be remembered either.
    """
    from stats.waiting.timeline import timeline

    k, earlier = how
    voting: date = election["voting_on"]
    telling = _telling(election, rows, counts, k)
    # Days to another voting day are other days, and so are those of phases that began on another day.
    if any((one["voting_on"], one["bands"]) != (str(voting), telling["bands"]) for one in earlier):
        return [], None
    now, end = seen(telling), (election["window_end_on"] - voting).days
    steps: Steps = timeline(now.who, now.told, end, k, [seen(one) for one in earlier])
    code = {"election_code": election["election_code"]}
    lines = [{**code, "day": day, "persons": persons} for day, persons in steps]
    return lines, {**telling, "steps": [list(step) for step in steps]}


def seen(telling: Telling) -> Seen:
    """A telling as the attack has it."""
    from stats.protecting.release import Release
    from stats.waiting.timeline import Seen

    told = Release(*(np.array(telling[name], dtype=np.int64) for name in ("least", "most")))
    return Seen(_who(telling), told, tuple((day, persons) for day, persons in telling["steps"]), telling["k"])


def measure(phase: int | None, kind: int | None) -> str:
    """The name in open_cell of a count by phase and kind, both by number, None for all."""
    from stats.waiting.phases import PHASES

    where = {
        "phase": None if phase is None else PHASES[phase],
        "category": None if kind is None else KINDS[kind],
    }
    return name_of({column: value for column, value in where.items() if value is not None})


def _telling(election: Row, rows: Sequence[Row], counts: Mapping[str, tuple[int, int]], k: int) -> Line:
    """Nothing but lists, numbers and texts, as it is read back; no steps yet."""
    from stats.waiting.phases import bands

    voting, known = election["voting_on"], bands(election)
    phases = list(known)
    names = [measure(None, None), *(measure(place, None) for place in range(len(phases)))]
    names += [measure(None, place) for place in range(len(KINDS))]
    ranges = [counts[name] for name in names]
    return {
        "voting_on": str(voting),
        "k": k,
        "persons": sorted(
            [
                (row["event_on"] - voting).days,
                phases.index(row["phase"]),
                KINDS.index(row["category"]),
                row["persons"],
            ]
            for row in rows
        ),
        "bands": [None if band is None else list(band) for band in known.values()],
        "least": [least for least, _ in ranges],
        "most": [most for _, most in ranges],
        "steps": [],
    }


def _who(telling: Telling) -> Persons:
    """Day, phase and kind of every person."""
    from stats.waiting.courses import Persons

    columns = np.array(telling["persons"], dtype=np.int64).reshape(-1, 4)
    days, phase, kind = (np.repeat(columns[:, place], columns[:, 3]) for place in range(3))
    bands = tuple(None if band is None else (band[0], band[1]) for band in telling["bands"])
    return Persons(days, phase, kind, bands, _kinds(len(bands)))


@cache
def _kinds(phases: int) -> tuple[tuple[int, ...], ...]:
    """The kinds that an act of each phase may be of: those that data/protection.yml does not call impossible."""
    family = read_family()
    never = measures(family, family.levels["kalimantan"]["election"]).impossible
    kinds = range(len(KINDS))
    return tuple(
        tuple(kind for kind in kinds if measure(phase, kind) not in never) for phase in range(phases)
    )

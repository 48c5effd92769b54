"""The election clock of all Kalimantan: phases and groups of days of every general and regional election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from etl.following.remembering import Telling
from etl.protecting.making import STATES

if TYPE_CHECKING:
    from stats.waiting.timeline import Seen, Timeline

Row = Mapping[str, Any]
Line = dict[str, Any]


def clock(
    election: Row, rows: Sequence[Row], k: int, earlier: Sequence[Telling]
) -> tuple[list[Line], list[Line], Telling | None]:
    """Rows of open_clock_phase and open_clock_step of an election from its persons (phase, event_on, persons), and the telling.

    `earlier` are the tellings of all releases before; None and no rows where nothing may be told beside them.
    """
    from stats.waiting.courses import Persons
    from stats.waiting.phases import bands
    from stats.waiting.timeline import timeline

    voting: date = election["voting_on"]
    known = bands(election)
    persons = sorted(
        [(row["event_on"] - voting).days, list(known).index(row["phase"]), row["persons"]] for row in rows
    )
    who = Persons(*_spread(persons), tuple(known.values()))
    end = (election["window_end_on"] - voting).days
    found = timeline(who, end, k, [_seen(telling) for telling in earlier])
    # Days to another voting day are other days.
    if found is None or any(telling["voting_on"] != str(voting) for telling in earlier):
        return [], [], None
    code = {"election_code": election["election_code"]}
    told = zip(known, found.states, found.least, found.most, strict=True)
    phases = [
        {
            **code,
            "phase": name,
            "state": STATES[int(state)],
            "least": int(least),
            "most": min(int(most), len(who.days)),
        }
        for name, state, least, most in told
    ]
    steps = [{**code, "day": day, "persons": persons} for day, persons in found.steps]
    telling = {"voting_on": str(voting), "k": k, "persons": persons, "bands": list(known.values())}
    return phases, steps, _plain(telling, found)


def _plain(telling: Line, told: Timeline) -> Telling:
    """A telling of nothing but lists, numbers and texts, as it is read back."""
    bands = [None if band is None else list(band) for band in telling["bands"]]
    columns = {name: getattr(told, name).tolist() for name in ("states", "least", "most")}
    return {**telling, "bands": bands, **columns, "steps": [list(step) for step in told.steps]}


def _seen(telling: Telling) -> Seen:
    from stats.waiting.courses import Persons
    from stats.waiting.timeline import Seen, Timeline

    bands = tuple(None if band is None else (band[0], band[1]) for band in telling["bands"])
    told = Timeline(
        np.array(telling["states"], dtype=np.int8),
        np.array(telling["least"], dtype=np.int64),
        np.array(telling["most"], dtype=np.int64),
        tuple((day, persons) for day, persons in telling["steps"]),
    )
    return Seen(Persons(*_spread(telling["persons"]), bands), told, telling["k"])


def _spread(persons: Sequence[Sequence[int]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Day and phase of every person."""
    columns = np.array(persons, dtype=np.int64).reshape(-1, 3)
    return np.repeat(columns[:, 0], columns[:, 2]), np.repeat(columns[:, 1], columns[:, 2])

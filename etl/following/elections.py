"""The election clock of all Kalimantan: phases and groups of days of every general and regional election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from etl.protecting.making import STATES

Row = Mapping[str, Any]
Line = dict[str, Any]


def clock(election: Row, rows: Sequence[Row], k: int) -> tuple[list[Line], list[Line]]:
    """Rows of open_clock_phase and open_clock_step of an election from its persons (phase, event_on, persons)."""
    from stats.waiting.phases import bands
    from stats.waiting.timeline import timeline

    voting: date = election["voting_on"]
    known = bands(election)
    often = [row["persons"] for row in rows]
    days = np.repeat([(row["event_on"] - voting).days for row in rows], often).astype(np.int64)
    phase = np.repeat([list(known).index(row["phase"]) for row in rows], often).astype(np.int64)
    found = timeline(days, phase, known, (election["window_end_on"] - voting).days, k)
    if found is None:
        return [], []
    code = {"election_code": election["election_code"]}
    told = zip(known, found.states, found.least, found.most, strict=True)
    phases = [
        {
            **code,
            "phase": name,
            "state": STATES[int(state)],
            "least": int(least),
            "most": min(int(most), len(days)),
        }
        for name, state, least, most in told
    ]
    return phases, [{**code, "day": day, "persons": persons} for day, persons in found.steps]

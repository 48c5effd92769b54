"""How long it takes: curves whose every step stands for several persons, with the table below them.

A curve of few persons would draw the day on which one person's case moved. So a drawn step is one on which at least k
persons have ended since the last drawn step, and the curve ends where fewer than k are still followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stats.waiting.rounding import told

SPANS: Final = ("to_forwarded", "to_recommended", "to_decided", "to_effective")
STILL: Final = ("decision",)
MARKS: Final = (0, 30, 90, 180, 365, 730)
HORIZON: Final = 730
LEVEL: Final = 0.95
_CAUSE: Final = {"open": 0, "done": 1, "ended": 2}


@dataclass(frozen=True)
class Wait:
    """One stage or span: `subjects` persons with usable dates, `left_out` without; counts are rounded as told.

    `steps`: day, share, lower, upper; empty where too few persons or ends are known. The share is of those that have ended so
    by then (cumulative incidence beside not proven, dropped and annulled), for STILL of those still waiting (Kaplan-Meier).
    The first row is day 0, the last the end of what may be drawn, at most HORIZON. `risk`: day, waiting, reached, ended, followed
    (followed no longer) as persons. `median` is the first drawn day with half of the persons; None where it is not reached.
    """

    name: str
    subjects: int | None
    left_out: int | None
    steps: pd.DataFrame
    risk: pd.DataFrame
    median: int | None

    @property
    def is_drawn(self) -> bool:
        """Whether there are persons enough for a curve."""
        return len(self.steps) > 0


def wait(
    name: str, rows: Iterable[Mapping[str, Any]], k: int, days_told: Collection[int] | None = None
) -> Wait:
    """The wait of rows (state, days, persons); states without days are counted as left out.

    With `days_told` the curve steps on no other days.
    """
    kept = list(rows)
    days, cause = spread(kept)
    left_out = sum(row["persons"] for row in kept) - len(days)
    steps = _steps(name, (days, cause), k, days_told)
    is_past = steps["share"] <= 0.5 if name in STILL else steps["share"] >= 0.5
    reached = steps.loc[is_past, "day"]
    return Wait(
        name=name,
        subjects=told(len(days), k),
        left_out=told(left_out, k),
        steps=steps,
        risk=_risk(days, cause, k),
        median=int(reached.iloc[0]) if len(reached) else None,
    )


def spread(rows: Sequence[Mapping[str, Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Days and cause (0 still waiting, 1 reached, 2 ended otherwise) of every person of rows whose days are known."""
    usable = [row for row in rows if row["state"] in _CAUSE]
    persons = np.array([row["persons"] for row in usable], dtype=np.int64)
    days = np.array([row["days"] for row in usable], dtype=np.int64)
    cause = np.array([_CAUSE[row["state"]] for row in usable], dtype=np.int64)
    return np.repeat(days, persons), np.repeat(cause, persons)


def _steps(
    name: str, ends: tuple[NDArray[np.int64], NDArray[np.int64]], k: int, told_on: Collection[int] | None
) -> pd.DataFrame:
    days, cause = ends
    columns = ["day", "share", "lower", "upper"]
    # Below two groups of k a single step would be told apart from the rest by subtraction.
    if len(days) < 2 * k or int((cause == 1).sum()) < k:
        return pd.DataFrame(columns=columns, dtype=np.float64)
    found = _survival(days, cause) if name in STILL else _incidence(days, cause)
    start = 1.0 if name in STILL else 0.0
    end = _end(days, k)
    kept = found.iloc[_drawn(found, k, told_on)]
    kept = kept[(kept["day"] > 0) & (kept["day"] <= end)][columns]
    first = pd.DataFrame([(0, start, start, start)], columns=columns)
    drawn = pd.concat([first, kept], ignore_index=True) if len(kept) else first
    last = drawn.iloc[[-1]].assign(day=end)
    # Where all have ended an interval is not defined; the last one known stands.
    return pd.concat([drawn, last], ignore_index=True).ffill()


def _incidence(days: NDArray[np.int64], cause: NDArray[np.int64]) -> pd.DataFrame:
    from stats.duration import cumulative_incidence

    found = cumulative_incidence(days, cause, 2, LEVEL)
    steps = {"share": found.share[0], "lower": found.lower[0], "upper": found.upper[0]}
    return pd.DataFrame({"day": found.days, **steps, "ended": found.ended[0], "at_risk": found.at_risk})


def _survival(days: NDArray[np.int64], cause: NDArray[np.int64]) -> pd.DataFrame:
    from stats.duration import kaplan_meier

    found = kaplan_meier(days, cause == 1, LEVEL)
    steps = {"share": found.share, "lower": found.lower, "upper": found.upper}
    return pd.DataFrame({"day": found.days, **steps, "ended": found.ended, "at_risk": found.at_risk})


def _drawn(found: pd.DataFrame, k: int, told_on: Collection[int] | None) -> list[int]:
    """Places of the days on which the curve may step."""
    places, gathered = [], 0
    columns = (found[name] for name in ("day", "ended", "at_risk"))
    for place, (day, ended, at_risk) in enumerate(zip(*columns, strict=True)):
        if at_risk < k:
            break
        gathered += int(ended)
        if gathered >= k and (told_on is None or day in told_on):
            places.append(place)
            gathered = 0
    return places


def _end(days: NDArray[np.int64], k: int) -> int:
    """The last month on which k persons are still followed, at most HORIZON; a month's end points at nobody."""
    last = int(np.sort(days)[-k])
    return min(HORIZON, max(30, 30 * (last // 30)))


def _risk(days: NDArray[np.int64], cause: NDArray[np.int64], k: int) -> pd.DataFrame:
    from stats.duration import numbers_at_risk

    found = numbers_at_risk(days, cause, MARKS, 2)
    counts = {
        "waiting": found.at_risk,
        "reached": found.ended[0],
        "ended": found.ended[1],
        "followed": found.censored,
    }
    protected = {
        name: pd.array([told(int(n), k) for n in row], dtype="Int64") for name, row in counts.items()
    }
    return pd.DataFrame({"day": list(MARKS), **protected})

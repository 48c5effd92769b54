"""Answers written by hand for comparisons: a rate per 1,000 for units of given counts and exposures."""

import math
from typing import Any

import numpy as np

from metrics.definition import definition
from metrics.estimate import Counted, estimate
from metrics.exposure import Coverage
from metrics.frame import checked
from metrics.result import Result
from warehouse.selection import Selection

K = 5
Range = tuple[float, float]
Row = tuple[float, float, str] | tuple[Range, float, str]


def span(count: float | Range) -> Range:
    """The range in which a count is told to lie: its own, that of a few persons, or the count itself."""
    if isinstance(count, tuple):
        return count
    return (1, K - 1) if 0 < count < K else (count, count)


def rates(counts: list[Row], by: Any = "government") -> Result:
    """Units a, b, c ... with events, exposure and refusal, suppressed and estimated as everywhere.

    Events may be a range, least and most (NaN where nothing bounds them): the count is withheld then.
    """
    least, most = (np.array([span(row[0])[n] for row in counts], dtype=float) for n in (0, 1))
    exposure = np.array([row[1] for row in counts], dtype=float)
    refusal = np.array([row[2] for row in counts], dtype="<U16")
    events = np.where(least == most, least, np.nan)
    metric, size = definition("alleged_rate"), len(counts)
    names = np.array([chr(ord("a") + n) for n in range(size)], dtype=object)
    day = np.full(size, "2024-01-01", dtype="datetime64[s]")
    keys = {"unit_id": names, "unit_name": np.array([f"Unit {name}" for name in names], dtype=object)}
    told = estimate(Counted(events, least, most, exposure, exposure, refusal, events), metric, K)
    columns = checked(
        {
            **keys,
            "period": np.full(size, "whole", dtype=object),
            "period_start": day,
            "period_end": day,
            "group": np.full(size, "all", dtype=object),
            **told,
            "is_simulated": np.zeros(size, dtype=bool),
        }
    )
    return Result(
        columns,
        metric,
        Selection(),
        by,
        "whole",
        None,
        (),
        Coverage(size, size),
        0,
        False,
        (),
        "asn_years",
        (),
    )


def group_of(counts: list[tuple[float, float, str]]) -> Result:
    """The group that the units belong to: those that have a rate."""
    told = [row for row in counts if row[2] == "none"]
    refusal = "none" if told else "no_roster"
    return rates([(sum(row[0] for row in told), sum(row[1] for row in told), refusal)], "kalimantan")


def mid_p(x: int, total: int, share: float) -> float:
    """Twice the smaller tail of a binomial count, its own probability counting half; one term after the other."""

    def chance(n: int) -> float:
        ways = math.lgamma(total + 1) - math.lgamma(n + 1) - math.lgamma(total - n + 1)
        return math.exp(ways + n * math.log(share) + (total - n) * math.log1p(-share))

    own = chance(x) / 2
    below, above = (
        math.fsum(map(chance, range(x))) + own,
        math.fsum(map(chance, range(x + 1, total + 1))) + own,
    )
    return min(1.0, 2 * min(below, above))

"""How long something takes while some of it has not happened yet: durations in days, right-censored.

A subject waits `days` (whole days >= 0, counted from its start to its end, or to the build's as-of date if it has
not ended). What may be relied on:

    kaplan_meier(days, ended, level=0.95) -> Curve              one kind of end
    median(curve) -> Median                                     None where the curve does not get there
    cumulative_incidence(days, cause, causes, level=0.95) -> Incidence   several ends that exclude one another
    numbers_at_risk(days, cause, at, causes=1) -> RiskTable     the table below either figure
    log_rank(days, ended, group) -> LogRank | None              do groups wait equally long?
    at(curve_days, values, when, start) -> Floats               a step function read at given days

Results are frozen dataclasses of arrays. statsmodels is imported when the first curve is asked for (about a second).
The functions count subjects and know nothing of suppression: whoever shows a result suppresses it first.
"""

from stats.duration.comparison import LogRank, log_rank
from stats.duration.curve import Curve, Median, at, kaplan_meier, median
from stats.duration.incidence import Incidence, cumulative_incidence
from stats.duration.risk import RiskTable, numbers_at_risk

__all__ = [
    "Curve",
    "Incidence",
    "LogRank",
    "Median",
    "RiskTable",
    "at",
    "cumulative_incidence",
    "kaplan_meier",
    "log_rank",
    "median",
    "numbers_at_risk",
]

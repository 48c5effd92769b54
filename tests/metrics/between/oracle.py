"""The comparison of units a second time: plain Python over lists of rows, sums of probabilities, no arrays."""

import math
from collections import defaultdict
from datetime import timedelta

KINDS = ("employment_type", "position_class", "age_band")


def expected(world, days, metric_rows, units, fewest, hidden=()):
    """Events expected of every unit, from the rates of `metric_rows`; `units` maps a unit to a test of a row of staff.

    `hidden` are groups (strata cut off after one, two or three characteristics) whose count is withheld.
    """
    staff = exposure(world, days, lambda row: True)
    events = defaultdict(int)
    for row in metric_rows:
        events[tuple(row[kind] for kind in KINDS)] += 1
    return {
        unit: sum(
            amount * rate(stratum, events, staff, fewest, hidden)
            for stratum, amount in exposure(world, days, belongs).items()
        )
        for unit, belongs in units.items()
    }


def exposure(world, days, belongs):
    """ASN-years by stratum, day by day, on a straight line between the snapshots of each government."""
    found = defaultdict(float)
    rows = [row for row in world["mart_workforce_stratum"] if belongs(row)]
    for government in sorted({row["government_code"] for row in rows}):
        known = sorted(
            {row["as_of"] for row in world["mart_workforce_stratum"] if row["government_code"] == government}
        )
        weights = defaultdict(float)
        for day in days:
            for snapshot, weight in around(known, day):
                weights[snapshot] += weight / 365.25
        for row in rows:
            if row["government_code"] == government:
                found[tuple(row[kind] for kind in KINDS)] += row["headcount"] * weights[row["as_of"]]
    return found


def around(known, day):
    before, after = [d for d in known if d <= day], [d for d in known if d > day]
    if not before or not after:
        return [((before or after)[-1 if before else 0], 1.0)]
    share = (day - before[-1]).days / (after[0] - before[-1]).days
    return [(before[-1], 1 - share), (after[0], share)]


def rate(stratum, events, staff, fewest, hidden=()):
    """The rate of the finest known group of a stratum with enough events that are told."""
    for depth in (3, 2, 1):
        group = stratum[:depth]
        if "unknown" in group or group in hidden:
            continue
        above = sum(n for other, n in events.items() if other[:depth] == group)
        below = sum(n for other, n in staff.items() if other[:depth] == group)
        if above >= fewest and below > 0:
            return above / below
    total = sum(staff.values())
    return sum(events.values()) / total if total and () not in hidden else 0.0


def chance(count, mean):
    return math.exp(-mean + count * math.log(mean) - math.lgamma(count + 1))


def position(count, mean, tau2):
    """Where a count lies: each limit is found by halving on the tail, its distance from 1 widened."""
    factor = math.sqrt(1 + tau2 * mean)
    found = 0
    for level in (0.95, 0.998):
        tail = (1 - level) / 2
        # The exact count is compared with limits `factor` times as far away: the same as drawing it in by that much.
        drawn = 1 + (count / mean - 1) / factor
        found += at_least(drawn * mean, mean) <= tail
        found -= drawn > 0 and at_most(drawn * mean, mean) <= tail
        found -= drawn <= 0 and chance(0, mean) <= tail
    return found


def at_least(x, mean):
    """P(X >= x) of a Poisson count, continued between whole counts by the gamma distribution (by summing its density)."""
    return 1.0 if x <= 0 else gamma_below(mean, x)


def at_most(x, mean):
    return 1.0 - gamma_below(mean, x + 1.0)


def gamma_below(mean, shape):
    """Regularised lower incomplete gamma function by its power series, until a term no longer counts."""
    term = total = math.exp(-mean + shape * math.log(mean) - math.lgamma(shape + 1))
    n = 0
    while n < mean - shape or term > 1e-18 * total:
        n += 1
        term *= mean / (shape + n)
        total += term
    return min(total, 1.0)


def days_between(start, end):
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]

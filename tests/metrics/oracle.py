"""A second, slow implementation of every metric in plain Python over lists of dicts; no engine, no arrays.

It restates the rules of metrics/ from the contract: person by person, day by day, government by government.
"""

import math
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from statistics import NormalDist

import yaml

from settings import ROOT

REACH = 548


def metric(metric_id):
    """The raw definition file of a metric."""
    return yaml.safe_load((ROOT / f"metrics/catalogue/{metric_id}.yml").read_text(encoding="utf-8"))


def dictionary():
    """Allowed values by table and column."""
    tables = yaml.safe_load((ROOT / "data/dictionary.yml").read_text(encoding="utf-8"))["tables"]
    return {(t, c): text.get("values") for t, table in tables.items() for c, text in table["columns"].items()}


VALUES = dictionary()


def answer(world, metric_id, wish, by, period, group, k=5):
    """Rows by (unit, period, group), the events no row holds, and (governments with roster, governments)."""
    definition = metric(metric_id)
    periods = _periods(world, wish, period)
    employers = [row for row in world["core_government"] if _employs(world, wish, row)]
    units = _units(world, wish, by, employers)
    cells = {
        (row["government_code"], code): _cell(world, row["government_code"], windows)
        for row in employers
        for code, windows in periods
    }
    persons = [row for row in world["mart_case"] if _counts(definition, wish, periods, period, row)]
    rows, shown = {}, 0
    for unit, members in units.items():
        for code, _ in periods:
            for value in _groups(definition, group):
                row = _row(
                    world, definition, wish, cells, persons, (unit, members, code, value, by, period, group)
                )
                shown += row.pop("shown")
                rows[unit, code, value] = _finished(definition, row, k, wish, period)
    total = sum(_is_event(definition, row) for row in persons)
    states = defaultdict(set)
    for (government, _), (state, _) in cells.items():
        states[government].add(state)
    coverage = (
        sum("used" in found for found in states.values()),
        sum(found != {"scope"} for found in states.values()),
    )
    return rows, total - shown, coverage


def _employs(world, wish, row):
    of_agencies = {a["government_code"] for a in world["core_agency"] if a["agency_id"] in wish.agencies}
    return (
        (not wish.provinces or row["province_code"] in wish.provinces)
        and (not wish.governments or row["government_code"] in wish.governments)
        and (not wish.agencies or row["government_code"] in of_agencies)
    )


def _units(world, wish, by, employers):
    codes = {row["government_code"] for row in employers}
    if by == "agency":
        return {
            row["agency_id"]: {row["government_code"]}
            for row in world["core_agency"]
            if row["government_code"] in codes and (not wish.agencies or row["agency_id"] in wish.agencies)
        }
    if by == "kalimantan":
        return {"kalimantan": codes}
    units = defaultdict(set)
    for row in employers:
        units[row["province_code"] if by == "province" else row["government_code"]].add(
            row["government_code"]
        )
    return dict(units)


def _days(start, end):
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _periods(world, wish, period):
    """List of (code, {election or None: days}); no days where the period lies outside the data."""
    as_of = world["core_build"][0]["as_of"]
    registered = {row["election_code"] for row in world["mart_case"]}
    windows = {}
    for row in world["core_election"]:
        windows[row["election_code"]] = [
            day
            for day in _days(row["window_start_on"], row["window_end_on"])
            if day <= as_of
            and (not wish.since or day >= wish.since)
            and (not wish.until or day <= wish.until)
        ]
    if period == "election":
        chosen = wish.elections or [
            row["election_code"]
            for row in world["core_election"]
            if windows[row["election_code"]]
            and (row["election_type"] != "psu" or wish.provinces or wish.governments or wish.agencies)
            and (
                row["election_code"] in registered
                or (row["election_type"] != "psu" and _any_roster_near(world, windows[row["election_code"]]))
            )
        ]
        return [(code, {code: windows[code]}) for code in chosen]
    if wish.elections:
        return [("whole", {code: windows[code] for code in wish.elections})]
    starts = [row["window_start_on"] for row in world["core_election"] if row["election_code"] in registered]
    first = min([*starts, *(row["event_on"] for row in world["mart_case"])], default=as_of)
    days = [
        day
        for day in _days(first, as_of)
        if (not wish.since or day >= wish.since) and (not wish.until or day <= wish.until)
    ]
    return [("whole", {None: days})]


def _snapshots(world, government):
    return sorted({row["as_of"] for row in world["mart_workforce"] if row["government_code"] == government})


def _near(snapshots, days):
    return (
        min((abs((day - snapshot).days) for snapshot in snapshots for day in days), default=REACH + 1)
        <= REACH
    )


def _any_roster_near(world, days):
    return any(_near(_snapshots(world, row["government_code"]), days) for row in world["core_government"])


def _took_part(world, election, government):
    voted = {row["region_code"] for row in world["core_election_region"] if row["election_code"] == election}
    if government in voted:
        return True
    provinces = {
        row["government_code"]: row for row in world["core_government"] if row["level"] == "province"
    }
    return government in provinces and any(region[:2] == government for region in voted)


def _cell(world, government, windows):
    """The government's state in a period, and its days."""
    days = sorted(
        {
            day
            for election, window in windows.items()
            if election is None or _took_part(world, election, government)
            for day in window
        }
    )
    if not days:
        return "scope", ()
    if government[:2] not in {row["province_code"] for row in world["mart_case"]}:
        return "no_register", days
    return ("used" if _near(_snapshots(world, government), days) else "no_roster"), days


def _is_event(definition, row):
    shares = definition["kind"] == "proportion"
    return _matches(definition["events"], row) and (not shares or _matches(definition["exposure"], row))


def _matches(criteria, row):
    return all(row[column] in values for column, values in criteria.get("where", {}).items())


def _selected(wish, row):
    return all(
        not chosen or row[column] in chosen
        for column, chosen in (
            ("province_code", wish.provinces),
            ("government_code", wish.governments),
            ("agency_id", wish.agencies),
            ("employment_type", wish.employment),
        )
    )


def _counts(definition, wish, periods, period, row):
    """Whether a person belongs to the question at all: to its filters, days or elections."""
    if not _selected(wish, row):
        return False
    if (wish.statuses and row["status"] not in wish.statuses) or (
        wish.violations and row["violation_code"] not in wish.violations
    ):
        return False
    if (wish.since and row["event_on"] < wish.since) or (wish.until and row["event_on"] > wish.until):
        return False
    if period == "election":
        return row["election_code"] in [code for code, _ in periods]
    return not wish.elections or row["election_code"] in wish.elections


def _groups(definition, group):
    if group is None:
        return ["all"]
    rate = definition["kind"] == "rate" and group == "employment_type"
    return VALUES["mart_workforce" if rate else "mart_case", group]


def _row(world, definition, wish, cells, persons, place):
    unit, members, code, value, by, period, group = place
    rate = definition["kind"] == "rate"
    mine = [
        row
        for row in persons
        if row["government_code"] in members
        and (by != "agency" or row["agency_id"] == unit)
        and (period == "whole" or row["election_code"] == code)
        and (group is None or row[group] == value)
    ]
    if rate:
        mine = [row for row in mine if _comparable(world, wish, cells, period, code, row)]
    exposure, headcount, staff_simulated = _staff(world, wish, cells, place) if rate else (None, None, False)
    base = definition["exposure"] if definition["kind"] == "proportion" else definition["events"]
    trials = [row for row in mine if _matches(base, row)]
    events = sum(_is_event(definition, row) for row in mine)
    outside = all(cells[member, code][0] == "scope" for member in members)
    registered = any(
        row["election_code"] in _elections(wish, period, code, world) for row in world["mart_case"]
    ) and any(cells[member, code][0] not in ("scope", "no_register") for member in members)
    if rate:
        refusal = "scope" if outside else "none" if registered else "no_events_table"
        refusal = "no_roster" if refusal == "none" and not exposure else refusal
    else:
        refusal = "scope" if outside and not trials else "none" if registered or trials else "no_events_table"
    any_simulated = any(row["is_simulated"] for row in world["mart_case"])
    simulated = any(row["is_simulated"] for row in trials) if trials else any_simulated
    return {
        "events": events,
        "exposure": exposure if rate else len(trials),
        "headcount": headcount,
        "refusal": refusal,
        "is_simulated": refusal == "none" and (simulated or staff_simulated),
        "shown": events if refusal == "none" else 0,
    }


def _elections(wish, period, code, world):
    if period == "election":
        return [code]
    return wish.elections or {row["election_code"] for row in world["mart_case"]}


def _comparable(world, wish, cells, period, code, row):
    if cells[row["government_code"], code][0] != "used":
        return False
    if (period == "election" or wish.elections) and not _took_part(
        world, row["election_code"], row["government_code"]
    ):
        return False
    return not (wish.employment and row["employment_type"] == "unknown")


def _staff(world, wish, cells, place):
    """Exposure and headcount of a rate, day by day."""
    unit, members, code, value, by, period, group = place
    exposure, headcount, simulated = 0.0, 0, False
    for member in members:
        state, days = cells[member, code]
        if state != "used":
            continue
        heads, made = defaultdict(int), defaultdict(bool)
        for row in world["mart_workforce"]:
            if (
                row["government_code"] == member
                and _selected(wish, row)
                and (by != "agency" or row["agency_id"] == unit)
                and (group != "employment_type" or row["employment_type"] == value)
            ):
                heads[row["as_of"]] += row["headcount"]
                made[row["as_of"]] |= row["is_simulated"]
        snapshots = _snapshots(world, member)
        person_days = 0.0
        for day in days:
            for snapshot, weight in _interpolated(tuple(snapshots), day):
                person_days += weight * heads[snapshot]
                simulated |= made[snapshot] and weight > 0
        single = period == "election" or len(wish.elections) == 1
        exposure += person_days / (len(days) if single else 365.25)
        headcount += heads[min(snapshots, key=lambda snapshot: (abs((snapshot - days[-1]).days), snapshot))]
    return exposure, headcount, simulated


@cache
def _interpolated(snapshots, day):
    before = [snapshot for snapshot in snapshots if snapshot <= day]
    after = [snapshot for snapshot in snapshots if snapshot > day]
    if not before:
        return [(after[0], 1.0)]
    if not after:
        return [(before[-1], 1.0)]
    share = (day - before[-1]).days / (after[0] - before[-1]).days
    return [(before[-1], 1 - share), (after[0], share)]


def _finished(  # noqa: PLR0911 - one return per kind of row
    definition, row, k, wish, period
):
    """Estimate, interval and suppression; None is missing."""
    kind, events, exposure = definition["kind"], row["events"], row["exposure"]
    done = {**row, "estimate": None, "lower": None, "upper": None, "suppressed": False}
    if kind != "rate":
        done["headcount"] = None
    if row["refusal"] != "none":
        return {**done, "events": None, "exposure": None, "headcount": None}
    if kind == "count":
        done |= {"exposure": None, "estimate": events}
        hidden = 0 < events < k
        return done | _hidden(1, k - 1) if hidden else done
    if kind == "rate":
        per = definition["per"]
        if 0 < events < k:
            return done | _hidden(per * poisson(1)[0] / exposure, per * poisson(k - 1)[1] / exposure)
        lower, upper = poisson(events) if events else (0.0, -math.log(0.05))
        return done | {
            "estimate": per * events / exposure,
            "lower": per * lower / exposure,
            "upper": per * upper / exposure,
        }
    if exposure == 0:
        return done | {"refusal": "no_cases"}
    if any(0 < count < k for count in (events, exposure - events, exposure)):
        return done | _hidden(None, None) | {"exposure": None}
    lower, upper = wilson(events, exposure)
    return done | {"estimate": events / exposure, "lower": lower, "upper": upper}


def _hidden(lower, upper):
    return {
        "events": None,
        "estimate": None,
        "lower": lower,
        "upper": upper,
        "suppressed": True,
        "refusal": "suppressed",
    }


@cache
def poisson(events):
    """Exact 95 % limits of a Poisson mean, found by halving on the distribution function."""

    def tail_below(mean, count):
        return sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count + 1))

    def solve(reached):
        low, high = 0.0, 10.0 * events + 20
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (low, middle) if reached(middle) else (middle, high)
        return high

    lower = solve(lambda mean: 1 - tail_below(mean, events - 1) >= 0.025) if events else 0.0
    return lower, solve(lambda mean: tail_below(mean, events) <= 0.025)


def wilson(events, n):
    """Score limits of a proportion: the two roots of (p - x/n)² = z² p (1 - p) / n."""
    z2 = NormalDist().inv_cdf(0.975) ** 2
    a, b, c = 1 + z2 / n, -(2 * events / n + z2 / n), (events / n) ** 2
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return max((-b - root) / (2 * a), 0.0), min((-b + root) / (2 * a), 1.0)


def day(text):
    """A date of its ISO text."""
    return date.fromisoformat(text)

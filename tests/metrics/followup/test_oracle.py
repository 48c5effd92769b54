"""The answers of the follow-up clock on generated rows against counting person by person and day by day in plain Python."""

import math
import random
from collections import Counter
from datetime import date
from statistics import NormalDist

import pytest

from metrics.followup.asked import follow_up, waited
from metrics.followup.standing import PARTS, STAGES, WAITS
from stats.waiting.waits import MARKS, STILL, wait
from tests import builders
from tests.metrics.followup.rows import counted, step
from warehouse.selection import Selection

K = 5
PLACES = ("61", "6171", "64", "6472")
PART = {
    ("done", "late"): "late", ("open", "overdue"): "overdue", ("done", ""): "done", ("open", ""): "waiting", ("ended", ""): "ended",
}  # fmt: skip
RANGES = ("waiting_least", "waiting_most", "overdue_least", "overdue_most")
SIZES = {"nobody": 0, "one person": 1, "a few": 40, "one government": 120, "many": 900}
Z = NormalDist().inv_cdf(0.975)
WISHES = (Selection(), Selection(governments=("6472",)), Selection(provinces=("61",), employment=("PPPK",)))


def rounded(n):
    """0, nothing for 1 to 4, else the nearest multiple of 5, halves upwards."""
    return None if 0 < n < K else math.floor(n / K + 0.5) * K


def told(n):
    """The same as a range."""
    return (1, K - 1) if rounded(n) is None else (rounded(n), rounded(n))


def generated(seed, size):
    """Rows with every state, days from 0 on, dates that are missing, and no agency."""
    chance = random.Random(seed)
    places = PLACES if seed != "one government" else PLACES[3:]
    rows = []
    for _ in range(size):
        stage, state = (
            chance.choice((*STAGES[:-1], "block", *WAITS)),
            chance.choice(("done", "done", "open", "ended", "undated_start", "undated_end")),
        )
        timing = {"done": ("late", "in_time", "not_judged"), "open": ("overdue", "not_judged")}.get(
            state, ("not_judged",)
        )
        when = chance.choice(timing)
        rows.append(
            step(
                stage,
                state,
                government_code=chance.choice(places),
                employment_type=chance.choice(("PNS", "PPPK", "unknown")),
                timing=when,
                limit_days=chance.choice((None, 5)),
                is_overdue=when == "overdue",
                holder=chance.choice(("bawaslu", "ppk", "appeal_body")),
                days=chance.choice((0, chance.randrange(800)))
                if state in ("done", "open", "ended")
                else None,
                to_on=chance.choice((None, date(2024, 10, 1 + chance.randrange(28)))),
            )
        )
    return rows


def of(wish, rows):
    return [
        row
        for row in rows
        if (not wish.governments or row["government_code"] in wish.governments)
        and (not wish.provinces or row["province_code"] in wish.provinces)
        and (not wish.employment or row["employment_type"] in wish.employment)
    ]


def part(row):
    late = row["timing"] if row["timing"] in ("late", "overdue") else ""
    return PART.get((row["state"], late), "undated")


def stage(row):
    return "remedy" if row["holder"] == "appeal_body" else row["stage"]


@pytest.fixture
def warehouse(tmp_path, request):
    rows = generated(*request.param)
    opened = counted(builders.build(tmp_path, {"mart_followup": rows}))
    yield opened, rows
    opened.close()


@pytest.mark.parametrize("wish", WISHES, ids=("all", "one", "some"))
@pytest.mark.parametrize("warehouse", SIZES.items(), ids=SIZES, indirect=True)
def test_every_count_is_what_counting_by_hand_gives(warehouse, wish):
    opened, rows = warehouse
    found, own = follow_up(opened, wish), of(wish, rows)
    inside = [(stage(row), part(row)) for row in own if stage(row) in STAGES]
    cells = Counter(inside)
    for row in found.stages.to_dict("records"):
        assert shown(row["persons"]) == rounded(cells[row["stage"], row["part"]])
        assert (row["total_least"], row["total_most"]) == told(
            sum(cells[row["stage"], each] for each in PARTS)
        )
        assert (row["least"], row["most"]) == told(cells[row["stage"], row["part"]])
        assert row["suppressed"] == (rounded(cells[row["stage"], row["part"]]) is None)
        assert row["limited"] == any(each["limit_days"] for each in own if stage(each) == row["stage"])
    waits = [row for row in own if stage(row) in STAGES and part(row) in ("waiting", "overdue")]
    by_place = Counter(row["government_code"] for row in waits)
    late = Counter(row["government_code"] for row in waits if part(row) == "overdue")
    assert [
        (row["government_code"], *(row[name] for name in RANGES))
        for row in found.governments.to_dict("records")
    ] == [(code, *told(by_place[code]), *told(late[code])) for code in sorted(by_place)]
    blocks = [row for row in own if stage(row) == "block"]
    assert (found.waiting, found.overdue) == (told(len(waits)), told(sum(late.values())))
    assert (found.persons, found.blocked) == (
        told(sum(stage(row) == "intake" for row in own)),
        told(len(blocks)),
    )
    assert found.still_blocked == told(sum(part(row) == "waiting" for row in blocks))
    assert (found.steps, found.undated) == (
        told(len(inside)),
        told(sum(each == "undated" for _, each in inside)),
    )
    known = [row["to_on"] or row["from_on"] for row in own]
    assert found.last_on == min(max(known, default=builders.AS_OF), builders.AS_OF)
    assert found.is_registered == any(stage(row) == "intake" for row in own)


@pytest.mark.parametrize("wish", WISHES, ids=("all", "one", "some"))
@pytest.mark.parametrize("warehouse", SIZES.items(), ids=SIZES, indirect=True)
def test_every_wait_is_what_walking_through_the_days_gives(warehouse, wish):
    opened, rows = warehouse
    for name, found in waited(opened, wish).waits.items():
        agrees(found, [row for row in of(wish, rows) if row["stage"] == name])


@pytest.mark.parametrize("name", ["to_decided", "decision"])
def test_a_hundred_thousand_persons_on_a_day_are_no_other_case(name):
    groups = [
        ("done", 0, 10**5),
        ("done", 30, 99_991),
        ("ended", 30, 10**5),
        ("open", 29, 7),
        ("open", 731, 10**5),
    ]
    rows = [{"state": state, "days": days, "persons": many} for state, days, many in groups]
    agrees(wait(name, rows, K), rows)


def agrees(found, rows):
    """A wait against its persons: counts, the curve on every drawn day with its interval, and the table below."""
    usable = [row for row in rows if row["state"] in ("done", "open", "ended")]
    persons = Counter()
    for row in usable:
        persons[row["days"], row["state"]] += row.get("persons", 1)
    everybody = sum(row.get("persons", 1) for row in rows)
    assert found.subjects == rounded(sum(persons.values()))
    assert found.left_out == rounded(everybody - sum(persons.values()))
    ways = steps_of(persons, still=found.name in STILL)
    for row in found.steps.to_dict("records")[1:-1]:
        share, variance = (shares_left if found.name in STILL else shares_reached)(ways, row["day"])
        assert row["share"] == pytest.approx(share)
        if 1e-9 < share < 1 - 1e-9:
            width = math.exp(Z * math.sqrt(variance) / (share * math.log(share)))
            assert (row["lower"], row["upper"]) == pytest.approx((share ** (1 / width), share**width))
    for row in found.risk.to_dict("records"):
        at = {
            "waiting": sum(n for (days, _), n in persons.items() if days >= row["day"]),
            "reached": sum(
                n for (days, state), n in persons.items() if state == "done" and days < row["day"]
            ),
            "ended": sum(n for (days, state), n in persons.items() if state == "ended" and days < row["day"]),
            "followed": sum(
                n for (days, state), n in persons.items() if state == "open" and days < row["day"]
            ),
        }
        assert {part: shown(row[part]) for part in at} == {part: rounded(n) for part, n in at.items()}, row
    assert [row["day"] for row in found.risk.to_dict("records")] == list(MARKS)


def steps_of(persons, *, still):
    """(day, at risk, got there, ended so or otherwise) of every day; who ended otherwise leaves a curve of those still waiting."""
    left, found = sum(persons.values()), []
    for day in sorted({day for day, _ in persons}):
        done, ended, gone = (persons[day, state] for state in ("done", "ended", "open"))
        found.append((day, left, done, done if still else done + ended))
        left -= done + ended + gone
    return found


def shares_left(ways, until):
    """Kaplan and Meier's share with Greenwood's variance."""
    share, spread = 1.0, 0.0
    for day, left, _, ends in ways:
        if day <= until:
            share *= 1 - ends / left
            spread += ends / (left * (left - ends)) if left > ends else 0.0
    return share, share * share * spread


def shares_reached(ways, until):
    """Aalen and Johansen's share beside the other end, with Marubini and Valsecchi's variance, day by day."""
    share, free, known = 0.0, 1.0, []
    for day, left, done, ends in ways:
        if day <= until:
            known.append((left, done, ends, free, share := share + free * done / left))
            free *= 1 - ends / left
    variance = 0.0
    for left, done, ends, before, then in known:
        if left > ends:
            variance += (share - then) ** 2 * ends / (left * (left - ends))
        variance += before**2 * done * (left - done) / left**3
        variance -= 2 * (share - then) * before * done / left**2
    return share, variance


def shown(value):
    return None if value is None or str(value) == "<NA>" else int(value)

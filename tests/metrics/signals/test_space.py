"""Neighbours that resemble each other are named; what is not published does not matter; chance is not named."""

import random

import numpy as np
import pytest

from metrics.answer import answer
from metrics.signals.space import space
from tests import builders
from tests.builders import case, heads
from tests.metrics.comparing.answers import rates, span
from warehouse.connection import open_warehouse
from warehouse.neighbourhood import neighbours
from warehouse.reference import governments
from warehouse.selection import Selection

SOUTH = tuple(f"63{number:02}" for number in (*range(1, 12), 71, 72))


def codes():
    return sorted({row["region_code"] for row in builders.completed({})["core_region_neighbour"]})


def opened(folder, count, opening=open_warehouse):
    """The public's warehouse with 3,000 civil servants in every government, and `count(code)` persons alleged."""
    everyone = [*codes(), "61", "62", "63", "64", "65"]
    rows = {
        "mart_workforce": [heads(3000, code) for code in everyone],
        "mart_case": [case(code) for code in everyone for _ in range(count(code))],
    }
    return opening(builders.build(folder, rows))


def found(warehouse, metric="alleged_rate", **split):
    return space(answer(warehouse, metric, Selection(), **split), neighbours(warehouse))


def test_a_province_with_a_high_rate_is_named(tmp_path):
    warehouse = opened(tmp_path, lambda code: 20 if code in SOUTH else 5 + int(code) % 3)
    told = found(warehouse)
    names = {row.government_code: row.short_name for row in governments(warehouse)}
    assert (told.alike, told.units) == (True, 56)
    assert told.i > 0.5
    assert told.p < 0.001
    assert set(told.high) <= {names[code] for code in SOUTH}
    assert len(told.high) >= 5
    assert told.is_simulated


def test_chance_is_not_named(tmp_path):
    draw = random.Random(5)
    assert found(opened(tmp_path, lambda _: draw.randint(5, 12))) is None


def test_nothing_depends_on_a_suppressed_count(tmp_path):
    one = opened(tmp_path / "one", lambda code: 20 if code in SOUTH else 1, builders.in_full)
    four = opened(
        tmp_path / "four", lambda code: 20 if code in SOUTH else 1 + int(code) % 4, builders.in_full
    )
    assert found(one) == found(four) is not None


def test_a_withheld_government_counts_as_the_middle_of_what_the_public_can_work_out(tmp_path):
    """The same as an answer in which every range is the middle of it."""
    warehouse = opened(tmp_path, lambda code: 20 if code in SOUTH else 1 + int(code) % 4)
    result = answer(warehouse, "alleged_rate", Selection())
    hidden = result.frame[result.frame["suppressed"]]
    assert len(hidden) > 20 and (hidden["least"] < hidden["most"]).all()
    middle = (result.frame["least"] + result.frame["most"]).astype("Float64") / 2
    by_hand = result.shown_as(result.frame.assign(least=middle, most=middle))
    assert found(warehouse) == space(by_hand, neighbours(warehouse)) is not None


def test_only_the_rate_of_governments_is_judged(tmp_path):
    warehouse = opened(tmp_path, lambda code: 20 if code in SOUTH else 6)
    assert found(warehouse, "alleged_persons") is None
    assert found(warehouse, by="province") is None
    assert found(warehouse, period="election") is None
    assert found(warehouse, group="employment_type") is None


@pytest.mark.parametrize("provinces", [("65",), ("63",)])
def test_a_few_regions_are_not_judged(tmp_path, provinces):
    warehouse = opened(tmp_path, lambda code: 20 if code in SOUTH else 6)
    result = answer(warehouse, "alleged_rate", Selection(provinces=provinces))
    assert space(result, neighbours(warehouse)) is None


def test_governments_without_a_number_are_left_out(tmp_path):
    missing = codes()[:6]
    everyone = [code for code in codes() if code not in missing]
    rows = {
        "mart_workforce": [heads(3000, code) for code in everyone],
        "mart_case": [case(code) for code in codes() for _ in range(20 if code in SOUTH else 6)],
    }
    told = found(open_warehouse(builders.build(tmp_path, rows)))
    assert told.units <= 50
    assert np.isfinite(told.i)


LINE = [(chr(ord("a") + n), chr(ord("b") + n)) for n in range(25)]
FIELDS = {
    "zeros": [(30 if n < 9 else 0, 1000, "none") for n in range(26)],
    "withheld": [(30 if n < 9 else 3, 1000 + n, "none") for n in range(26)],
    "ranges": [(30 if n < 9 else (n % 3, n % 3 + n % 5), 1000 + n, "none") for n in range(26)],
    "boundless": [(30 if n < 9 else (3, np.nan) if n in (2, 15, 16) else 6, 1000, "none") for n in range(26)],
    "refused": [(30 if n < 9 else 6, 1000, "no_roster" if n in (3, 17, 18) else "none") for n in range(26)],
    "huge": [(3000 if n < 9 else 6, 10**9 if n != 20 else 10**7, "none") for n in range(26)],
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_index_is_the_one_of_slow_counting(name):
    """Moran's I over Assunção and Reis' deviations, pair by pair; a withheld count enters as the middle of its range."""
    rows = {
        chr(ord("a") + n): (sum(span(row[0])) / 2, row[1])
        for n, row in enumerate(FIELDS[name])
        if row[2] == "none" and not np.isnan(sum(span(row[0])))
    }
    around = {
        unit: [o for pair in LINE for o in pair if unit in pair and o != unit and o in rows] for unit in rows
    }
    kept = [unit for unit in rows if around[unit]]
    x, n = ({unit: rows[unit][i] for unit in kept} for i in (0, 1))
    common, people = sum(x.values()) / sum(n.values()), sum(n.values())
    spread = sum(n[u] * (x[u] / n[u] - common) ** 2 for u in kept) / people
    variance = {u: spread - common * len(kept) / people + common / n[u] for u in kept}
    value = {
        u: (x[u] / n[u] - common) / (variance[u] if variance[u] >= 0 else common / n[u]) ** 0.5 for u in kept
    }
    mean = sum(value.values()) / len(kept)
    z = {u: value[u] - mean for u in kept}
    pairs = sum(z[u] * sum(z[o] for o in around[u]) / len(around[u]) for u in kept)
    told = space(rates(FIELDS[name]), LINE)
    assert told.i == pytest.approx(pairs / sum(v * v for v in z.values()))
    assert (told.units, told.alike) == (len(kept), True)

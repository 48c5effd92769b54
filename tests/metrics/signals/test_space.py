"""Neighbours that resemble each other are named; what is not published does not matter; chance is not named."""

import random

import numpy as np
import pytest

from metrics.answer import answer
from metrics.signals.space import space
from tests import builders
from tests.builders import case, heads
from warehouse.connection import open_warehouse
from warehouse.neighbourhood import neighbours
from warehouse.reference import governments
from warehouse.selection import Selection

SOUTH = tuple(f"63{number:02}" for number in (*range(1, 12), 71, 72))


def codes():
    return sorted({row["region_code"] for row in builders.completed({})["core_region_neighbour"]})


def opened(folder, count):
    """A warehouse with 3,000 civil servants in every government, and `count(code)` persons alleged."""
    everyone = [*codes(), "61", "62", "63", "64", "65"]
    rows = {
        "mart_workforce": [heads(3000, code) for code in everyone],
        "mart_case": [case(code) for code in everyone for _ in range(count(code))],
    }
    return open_warehouse(builders.build(folder, rows))


def found(warehouse, metric="alleged_rate", **split):
    return space(
        answer(warehouse, metric, Selection(), **split), neighbours(warehouse), warehouse.suppress_below
    )


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
    one = opened(tmp_path / "one", lambda code: 20 if code in SOUTH else 1)
    four = opened(tmp_path / "four", lambda code: 20 if code in SOUTH else 1 + int(code) % 4)
    assert found(one) == found(four)


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
    assert space(result, neighbours(warehouse), 5) is None


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

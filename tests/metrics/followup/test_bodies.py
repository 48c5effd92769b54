"""The wait by examining body against a log-rank test in plain Python, and when there is none."""

import math
import random

import pytest

from metrics.followup.bodies import bodies
from stats.waiting.verdict import FEWEST_EXPECTED
from tests import builders
from tests.metrics.followup.rows import counted, step
from warehouse.selection import Selection

K = 5


def persons(body, waits):
    """Rows of the stages examination and decision for waits of (days, state)."""
    rows = []
    for days, state in waits:
        decision = step("decision", state, days=days, holder="ppk")
        examined = {"case_id": decision["case_id"], "holder": body}
        rows += [decision, step("examination", **examined)]
    return rows


def drawn(seed, number, longest):
    chance = random.Random(seed)
    states = ("done", "done", "done", "open", "ended")
    return [(chance.randint(0, longest), chance.choice(states)) for _ in range(number)]


def log_rank(first, second):
    """Mantel's chi-square by walking through the days; ends of another kind leave as those still waiting do."""
    observed = expected = variance = 0.0
    least = [0.0, 0.0]
    for day in sorted({days for days, state in first + second if state == "done"}):
        at_risk = [sum(days >= day for days, _ in group) for group in (first, second)]
        ends = [sum(days == day and state == "done" for days, state in group) for group in (first, second)]
        n, d = sum(at_risk), sum(ends)
        observed += ends[0]
        expected += d * at_risk[0] / n
        least = [sum_ + d * here / n for sum_, here in zip(least, at_risk, strict=True)]
        if n > 1:
            variance += d * at_risk[0] * at_risk[1] * (n - d) / (n * n * (n - 1))
    statistic = (observed - expected) ** 2 / variance
    return statistic, math.erfc(math.sqrt(statistic / 2)), min(least)


@pytest.fixture
def over(tmp_path):
    opened = []

    def build(rows):
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(counted(builders.build(folder, {"mart_followup": rows})))
        return opened[-1]

    yield build
    for warehouse in opened:
        warehouse.close()


@pytest.mark.parametrize("seed", range(4))
def test_the_test_is_what_walking_through_the_days_gives(over, seed):
    kasn, bkn = drawn(seed, 40, 200), drawn(seed + 100, 25, 120 + 80 * seed)
    found = bodies(over(persons("kasn", kasn) + persons("bkn", bkn)), Selection())
    statistic, p, least = log_rank(kasn, bkn)
    assert least >= FEWEST_EXPECTED
    assert found.test.statistic == pytest.approx(statistic)
    assert found.test.p == pytest.approx(p)
    assert found.test.is_apart == (p < 0.05)


def test_bodies_that_differ_are_called_so(over):
    kasn, bkn = [(100 + 4 * n, "done") for n in range(30)], [(10 + n, "done") for n in range(30)]
    found = bodies(over(persons("kasn", kasn) + persons("bkn", bkn)), Selection())
    assert found.test.is_apart
    assert found.waits["kasn"].median > found.waits["bkn"].median


@pytest.mark.parametrize(
    "few", [[], [(20, "done")] * 9, [(20, "done")] * 4 + [(300, "open")] * 30, [(1, "open")] * 30]
)
def test_with_a_few_of_one_body_nothing_is_tested(over, few):
    found = bodies(
        over(persons("kasn", [(30 + n, "done") for n in range(40)]) + persons("bkn", few)), Selection()
    )
    assert found.test is None
    assert not found.waits["bkn"].is_drawn
    assert found.waits["kasn"].is_drawn


def test_five_decisions_must_be_expected_of_each(over):
    """Ten persons decided at once before the others: of them hardly any decision would be expected later."""
    early = [(1, "done")] * 10
    late = [(5 + n, "done") for n in range(4000 // 20)]
    _, _, least = log_rank(late, early)
    assert least < FEWEST_EXPECTED
    assert bodies(over(persons("kasn", late) + persons("bkn", early)), Selection()).test is None


def test_a_selection_is_kept_to_and_persons_without_a_body_are_counted_as_told(over):
    rows = persons("kasn", [(30, "done")] * 12) + [step("decision", days=9, holder="ppk") for _ in range(7)]
    rows += [step("decision", days=9, holder="ppk", government_code="6171") for _ in range(2)]
    warehouse = over(rows)
    assert bodies(warehouse, Selection()).unknown == 10
    assert bodies(warehouse, Selection(governments=("6472",))).unknown == 5
    assert bodies(warehouse, Selection(governments=("6171",))).unknown is None
    assert bodies(warehouse, Selection(governments=("6171",))).waits["kasn"].subjects == 0

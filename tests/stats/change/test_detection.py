"""The limit keeps its promise, a real change is found where it is, and the expected course is not taken for one."""

import numpy as np
import pytest

from stats.change import cusum, detect, poisson_steps

FLAT = np.ones(96)
WAVES = np.where(np.arange(96) % 48 < 36, 0.2, 5.0)


@pytest.mark.parametrize("course", [FLAT, WAVES], ids=["flat", "waves"])
@pytest.mark.parametrize("total", [5, 20, 120])
def test_series_without_change_alarm_no_more_often_than_promised(course, total):
    generator = np.random.default_rng(11)
    series = generator.multinomial(total, course / course.sum(), 100)
    verdicts = [detect(counts, course, chance=0.1, draws=400) for counts in series]
    alarms = np.mean([verdict.change is not None for verdict in verdicts])
    assert alarms < 0.1 + 3 * np.sqrt(0.09 / 100)
    assert verdicts[0].false_alarm < 0.1 + 3 * np.sqrt(0.09 / 400)


def test_the_limit_depends_on_the_total_and_the_course_alone():
    one, other = np.zeros(96, dtype=int), np.zeros(96, dtype=int)
    one[:10], other[::10] = 1, 1
    assert detect(one, FLAT, 0.04).limits == detect(other, FLAT, 0.04).limits
    assert detect(one, FLAT, 0.04).limits == detect(one, FLAT * 1000, 0.04).limits


@pytest.mark.parametrize(("before", "after", "direction"), [(1, 6, "up"), (6, 0, "down")])
def test_a_change_is_found_where_it_is(before, after, direction):
    counts = np.array([before] * 48 + [after] * 12 + [before] * 36)
    found = detect(counts, FLAT, chance=0.04).change
    assert (found.direction, found.first, found.last) == (direction, 48, 59)


def test_a_wave_that_is_expected_is_no_change():
    counts = np.round(WAVES * 5).astype(int)
    assert detect(counts, WAVES, chance=0.04).change is None
    assert detect(counts, FLAT, chance=0.04).change.direction == "up"


def test_more_cases_show_more():
    few, many = (detect(np.full(96, n), FLAT, chance=0.04).power for n in (1, 5))
    assert 0 <= few < many <= 1


@pytest.mark.parametrize(("counts", "course"), [([0, 0], [1, 1]), ([], []), ([2, 1], [0, 0])])
def test_nothing_to_judge_is_no_change_and_no_power(counts, course):
    verdict = detect(counts, course, chance=0.05)
    assert (verdict.change, verdict.false_alarm, verdict.power) == (None, 0.0, 0.0)


def test_the_same_numbers_give_the_same_verdict():
    counts = np.random.default_rng(2).poisson(0.4, 96)
    assert detect(counts, WAVES, chance=0.05) == detect(counts, WAVES, chance=0.05)


def test_steps_weigh_a_count_against_its_expectation():
    # Twice the rate against the rate: log(2) for each case, minus what was expected.
    assert poisson_steps([3, 0], [1.0, 2.0], 2.0) == pytest.approx([3 * np.log(2) - 1, -2.0])
    assert poisson_steps([0], [2.0], 0.5) == pytest.approx([1.0])
    assert cusum([[1, -3, 2], [0, 1, 1]]).tolist() == [[1, 0, 2], [0, 1, 2]]


@pytest.mark.parametrize(
    ("counts", "course", "chance", "reason"),
    [([1], [1, 1], 0.1, "each count"), ([-1], [1], 0.1, "negative"), ([1], [1], 1.0, "between 0 and 1")],
)
def test_impossible_series_are_refused(counts, course, chance, reason):
    with pytest.raises(AssertionError, match=reason):
        detect(counts, course, chance)

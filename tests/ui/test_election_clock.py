"""What the page says of an election whose clock pauses."""

from datetime import date

import pandas as pd
import pytest

from language import words
from metrics.followup.courses import Course
from metrics.followup.standing import Count
from ui.followup import clock

STEPS = ("day", "persons", "lower", "upper", "rate", "rate_lower", "rate_upper", "cumulative")


def course(persons, phases=None):
    steps = pd.DataFrame({name: pd.Series(dtype=float) for name in STEPS})
    return Course("PILKADA2024", "pilkada", date(2024, 11, 27), {}, persons, phases or {}, steps, 0.0)


@pytest.mark.parametrize(
    ("persons", "is_few"), [(Count(30, 30), False), (Count(3, 3), True), (Count(28, 32), False)]
)
def test_a_clock_that_pauses_is_not_said_to_have_few_persons(over, persons, is_few):
    for lang, few in (("id", "kurang dari 5"), ("en", "fewer than 5")):
        (told,) = clock.sentences(words(lang), [course(persons)], "persons", 5)
        assert (few in told) == is_few, told


@pytest.mark.parametrize("measure", ["persons", "rate"])
@pytest.mark.parametrize("persons", [Count(30, 30), Count(28, 32)])
def test_without_days_the_phases_are_told(over, persons, measure):
    before = {"before_candidates_set": Count(10, 14)}
    for lang, where in (("id", "ada pada tabel"), ("en", "are in the table")):
        (told,) = clock.sentences(words(lang), [course(persons, before)], measure, 5)
        assert where in told and "10–14" in told

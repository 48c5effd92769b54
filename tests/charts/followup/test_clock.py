"""The election clock: curves end where the steps end, and phases are named in text."""

import pandas as pd
import pytest

from charts.followup import clock
from charts.followup.clock import Course
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import shown

ID, EN = words("id"), words("en")
BANDS = {
    "before_candidates_set": (-432, -67), "candidates_set": (-66, -64), "campaign": (-63, -4), "quiet": (-3, -1),
    "voting": (0, 0), "after_voting": (1, 30),
}  # fmt: skip
STEPS = pd.DataFrame({"day": [-100, -20], "share": [5.0, 10.0], "lower": [1.6, 4.8], "upper": [11.7, 18.4]})
COURSES = [
    Course("Pilkada 2020", BANDS | {"quiet": None}, STEPS.iloc[:0]),
    Course("Pilkada 2024", BANDS, STEPS),
]


def drawn(courses=COURSES, w=EN, theme=LIGHT):
    return clock.figure(courses, words=w, theme=theme, title="Persons", simulated=True)


def test_a_curve_rises_from_nothing_and_holds_to_the_end_of_its_election():
    line = next(trace for trace in drawn().data if trace.type == "scatter" and trace.name)
    assert line.name == "Pilkada 2024"
    assert list(line.x) == [-432, -100, -20, 30]
    assert list(line.y) == [0.0, 5.0, 10.0, 10.0]
    assert line.line.color == LIGHT.groups[1]


def test_every_phase_with_dates_is_a_band_that_says_its_track():
    strips = {trace.name: trace for trace in drawn().data if trace.type == "bar"}
    assert strips["Before candidates are set: ethics"].base == (-432, -432)
    assert strips["Campaign: discipline"].x == (60, 60)
    assert strips["Quiet period: discipline"].y == (1,)
    assert all(name.endswith(("ethics", "discipline")) for name in strips)
    assert all(trace.text == name for name, trace in strips.items())


def test_the_sentence_tells_the_last_step():
    told = clock.alt(COURSES, words=EN, title="Persons", number=EN.number)
    assert told == "Persons: Pilkada 2024: 10 by day -20."
    assert clock.alt(COURSES[:1], words=ID, title="x", number=ID.number) == ID("chart.no_rows")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_figure_is_valid_and_can_be_empty(theme):
    assert "http" not in shown(drawn(w=ID, theme=theme))
    assert not drawn([], theme=theme).data

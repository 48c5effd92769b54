"""Figures of the follow-up clock: what is drawn is what the frame says."""

import pandas as pd
import pytest

from charts.followup import curves, standing
from charts.followup.curves import Line
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import shown

ID, EN = words("id"), words("en")
STEPS = pd.DataFrame(
    {
        "day": [0, 20, 60, 330],
        "share": [0.0, 0.2, 0.55, 0.55],
        "lower": [0.0, 0.1, 0.4, 0.4],
        "upper": [0.0, 0.3, 0.7, 0.7],
    }
)
EMPTY = STEPS.iloc[:0]


def bars(*rows):
    columns = ["stage", "part", "persons", "suppressed"]
    frame = pd.DataFrame(rows, columns=columns).astype({"persons": "Int64"})
    return frame.assign(least=frame["persons"].fillna(0), most=frame["persons"].fillna(4))


def stage(name, **persons):
    return [(name, part, persons.get(part, 0), persons.get(part, 0) is None) for part in standing.PARTS]


FRAME = bars(
    *stage("review", done=55, late=140, overdue=None), *stage("decision", waiting=30), *stage("effect")
)


def test_a_curve_keeps_its_colour_and_dash_where_another_is_missing():
    made = curves.figure(
        [Line("A", EMPTY), Line("B", STEPS)], words=EN, theme=LIGHT, title="T", simulated=True
    )
    line = made.data[-1]
    assert (line.name, line.line.dash, line.line.color, line.line.shape) == (
        "B",
        "dash",
        LIGHT.groups[1],
        "hv",
    )
    assert list(line.x) == [0, 20, 60, 330]
    assert list(line.y) == [0.0, 0.2, 0.55, 0.55]
    assert line.customdata[2][0] == "40–70%"
    assert made.layout.annotations[0].text == EN("chart.simulated")
    assert "B: 55% by day 330" in curves.alt([Line("A", EMPTY), Line("B", STEPS)], words=EN, title="T")


def test_without_a_curve_it_says_so():
    assert not curves.figure([Line("A", EMPTY)], words=ID, theme=DARK, title="T", simulated=False).data
    assert curves.alt([Line("A", EMPTY)], words=ID, title="T") == ID("chart.no_rows")


def test_bars_hold_what_may_be_told_and_hatch_the_rest():
    made = standing.figure(FRAME, words=EN, theme=LIGHT, simulated=False)
    assert [trace.name for trace in made.data] == [
        "Done", "Done after the limit", "Waiting", "A range, withheld (bar length: upper limit)",
    ]  # fmt: skip
    assert [list(trace.x) for trace in made.data] == [[55], [140], [30], [4]]
    assert made.data[-1].marker.pattern.shape == "/"
    # The range stands in its bar, and what it is a range of where the pointer rests.
    assert (made.data[-1].text, made.data[-1].customdata) == (("0–4",), ("Waiting, past the limit: 0–4",))
    assert len(made.layout.yaxis.ticktext) == 2
    told = standing.alt(FRAME, words=EN)
    assert "Review to forwarding: 0 waiting, 0–4 past the limit" in told
    assert "Recommendation to decision: 30 waiting, 0 past the limit" in told


def test_without_anybody_there_are_no_bars():
    nobody = bars(*stage("review"))
    assert not standing.figure(nobody, words=ID, theme=LIGHT, simulated=False).data
    assert standing.alt(nobody, words=ID) == ID("chart.no_rows")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_are_valid(theme):
    lines = [Line("A", STEPS), Line("B", STEPS)]
    assert "http" not in shown(curves.figure(lines, words=ID, theme=theme, title="T", simulated=True))
    assert "http" not in shown(standing.figure(FRAME, words=ID, theme=theme, simulated=True))

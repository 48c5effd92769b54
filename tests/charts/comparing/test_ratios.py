import math

import pytest

from charts.comparing.ratios import LIMITS, Ratio, figure
from charts.theme import DARK, LIGHT
from language import words
from tests.charts.frames import shown

ID, EN = words("id"), words("en")
ROWS = [
    Ratio("Dinas Kesehatan", 3.2, 1.4, 7.0, True, ("a sentence", "another")),
    Ratio("Dinas Perhubungan", 0.0, 0.0, 2.1, False, ("zero",)),
    Ratio("Dinas Sosial", math.inf, 1.2, math.inf, True, ("base zero",)),
    Ratio("RSUD", None, math.nan, math.nan, False, (), "withheld"),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_every_pair_is_drawn_or_says_why_not(palette):
    made = figure(ROWS, words=ID, theme=palette, simulated=True)
    shown(made)
    dots = [trace for trace in made.data if trace.showlegend is not False]
    assert [trace.marker.symbol for trace in dots] == [("diamond", "triangle-right"), ("triangle-left-open",)]
    drawn = [line[0] for trace in dots for line in trace.customdata]
    assert sorted(drawn) == sorted(row.name for row in ROWS[:3])
    assert [trace.text for trace in made.data if trace.mode == "text"] == [("withheld",)]
    assert list(made.layout.yaxis.ticktext) == [row.name for row in ROWS]
    assert made.layout.annotations[0].text == "DATA SIMULASI"


def test_what_lies_beyond_the_axis_ends_in_an_arrow_at_its_end():
    wide = [*ROWS, Ratio("Bappeda", 4.0, 0.01, 90.0, False, ())]
    made = figure(wide, words=EN, theme=LIGHT, simulated=False)
    arrows = [
        (trace.marker.symbol, trace.x[0], trace.y)
        for trace in made.data
        if isinstance(trace.marker.symbol, str)
    ]
    assert ("triangle-right", LIMITS[1], (4,)) in arrows
    assert ("triangle-left", LIMITS[0], (4,)) in arrows
    places = [x for trace in made.data for x in trace.x if x is not None]
    assert min(places) >= LIMITS[0]
    assert max(places) <= LIMITS[1]


def test_without_pairs_it_says_so():
    assert figure([], words=EN, theme=LIGHT, simulated=False).layout.annotations[0].text

"""What holds for every figure: valid for Plotly, nothing fetched, both languages, both palettes."""

import datetime as dt
import re
from collections.abc import Callable

import pandas as pd
import pytest

import charts.map as area
from charts import intervals, published, severity, tiles, trend
from charts.drawing import Drawing
from charts.published import coverage, prevention, timeline
from charts.severity import matrix
from charts.theme import DARK, LIGHT, Theme
from language import Words, words
from tests.charts.frames import COUNT, RATE, SUPPRESSED, all_units, every_state, shown, tidy

Draw = Callable[[Words, Theme], Drawing]
LAYER = area.Layer("app/static/geo/units.geojson", "app/static/geo/provinces.geojson", "6102")
GRID = tiles.Grid({"6472": tiles.Tile(4, 8, "Samarinda"), "6401": tiles.Tile(6, 8, "Paser")}, "6401")
REFERENCE = intervals.Reference(0.8, "Kalimantan", 0.7, 0.9)
ELECTIONS = [
    trend.Occasion("PILKADA2020", "Pilkada Serentak 2020", dt.date(2020, 12, 9)),
    trend.Occasion("PILKADA2024", "Pilkada Serentak 2024", dt.date(2024, 11, 27)),
    trend.Occasion("PEMILU2024", "Pemilihan Umum 2024", dt.date(2024, 2, 14)),
]
BY_ELECTION = tidy(
    {"period": "PILKADA2020", "group": "PNS"},
    {"period": "PILKADA2024", "group": "PNS"},
    {"period": "PILKADA2024", "group": "PPPK"} | SUPPRESSED,
)
PARTS = tidy({"group": "light", "estimate": 12.0}, {"group": "unknown"} | SUPPRESSED)
PAIRS = tidy({"group": "light>light", "estimate": 12.0}, {"group": "light>moral"} | SUPPRESSED)
FIGURES = pd.DataFrame(
    {
        "figure_id": ["NV001", "NV002"],
        "area": ["Kaltim", "Kaltara"],
        "election": ["Pilkada 2020"] * 2,
        "stage": ["reported"] * 2,
        "unit": ["persons", "cases"],
        "count": [12, 9],
        "period_end": [None, "2020"],
        "publisher": ["KASN", "Bawaslu"],
    }
)
TOTALS = pd.DataFrame(
    {
        "strip": [0, 0, 1],
        "area": ["Nasional"] * 3,
        "stage": ["reported", "reported", "recommended"],
        "unit": ["persons", "persons", "cases"],
        "day": [dt.date(2020, 6, 26), dt.date(2021, 12, 31), dt.date(2020, 7, 31)],
        "count": [369, 2034, 195],
        "figure_id": ["NV021", "NV054", "NV020"],
        "publisher": ["Okezone", "Benuanta", "Bawaslu RI"],
    }
)
ACTIVITIES = pd.DataFrame(
    {
        "kind": ["pledge", "socialisation", "pledge"],
        "election": ["Pilkada 2020", "Pilkada 2024", "Pilkada 2024"],
        "activities": [1, 1250, 2],
        "is_simulated": [False] * 3,
    }
)
VOTING = timeline.Voting("Pilkada Serentak 2020", dt.date(2020, 12, 9))
CELLS = pd.DataFrame(
    {
        "unit_name": ["Paser", "Paser", "Berau", "Berau"],
        "election": ["Pilkada 2020", "Pilkada 2024"] * 2,
        "state": ["figure", "none", "only_zero", "not_voted"],
        "told": [2, 0, 1, 0],
    }
)
EVERY: dict[str, Draw] = {
    "timeline": lambda w, t: timeline.figure(TOTALS, words=w, theme=t, voting=VOTING),
    "coverage": lambda w, t: coverage.figure(CELLS, words=w, theme=t),
    "prevention": lambda w, t: prevention.figure(ACTIVITIES, words=w, theme=t),
    "map": lambda w, t: area.figure(all_units(), words=w, theme=t, measure=RATE, layer=LAYER),
    "tiles": lambda w, t: tiles.figure(every_state(), words=w, theme=t, measure=RATE, grid=GRID),
    "intervals": lambda w, t: intervals.figure(
        every_state(), words=w, theme=t, measure=RATE, reference=REFERENCE
    ),
    "trend": lambda w, t: trend.figure(BY_ELECTION, words=w, theme=t, measure=RATE, occasions=ELECTIONS),
    "severity": lambda w, t: severity.figure(PARTS, words=w, theme=t, measure=COUNT),
    "matrix": lambda w, t: matrix.figure(PAIRS, words=w, theme=t, measure=COUNT),
    "published": lambda w, t: published.figure(FIGURES, words=w, theme=t),
    "empty": lambda w, t: intervals.figure(tidy(), words=w, theme=t, measure=RATE),
}
FORMS = pytest.mark.parametrize("draw", EVERY.values(), ids=EVERY)


@FORMS
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_a_figure_is_valid_and_fetches_nothing_from_elsewhere(draw: Draw, palette: Theme) -> None:
    text = shown(draw(words("id"), palette))
    assert not re.search(r"https?:|//", text)
    assert len(text.encode()) < 16_000


@FORMS
def test_a_figure_lets_the_page_shine_through_and_takes_its_colours(draw: Draw) -> None:
    light, dark = draw(words("en"), LIGHT).layout, draw(words("en"), DARK).layout
    assert light.paper_bgcolor == light.plot_bgcolor == "rgba(0,0,0,0)"
    assert (light.font.color, dark.font.color) == (LIGHT.text, DARK.text)
    assert light.height == dark.height


@FORMS
def test_a_figure_speaks_one_language(draw: Draw) -> None:
    indonesian, english = draw(words("id"), LIGHT), draw(words("en"), LIGHT)
    assert indonesian.layout.separators == ",."
    assert english.layout.separators == ".,"
    assert shown(indonesian) != shown(english)
    assert not re.search(r"\b(persons|withheld|roster|interval|bound)\b", shown(indonesian))
    assert not re.search(r"\b(disamarkan|selang|batas|tanpa)\b", shown(english), re.IGNORECASE)


@FORMS
def test_dragging_scrolls_the_page_and_no_axis_zooms(draw: Draw) -> None:
    layout = draw(words("id"), LIGHT).layout
    assert layout.dragmode is False
    for axis in (layout.xaxis, layout.yaxis):
        assert axis.fixedrange in (True, None)

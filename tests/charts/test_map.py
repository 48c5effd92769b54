import re

import pandas as pd
import pytest

from charts.map import MAP_CONFIG, Layer, alt, classes, figure
from charts.theme import DARK, LIGHT, Theme
from language import words
from tests.charts.frames import (
    COUNT,
    NO_ROSTER,
    RATE,
    SHARE,
    SUPPRESSED,
    ZERO,
    all_units,
    every_state,
    shown,
    tidy,
)

ID, EN = words("id"), words("en")
LAYER = Layer(
    "app/static/geo/kalimantan-overview.0123456789.geojson",
    "app/static/geo/provinces-overview.0123456789.geojson",
    "6101",
    (108.6, -4.8, 119.1, 4.5),
)


def rates(*values: float) -> pd.DataFrame:
    return tidy(*({"unit_id": str(6101 + place), "estimate": value} for place, value in enumerate(values)))


def labels(frame: pd.DataFrame, measure=RATE, w=ID) -> list[str]:
    return [found.label for found in classes(frame, words=w, measure=measure)]


def test_classes_have_round_limits_and_counts() -> None:
    frame = rates(0.4, 0.9, 1.1, 1.9, 2.5)
    assert labels(frame) == [
        ">0–0,5 (1 wilayah)", "0,5–1,0 (1 wilayah)", "1,0–1,5 (1 wilayah)", "1,5–2,0 (1 wilayah)", "2,0–2,5 (1 wilayah)",
    ]  # fmt: skip
    assert labels(frame, w=EN)[0] == ">0–0.5 (1 region)"


def test_limits_grow_where_equal_steps_would_say_nothing() -> None:
    assert labels(rates(0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 9.0)) == [
        ">0–0,5 (4 wilayah)", "0,5–1,0 (2 wilayah)", "5–10 (1 wilayah)",
    ]  # fmt: skip


def test_a_value_on_a_limit_belongs_above_it_and_the_highest_to_the_last_class() -> None:
    found = classes(rates(1.0, 2.0, 5.0), words=ID, measure=RATE)
    assert [(kept.step, kept.units) for kept in found] == [(1, ("6101",)), (2, ("6102",)), (4, ("6103",))]


def test_shares_have_the_same_classes_in_every_selection() -> None:
    assert labels(rates(0.05, 0.2, 0.99), SHARE) == [
        ">0–20% (1 wilayah)",
        "20–40% (1 wilayah)",
        "80–100% (1 wilayah)",
    ]


def test_counts_have_whole_limits() -> None:
    assert labels(rates(5.0), COUNT) == ["5 (1 wilayah)"]
    assert labels(rates(5.0, 11.0, 23.0), COUNT) == [
        "5–9 (1 wilayah)",
        "10–14 (1 wilayah)",
        "20–24 (1 wilayah)",
    ]


def test_units_without_a_value_have_classes_of_their_own() -> None:
    found = {kept.state: kept for kept in classes(every_state(), words=ID, measure=RATE)}
    assert list(found) == ["value", "zero", "suppressed", "no_roster", "refused"]
    assert found["suppressed"].label == "0–4 orang, disamarkan (1 wilayah)"
    signs = [found[state].sign for state in ("zero", "suppressed", "no_roster", "refused")]
    assert len(set(signs)) == 4
    assert all(signs)
    for palette in (LIGHT, DARK):
        assert len({kept.fill(palette) for kept in found.values()}) == 5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_the_map_draws_every_row_once(palette: Theme) -> None:
    frame = all_units()
    made = figure(frame, words=ID, theme=palette, measure=RATE, layer=LAYER)
    areas = [trace for trace in made.data if trace.type == "choropleth" and trace.hoverinfo != "skip"]
    drawn = [unit for trace in areas for unit in trace.locations]
    assert sorted(drawn) == sorted(frame["unit_id"])
    hovered = {lines[0] for trace in areas for lines in trace.customdata}
    assert hovered == set(frame["unit_name"])
    entries = [
        trace.name for trace in made.data if trace.type == "scattergeo" and trace.showlegend is not False
    ]
    assert [re.sub("^[0•×–] ", "", entry) for entry in entries] == labels(frame)


def test_signs_stand_where_colour_alone_would_tell() -> None:
    made = figure(every_state(), words=ID, theme=LIGHT, measure=RATE, layer=LAYER)
    signs = {trace.text: trace.locations for trace in made.data if getattr(trace, "mode", "") == "text"}
    assert signs == {"0": ("6401",), "•": ("6402",), "×": ("6403",), "–": ("6407",)}


def test_geometry_comes_by_address_and_the_figure_stays_small() -> None:
    for w in (ID, EN):
        text = shown(figure(all_units(), words=w, theme=DARK, measure=RATE, layer=LAYER))
        assert len(text.encode()) < 16_000
        assert "coordinates" not in text
        assert not re.search(r"https?:|//", text)
    assert MAP_CONFIG["topojsonURL"] == "app/static/topojson/"
    assert MAP_CONFIG["displayModeBar"] is False


def test_the_selected_unit_and_its_provinces_are_outlined() -> None:
    made = figure(all_units(), words=ID, theme=LIGHT, measure=RATE, layer=LAYER)
    outlines = [trace for trace in made.data if trace.type == "choropleth" and trace.hoverinfo == "skip"]
    assert [(trace.geojson, trace.locations) for trace in outlines] == [
        (LAYER.provinces, ("61",)),
        (LAYER.units, ("6101",)),
    ]
    plain = figure(rates(1.0), words=ID, theme=LIGHT, measure=RATE, layer=Layer(LAYER.units, selected="9999"))
    assert [trace.hoverinfo for trace in plain.data if trace.type == "choropleth"] == [None]


def test_the_view_fits_the_units_unless_bounds_are_given() -> None:
    bounded = figure(rates(1.0), words=ID, theme=LIGHT, measure=RATE, layer=LAYER).layout.geo
    assert (bounded.lonaxis.range, bounded.lataxis.range, bounded.fitbounds) == (
        (108.6, 119.1),
        (-4.8, 4.5),
        None,
    )
    fitted = figure(rates(1.0), words=ID, theme=LIGHT, measure=RATE, layer=Layer(LAYER.units)).layout.geo
    assert (fitted.fitbounds, fitted.visible, fitted.projection.type) == ("locations", False, "mercator")


@pytest.mark.parametrize("difference", [{}, SUPPRESSED, ZERO, NO_ROSTER])
def test_frames_of_one_kind_can_be_drawn(difference: dict[str, object]) -> None:
    made = figure(tidy(difference), words=EN, theme=LIGHT, measure=RATE, layer=LAYER)
    assert made.layout.legend.title.text == RATE.axis
    assert made.data[0].locations == ("6472",)


def test_an_empty_frame_says_so() -> None:
    made = figure(tidy(), words=EN, theme=LIGHT, measure=RATE, layer=LAYER)
    assert made.layout.annotations[0].text == "There are no rows to show."
    assert alt(tidy(), words=EN, measure=RATE) == "There are no rows to show."


def test_simulated_data_are_marked() -> None:
    made = figure(all_units(), words=EN, theme=LIGHT, measure=RATE, layer=LAYER)
    assert [note.text for note in made.layout.annotations] == ["SIMULATED DATA"]
    assert alt(all_units(), words=EN, measure=RATE).endswith("simulated data.")

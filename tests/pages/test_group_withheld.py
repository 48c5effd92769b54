"""Where the number of a group is withheld: no empty figure, the reason once, what can be told, and a way on."""

import re
from datetime import date

import pytest

from language import words
from metrics.comparing.reference import is_withheld
from tests import builders
from tests.pages.conftest import sound, telling_rows, text
from ui import results
from ui.topics import against
from warehouse.selection import Selection

FEW = "PEMILU2024"
LANGUAGES = ["id", "en"]


@pytest.fixture(scope="module")
def withholding(tmp_path_factory):
    """Folder of a warehouse with 120 persons in one election and three, whom no total may betray, in another."""
    rows, folder = telling_rows(), tmp_path_factory.mktemp("withholding")
    many = {"election_code": "PILKADA2024", "event_on": date(2024, 10, 15)}
    few = {"election_code": FEW, "event_on": date(2024, 1, 15)}
    rows["mart_case"] = [
        *(builders.case(government_code=code, **many) for code in ("64", "6472", "6171") for _ in range(40)),
        *(builders.case(government_code="6402", **few) for _ in range(3)),
    ]
    builders.build(folder, rows, build_id="withholding-1")
    return folder


def charts(app):
    return {
        re.search(r"-([a-z_0-9]+)$", chart.proto.id).group(1): chart.proto
        for chart in app.get("plotly_chart")
    }


@pytest.fixture
def whole(withholding, monkeypatch):
    """`whole(**filters)`: the answer for all units together."""
    monkeypatch.setenv("NETRA_DATA", str(withholding))
    return lambda **filters: results.of("alleged_rate", Selection(**filters), "kalimantan")


def test_the_world_of_this_file_withholds_one_election_and_tells_all_together(whole):
    assert is_withheld(whole(elections=(FEW,))) and not is_withheld(whole())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("look", ["funnel", "ratio"])
def test_no_empty_figure_but_the_units_alone_and_the_reason_once(start, withholding, look, language):
    app = sound(start("agencies", folder=withholding, pemilihan=FEW, lihat=look, bahasa=language))
    w, told = words(language), text(app)
    reason = w("comparing.group_wide", range="\0").split("(\0)")[0]
    assert told.count(reason) == 1
    assert w("chart.no_rows") not in told and w(f"between.lead.{look}") not in told
    assert w("between.lead.alone") in told
    assert set(charts(app)) == {"agencies"}


@pytest.mark.parametrize("page", ["agencies", "regions"])
def test_the_way_on_leads_to_where_units_are_held_against_their_group(start, withholding, page):
    app = sound(start(page, folder=withholding, pemilihan=FEW, bahasa="en"))
    way = next(button for button in app.button if button.key == "way_on_page")
    assert way.label == "Choose all elections"
    app = sound(way.click().run())
    assert "pemilihan" not in app.query_params and app.query_params["bahasa"] == "en"
    assert not [button for button in app.button if button.key == "way_on_page"]
    assert set(charts(app)) >= {"agencies_funnel" if page == "agencies" else "map_government"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["map", "tiles"])
def test_a_map_that_judges_nothing_says_so_before_it_is_drawn(start, withholding, view, language):
    told = words(language)("comparing.unjudged")
    address = {"folder": withholding, "bentuk": view, "bahasa": language}
    assert text(sound(start("regions", pemilihan=FEW, **address))).count(told) == 1
    assert told not in text(sound(start("regions", pemilihan=FEW, ukuran="alleged_persons", **address)))
    assert told not in text(sound(start("regions", **address)))


def test_a_group_without_any_event_is_not_called_a_few(start, withholding):
    told = text(sound(start("agencies", folder=withholding, provinsi="61", pemilihan=FEW)))
    assert words("id")("comparing.no_event") in told and words("id")("between.verdict.few") not in told


@pytest.mark.parametrize(
    ("filters", "name", "wider"),
    [
        ({}, "elections", {}),
        ({"provinces": ("64",)}, "elections", {"provinces": ("64",)}),
        ({"statuses": ("reported",)}, "everything", {}),
    ],
)
def test_the_nearest_wider_selection_is_offered(whole, filters, name, wider):
    w, asked = words("id"), whole(elections=(FEW,), **filters)
    assert is_withheld(asked)
    way = against.way_on(w, asked)
    assert way.to == Selection(**wider)
    assert (way.told, way.label) == (w(f"comparing.way.{name}"), w(f"comparing.choose.{name}"))


def test_no_way_is_offered_where_none_is_needed_or_none_would_help(whole, monkeypatch):
    assert against.way_on(words("id"), whole()) is None
    hidden = whole(elections=(FEW,))
    monkeypatch.setattr(results, "of", lambda *_: hidden)
    assert against.way_on(words("id"), hidden) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_profile_whose_measures_have_reasons_alone_is_told_without_a_figure(start, withholding, language):
    app = sound(start("regions", folder=withholding, pemerintah="6402", pemilihan=FEW, bahasa=language))
    w, told = words(language), text(app)
    assert w("between.standing.group") in told and told.count(w("chart.refusal.group_suppressed")) > 1
    assert not charts(app)
    together = sound(start("regions", folder=withholding, pemerintah="6472", bahasa=language))
    assert set(charts(together)) == {"spine_government"}

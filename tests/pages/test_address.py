"""The address is the state: pasted, broken, kept across pages and languages, written by widgets."""

import pytest

from tests.pages.conftest import sound, text


def value(app, name):
    return app.multiselect(key=f"filter_{name}").value


def test_a_pasted_address_restores_the_filters(start):
    app = sound(start("regions", provinsi="64", pemilihan="PILKADA2024", pemerintah="6472"))
    assert value(app, "provinces") == ["64"]
    assert value(app, "elections") == ["PILKADA2024"]
    assert value(app, "governments") == ["6472"]
    assert "Pilkada" in text(app)


def test_a_changed_filter_is_written_as_codes(start):
    app = start("overview")
    app.multiselect(key="filter_provinces").set_value(["64", "61"]).run()
    assert app.query_params["provinsi"] == "61,64"
    app.multiselect(key="filter_governments").set_value(["6472"]).run()
    assert app.query_params["pemerintah"] == "6472"


def test_governments_outside_the_chosen_province_are_let_go(start):
    app = start("overview", pemerintah="6472")
    app.multiselect(key="filter_provinces").set_value(["61"]).run()
    assert "pemerintah" not in app.query_params
    assert value(app, "governments") == []


def test_links_to_other_pages_and_the_language_keep_the_filters(start):
    app = start("regions", provinsi="64", bahasa="en", foo="1")
    links = [link.proto.query_string for link in app.get("page_link")]
    assert links
    assert not any("foo" in link for link in links)
    assert all("provinsi=64" in link and "bahasa=en" in link for link in links)
    app.segmented_control(key="view_bahasa").set_value("id").run()
    assert app.query_params == {"provinsi": "64", "foo": "1"}
    assert value(app, "provinces") == ["64"]


@pytest.mark.parametrize(
    ("address", "ignored"),
    [
        ({"provinsi": "99"}, "provinsi=99"),
        ({"provinsi": "64,xx"}, "provinsi=xx"),
        ({"provinsi": "61", "pemerintah": "6472"}, "pemerintah=6472"),
        ({"dari": "kemarin"}, "dari=kemarin"),
        ({"bahasa": "fr"}, "bahasa=fr"),
        ({"ukuran": "rate"}, "ukuran=rate"),
        ({"banding": "nowhere"}, "banding=nowhere"),
        ({"utm": "x"}, "utm=x"),
        ({"halaman": "nowhere"}, "halaman=nowhere"),
        ({"jenis": "`<b>"}, "jenis=<b>"),
    ],
)
def test_a_broken_address_shows_the_rest_and_names_what_was_ignored(start, address, ignored):
    app = sound(start("overview", **address))
    assert f"`{ignored}`" in app.info[0].value


def test_a_sound_address_is_not_complained_about(start):
    app = start("overview", provinsi="64", dari="2024-01-01", sampai="2024-12-31", kepegawaian="PNS")
    assert not app.info


def test_clearing_removes_the_filters_and_keeps_the_language(start):
    app = start("overview", provinsi="64", bahasa="en")
    app.button(key="clear_filters").click().run()
    assert app.query_params == {"bahasa": "en"}


def test_page_choices_live_in_the_address(start):
    app = start("regions")
    app.segmented_control(key="view_ukuran").set_value("alleged_persons").run()
    assert app.query_params["ukuran"] == "alleged_persons"
    app.segmented_control(key="view_ukuran").set_value("alleged_rate").run()
    assert "ukuran" not in app.query_params


def test_the_way_back_from_a_profile_keeps_the_other_filters(start):
    app = start("regions", pemerintah="6472", pemilihan="PILKADA2024")
    assert any("Samarinda" in header.value for header in app.header)
    app.button(key="back_to_map").click().run()
    assert app.query_params == {"pemilihan": "PILKADA2024"}


def test_a_province_is_offered_where_agencies_need_a_government(start):
    app = start("agencies")
    app.button(key="offer_64").click().run()
    assert app.query_params == {"pemerintah": "64"}
    assert "Dinas Pendidikan" in text(app) or app.multiselect(key="view_banding").options

import datetime

import pytest

from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_governments, read_rows
from etl.sample.workforce.sizes import Size, SizeModel, day_of, headline_figures
from settings import Settings

REFERENCE = Settings().reference
ROWS = read_rows(Settings().published / "workforce.csv")
GOVERNMENTS = read_governments(REFERENCE)
MODEL = read_definition(REFERENCE / "sample_model.yml", SampleModel)
SIZES = SizeModel(MODEL.headcount, ROWS, GOVERNMENTS)
LATEST = datetime.date(2024, 11, 30)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2021", (2021, 7, 1)), ("2024-11", (2024, 11, 30)), ("2025-04-29", (2025, 4, 29))],
)
def test_a_published_date_becomes_a_day(as_of, day):
    assert day_of(as_of) == datetime.date(*day)


def test_every_headline_figure_is_used_or_set_aside_with_a_reason():
    used = {
        figure.figure_id for figures in headline_figures(ROWS, MODEL.headcount).values() for figure in figures
    }
    aside = {entry.figure for entry in MODEL.headcount.set_aside}
    headline = {
        row["figure_id"]
        for row in ROWS
        if row["scope"] == "government" and row["breakdown"] == "none" and not row["agency_name"]
    }
    assert used | aside == headline
    assert not used & aside
    assert all(entry.reason for entry in MODEL.headcount.set_aside)


@pytest.mark.parametrize(
    ("code", "size"),
    [
        ("64", Size(9607, 5055)),
        ("61", Size(9124, 5567)),
        ("6402", Size(10724, 6857)),
        ("6471", Size(4041, 2343)),
    ],
)
def test_published_pairs_are_kept(code, size):
    assert SIZES.size(GOVERNMENTS[code], LATEST) == size


def test_a_pns_figure_follows_the_national_trend():
    published = 4336
    expected = published * SIZES.trend(LATEST) / SIZES.trend(datetime.date(2021, 7, 1))
    figures = [figure for figure in SIZES.figures["6401"] if figure.figure_id == "WF082"]
    SIZES.figures["only"] = figures
    try:
        assert SIZES._published_pns("only", LATEST) == pytest.approx(expected)
    finally:
        del SIZES.figures["only"]


def test_larger_regions_without_a_figure_get_larger_governments():
    assert 0.3 < SIZES.slope < 0.7
    small, large = GOVERNMENTS["6504"], GOVERNMENTS["6303"]
    assert not SIZES.figures.get(small.code) and not SIZES.figures.get(large.code)
    assert SIZES.size(small, LATEST).pns < SIZES.size(large, LATEST).pns


def test_pppk_come_late():
    for place in GOVERNMENTS.values():
        assert SIZES.size(place, datetime.date(2018, 6, 30)).pppk == 0
        assert SIZES.size(place, datetime.date(2020, 12, 31)).pppk < 60
        assert SIZES.size(place, LATEST).pppk > 100


def test_the_sum_for_kaltim_is_near_the_published_total_of_2021():
    kaltim = [place for place in GOVERNMENTS.values() if place.province_code == "64"]
    total = sum(SIZES.size(place, datetime.date(2021, 7, 1)).pns for place in kaltim)
    assert total == pytest.approx(58_318, rel=0.05)

import pytest

from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_governments, read_rows
from etl.sample.workforce.agencies import AgencyLists, UsualAgencies
from settings import Settings

REFERENCE = Settings().reference
PUBLISHED = read_rows(Settings().published / "agencies.csv")
GOVERNMENTS = read_governments(REFERENCE)
MODEL = read_definition(REFERENCE / "sample_model.yml", SampleModel)
USUAL = read_definition(REFERENCE / "agencies_usual.yml", UsualAgencies)
LISTS = AgencyLists(USUAL, PUBLISHED, MODEL.workforce.complete_agency_lists)


def names(code):
    return [agency.name for agency in LISTS.agencies(GOVERNMENTS[code])]


@pytest.mark.parametrize("code", sorted(GOVERNMENTS))
def test_every_published_agency_is_there_once(code):
    published = {
        row["agency_name"] for row in PUBLISHED if (row["regency_code"] or row["province_code"]) == code
    }
    assert published <= set(names(code))
    assert len(names(code)) == len(set(names(code)))
    assert 25 <= len(names(code)) <= 50


def test_a_complete_list_gets_no_usual_agency():
    assert len(names("64")) == 41
    assert len(names("61")) == 44


def test_a_published_name_takes_the_place_of_the_usual_one():
    assert "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Daerah" in names("6307")
    assert "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia" not in names("6307")


def test_schools_employ_about_half_of_a_regency():
    agencies = LISTS.agencies(GOVERNMENTS["6408"])
    total = sum(agency.weight for agency in agencies)
    schools = sum(agency.weight for agency in agencies if agency.profile == "education")
    health = sum(agency.weight for agency in agencies if agency.profile == "health")
    assert 0.42 < schools / total < 0.55
    assert 0.15 < health / total < 0.25


def test_the_sub_district_is_named_after_the_seat():
    assert "Kecamatan Tenggarong" in names("6402")
    assert not [name for name in names("64") if name.startswith("Kecamatan")]

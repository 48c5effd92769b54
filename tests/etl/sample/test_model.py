import datetime
from pathlib import Path

import pytest

from errors import DefinitionError
from etl.sample.model import SampleModel, read_definition
from etl.sample.places import read_election_dates, read_rows
from etl.sample.workforce.agencies import UsualAgencies
from settings import Settings

REFERENCE, PUBLISHED = Settings().reference, Settings().published


@pytest.fixture(scope="module")
def model():
    return read_definition(REFERENCE / "sample_model.yml", SampleModel)


def cited(node):
    """All figure ids below a node of the model."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("figures", "trend"):
                yield from value
            elif key == "figure":
                yield value
            elif key == "agency_pppk":
                yield from (figure for agencies in value.values() for figure in agencies.values())
            else:
                yield from cited(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from cited(value)


def test_every_cited_figure_is_published(model):
    known = {
        row["figure_id"]
        for name in ("violations", "workforce")
        for row in read_rows(PUBLISHED / f"{name}.csv")
    }
    figures = set(cited(model.model_dump()))
    assert len(figures) > 100
    assert figures <= known


def test_figures_of_a_province_concern_that_province(model):
    rows = {row["figure_id"]: row for row in read_rows(PUBLISHED / "violations.csv")}
    for election in model.cases.elections:
        for province, expected in election.provinces.items():
            assert {rows[figure]["province_code"] for figure in expected.figures} <= {province}
            assert expected.low <= expected.expected <= expected.high


def test_acts_fall_near_their_election(model):
    dates = read_election_dates(REFERENCE)
    for election in model.cases.elections:
        assert election.opens_on < election.closes_on <= model.cases.cut_off
        if election.code and dates[election.code].voting_on <= model.cases.cut_off:
            assert election.closes_on <= dates[election.code].voting_on + datetime.timedelta(days=30)


def test_codes_exist_in_the_catalogues(model):
    types = {row["code"] for row in read_rows(REFERENCE / "violation_types.csv")}
    sanctions = {row["code"] for row in read_rows(REFERENCE / "sanctions.csv")}
    cases = model.cases
    assert {code for mix in cases.types.values() for code in mix.shares} <= types
    mixes = (getattr(cases.sanctions, name) for name in ("moral", "pp53", "medium", "heavy", "light"))
    assert {code for mix in mixes for code in mix.shares} <= sanctions


def test_the_control_government_is_clean_and_has_all_rosters(model):
    assert "64" in model.mess.clean
    assert not [entry for entry in model.snapshots if "64" in entry.missing]


@pytest.mark.parametrize("text", ["profiles: {}\n", "profiles: [\n"])
def test_a_wrong_file_is_named(tmp_path: Path, text: str):
    path = tmp_path / "agencies_usual.yml"
    path.write_text(text)
    with pytest.raises(DefinitionError, match=r"agencies_usual\.yml"):
        read_definition(path, UsualAgencies)

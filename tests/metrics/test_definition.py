"""Every metric file loads; every mistake in one is named by file and key."""

import typing

import pytest
import yaml

from errors import DefinitionError, SelectionError
from language import words
from metrics import definition as definitions_module
from metrics.definition import CATALOGUE, Caveat, definition, definitions, read
from metrics.frame import REFUSALS

GOOD = yaml.safe_load((CATALOGUE / "alleged_rate.yml").read_text(encoding="utf-8"))
SHARE = yaml.safe_load((CATALOGUE / "followed_up_share.yml").read_text(encoding="utf-8"))


def written(tmp_path, content):
    path = tmp_path / "some_metric.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")
    return path


def test_the_catalogue_holds_what_the_pages_ask_for():
    assert set(definitions()) == {
        "alleged_persons",
        "alleged_rate",
        "as_recommended_share",
        "decided_persons",
        "followed_up_share",
        "recommended_persons",
        "recommended_rate",
        "roster_match_share",
    }
    assert definition("alleged_rate").metric_id == "alleged_rate"
    assert definition("alleged_rate").title.of("en") == "Rate of alleged breaches"
    assert definition("alleged_rate").title.of("id") == "Tingkat dugaan pelanggaran"


def test_a_metric_that_does_not_exist_is_the_readers_error():
    with pytest.raises(SelectionError, match="no metric 'rate'"):
        definition("rate")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_caveat_and_refusal_has_its_words(lang):
    for code in typing.get_args(Caveat):
        assert words(lang)(f"caveat.{code}")
    for code in REFUSALS:
        assert words(lang)(f"refusal.{code}")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"extra": 1}, "extra"),
        ({"title": {"id": "Tingkat"}}, "title.en"),
        ({"title": {"id": "", "en": "Rate"}}, "title.id"),
        ({"kind": "ratio"}, "kind"),
        ({"interval": "wald"}, "interval"),
        ({"interval": "wilson"}, ""),
        ({"per": None}, ""),
        ({"per": 0}, "per"),
        ({"unit_election": None}, ""),
        ({"exposure": None}, ""),
        ({"groups": ["colour"]}, "groups.0"),
        ({"caveats": ["be_careful"]}, "caveats.0"),
        ({"events": {"table": "core_case"}}, "events.table"),
        ({"events": {"table": "mart_workforce", "sum": "headcount"}}, ""),
        ({"events": {"table": "mart_case", "sum": "headcount"}}, "events"),
        ({"events": {"table": "mart_case", "where": {"colour": ["red"]}}}, "events"),
        ({"events": {"table": "mart_case", "where": {"category": ["bad"]}}}, "events"),
        ({"events": {"table": "mart_case", "where": {"category": []}}}, "events"),
        ({"events": {"table": "mart_case", "where": {"is_decided": ["true"]}}}, "events"),
        ({"events": {"table": "mart_case", "where": {"category": [True]}}}, "events"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(tmp_path, change, key):
    with pytest.raises(DefinitionError) as caught:
        read(written(tmp_path, GOOD | change))
    where = f"metrics/catalogue/some_metric.yml [{key}]" if key else "metrics/catalogue/some_metric.yml"
    assert caught.value.where == where


def test_a_share_has_cases_in_both_parts(tmp_path):
    with pytest.raises(DefinitionError, match="a proportion is over mart_case"):
        read(written(tmp_path, SHARE | {"exposure": GOOD["exposure"]}))


@pytest.mark.parametrize("content", ["[1, 2", "- a list", "metric_id: mine"])
def test_a_file_that_is_no_metric_is_refused(tmp_path, content):
    with pytest.raises(DefinitionError) as caught:
        read(written(tmp_path, content))
    assert caught.value.where == "metrics/catalogue/some_metric.yml"


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DefinitionError, match="cannot be read"):
        read(tmp_path / "absent.yml")


def test_the_catalogue_is_read_once():
    assert definitions_module.definitions() is definitions()

"""The ledger as a page: with nothing loaded, one government, all of them, and a filter that leaves nothing."""

import pytest

from etl.building.build import build
from language import words
from settings import Settings
from tests import builders
from tests.pages.conftest import rows, sound, text


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Published and reference facts only: nothing is loaded."""
    folder = tmp_path_factory.mktemp("published")
    build(Settings(data=folder, key_file=folder / "key"))
    return folder


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "address",
    [{}, {"pemerintah": "6474"}, {"provinsi": "64"}, {"pemerintah": "6102", "pemilihan": "PILKADA2015"}],
    ids=["all", "one", "province", "nothing"],
)
def test_the_ledger_stands_with_nothing_loaded(start, facts, address, language):
    checks = text(sound(start("published", folder=facts, bahasa=language, rinci="checks", **address)))
    app = sound(start("published", folder=facts, bahasa=language, **address))
    assert len(app.header) == 5
    said = text(app)
    assert ("bukan nol" if language == "id" else "not zero") in said + checks
    assert "{" not in said + checks
    assert ("Belum ada sumber tentang pencegahan" if language == "id" else "No source on prevention") in said


def test_sums_that_do_not_hold_stand_on_the_page_with_both_numbers(start, facts):
    said = text(start("published", folder=facts, rinci="checks"))
    assert "NV038" in said and ">72<" in said and ">51<" in said


def test_simulated_registers_are_not_compared_and_the_page_says_why(start, tmp_path):
    source = {"source_id": "S2", "kind": "cases", "is_simulated": True}
    builders.build(tmp_path, rows() | {"core_source": [source]}, build_id="ledger-1")
    said = text(start("published", folder=tmp_path))
    assert "**Data simulasi.**" in said
    assert "tidak berarti dan tidak ditampilkan" in said


def lists(**other):
    """A list of preventive activities: three of one government, one of another, one outside of every election."""
    activity = {
        "source_id": "S3", "government_code": "6472", "province_code": "64", "kind": "socialisation", "held_on": "2024-10-03",
        "issuer": "bawaslu", "election_code": "PILKADA2024", "participants": 120, "source_url": "https://example.org/a",
    }  # fmt: skip
    changes = (
        {}, {"participants": 3, "is_possible_duplicate": True}, {"kind": "pledge", "signatures": 0, "participants": None},
        {"government_code": "6102", "province_code": "61", "kind": "circular", "participants": None, "source_url": None,
         "letter_number": "100.3/12/2024", "caveats": "issuer_not_recognised", "issuer": "unknown"},
        {"held_on": "2022-02-01", "election_code": None},
    )  # fmt: skip
    source = {"source_id": "S3", "kind": "prevention", "publisher": "Bawaslu <Kaltim>", "is_simulated": False}
    found = [activity | change | {"row_number": place} | other for place, change in enumerate(changes, 2)]
    return rows() | {"core_source": [*rows()["core_source"], source], "core_prevention": found}


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("listed")
    builders.build(folder, lists(), build_id="listed-1")
    return folder


@pytest.mark.parametrize("language", ["id", "en"])
def test_listed_activities_are_told_and_their_tables_come_when_they_are_opened(start, listed, language):
    app = sound(start("published", folder=listed, bahasa=language, rinci="prevention"))
    assert [header.value for header in app.header] == [words(language)("ledger.prevention.title")]
    said = text(app)
    asked = {
        "id": "tercatat dalam daftar yang dimuat: 5 (1 Februari 2022 sampai 3 Oktober 2024), untuk 2 dari 61 pemerintah",
        "en": "in the loaded lists: 5 (1 February 2022 to 3 October 2024), for 2 of 61 governments",
    }
    assert asked[language] in said
    assert {"id": "Mungkin tercatat dalam dua daftar: 1.", "en": "Possibly in two lists: 1."}[
        language
    ] in said
    assert {"id": "bukan berarti tidak ada", "en": "does not mean not done"}[language] in said
    assert "Bawaslu &lt;Kaltim&gt;" not in said, "a table was sent that nobody opened"


def test_a_filter_without_activities_says_that_this_is_not_none(start, listed):
    said = text(start("published", folder=listed, pemilihan="PEMILU2019", rinci="prevention"))
    assert "itu bukan berarti tidak ada pencegahan" in said

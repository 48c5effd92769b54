"""The ledger as a page: with nothing loaded, one government, all of them, and a filter that leaves nothing."""

import pytest

from etl.building.build import build
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
    app = sound(start("published", folder=facts, bahasa=language, **address))
    assert len(app.header) == 8
    said = text(app)
    assert ("bukan nol" if language == "id" else "not zero") in said
    assert "{" not in said


def test_sums_that_do_not_hold_stand_on_the_page_with_both_numbers(start, facts):
    said = text(start("published", folder=facts))
    assert "NV038" in said and ">72<" in said and ">51<" in said


def test_simulated_registers_are_not_compared_and_the_page_says_why(start, tmp_path):
    source = {"source_id": "S2", "kind": "cases", "is_simulated": True}
    builders.build(tmp_path, rows() | {"core_source": [source]}, build_id="ledger-1")
    said = text(start("published", folder=tmp_path))
    assert "**Data simulasi.**" in said
    assert "tidak berarti dan tidak ditampilkan" in said

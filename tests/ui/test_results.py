"""What is kept is kept under the build that it came from."""

import pytest

from tests import builders
from ui import results
from ui.access import run
from warehouse.selection import Selection


@pytest.fixture
def two_builds(tmp_path, monkeypatch):
    """Builds `one` with 6 and `two` with 8 persons; `two` is current."""
    for build_id, persons in (("one", 6), ("two", 8)):
        rows = {
            "mart_workforce": [builders.heads(9000)],
            "mart_case": [builders.case() for _ in range(persons)],
        }
        builders.build(tmp_path, rows, build_id=build_id)
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    return tmp_path


def persons():
    return results.of("alleged_persons", Selection(), "kalimantan").frame["events"].tolist()


def test_an_answer_is_of_the_build_that_its_key_names(two_builds, monkeypatch):
    """The pointer moves between the question's key and its answer."""
    pointed = iter(["one"])
    present = run.current_version
    monkeypatch.setattr(run, "current_version", lambda now: next(pointed, None) or present(now))
    assert persons() == [6]
    assert persons() == [8]


def test_without_a_warehouse_there_is_no_receipt(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "none"))
    assert results.built() is None

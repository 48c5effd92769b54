"""Answers in which nothing need be withheld."""

import pytest

from tests import builders
from ui import results
from warehouse.selection import Selection


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """The example without the government of few cases: nothing in it need be withheld."""
    rows = builders.example_rows()
    rows["mart_case"] = [row for row in rows["mart_case"] if row["government_code"] != "6402"]
    builders.build(tmp_path, rows, build_id="plain-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    units = results.of("alleged_rate", Selection(), "government")
    return units, results.of("alleged_rate", Selection(), "kalimantan")

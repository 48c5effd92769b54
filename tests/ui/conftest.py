"""A small warehouse that the ui's own functions read, without a browser and without a page."""

import pytest

from tests import builders
from tests.pages.conftest import rows


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ui")
    builders.build(folder, rows(), build_id="ui-1")
    return folder


@pytest.fixture
def over(data, monkeypatch):
    """The ui reads the small warehouse."""
    monkeypatch.setenv("NETRA_DATA", str(data))

"""An empty data root for each test of the build tower, with its own key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.building.build import build
from etl.loading.session import Session, open_session
from settings import Settings


@pytest.fixture
def room(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", key_file=tmp_path / "keys" / "pseudonym.key")


@pytest.fixture
def session(room: Settings):
    opened: Session = open_session(room)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def facts(tmp_path_factory) -> Path:
    """What `build` makes of an empty data root: the facts that come with the code, and nothing that was loaded."""
    folder = tmp_path_factory.mktemp("facts")
    settings = Settings(data=folder / "data", key_file=folder / "keys" / "pseudonym.key")
    build(settings)
    return settings.build


@pytest.fixture
def on_facts(room: Settings, facts: Path) -> None:
    """Lets the builds of a test stand on those facts, which takes half of their time and changes nothing else (`tests/etl/parts`)."""
    shutil.copytree(facts, room.build)

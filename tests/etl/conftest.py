"""An empty data root for each test of the build tower, with its own key."""

from __future__ import annotations

from pathlib import Path

import pytest

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

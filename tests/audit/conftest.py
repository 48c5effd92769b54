"""A data folder with a log of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit import record
from audit.reading import log_file
from settings import Settings


def some(settings: Settings, count: int) -> None:
    """Writes entries of several kinds."""
    for number in range(count):
        if number % 2:
            record(settings, "sign_in", account="steward", method="key", visit="ab" * 4)
        else:
            record(
                settings,
                "load",
                source=f"roster-6408-2024-11-{number % 28 + 1:02}",
                sha256="a1" * 32,
                rows=number,
                refused=0,
            )


def stock(settings: Settings) -> list[bytes]:
    return log_file(settings).read_bytes().splitlines(keepends=True)


@pytest.fixture
def room(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", key_file=tmp_path / "keys" / "pseudonym.key")

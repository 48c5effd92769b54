"""Stays over a log of their own, with a clock that a test sets."""

import pytest

import settings as settings_module
from audit.reading import entries, log_file
from ui.stays import Stays


class World:
    def __init__(self, room):
        self.room, self.now = room, 0.0
        self.stays = Stays(clock=lambda: self.now)

    def told(self):
        """Kind, visit, and role or reason, of all entries."""
        found = entries(log_file(self.room))
        return [
            (one.kind, one.about["visit"], one.about.get("scope") or one.about.get("reason")) for one in found
        ]


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "keys" / "key"))
    return World(settings_module.read())

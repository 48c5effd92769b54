"""A desk whose jobs are run by a stand-in of the command line, in a data folder of its own."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from settings import Settings
from ui.steward.running.desk import Desk
from ui.steward.running.order import Order
from ui.steward.running.parcel import Parcel

FAKE = (sys.executable, str(Path(__file__).with_name("fake_etl.py")))


def roster(content: bytes = b"NIP;OPD\n", name: str = "pegawai.csv", *options: str) -> Order:
    """An order to check a roster."""
    words = ("--government=6408", "--as-of=2024-11-30", *options)
    return Order("check", ("load", "roster"), words, {"kind": "roster", "file": name}, Parcel(name, content))


@pytest.fixture
def room(tmp_path) -> Settings:
    folder = tmp_path / "data"
    folder.mkdir()
    return Settings(data=folder, key_file=tmp_path / "key", steward_key="kunci-petugas-uji")


@pytest.fixture
def at(room):
    opened = Desk(room, FAKE)
    yield opened
    # Nothing that a test began may outlive it.
    (room.data / "go").touch()
    for job_id in list(opened._running):
        opened.wait(job_id)


@pytest.fixture
def finished(at):
    """`finished(order)`: the job of an order, once it has ended."""

    def run(order):
        job_id = at.start(order)
        assert job_id is not None
        at.wait(job_id)
        return at.look(job_id)

    return run


def calls(settings: Settings) -> list[list[str]]:
    """What the stand-in was called with."""
    return [json.loads(line) for line in (settings.data / "calls.txt").read_text().splitlines()]


def other_room(settings: Settings, name: str) -> Settings:
    folder = settings.data.parent / name
    folder.mkdir()
    return replace(settings, data=folder)

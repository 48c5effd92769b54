from __future__ import annotations

import csv

import pytest

from bench.__main__ import chosen
from bench.changed import CORRECTED, correct, is_sound, write_rosters
from bench.changed_once import main as load_and_build
from bench.national.measure import AS_OF
from bench.workbook import write_workbook
from bench.workbook_once import HANDS, main

ROWS = 40


@pytest.fixture
def rosters(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    return write_rosters(tmp_path / "rosters", ROWS)


def test_every_government_has_its_own_roster(rosters):
    with rosters.manifest.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    assert len({entry["government_code"] for entry in entries}) == len(entries) == 61
    assert all((rosters.manifest.parent / entry["file"]).is_file() for entry in entries)


def test_a_correction_retires_one_person_more(rosters):
    before = rosters.file.read_text("utf-8").splitlines()
    for number in (1, 2):
        after = correct(rosters.file, number)
        changed = [
            pair
            for pair in zip(before, after.read_text("utf-8").splitlines(), strict=True)
            if len(set(pair)) > 1
        ]
        assert after.name == rosters.file.name
        assert len(changed) == number
        assert all(is_sound(old) and ",Pensiun," in new for old, new in changed)


def test_a_correction_shows_in_the_warehouse(rosters):
    full = load_and_build(["full", str(rosters.manifest), CORRECTED])
    one = load_and_build(["one", str(correct(rosters.file, 1)), CORRECTED, "2024-11-30"])
    assert (full["files"], full["rows"]) == (61, 61 * ROWS)
    assert one["heads"] == full["heads"] - 1


@pytest.mark.parametrize(
    ("line", "sound"),
    [
        ("189901012004011001,CONTOH,M,PNS,,,,,,Aktif,,", True),
        ("189901012004011000,CONTOH,M,PNS,,,,,,Aktif,,", False),
        ("189901012004141001,CONTOH,M,PNS,,,,,,Aktif,,", False),
        ("189902302004011001,CONTOH,M,PNS,,,,,,Aktif,,", False),
        ("130000001,CONTOH,M,PNS,,,,,,Aktif,,", False),
        ("189901012004011001,CONTOH,M,PNS,,,,,,Pensiun,,", False),
    ],
)
def test_only_sound_and_active_persons_are_corrected(line, sound):
    assert is_sound(line) is sound


def test_every_hand_reads_the_whole_workbook(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    path = tmp_path / "roster.xlsx"
    refused = write_workbook(path, 900)
    runs = {hand: main(hand, path, "64", AS_OF) for hand in HANDS}
    assert {run["rows"] for run in runs.values()} == {900}
    assert runs["ours"]["refused"] == refused > 0


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            [],
            [
                "national",
                "workbook",
                "changed",
                "scale",
                "loading",
                "asking",
                "pages",
                "visit",
                "crowd",
                "protection",
            ],
        ),
        (["changed", "national"], ["national", "changed"]),
        (["visit"], ["loading", "visit"]),
    ],
)
def test_loading_runs_where_a_part_reads_what_it_makes(asked, parts):
    assert chosen(asked) == parts

"""The form becomes words of the command line, or says what is missing."""

from datetime import date

import pytest

from language import words
from ui.steward import asked
from ui.steward.places import governments
from ui.steward.running.parcel import Parcel

FILE = Parcel("pegawai.csv", b"NIP\n")
ROSTER = {"government": "6408", "as_of": "30-11-2024", "expect_pns": "9.607", "expect_pppk": ""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30-11-2024", date(2024, 11, 30)),
        (" 30/11/2024 ", date(2024, 11, 30)),
        ("2024-11-30", date(2024, 11, 30)),
        ("1.2.2024", date(2024, 2, 1)),
        ("31-02-2024", None),
        ("30-11-24", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_days(text, found):
    assert asked.day(text) == found
    if found:
        assert asked.day(asked.shown_day(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9607", 9607), ("9.607", 9607), ("9,607", 9607), ("1 234 567", 1234567), ("0", 0),
        ("9.6", None), ("-1", None), ("x", None), ("", None),
    ],
)  # fmt: skip
def test_numbers(text, found):
    assert asked.whole(text) == found


def test_a_roster_becomes_words():
    order = asked.order(
        "roster", ROSTER | {"map": "Nomor Induk=nip\n\nUnit=agency", "accept": "Petugas"}, FILE
    )
    assert order.verb == "check"
    assert order.command("/file") == [
        "load", "roster", "/file", "--name=pegawai.csv", "--government=6408", "--as-of=2024-11-30", "--expect-pns=9607",
        "--map=Nomor Induk=nip", "--map=Unit=agency", "--accept-mismatch=Petugas", "--dry-run", "--json",
    ]  # fmt: skip
    assert "Petugas" not in str(order.about)
    assert order.about["kind"] == "roster" and order.about["as_of"] == "2024-11-30"
    assert "--dry-run" not in order.in_earnest().command("/file")


def test_registers_and_discipline_become_words():
    cases = {
        "publisher": "Bawaslu",
        "register": "2024",
        "code_system": "bps",
        "replace": "yes",
        "sheet": "Data",
    }
    assert asked.order("cases", cases, FILE).command("/f")[4:] == [
        "--publisher=Bawaslu", "--register=2024", "--code-system=bps", "--sheet=Data", "--replace", "--dry-run", "--json",
    ]  # fmt: skip
    assert asked.order("discipline", {"publisher": ""}, FILE).command("/f") == [
        "load", "discipline", "/f", "--name=pegawai.csv", "--dry-run", "--json",
    ]  # fmt: skip


def test_a_list_of_activities_may_go_without_a_government():
    asked_for = {"publisher": "Bawaslu", "government": "6408", "replace": "yes"}
    assert asked.order("prevention", asked_for, FILE).command("/f") == [
        "load", "prevention", "/f", "--name=pegawai.csv", "--publisher=Bawaslu", "--government=6408", "--replace", "--dry-run",
        "--json",
    ]  # fmt: skip
    assert not asked.faults("prevention", {"publisher": "Bawaslu"}, FILE)


def test_no_answer_becomes_an_option_of_its_own():
    order = asked.order("cases", {"publisher": "--replace\n--accept-mismatch=x"}, FILE)
    assert [word for word in order.options if word.startswith("--replace")] == []
    assert len(order.options) == 1 and order.options[0].startswith("--publisher=--replace")


def test_another_sheet_replaces_the_first():
    order = asked.order("roster", ROSTER | {"sheet": "A"}, FILE).in_earnest().with_sheet("B")
    assert order.verb == "check"
    assert [word for word in order.options if "sheet" in word] == ["--sheet=B"]
    assert order.about["sheet"] == "B"


@pytest.mark.parametrize(
    ("changes", "parcel", "found"),
    [
        ({}, None, ["file_missing"]),
        ({}, Parcel("pegawai.exe", b"x"), ["file_ending"]),
        ({}, Parcel("pegawai", b"x"), ["file_ending"]),
        ({}, Parcel("PEGAWAI.CSV", b""), ["file_empty"]),
        ({"government": ""}, FILE, ["government_missing"]),
        ({"as_of": ""}, FILE, ["date_missing"]),
        ({"as_of": "kemarin"}, FILE, ["date_unclear"]),
        ({"expect_pppk": "banyak"}, FILE, ["total_unclear"]),
        ({"map": "Nomor Induk"}, FILE, ["map_unclear"]),
        ({}, FILE, []),
    ],
)
def test_what_is_missing_is_named(changes, parcel, found):
    assert asked.faults("roster", ROSTER | changes, parcel) == found
    for name in found:
        assert words("id")(f"loading.faults.{name}") != words("en")(f"loading.faults.{name}")


def test_all_governments_of_kalimantan_are_offered_without_a_warehouse(monkeypatch, tmp_path):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "none"))
    names = governments(words("id"))
    assert len(names) == 61
    assert names["64"] == "Pemerintah Provinsi Kalimantan Timur"
    assert names["6408"] == "Kabupaten Kutai Timur"

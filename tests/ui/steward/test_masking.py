"""Long numbers of persons never pass; what is no number of a person is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.steward.running.masking import LONGEST_NAME, masked, masked_event, shown_name

NUMBER = "189304122014031001"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Daftar {NUMBER}.xlsx", "Daftar ….xlsx"),
        ("18930412 201403 1 001", "…"),
        ("18930412.201403.1.001", "…"),
        ("6408120101930001", "…"),
        ("roster_6408_2024-11-30.csv", "roster_6408_2024-11-30.csv"),
        ("baris 12345678", "baris 12345678"),
        ("9" * 18, "9" * 18),
        ("9,99x+99", "9,99x+99"),
    ],
)
def test_long_numbers_are_taken_out(text, shown):
    assert masked(text) == shown


@given(st.text(), st.integers(10**8, 10**20), st.text())
def test_no_number_of_nine_digits_survives(before, number, after):
    text = f"{before}{number}{after}"
    kept = masked(text)
    runs = "".join(sign if sign.isdecimal() else " " for sign in kept).split()
    assert all(len(run) < 9 or set(run) == {"9"} for run in runs)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\orang\\daftar.xlsx", "daftar.xlsx"),
        ("daftar\u202excod.exe", "daftarxcod.exe"),
        ("a\nb\x00.csv", "ab.csv"),
        ("", "berkas"),
        ("--json", "--json"),
    ],
)
def test_names_of_files_are_fit_to_be_shown(name, shown):
    assert shown_name(name) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_short_and_keeps_its_ending(name):
    shown = shown_name(f"{name}.csv")
    assert len(shown) <= LONGEST_NAME + 2
    assert shown.endswith(".csv")
    assert "/" not in shown and "\n" not in shown


def test_every_text_of_an_event_is_masked_but_hashes_and_ids():
    event = {
        "event": "understood",
        "card": {"sha256": "1234567890ab", "file_name": f"{NUMBER}.csv", "rows_read": 10**12},
        "refused": [{"column_name": NUMBER, "masked_value": "9" * 18}],
        NUMBER: [NUMBER, None, True],
        "source_id": "cases-202411300001",
    }
    kept = masked_event(event)
    assert NUMBER not in str(kept)
    assert kept["card"]["sha256"] == "1234567890ab"
    assert kept["card"]["rows_read"] == 10**12
    assert kept["source_id"] == "cases-202411300001"
    assert kept["refused"][0]["masked_value"] == "9" * 18

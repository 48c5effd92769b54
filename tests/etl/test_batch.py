from __future__ import annotations

import csv

import pytest

from errors import AppError, ContractError, SourceError
from etl.cards.card import read_cards
from etl.loading.batch import load_batch
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

COLUMNS = ("kind", "file", "government_code", "as_of", "expect_pns", "publisher", "code_system")


@pytest.fixture
def folder(tmp_path):
    for code, serial in (("6408", 1), ("6474", 2), ("6401", 3)):
        write_csv(tmp_path / f"{code}.csv", [HEADER, person(nip(serial))])
    write_csv(tmp_path / "cases.csv", [CASE_HEADER, case()])
    return tmp_path


def manifest(folder, *rows, columns=COLUMNS):
    path = folder / "manifest.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


GOOD = (
    ("roster", "6408.csv", "6408", "2024-11-30", "1", "", ""),
    ("roster", "6474.csv", "6474", "2024-11-30", "", "", ""),
    ("roster", "6401.csv", "6401", "2024-11-30", "", "", "bps"),
    ("cases", "cases.csv", "", "", "", "Bawaslu Kaltim", ""),
)


def test_every_file_of_a_manifest_is_loaded_once(room, folder):
    told = []
    assert load_batch(room, manifest(folder, *GOOD), told.append) == (4, 0)
    assert told == [row[1] for row in GOOD]
    assert load_batch(room, manifest(folder, *GOOD)) == (0, 4)
    assert len(read_cards(room.sources)) == 4


@pytest.mark.parametrize(
    ("row", "fault", "message"),
    [
        (
            ("roster", "6408.csv", "6408", "30-11-2024", "", "", ""),
            ContractError,
            r"manifest\.csv, baris 3: as_of",
        ),
        (("roster", "6408.csv", "6408", "2024-11-30", "x", "", ""), ContractError, "expect_pns"),
        (("roster", "6408.csv", "6408", "2024-11-30", "7", "", ""), ContractError, r"6408\.csv.*harus 7"),
        (("letter", "6408.csv", "6408", "2024-11-30", "", "", ""), ContractError, "letter"),
        (("roster", "none.csv", "6408", "2024-11-30", "", "", ""), SourceError, r"none\.csv"),
        (("roster", "6408.csv", "9999", "2024-11-30", "", "", ""), ContractError, "9999"),
        (("roster", "6408.csv", "6408", "2024-11-30", "", "", "pos"), ContractError, "pos"),
    ],
)
def test_a_faulty_line_stops_the_batch_and_names_its_place(room, folder, row, fault, message):
    with pytest.raises(fault, match=message):
        load_batch(room, manifest(folder, GOOD[1], row))
    assert {card.source_id for card in read_cards(room.sources)} <= {"roster-6474-2024-11-30"}


def test_a_manifest_without_its_columns_is_refused(room, folder):
    with pytest.raises(AppError, match="kind"):
        load_batch(room, manifest(folder, ("a",), columns=("name",)))
    assert not room.sources.exists()

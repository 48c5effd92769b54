"""One small sample for all tests of the room: Pemprov Kaltim and Bontang at full size, and plain readers of its files."""

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from etl.sample.places import read_rows
from etl.sample.write import write_sample

SHEET_ROSTER_COLUMNS = ("NO", "NIP", "NAME", "BIRTH", "L/P", "STATUS", "RANK", "POSITION", "TYPE", "UNIT")
SHEET_ROSTER_COLUMNS += ("KEDUDUKAN HUKUM", "KETERANGAN")


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Folder with the sample of 64 and 6474."""
    return write_sample(tmp_path_factory.mktemp("sample"), governments=["64", "6474"]).parent


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """Folder with the sample of all governments at one fiftieth of their size."""
    return write_sample(tmp_path_factory.mktemp("tiny"), scale=0.02).parent


@pytest.fixture(scope="session")
def manifest_of():
    """Reads the manifest of a sample."""

    def read(folder: Path) -> list[dict[str, str]]:
        return read_rows(folder / "manifest.csv")

    return read


@pytest.fixture(scope="session")
def rows_of():
    """Reads the data rows of any file of a sample, with upper-case column names."""

    def read(path: Path) -> list[dict[str, str]]:
        cells = _sheet(path) if path.suffix == ".xlsx" else _text(path)
        start = next(i for i, row in enumerate(cells) if row[0].upper() in ("NO", "PNS ID"))
        header = [name.upper() for name in cells[start]]
        if path.suffix == ".xlsx" and path.parent.name == "rosters":
            header, start = list(SHEET_ROSTER_COLUMNS), start + 2
        body = [row for row in cells[start + 1 :] if row[0] != "Jumlah"]
        return [dict(zip(header, row, strict=True)) for row in body]

    return read


def _sheet(path: Path) -> list[list[str]]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def _text(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    mark = ";" if text.count(";") > text.count(",") else ","
    return list(csv.reader(io.StringIO(text), delimiter=mark))

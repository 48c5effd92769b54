"""A large sheet read strip by strip holds what it holds when read whole, and nothing is opened unseen."""

from __future__ import annotations

import zipfile
from datetime import date

import fastexcel
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import SourceError
from etl.reading.books import strips, workbook
from etl.reading.content import received
from tests.etl.reading.forms import write_raw_xlsx, write_zip, xlsx_row, xlsx_rows

ROWS, SHEET = 60, "xl/worksheets/sheet1.xml"
NUMBERED = xlsx_rows([["NIP", "NAMA", "TAHUN"], *([f"A{row}", "CONTOH", row] for row in range(2, ROWS))])


@pytest.fixture(autouse=True)
def small_strips(monkeypatch):
    """Strips of a few rows: what is large elsewhere is so from the first byte on."""
    monkeypatch.setattr(strips, "STRIP", 700)
    monkeypatch.setattr(strips, "LONGEST", 2800)
    monkeypatch.setattr(strips, "LARGE", 0)


def columns_of(path):
    """The columns as the product reads them, and whether it read them in strips."""
    in_strips = []

    def counted(*asked):
        in_strips.append(False)
        found = strips.read_strips(*asked)
        in_strips.append(True)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "read_strips", counted)
        sheet = workbook.read_workbook(received(path), None)
    return [column.to_pylist() for column in sheet.columns], in_strips[-1]


def whole_columns_of(path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strips, "LARGE", 1 << 40)
        sheet = workbook.read_workbook(received(path), None)
    return [column.to_pylist() for column in sheet.columns]


def changed(folder, part, change):
    """A workbook with one part changed and the ZIP around it whole."""
    path = write_raw_xlsx(folder / "data.xlsx", {"Data": NUMBERED})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return write_zip(path, parts | {part: change(parts[part])})


CELLS = st.one_of(
    st.none(), st.none(), st.just("blank"), st.text("aé<&\"' 1\n!?", max_size=8), st.integers(0, 10**19), st.floats(0, 1e6),
    st.booleans(), st.dates(date(1900, 3, 1), date(2030, 1, 1)), st.just(("=1/0", "#DIV/0!")), st.just(('="a"', "a")),
)  # fmt: skip


@given(
    rows=st.lists(st.tuples(st.integers(1, 4), st.lists(CELLS, max_size=5)), min_size=1, max_size=40),
    start=st.integers(0, 3),
    left=st.integers(0, 2),
    inline=st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sheet_in_strips_is_the_sheet(tmp_path, rows, start, left, inline):
    path, line = tmp_path / "data.xlsx", start
    book = xlsxwriter.Workbook(str(path), {"constant_memory": inline})
    sheet, day = book.add_worksheet("Data"), book.add_format({"num_format": "dd-mm-yyyy"})
    for down, cells in rows:
        for place, cell in enumerate(cells, start=left):
            if cell == "blank":
                sheet.write_blank(line, place, None, day)
            elif isinstance(cell, tuple):
                sheet.write_formula(line, place, cell[0], None, cell[1])
            elif isinstance(cell, date):
                sheet.write_datetime(line, place, cell, day)
            elif cell is not None:
                sheet.write(line, place, cell)
        line += down
    sheet.merge_range(line + 1, 0, line + 2, 1, "akhir")
    book.close()
    found, in_strips = columns_of(path)
    assert in_strips
    assert found == whole_columns_of(path)


def test_a_workbook_of_blanks_is_empty_in_strips_too(tmp_path):
    blanks = "".join(f'<row r="{row}"><c r="B{row}" s="0"/></row>' for row in range(1, ROWS))
    assert columns_of(write_raw_xlsx(tmp_path / "data.xlsx", {"Data": blanks})) == ([], True)


ODD = {
    "rows in another order": NUMBERED + xlsx_row(5, ["B5", "LAIN", 1]),
    "a cell of an earlier row": NUMBERED + f'<row r="{ROWS}"><c r="B3"><v>7</v></c><c r="A{ROWS}"><v>8</v></c></row>',
    "a cell of the row above": NUMBERED
    + "".join(f'<row r="{row}"><c r="B{row - 1}"><v>{row}</v></c></row>' for row in range(ROWS + 1, 2 * ROWS)),
    "a cell of a later row": NUMBERED.replace('<c r="B3"', '<c r="B30"'),
    "rows without numbers": NUMBERED.replace(' r="', ' x="'),
    "rows without attributes": "<row><c><v>1</v></c></row>" * 200,
    "a comment": NUMBERED.replace("CONTOH", "<!-- <row r=\"9\"> -->CONTOH"),
    "raw text": NUMBERED.replace("CONTOH", '<![CDATA[<row r="9">]]>'),
    "a row beyond the last": NUMBERED + '<row r="1048577"/>' * 50,
    "another prefix": NUMBERED.replace("<row", "<x:row").replace("</row", "</x:row"),
}  # fmt: skip


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_rows_that_make_no_strips_are_read_whole(tmp_path, rows):
    path = write_raw_xlsx(tmp_path / "data.xlsx", {"Data": rows})
    found, in_strips = columns_of(path)
    assert not in_strips
    assert found == whole_columns_of(path)
    assert found


@pytest.mark.parametrize("place", [f"XFD{ROWS}", f"aaa{ROWS}", "B1111111111", "AB99999999"])
@pytest.mark.parametrize("large", [0, 1 << 40])
def test_a_far_cell_is_found_before_its_rows_are_opened(tmp_path, monkeypatch, place, large):
    opened, open_book = [], fastexcel.read_excel
    monkeypatch.setattr(strips, "LARGE", large)
    monkeypatch.setattr(fastexcel, "read_excel", lambda packed: opened.append(packed) or open_book(packed))
    far = f'<row r="{ROWS}"><c r="{place}"><v>1</v></c></row>'
    path = write_raw_xlsx(tmp_path / "data.xlsx", {"Data": NUMBERED + far + xlsx_row(ROWS + 1, ["A", "B"])})
    with pytest.raises(SourceError, match="jauh di luar tabel"):
        workbook.read_workbook(received(path), None)
    assert bool(opened[1:]) == (large == 0)
    assert not any(place.encode() in packed for packed in opened)


@pytest.mark.parametrize("kind", ["", ' t="n"'])
def test_a_number_that_has_lost_digits_is_shown_as_such_at_its_row(tmp_path, kind):
    lost = f'<row r="{ROWS}"><c r="A{ROWS}"{kind}><v>189304122014031001</v></c><c r="B{ROWS}"><v>12</v></c></row>'
    path = write_raw_xlsx(tmp_path / "data.xlsx", {"Data": NUMBERED + lost})
    found, in_strips = columns_of(path)
    assert in_strips
    assert [column[ROWS - 1] for column in found] == ["1.89304E+17", "12", None]
    assert found == whole_columns_of(path)


def test_a_long_number_without_a_place_makes_a_sheet_unreadable(tmp_path):
    lost = f'<row r="{ROWS}"><c><v>189304122014031001</v></c></row>'
    with pytest.raises(SourceError, match="tidak terbaca"):
        columns_of(write_raw_xlsx(tmp_path / "data.xlsx", {"Data": NUMBERED + lost}))


def test_a_sheet_without_its_end_is_unreadable(tmp_path):
    path = changed(tmp_path, SHEET, lambda text: text.partition(b"</sheetData>")[0])
    with pytest.raises(SourceError, match="tidak terbaca"):
        columns_of(path)


@pytest.mark.parametrize("start", [b"<chart>", b"<chart of='<sheetData>'>"])
def test_a_chart_is_no_sheet_of_cells(tmp_path, start):
    path = changed(tmp_path, SHEET, lambda text: text.replace(b"<sheetData>", start))
    assert columns_of(path) == ([], False)


def test_a_workbook_in_an_unknown_encoding_is_unreadable(tmp_path):
    path = changed(tmp_path, "xl/workbook.xml", lambda text: b'<?xml version="1.0" encoding="KOI-0"?>' + text)
    with pytest.raises(SourceError, match="tidak terbaca"):
        columns_of(path)


def test_a_damaged_sheet_is_unreadable(tmp_path):
    path = write_raw_xlsx(tmp_path / "data.xlsx", {"Data": NUMBERED})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(SHEET)
    held = bytearray(path.read_bytes())
    at = info.header_offset + info.compress_size // 2
    held[at : at + 20] = b"\xff" * 20
    path.write_bytes(held)
    with pytest.raises(SourceError, match="tidak terbaca"):
        columns_of(path)


def test_texts_that_many_cells_share_are_read_once(tmp_path, monkeypatch):
    path = tmp_path / "data.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    for row in range(ROWS):
        sheet.write(row, 0, f"CONTOH {row}")
    book.close()
    with zipfile.ZipFile(path) as archive:
        shared = archive.getinfo("xl/sharedStrings.xml").file_size
        monkeypatch.setattr(strips, "MOST_SHARED", shared)
        assert strips.fits_strips(archive, SHEET)
        monkeypatch.setattr(strips, "MOST_SHARED", shared - 1)
        assert not strips.fits_strips(archive, SHEET)

"""A workbook of an old form that would keep its reader busy for ever is unreadable."""

from __future__ import annotations

import zipfile

import pytest

from errors import SourceError
from etl.reading.apart import calling
from etl.reading.books.workbook import read_workbook
from etl.reading.content import received
from tests.etl.reading.forms import ods_row, write_ods, write_zip


def test_a_sheet_without_an_end_does_not_keep_its_reader(tmp_path, monkeypatch):
    path = write_ods(tmp_path / "data.ods", {"Data": ods_row(["NIP", "OPD"])})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cut = parts["content.xml"].partition(b"</table:table>")[0]
    monkeypatch.setattr(calling, "MOST_SECONDS", 1)
    with pytest.raises(SourceError, match="tidak terbaca"):
        read_workbook(received(write_zip(path, parts | {"content.xml": cut})), None)

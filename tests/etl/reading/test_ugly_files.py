"""Every ugly file is loaded right or refused with a reason, and docs/ugly_files.md says what is said to each."""

from __future__ import annotations

import os

import pytest

from etl.loading.session import open_session
from settings import ROOT, Settings
from tests.etl.files import nip
from tests.etl.reading import ugly_books, ugly_rows, ugly_texts
from tests.etl.reading.ugly import as_markdown, outcome

PAGE = ROOT / "docs" / "ugly_files.md"
CASES = (*ugly_texts.CASES, *ugly_books.CASES, *ugly_rows.CASES)
told = {}


@pytest.fixture(scope="module")
def one_session(tmp_path_factory):
    """One connection for all files: what one of them leaves behind must not touch the next."""
    folder = tmp_path_factory.mktemp("ugly")
    opened = open_session(Settings(data=folder / "data", key_file=folder / "key"), dry_run=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_an_ugly_file_gets_its_answer(one_session, tmp_path, case):
    code, said = outcome(one_session, case, tmp_path)
    told[case.file] = (case, code, said)
    assert code == case.code, said
    for part in case.expected:
        assert part in said
    assert "CONTOH" not in said
    assert nip(1) not in said
    assert not [letter for letter in said if not letter.isprintable()]
    assert [path.name for path in tmp_path.iterdir()] == [case.file]


def test_no_two_ugly_files_share_a_name():
    assert len({case.file for case in CASES}) == len(CASES)


def test_the_page_says_what_netra_says():
    page = as_markdown(told[case.file] for case in CASES)
    if os.environ.get("NETRA_WRITE_DOCS"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page, "run this file with NETRA_WRITE_DOCS=1"

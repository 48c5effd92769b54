"""A receipt names a build, a question and its rows, and changes with each of them."""

from dataclasses import replace

import pytest

from exports import columns, receipt
from exports.package import answer as package
from metrics.answer import answer
from tests.exports.conftest import CHOSEN, TWINS
from tests.exports.reading import from_csv
from warehouse.selection import Selection


def test_the_rows_of_the_file_give_the_hash_of_the_receipt(result, edition):
    files = package.files(result, edition, TWINS)
    got = receipt.read(files["kuitansi.json"])
    rows = from_csv(files["data.csv"])
    read = {name: [row[name] for row in rows] for name in rows[0]}
    assert receipt.content_hash(read, got.question, got.build_id) == got.content_hash
    assert got == receipt.of(result, edition)
    assert got.rows == len(rows)


def test_a_changed_number_question_or_build_is_another_hash(result, edition, warehouse):
    got = receipt.of(result, edition)
    rows = columns.answered(result)
    changed = {**rows, "headcount": [(value or 0) + 1 for value in rows["headcount"]]}
    assert receipt.content_hash(changed, got.question, got.build_id) != got.content_hash
    assert receipt.content_hash(rows, got.question, "other") != got.content_hash
    asked = replace(got.question, suppress_below=7)
    assert receipt.content_hash(rows, asked, got.build_id) != got.content_hash
    other = receipt.of(answer(warehouse, "alleged_rate", Selection(provinces=("64",)), "government"), edition)
    assert other.content_hash != got.content_hash


def test_the_last_digit_of_a_computed_number_does_not_matter(result, edition):
    got = receipt.of(result, edition)
    rows = columns.answered(result)
    shaken = {**rows, "upper": [x and x * (1 + 2e-16) for x in rows["upper"]]}
    assert receipt.content_hash(shaken, got.question, got.build_id) == got.content_hash


def test_the_short_form_leads_back(result, edition):
    got = receipt.of(result, edition)
    assert receipt.parsed(got.short) == (edition.build.build_id, got.content_hash[:12])
    assert got.question.selection == dict(sorted(CHOSEN.as_query().items()))


@pytest.mark.parametrize(
    "text", ["", "x", "b:12", "b:GGGGGGGGGGGG", "../x:0123456789ab", "b:0123456789ab\n;"]
)
def test_what_is_no_receipt_is_none(text):
    assert receipt.parsed(text) is None


@pytest.mark.parametrize("content", [b"{}", b"[]", b"no json", b'{"question": {}}'])
def test_a_broken_file_is_a_value_error(content):
    with pytest.raises(ValueError):
        receipt.read(content)

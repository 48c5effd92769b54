"""Every export equals the screen: what is read back from each form is the answer, and its table as shown."""

import csv
import io
import itertools
import random
import zipfile
from datetime import date

import pytest

from exports import columns, offer
from exports.offer import Shape
from exports.rendered import FORMS
from language import LANGUAGES, words
from metrics.definition import definition, definitions
from tests.exports.reading import READERS
from ui import download, results
from ui.showing import tables
from ui.showing.tables import Table
from warehouse.selection import Selection

FILTERS = {
    "all": Selection(),
    "province": Selection(provinces=("64",)),
    "government": Selection(governments=("6472",)),
    "election": Selection(elections=("PILKADA2024",)),
    "days": Selection(since=date(2023, 1, 1), until=date(2024, 12, 31)),
    "employment": Selection(employment=("PNS",)),
    "status": Selection(statuses=("decided", "effective")),
    "places and elections": Selection(provinces=("63", "64"), elections=("PEMILU2024", "PILKADA2024")),
}
AXES = {
    "metric": tuple(definitions()),
    "by": offer.LEVELS,
    "period": offer.PERIODS,
    "group": (0, 1, 2),
    "filter": tuple(FILTERS),
    "lang": LANGUAGES,
    "form": (*FORMS, "zip"),
}
"""Choices of a download; a group is none, the first or the last that its metric offers there."""


def pairs_of(case):
    return set(itertools.combinations(sorted(case.items()), 2))


def covering(seed=1):
    """Cases in which every two choices of different axes meet; built greedily, always the same."""
    chance = random.Random(seed)
    missing = {
        tuple(sorted(((a, x), (b, y))))
        for a, b in itertools.combinations(AXES, 2)
        for x in AXES[a]
        for y in AXES[b]
    }
    cases = []
    while missing:
        fixed = dict(min(missing, key=str))
        tried = [{name: chance.choice(values) for name, values in AXES.items()} | fixed for _ in range(40)]
        best = max(tried, key=lambda case: len(pairs_of(case) & missing))
        missing -= pairs_of(best)
        cases.append(best)
    return cases


def asked(case):
    """The answer of a case; a group that is not offered there is left away."""
    metric = definition(case["metric"])
    offered = offer.groups(metric, case["by"], case["period"])
    group = (None, *offered[:1], *offered[-1:])[min(case["group"], len(offered))]
    assert offer.offered(metric, Shape(case["by"], case["period"], group))
    return results.of(case["metric"], FILTERS[case["filter"]], case["by"], case["period"], group)


def made(result, name):
    if name == "zip":
        return download.archive(result)
    return FORMS[name].make(result, download.edition(), columns.of(result, results.suppress_below()))


def unpack(result):
    with zipfile.ZipFile(io.BytesIO(download.archive(result))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"))))


def test_the_array_covers_every_pair():
    met = set().union(*(pairs_of(case) for case in covering()))
    for a, b in itertools.combinations(AXES, 2):
        assert all(tuple(sorted(((a, x), (b, y)))) in met for x in AXES[a] for y in AXES[b])


@pytest.mark.parametrize("case", covering(), ids=lambda case: "-".join(str(part) for part in case.values()))
def test_every_export_equals_the_answer_and_the_table_on_the_screen(over, case):
    result, form = asked(case), case["form"]
    if form in FORMS and FORMS[form].levels and result.by not in FORMS[form].levels:
        form = "csv"
    rows = READERS[form](made(result, form))
    frame = result.frame
    assert len(rows) == len(frame)
    for name in frame.columns:
        cells = zip(frame[name].astype(object), frame[name].isna(), strict=True)
        told = [None if gap else value.date() if hasattr(value, "date") else value for value, gap in cells]
        if form == "xlsx" and frame[name].dtype == "Float64":
            # A workbook keeps fifteen digits of a number.
            told = [x and float(format(x, ".15g")) for x in told]
        assert [row[name] for row in rows] == told, name
    shown = tables.of_result(words(case["lang"]), result)
    assert len(shown.rows) == len(rows)
    assert [line[0] for line in shown.rows] == [row["unit_name"] for row in rows]
    reasons = [row[f"reason_{case['lang']}"] for row in rows]
    notes = [line[-1] for line in shown.rows]
    assert all(note == reason for note, reason in zip(notes, reasons, strict=True) if note)


@pytest.mark.parametrize("by", ["government", "agency"])
def test_the_table_files_equal_the_tables_on_the_screen(over, by):
    result = results.of("alleged_rate", FILTERS["province"], by, "election")
    files = unpack(result)
    for lang, name in (("id", "tabel.csv"), ("en", "table.csv")):
        shown = tables.of_result(words(lang), result)
        assert read(files[name]) == [list(shown.head), *map(list, shown.rows)]


def test_suppressed_figures_are_in_no_file(over):
    result = results.of("alleged_rate", FILTERS["places and elections"], "government")
    hidden = set(result.frame.loc[result.frame["suppressed"], "unit_id"])
    assert hidden
    for form in READERS:
        rows = [row for row in READERS[form](made(result, form)) if row["unit_id"] in hidden]
        assert {row["unit_id"] for row in rows} == hidden
        assert all(row["events"] is None and row["estimate"] is None for row in rows)
        assert {row["state"] for row in rows} == {"suppressed"}


def test_the_same_view_gives_the_same_bytes_in_any_language(over):
    result = results.of("alleged_rate", FILTERS["province"])
    assert download.archive(result) == download.archive(result)


def test_a_table_as_shown_is_inert_and_opens_in_a_spreadsheet():
    shown = Table("t", ("a", "b"), (("=1+1", tables.Link("text", "https://example.org")),))
    content = download.as_csv(shown)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content.removeprefix(b"\xef\xbb\xbf")) == [["a", "b"], ["'=1+1", "https://example.org"]]

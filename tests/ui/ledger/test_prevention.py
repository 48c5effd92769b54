"""Preventive activities on the page: what is counted, what is withheld, what is not said."""

import csv
import io
from datetime import date

import pytest

from language import words
from tests import builders
from tests.pages.test_published import lists
from ui import download
from ui.ledger import prevention
from ui.results import Look
from ui.showing.tables import Link
from warehouse.selection import Selection

W, EN = words("id"), words("en")
VOTE = "Simultaneous regional head elections 2024"


@pytest.fixture
def listed(tmp_path, monkeypatch):
    builders.build(tmp_path, lists(), build_id="listed-2")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))


def cells(table, head):
    return [row[table.head.index(head)] for row in table.rows]


def test_without_a_list_there_is_nothing_to_choose(tmp_path, monkeypatch):
    builders.build(tmp_path, builders.example_rows(), build_id="none-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    assert list(prevention.views(W)) == ["all", "checks"]
    assert prevention.table(W, Selection()).rows == prevention.counts(W, Selection()).rows == ()


@pytest.mark.usefixtures("listed")
class TestListed:
    def test_activities_are_counted_by_government_election_and_kind(self):
        table = prevention.counts(EN, Selection())
        assert [row[:7] for row in table.rows] == [
            ("Mempawah", VOTE, "Circular or instruction", "1", "0", day(2024), day(2024)),
            ("Samarinda", VOTE, "Socialisation", "2", "1", day(2024), day(2024)),
            ("Samarinda", VOTE, "Pledge", "1", "0", day(2024), day(2024)),
            ("Samarinda", "Outside of any election", "Socialisation", "1", "0", "2022‑02‑01", "2022‑02‑01"),
        ]  # fmt: skip

    def test_the_counts_add_up_to_the_list_and_to_the_figure(self):
        listed = len(prevention.table(EN, Selection()).rows)
        counts = sum(int(cell) for cell in cells(prevention.counts(EN, Selection()), "Activities"))
        assert list(prevention.views(EN)) == ["all", "checks", "prevention"]
        told, (drawn, alt) = prevention.make(Look("en", "light"), Selection())
        assert told == prevention.told(EN, Selection())
        shown = [cell for line in drawn["data"][0]["text"] for cell in line if cell != "–"]
        assert listed == counts == sum(map(int, shown)) == 5
        assert alt.startswith("Listed activities by election (5 in all): ")

    def test_what_is_not_stated_is_not_zero_and_few_persons_are_withheld(self):
        table = prevention.table(EN, Selection())
        stated = sorted(cells(table, "Participants"))
        assert stated == ["120", "120", "1–4", "not stated", "not stated"]
        assert cells(table, "Signatures").count("0") == 1
        assert cells(table, "Signatures").count("not stated") == 4

    def test_every_activity_names_its_day_and_leads_to_its_source(self):
        table = prevention.table(EN, Selection(provinces=("64",)))
        assert cells(table, "Day")[0] == "2022‑02‑01"
        assert set(cells(table, "Source")) == {Link("Bawaslu <Kaltim>", "https://example.org/a")}
        (circular,) = prevention.table(EN, Selection(governments=("6102",))).rows
        assert {"Bawaslu <Kaltim>", "100.3/12/2024", "not known"} <= set(circular)

    @pytest.mark.parametrize(
        ("chosen", "rows"),
        [
            (Selection(governments=("6102",)), 1),
            (Selection(provinces=("64",)), 4),
            (Selection(elections=("PILKADA2024",)), 4),
            (Selection(since=date(2024, 1, 1)), 4),
            (Selection(until=date(2024, 1, 1)), 1),
            (Selection(elections=("PEMILU2019",)), 0),
        ],
    )
    def test_places_elections_and_days_narrow_it(self, chosen, rows):
        assert len(prevention.rows(chosen)) == rows
        assert "bukan berarti" in prevention.told(W, chosen)

    def test_no_activity_stands_beside_a_case_or_a_rate(self):
        for table in (prevention.counts(EN, Selection()), prevention.table(EN, Selection())):
            heads = " ".join(table.head).lower()
            assert not any(word in heads for word in ("case", "rate", "alleged", "per 1"))

    def test_the_download_is_the_table_with_its_addresses(self):
        table = prevention.table(EN, Selection())
        read = list(csv.reader(io.StringIO(download.as_csv(table).decode("utf-8-sig"))))
        assert tuple(read[0]) == table.head
        assert len(read) == 6
        assert sum("https://example.org/a" in row for row in read) == 4
        assert read[1][0] == "2022-02-01"
        assert not any("120" in row and "3" in row for row in read)


def day(year):
    return f"{year}‑10‑03"


@pytest.mark.parametrize("kind", builders.tables()["core_source"]["kind"]["values"])
def test_every_kind_of_file_has_a_name_on_the_method_page(kind):
    assert W(f"ui.sources.kinds.{kind}") != EN(f"ui.sources.kinds.{kind}")


def test_simulated_activities_say_so(tmp_path, monkeypatch):
    builders.build(tmp_path, lists(is_simulated=True), build_id="listed-3")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    assert set(cells(prevention.table(EN, Selection()), "Origin")) == {EN("ui.simulated")}
    assert set(cells(prevention.counts(EN, Selection()), "Origin")) == {EN("ui.simulated")}

"""The ledger over the published facts alone (nothing loaded), and over small registers, real and simulated."""

import pytest

from etl.building.build import build
from language import words
from settings import Settings
from tests import builders
from ui.ledger import compared, coverage, known, loaded, page, sums, workforce
from ui.results import Look
from ui.topics import evidence
from warehouse.selection import Selection

W, EN = words("id"), words("en")
NOTHING = Selection(governments=("6102",), elections=("PILKADA2015",))


@pytest.fixture(scope="session")
def facts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    build(Settings(data=folder, key_file=folder / "key"))
    return folder


@pytest.fixture
def nothing_loaded(facts, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(facts))


def column(table, head):
    place = table.head.index(head)
    return [row[place] for row in table.rows]


@pytest.mark.usefixtures("nothing_loaded")
class TestFacts:
    def test_all_of_kalimantan_is_told_with_its_gaps(self):
        shown = page.make(Look("en", "light"), Selection())
        checked = page.check("en", Selection())
        assert "3 do not hold" in checked.sums_told
        assert checked.coverage_told.startswith("54 of 61 governments have a published figure")
        assert "known: 51% of the last figure came to light later" in shown.timeline[1]
        assert "325 pairs" in shown.compared_told

    def test_one_government(self):
        chosen = Selection(governments=("6474",))
        assert set(column(compared.table(EN, chosen), "Area")) == {"Kota Bontang"}
        assert page.check("id", chosen).coverage_told.startswith("1 dari 1 pemerintah")
        assert column(coverage.table(EN, chosen), "Government") == ["Bontang"]

    def test_a_filter_that_leaves_nothing_says_so(self):
        shown, checked = page.make(Look("id", "light"), NOTHING), page.check("id", NOTHING)
        assert shown.compared_told == W("ledger.compared.none")
        assert checked.sums_told == W("ledger.sums.none")
        assert shown.timeline[1] == W("ledger.timeline.none")
        assert checked.sums.rows == compared.table(W, NOTHING).rows == known.table(W, NOTHING).rows == ()
        assert checked.coverage_told.startswith("0 dari 1 pemerintah")

    def test_no_figure_is_written_as_none_and_never_as_zero(self):
        table = coverage.table(EN, Selection(provinces=("61",)))
        mempawah = dict(zip(table.head, next(row for row in table.rows if row[0] == "Mempawah"), strict=True))
        assert len(coverage.table(EN, Selection()).rows) == 61
        assert set(mempawah.values()) <= {"Mempawah", "No figure (not zero)", "Did not vote"}

    def test_coverage_runs_by_voting_day(self):
        heads = coverage.table(EN, Selection()).head[1:]
        years = [int(head[-4:]) for head in heads if head[-4:].isdigit()]
        assert years == sorted(years)

    def test_a_pair_shows_both_figures_with_unit_cut_off_difference_and_reasons(self):
        table = compared.table(EN, Selection(provinces=("63",), elections=("PEMILU2019",)))
        row = dict(zip(table.head, table.rows[0], strict=True))
        assert row["Earlier"].startswith("4 ") and row["Earlier"].endswith("NV169")
        assert row["Later"].endswith("NV170")
        assert (row["Relation"], row["Difference"], row["Of the earlier"]) == ("differ", "-3", "-75%")
        assert row["What sets them apart"] == "no column explains it"

    def test_what_cannot_be_compared_has_no_difference_but_a_reason(self):
        table = compared.table(EN, Selection())
        apart = [row for row in table.rows if row[table.head.index("Relation")] == "not comparable"]
        assert len(apart) > 100
        assert {row[table.head.index("Difference")] for row in apart} == {"–"}
        assert all(row[-1] != "–" for row in apart)

    def test_sums_name_both_numbers_and_their_source(self):
        table = sums.every(EN, Selection())
        first = dict(zip(table.head, table.rows[0], strict=True))
        assert (first["Figure"], first["Stated"], first["Computed"]) == ("NV045", "1,223", "1,252")
        assert first["Source"].address.startswith("https://")
        assert column(table, "Result").count("does not hold") == 3

    def test_the_table_of_the_timeline_has_every_point_of_the_figure(self):
        totals = known.totals(EN, evidence.figures(Selection()))
        assert len(known.table(EN, Selection()).rows) == len(totals)
        assert totals["election_code"].nunique() == 1
        assert (totals.groupby("strip")["day"].apply(lambda days: days.is_monotonic_increasing)).all()

    def test_the_published_workforce_keeps_its_date_and_source(self):
        table = workforce.table(EN, Selection(governments=("64",)))
        assert "14,662" in column(table, "All civil servants")
        assert all(cell for cell in column(table, "As of"))
        told = workforce.told(
            EN, workforce.figures(Selection(governments=("64",))), Selection(governments=("64",))
        )
        assert "about 1 of the governments; for 0 governments" in told

    def test_without_a_register_nothing_is_put_beside_the_figures(self):
        assert loaded.standing().reason == "no_register"
        assert "bukan nol" in loaded.lead(W, loaded.standing())


def register(simulated):
    """Two governments with a figure each: seven and two persons in the registers."""
    figure = {
        "scope": "regency", "area_kind": "regency", "election_code": "PILKADA2024", "stage": "reported",
        "unit": "persons", "known_on": builders.AS_OF, "known_by": "cut_off", "is_cumulative": True,
    }  # fmt: skip
    places = (("NV001", "6472", "Kota Samarinda", 9), ("NV002", "6402", "Kabupaten Kutai Kartanegara", 3))
    known_figures = [
        figure | {"figure_id": number, "area_code": code, "area_name": name, "count": count}
        for number, code, name, count in places
    ]
    core = [
        {"figure_id": number, "scope": "regency", "province_code": "64", "regency_code": code, "unit": "persons",
         "government_name": name, "election_code": "PILKADA2024", "count": count, "url": "https://example.org"}
        for number, code, name, count in places
    ]  # fmt: skip
    cases = [
        builders.case(code, is_simulated=simulated)
        # Two governments of few cases guard each other.
        for code, count in (("6472", 7), ("6402", 2), ("6403", 3))
        for _ in range(count)
    ]
    source = {"source_id": "S1", "kind": "cases", "is_simulated": simulated}
    return {
        "mart_case": cases, "mart_published_figure": known_figures, "core_published_figure": core, "core_source": [source],
    }  # fmt: skip


def test_real_registers_are_put_beside_the_figures_and_small_counts_are_withheld(tmp_path, monkeypatch):
    builders.build(tmp_path, register(simulated=False), build_id="real-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    assert loaded.standing().comparable
    table = loaded.table(EN, Selection())
    samarinda, kutai = (dict(zip(table.head, row, strict=True)) for row in table.rows)
    assert (samarinda["Published"], samarinda["Loaded registers"]) == ("9", "7")
    assert (samarinda["Difference"], samarinda["Of the register"]) == ("+2", "+29%")
    assert kutai["Published"] == "3"
    assert kutai["Loaded registers"] == kutai["Difference"] == "withheld"
    assert kutai["Of the register"] == "–"


def test_simulated_registers_are_not_compared_with_real_figures(tmp_path, monkeypatch):
    builders.build(tmp_path, register(simulated=True), build_id="simulated-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    assert loaded.standing().reason == "simulated"
    assert "Data simulasi" in loaded.lead(W, loaded.standing())
    assert loaded.table(W, Selection()).rows == ()

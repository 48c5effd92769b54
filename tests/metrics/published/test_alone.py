"""The public's answers rest on the protected table alone: the cells they name, and not one row of a person."""

import shutil

import duckdb
import pytest

from errors import WarehouseError
from metrics.answer import answer
from metrics.between.strata import asked, expectation
from metrics.definition import definition
from metrics.published import cells
from tests import builders
from tests.metrics.test_oracle import WAYS
from warehouse.access.sealed import PER_PERSON
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

# Selections, and how many cells and told rows there are at least in all answers, so that something is looked at.
WISHES = [
    (Selection(), 1000, 150),
    (Selection(provinces=("64",), elections=("PILKADA2024",)), 150, 15),
    (Selection(provinces=("64",), employment=("PPPK", "unknown")), 30, 5),
    (Selection(agencies=("6472-dinas-pendidikan", "64-rsud")), 10, 5),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return builders.build(tmp_path_factory.mktemp("alone"), builders.example_rows())


class Noted(dict):
    """A table's cells of one place and period, which notes those that are looked at."""

    def __init__(self, key, found, seen):
        super().__init__(found)
        self.key, self.seen = key, seen

    def __getitem__(self, name):
        self.seen.add((*self.key, name))
        return super().__getitem__(name)


def noting(built):
    """The public's warehouse, its cells by level, place and period, and the cells that are looked at."""
    warehouse, seen = open_warehouse(built), set()
    table = cells.published(warehouse).cells
    noted = cells.Published({key: Noted(key, found, seen) for key, found in table.items()})
    warehouse._facts["metrics.published.cells"] = noted
    return warehouse, table, seen


def cells_of(warehouse, sql):
    """Rows of the protected table that a question returns, by their key."""
    rows = warehouse.backend().run(sql).to_pylist()
    return {(row["level"], row["place_code"], row["period"], row["measure"]): row for row in rows}


@pytest.mark.parametrize(("wish", "fewest", "told"), WISHES)
def test_the_question_shown_returns_every_cell_that_was_looked_at(built, wish, fewest, told):
    warehouse, table, seen = noting(built)
    looked_at = shown = 0
    for way in WAYS:
        seen.clear()
        result = answer(warehouse, way[0], wish, *way[1:])
        found = cells_of(warehouse, result.sql[0])
        assert seen <= set(found), (way, seen - set(found))
        for level, place, period, measure in seen:
            row = found[level, place, period, measure]
            most = float("inf") if row["most"] is None else row["most"]
            assert (row["least"], most) == table[level, place, period][measure]
            assert row["state"] != "published" or row["persons"] == row["least"] == row["most"]
        looked_at, shown = looked_at + len(seen), shown + int((result.frame["refusal"] == "none").sum())
    assert (looked_at >= fewest) and (shown >= told)
    warehouse.close()


@pytest.mark.parametrize("metric_id", ["alleged_rate", "recommended_rate"])
def test_an_expectation_shows_every_stratum_that_it_rests_on(built, metric_id):
    warehouse, _, seen = noting(built)
    expectation(warehouse, definition(metric_id), Selection(), "government")
    total = answer(warehouse, metric_id, Selection(), "kalimantan")
    cells, staff = asked(warehouse, metric_id, "government")
    shown = {**cells_of(warehouse, cells.shown), **cells_of(warehouse, total.sql[0])}
    assert len(seen) > 40 and seen <= set(shown)
    assert "mart_workforce_stratum" in staff.sql
    warehouse.close()


@pytest.fixture(scope="module")
def stripped(tmp_path_factory, built):
    """The same build after every table with a row per person has been emptied."""
    folder = tmp_path_factory.mktemp("stripped")
    shutil.copytree(built.data, folder, dirs_exist_ok=True)
    settings = type(built)(data=folder, key_file=built.key_file)
    with duckdb.connect(str(next(settings.build.glob("warehouse-*.duckdb")))) as connection:
        for name in PER_PERSON:
            connection.execute(f"DELETE FROM {name}")
    return settings


@pytest.mark.parametrize("wish", [wish for wish, _, _ in WISHES])
def test_without_a_single_person_in_the_file_every_answer_is_the_same(built, stripped, wish):
    first, other = open_warehouse(built), open_warehouse(stripped)
    for way in WAYS:
        one, two = (answer(warehouse, way[0], wish, *way[1:]) for warehouse in (first, other))
        assert one.frame.equals(two.frame), way
        assert (one.caveats, one.coverage, one.events_out_of_scope, one.is_simulated, one.as_of, one.sql) == (
            two.caveats, two.coverage, two.events_out_of_scope, two.is_simulated, two.as_of, two.sql,
        )  # fmt: skip
    first.close()
    other.close()


def test_the_public_cannot_ask_for_persons_at_all(built):
    warehouse = open_warehouse(built)
    with pytest.raises(WarehouseError, match="not open"):
        warehouse.backend().get_schema("mart_case")
    with pytest.raises(duckdb.Error, match="does not exist"):
        warehouse.backend().con.execute("SELECT count(*) FROM mart_case").fetchall()
    warehouse.close()

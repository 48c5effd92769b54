"""Tables are those of the dictionary, and rows come back with its types."""

import pytest

from errors import DefinitionError, WarehouseError
from settings import Settings
from tests import builders
from warehouse import dictionary as dictionary_module
from warehouse.dictionary import Column, dictionary
from warehouse.tables import fetch, table


def test_the_dictionary_knows_every_column():
    assert set(dictionary()) == set(builders.tables())
    assert dictionary()["mart_case"]["is_decided"] == Column("BOOLEAN", False, ())
    assert dictionary()["core_sanction"]["severity"].nullable
    assert dictionary()["mart_workforce"]["employment_type"].values == ("PNS", "PPPK")


@pytest.mark.parametrize("content", [None, "tables: [", "tables: {core_region: {}}", "- a list"])
def test_a_broken_dictionary_is_named(tmp_path, monkeypatch, content):
    (tmp_path / "reference").mkdir()
    if content:
        (tmp_path / "dictionary.yml").write_text(content)
    monkeypatch.setattr(Settings, "reference", property(lambda self: tmp_path / "reference"))
    with pytest.raises(DefinitionError, match=r"data/dictionary\.yml"):
        dictionary_module.dictionary.__wrapped__()


def test_a_table_that_nobody_described_is_refused(warehouse):
    for name in ("mart_secret", "mart_case; DROP TABLE mart_case", "sqlite_master"):
        with pytest.raises(WarehouseError, match="No such table"):
            table(warehouse.backend(), name)


def test_rows_have_the_expressions_types_and_the_sql_is_told(warehouse):
    cases = table(warehouse.backend(), "mart_workforce")
    found, sql = fetch(warehouse.backend(), cases.group_by("as_of").agg(headcount=cases.headcount.sum()))
    assert [str(kind) for kind in found.schema.types] == ["date32[day]", "int64"]
    assert sql.startswith("SELECT")

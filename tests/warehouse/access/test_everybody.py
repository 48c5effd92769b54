"""However SQL is written, the public's connection does not have the tables that nobody is shown."""

import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest

from errors import WarehouseError
from tests import builders
from tests.warehouse.access.test_own import world
from warehouse.access.sealed import CLOSED, PER_PERSON
from warehouse.connection import open_warehouse

CATALOG = f"warehouse-{builders.BUILD_ID}"
SPELLINGS = (
    "{name}",
    '"{name}"',
    "{upper}",
    "main.{name}",
    'main."{upper}"',
    '"{catalog}".{name}',
    '"{catalog}".main.{name}',
    '"{catalog}"."main"."{name}"',
    '"{shouted}".MAIN.{upper}',
    "temp.{name}",
    "memory.main.{name}",
    "query_table('{name}')",
    """query('SELECT * FROM "{catalog}".main.{name}')""",
    "pragma_table_info('{name}')",
    "pragma_storage_info('{name}')",
)
ASKED = ("SELECT * FROM {}", "SELECT count(*) FROM {}", "WITH a AS (FROM {}) FROM a", "DESCRIBE (FROM {})")


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    opened = open_warehouse(builders.build(tmp_path_factory.mktemp("everybody"), world(), k=None))
    yield opened.backend().con
    opened.close()


@pytest.mark.parametrize("name", sorted(CLOSED))
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_a_closed_table_and_each_reaches_an_open_one(con, name, spelling):
    def written(table):
        return spelling.format(name=table, upper=table.upper(), catalog=CATALOG, shouted=CATALOG.upper())

    for asked in ASKED:
        with pytest.raises(duckdb.Error):
            con.execute(asked.format(written(name))).fetchall()
    if not spelling.startswith(("temp", "memory")):
        assert con.execute(f"SELECT count(*) FROM {written('core_region')}").fetchone()[0] > 0, (
            "a real spelling"
        )


@pytest.mark.parametrize(
    "listing",
    [
        "SELECT table_name FROM information_schema.tables",
        "SELECT table_name FROM information_schema.columns",
        "SELECT table_name FROM duckdb_tables()",
        "SELECT table_name FROM duckdb_columns()",
        "SELECT view_name FROM duckdb_views()",
        "SELECT name FROM (SHOW ALL TABLES)",
        "SELECT name FROM sqlite_master",
        "SELECT relname FROM pg_catalog.pg_class",
    ],
)
def test_no_listing_names_a_closed_table(con, listing):
    named = {row[0] for row in con.execute(listing).fetchall()}
    assert not named & CLOSED
    if "view" not in listing:
        assert "mart_workforce" in named


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH '{path}' AS again (READ_ONLY)",
        "SELECT * FROM '{path}'",
        "SELECT * FROM read_duckdb('{path}', table_name = 'core_case')",
        "SELECT * FROM read_blob('{path}')",
        "COPY mart_case TO '{path}.csv'",
        "COPY (FROM mart_case) TO '/dev/stdout'",
        "EXPORT DATABASE '{path}.folder'",
        'COPY FROM DATABASE "{catalog}" TO memory',
        "IMPORT DATABASE '{path}.folder'",
        'DETACH "{catalog}"',
        "CREATE TABLE core_case AS SELECT 1",
        "DELETE FROM mart_case",
        "SET enable_external_access = true",
        "RESET lock_configuration",
    ],
)
def test_the_file_is_out_of_reach_and_nothing_can_be_written(con, tmp_path, sql):
    built = builders.build(tmp_path, world(), k=None)
    path = next(built.build.glob("*.duckdb"))
    with pytest.raises(duckdb.Error):
        con.execute(sql.format(path=path, catalog=CATALOG)).fetchall()


def test_the_copy_has_no_name_and_the_built_file_is_as_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "room"))
    (tmp_path / "room").mkdir()
    built = builders.build(tmp_path / "data", world(), k=None)
    path = next(built.build.glob("*.duckdb"))
    before = path.read_bytes()
    opened = open_warehouse(built)
    assert list((tmp_path / "room").iterdir()) == []
    assert path.read_bytes() == before
    with duckdb.connect(str(path), read_only=True) as whole:
        assert {
            name for (name,) in whole.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        } >= PER_PERSON
    assert opened.backend().con.execute("SELECT count(*) FROM mart_workforce").fetchone()[0] > 0
    opened.close()


def test_without_room_for_the_copy_the_warehouse_is_not_opened(tmp_path, monkeypatch):
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "room"))
    (tmp_path / "room").mkdir()
    built = builders.build(tmp_path / "data")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(WarehouseError, match="cannot be opened"):
        open_warehouse(built)
    assert list((tmp_path / "room").iterdir()) == []

"""The door: found by its pointer, refused with a cure, read-only, one connection per thread."""

import threading
from dataclasses import replace

import duckdb
import pytest

from errors import WarehouseError
from metrics.answer import answer
from settings import Settings
from tests import builders
from warehouse import reference
from warehouse.connection import RECENT, current_version, open_warehouse
from warehouse.selection import Selection
from warehouse.tables import fetch, table


def rows(warehouse):
    return fetch(warehouse.backend(), table(warehouse.backend(), "mart_workforce"))[0].num_rows


def test_the_pointer_names_the_version(tmp_path):
    settings = builders.build(tmp_path, build_id="2024-a1")
    assert current_version(settings) == "2024-a1"
    warehouse = open_warehouse(settings)
    assert warehouse.version == "2024-a1"
    assert warehouse.path == settings.build / "warehouse-2024-a1.duckdb"


def test_a_new_pointer_is_a_new_version_and_leaves_open_readers_alone(tmp_path):
    settings = builders.build(tmp_path, {"mart_workforce": [builders.heads(5)]}, build_id="a")
    old = open_warehouse(settings)
    builders.build(tmp_path, {"mart_workforce": [builders.heads(5), builders.heads(6)]}, build_id="b")
    new = open_warehouse(settings)
    assert (current_version(settings), old.version, new.version) == ("b", "a", "b")
    assert (rows(old), rows(new)) == (1, 2)


def test_a_warehouse_may_be_opened_twice(tmp_path):
    settings = builders.build(tmp_path, {"mart_workforce": [builders.heads(5)]})
    assert [rows(open_warehouse(settings)) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize(
    "pointer", [None, "", "\n", "warehouse-x.duckdb", "../warehouse-x.duckdb", "other.duckdb", "/etc/passwd"]
)
def test_without_a_warehouse_the_cure_is_make_data(tmp_path, pointer):
    settings = Settings(data=tmp_path)
    settings.build.mkdir()
    if pointer is not None:
        (settings.build / "current").write_text(pointer)
    with pytest.raises(WarehouseError) as caught:
        open_warehouse(settings)
    assert caught.value.cure == "Run: make data"
    assert caught.value.exit_code == 13


def test_a_pointer_that_is_no_text_is_refused(tmp_path):
    settings = builders.build(tmp_path)
    (settings.build / "current").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WarehouseError, match="no warehouse yet"):
        current_version(settings)


def test_a_file_that_is_no_warehouse_is_refused(tmp_path):
    settings = builders.build(tmp_path)
    (settings.build / f"warehouse-{builders.BUILD_ID}.duckdb").write_bytes(b"half a file" * 1000)
    with pytest.raises(WarehouseError, match="cannot be opened"):
        open_warehouse(settings)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("DROP TABLE mart_workforce", "mart_workforce"),
        ("ALTER TABLE core_election DROP COLUMN window_end_on", "core_election"),
    ],
)
def test_a_file_older_than_the_code_is_refused(tmp_path, change, where):
    settings = builders.build(tmp_path)
    with duckdb.connect(str(settings.build / f"warehouse-{builders.BUILD_ID}.duckdb")) as connection:
        connection.execute(change)
    with pytest.raises(WarehouseError) as caught:
        open_warehouse(settings)
    assert (caught.value.where, caught.value.cure) == (where, "Run: make data")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (i INTEGER)",
        "INSERT INTO mart_workforce SELECT * FROM mart_workforce",
        "DELETE FROM mart_workforce",
        "ATTACH '/tmp/other.duckdb'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "COPY mart_workforce TO '/tmp/copy.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET TimeZone = 'Asia/Makassar'",
        "SET lock_configuration = false",
    ],
)
def test_nothing_but_reading_is_possible(warehouse, sql):
    with pytest.raises(duckdb.Error):
        warehouse.backend().con.execute(sql)
    assert rows(warehouse) > 0


def test_python_variables_are_no_tables(warehouse):
    secret = builders.tables()  # noqa: F841 - a query must not see it
    with pytest.raises(duckdb.Error):
        warehouse.backend().con.execute("SELECT * FROM secret")


def test_eight_threads_each_get_their_own_connection_and_the_right_answer(full):
    warehouse = full
    wishes = [Selection(governments=(code,)) for code in ("64", "6472", "6402", "6171", "61")]
    expected = {wish: answer(warehouse, "alleged_persons", wish, by="kalimantan").sql for wish in wishes}
    counts = {wish: rows_of(warehouse, wish) for wish in wishes}
    wrong, backends = [], set()

    def work():
        backends.add(id(warehouse.backend()))
        barrier.wait()
        for n in range(20):
            wish = wishes[n % len(wishes)]
            if rows_of(warehouse, wish) != counts[wish]:
                wrong.append(wish)
            if answer(warehouse, "alleged_persons", wish, by="kalimantan").sql != expected[wish]:
                wrong.append(wish)

    barrier = threading.Barrier(8)
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(backends) == 8
    assert len(set(counts.values())) == len(wishes)


def rows_of(warehouse, wish):
    return fetch(warehouse.backend(), wish.apply(table(warehouse.backend(), "mart_case")))[0].num_rows


def test_a_thread_keeps_its_connection(warehouse):
    assert warehouse.backend() is warehouse.backend()


def test_a_fact_is_computed_once(warehouse):
    calls = []
    assert [warehouse.once("fact", lambda: calls.append(1) or "found") for _ in range(3)] == ["found"] * 3
    assert calls == [1]


def test_only_the_last_answers_are_kept(warehouse):
    calls = []
    for n in [*range(RECENT + 1), RECENT, 0]:
        assert warehouse.recent(n, lambda n=n: calls.append(n) or n) == n
    assert calls == [*range(RECENT + 1), 0]


def test_a_closed_warehouse_says_so(tmp_path):
    warehouse = open_warehouse(builders.build(tmp_path))
    warehouse.backend()
    warehouse.close()
    with pytest.raises(duckdb.Error):
        warehouse.backend().con.execute("SELECT 1")
    found = []

    def ask():
        try:
            warehouse.backend()
        except WarehouseError as error:
            found.append(error.what)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == ["This warehouse was closed."]


@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option:pandas.errors.Pandas4Warning")
def test_another_engine_is_named_by_its_address(warehouse, tmp_path):
    settings = builders.copy_to_sqlite(warehouse, tmp_path / "copy.sqlite")
    assert current_version(settings) == "engine"
    other = open_warehouse(settings)
    assert (other.version, other.path) == (builders.BUILD_ID, None)
    other.close()


def test_an_engine_that_lacks_the_tables_is_refused(tmp_path):
    empty = Settings(data=tmp_path, engine_url=f"sqlite://{tmp_path / 'empty.sqlite'}")
    with pytest.raises(WarehouseError, match="lacks this table"):
        open_warehouse(empty)


@pytest.mark.parametrize("url", ["nothing://host/secret-password", "secret-password"])
def test_an_engine_that_cannot_be_reached_does_not_tell_the_password(tmp_path, url):
    with pytest.raises(WarehouseError) as caught:
        open_warehouse(replace(Settings(data=tmp_path), engine_url=url))
    assert caught.value.where == "NETRA_ENGINE_URL"
    assert "secret" not in str(caught.value)


def test_an_earlier_build_is_opened_by_its_name(tmp_path):
    settings = builders.build(tmp_path, {"mart_workforce": [builders.heads(5)]}, build_id="a")
    builders.build(tmp_path, {"mart_workforce": [builders.heads(5), builders.heads(6)]}, build_id="b")
    assert rows(open_warehouse(settings, "a")) == 1
    with pytest.raises(WarehouseError):
        open_warehouse(settings, "c")


def test_an_earlier_build_may_lack_tables_that_came_after_it_but_not_those_that_last(tmp_path):
    early = builders.build(tmp_path, builders.example_rows(), build_id="early")
    builders.build(tmp_path, builders.example_rows(), build_id="late")
    path = early.build / "warehouse-early.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("DROP TABLE core_prevention")
    opened = open_warehouse(early, "early")
    assert len(reference.regions(opened)) > 0
    opened.close()
    with duckdb.connect(str(path)) as con:
        con.execute("DROP TABLE core_election_region")
    with pytest.raises(WarehouseError, match="core_election_region"):
        open_warehouse(early, "early")

"""The package of all data holds every table that the pages show, without a cap, and the receipt of each."""

import csv
import hashlib
import io
import json
import zipfile

import jsonschema
import pyarrow.parquet as pq
import pytest

from exports import columns, offer, receipt
from exports.package.archive import SUMS
from metrics.definition import definitions
from tests.exports.reading import typed
from tests.exports.test_package import STANDARD
from ui import download, results
from ui.access import run
from ui.downloading import everything
from warehouse.selection import Selection


def write():
    sink, heard = io.BytesIO(), []
    everything.write(sink, heard.append)
    return sink.getvalue(), heard


@pytest.fixture(scope="module")
def content(data):
    """The package, made once; it takes longer than all that is looked at in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETRA_DATA", str(data))
        run.begin()
        content, heard = write()
    assert heard == sorted(heard) and heard[-1] == 1
    return content


@pytest.fixture
def files(content, over):
    run.begin()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_every_answer_is_in_it_as_it_is_on_the_screen(files):
    receipts = {
        tuple(row[name] for name in ("metric", *columns.SPLIT)): row for row in rows_of(files["kuitansi.csv"])
    }
    assert len(receipts) == len(list(offer.everything()))
    edition = download.edition()
    data = {metric: rows_of(files[f"data/{metric}.csv"]) for metric in definitions()}
    for metric, shape in offer.everything():
        result = results.of(metric, Selection(), shape.by, shape.period, shape.group)
        split = (shape.by, shape.period, shape.group or "")
        rows = [row for row in data[metric] if tuple(row[name] for name in columns.SPLIT) == split]
        shown = columns.of(result, 5)
        read = {name: [typed(name, row[name]) for row in rows] for name in columns.TYPES}
        assert read == shown
        assert receipts[metric, *split]["content_hash"] == receipt.of(result, edition).content_hash


def test_csv_and_parquet_hold_the_same_rows(files):
    for metric in definitions():
        table = pq.read_table(io.BytesIO(files[f"data/{metric}.parquet"]))
        rows = rows_of(files[f"data/{metric}.csv"])
        assert table.num_rows == len(rows)
        assert table["unit_id"].to_pylist() == [row["unit_id"] for row in rows]


def test_it_keeps_the_standard_and_its_checksums(files):
    told = json.loads(files["datapackage.json"])
    jsonschema.validate(told, STANDARD)
    for resource in told["resources"]:
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[resource['path']]).hexdigest()}"
    lines = dict(reversed(line.split("  ")) for line in files[SUMS].decode().splitlines())
    assert set(lines) == set(files) - {SUMS}


def test_reference_tables_and_published_figures_are_in_it_and_nobodys_cases(files):
    tables = {name for name in files if name.startswith("tables/")}
    assert {"tables/core_published_figure.csv", "tables/core_region.csv"} <= tables
    assert not {name for name in files if "case" in name or "core_workforce" in name or "mart" in name}
    assert rows_of(files["tables/core_published_figure.csv"])[0]["count"] == "7"
    named = {row["table"] for row in rows_of(files["kamus.csv"])}
    assert named == {"data", *(name.removeprefix("tables/").removesuffix(".csv") for name in tables)}


def test_the_same_build_gives_the_same_bytes(content, over):
    run.begin()
    assert write()[0] == content

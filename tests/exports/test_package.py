"""The package of an answer is a Data Package that says what it holds, and the same every time."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile

import jsonschema
import pytest
import yaml

from exports import naming, receipt
from exports.package import answer as package
from exports.package.archive import SUMS
from metrics.answer import answer
from tests.exports.conftest import TWINS
from tests.exports.reading import from_csv, typed
from warehouse.selection import Selection

TEXT = {"type": "string", "minLength": 1}
STANDARD = {
    "type": "object",
    "required": ["resources", "$schema", "licenses", "sources", "version"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
        "licenses": {"type": "array", "minItems": 1, "items": {"required": ["name", "path"]}},
        "sources": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "contributors": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "resources": {
            "type": "array",
            "minItems": 5,
            "items": {
                "required": ["name", "path", "hash", "format", "mediatype"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": "^[^./~][^\\\\:]*$"},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "type": {"const": "table"},
                    "schema": {
                        "required": ["fields", "primaryKey"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "items": {
                                    "required": ["name", "type", "description"],
                                    "properties": {
                                        "type": {"enum": ["string", "integer", "number", "boolean", "date"]},
                                        "description": TEXT,
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}
"""What the Data Package standard 2.0 demands of the properties that we use."""


@pytest.fixture(scope="module")
def files(result, edition):
    with zipfile.ZipFile(io.BytesIO(package.zipped(result, edition, TWINS))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_descriptor_keeps_the_standard_and_names_every_data_file(files):
    told = json.loads(files["datapackage.json"])
    jsonschema.validate(told, STANDARD)
    assert told["created"] == "2024-12-01T07:00:00Z"
    listed = {resource["path"]: resource for resource in told["resources"]}
    assert len({resource["name"] for resource in told["resources"]}) == len(listed)
    for path, resource in listed.items():
        assert resource.get("bytes") == (None if path.endswith(".parquet") else len(files[path]))
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
    assert {"data.csv", "data-excel.csv", "data.xlsx", "data.parquet", "data.geojson", "data.gpkg"} < set(
        listed
    )


@pytest.mark.parametrize("name", ["data.csv", "data-excel.csv"])
def test_every_cell_keeps_its_schema(files, name):
    told = {r["path"]: r for r in json.loads(files["datapackage.json"])["resources"]}[name]
    delimiter = told.get("dialect", {}).get("delimiter", ",")
    lines = files[name].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=delimiter))
    fields = {field["name"]: field for field in told["schema"]["fields"]}
    assert list(rows[0]) == list(fields)
    for row in rows:
        for column, cell in row.items():
            field = fields[column]
            rule = field.get("constraints", {})
            value = typed(column, cell, field.get("decimalChar", "."))
            assert value not in (None, "") or not rule.get("required")
            assert value in rule.get("enum", [value])
    keys = [tuple(row[key] for key in told["schema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys) > 1


def test_checksums_cover_every_other_file(files):
    lines = dict(reversed(line.split("  ")) for line in files[SUMS].decode().splitlines())
    assert set(lines) == set(files) - {SUMS}
    assert all(hashlib.sha256(files[name]).hexdigest() == value for name, value in lines.items())


def test_the_citation_names_version_day_and_receipt(files, result, edition):
    cited = yaml.safe_load(files["CITATION.cff"])
    assert {"cff-version", "message", "title", "authors", "type", "license"} <= set(cited)
    assert cited["version"] == edition.build.build_id
    assert cited["identifiers"][0]["value"] == receipt.of(result, edition).short
    assert cited["date-released"] == edition.day


def test_the_python_lines_reproduce_a_figure(files, tmp_path):
    for name in ("data.csv", "reproduce.py"):
        (tmp_path / name).write_bytes(files[name])
    run = subprocess.run(
        [sys.executable, tmp_path / "reproduce.py"], capture_output=True, text=True, check=True
    )
    assert run.stdout.rstrip().endswith("True")
    assert len(files["reproduce.py"].decode().strip().splitlines()) <= 12
    assert len(files["reproduce.R"].decode().strip().splitlines()) <= 12


@pytest.mark.parametrize("metric", ["alleged_persons", "followed_up_share"])
def test_lines_of_other_kinds_of_metric_reproduce_theirs(warehouse, edition, tmp_path, metric):
    made = package.files(answer(warehouse, metric, Selection(), "kalimantan"), edition, TWINS)
    for name in ("data.csv", "reproduce.py"):
        (tmp_path / name).write_bytes(made[name])
    run = subprocess.run(
        [sys.executable, tmp_path / "reproduce.py"], capture_output=True, text=True, check=True
    )
    known = any(row["state"] in ("value", "zero") for row in from_csv(made["data.csv"]))
    assert run.stdout.rstrip().endswith("True") or not known


@pytest.mark.parametrize("name", ["BACA-SAYA.txt", "README.txt"])
def test_the_explanation_names_filter_build_licence_simulation_and_every_file(files, edition, name):
    told = files[name].decode("utf-8-sig")
    for part in (
        "DATA SIMULASI",
        "Kalimantan Timur",
        "2024",
        edition.build.build_id,
        "CC BY 4.0",
        "provinsi=64",
    ):
        assert part in told
    assert all(f"- {other}:" in told for other in set(files) - {SUMS, "README.txt", "BACA-SAYA.txt"})


def test_every_column_is_explained_and_every_source_named(files, result, edition):
    rows = list(csv.DictReader(io.StringIO(files["kamus.csv"].decode())))
    assert [row["column"] for row in rows][: len(result.frame.columns)] == list(result.frame.columns)
    assert all(row["meaning_id"] and row["meaning_en"] for row in rows)
    named = [row["source_id"] for row in csv.DictReader(io.StringIO(files["sumber.csv"].decode()))]
    assert named == [source.source_id for source in edition.sources]


def test_the_same_answer_gives_the_same_bytes(result, edition):
    assert package.zipped(result, edition, TWINS) == package.zipped(result, edition, TWINS)


def test_the_name_carries_measure_filter_build_and_simulation(warehouse, result):
    name = naming.file_name(result, "b-1", "csv")
    assert (
        name == "netra_alleged-rate_government_whole_provinsi-64_pemilihan-PILKADA2024_b-1_DATA-SIMULASI.csv"
    )
    many = answer(warehouse, "alleged_rate", Selection(governments=("6472", "6471", "64")), "government")
    assert len(naming.file_name(many, "b" * 20, "csv")) < 150

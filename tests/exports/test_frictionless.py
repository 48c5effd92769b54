"""The reference validator of Frictionless Data finds every package valid, and a package with a fault not."""

import io
import json
import zipfile

import pytest

from exports import offer
from exports.package import answer as package
from metrics.answer import answer
from metrics.definition import definitions
from tests import builders
from tests.exports.conftest import TWINS
from tests.pages.conftest import rows
from ui.access import run
from ui.downloading import everything
from warehouse.selection import Selection


def faults(folder):
    """What the validator says of the package in a folder."""
    # Its import takes a second, which every worker would pay while it collects.
    import frictionless

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
    found = [error.message for error in report.errors]
    return found + [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]


def unpacked(content, folder):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(folder)
    return folder


SHAPES = [
    ("alleged_rate", "government", "election", None),
    ("alleged_persons", "kalimantan", "whole", "category"),
    ("followed_up_share", "province", "whole", None),
    ("alleged_rate", "agency", "whole", "employment_type"),
]


@pytest.mark.parametrize(("metric", "by", "period", "group"), SHAPES)
def test_the_package_of_an_answer_is_valid(warehouse, edition, tmp_path, metric, by, period, group):
    result = answer(warehouse, metric, Selection(), by, period, group)
    assert faults(unpacked(package.zipped(result, edition, TWINS), tmp_path)) == []


def test_the_package_of_all_data_is_valid(tmp_path, monkeypatch):
    builders.build(tmp_path, rows(), build_id="valid-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    # Every metric and level, but a fifth of the shapes: the validator takes a millisecond for each cell of all of them.
    few = list(offer.everything())[::5]
    assert {metric for metric, _ in few} == set(definitions())
    monkeypatch.setattr(offer, "everything", lambda: iter(few))
    run.begin()
    sink = io.BytesIO()
    everything.write(sink, lambda share: None)
    assert faults(unpacked(sink.getvalue(), tmp_path / "package")) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("suppressed", "hidden", "constraint"),
        ("6472,", "6471,", "primary key"),
        (",true", ",perhaps", "type"),
    ],
)
def test_a_fault_in_the_rows_is_found(result, edition, tmp_path, old, new, told):
    folder = unpacked(package.zipped(result, edition, TWINS), tmp_path)
    path, about = folder / "data.csv", folder / "datapackage.json"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    descriptor = json.loads(about.read_bytes())
    assert any("hash" in fault or "byte" in fault for fault in faults(folder))
    for resource in descriptor["resources"]:
        resource.pop("hash"), resource.pop("bytes", None)
    about.write_text(json.dumps(descriptor), encoding="utf-8")
    assert any(told in fault.lower() for fault in faults(folder))

"""A package that is what its build says is verified; whatever was changed is found, and told as what it is."""

import csv
import io
import json
import subprocess
import sys
import zipfile

import pytest

from errors import ContractError, SourceError, WarehouseError
from exports.checking.package import Package
from exports.checking.verdict import verify
from exports.package.archive import SUMS, digest, sums
from settings import ROOT, read
from tests import builders
from tests.pages.conftest import rows
from ui import download, results
from ui.access import run
from ui.downloading import everything
from warehouse.selection import Selection

CHOSEN = Selection(provinces=("64",), elections=("PILKADA2024",))


@pytest.fixture
def world(tmp_path, monkeypatch):
    builders.build(tmp_path, rows(), build_id="kept-1")
    monkeypatch.setenv("NETRA_DATA", str(tmp_path))
    run.begin()
    path = tmp_path / "answer.zip"
    path.write_bytes(download.archive(results.of("alleged_rate", CHOSEN, "government", "election")))
    return path


def rewritten(path, change, mend=True):
    """The package with one file changed; `mend` makes its checksums right again, as a forger would."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name != SUMS}
        kept = packed.read(SUMS)
    change(files)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
        packed.writestr(
            SUMS, sums({name: digest(content) for name, content in files.items()}) if mend else kept
        )
    return path


def raised(files):
    """One more person in the first row that has any."""
    table = list(csv.reader(io.StringIO(files["data.csv"].decode())))
    place = table[0].index("events")
    row = next(row for row in table[1:] if row[place] not in ("", "0"))
    row[place] = str(int(row[place]) + 1)
    text = io.StringIO()
    csv.writer(text).writerows(table)
    files["data.csv"] = text.getvalue().encode()


def test_a_package_of_a_kept_build_is_verified(world):
    found = verify(world, read())
    assert (found.build_id, found.answers) == ("kept-1", 1)
    assert found.files > 10


def test_the_package_of_all_data_is_verified_answer_by_answer(world):
    with world.open("wb") as sink:
        everything.write(sink, lambda share: None)
    assert verify(world, read()).answers > 100


def test_another_build_leaves_an_older_package_verified(world):
    builders.build(world.parent, rows(), build_id="kept-2")
    assert verify(world, read()).build_id == "kept-1"


def test_a_changed_file_is_found_by_its_checksum(world):
    with pytest.raises(ContractError, match=r"data\.csv"):
        verify(rewritten(world, raised, mend=False), read())


def test_changed_rows_are_found_by_the_receipt_even_with_mended_checksums(world):
    with pytest.raises(ContractError, match="not those of the receipt"):
        verify(rewritten(world, raised), read())


def test_a_forged_receipt_is_found_by_the_build(world):
    def forged(files):
        raised(files)
        told = json.loads(files["kuitansi.json"])
        with_rows = rewritten(world, lambda kept: kept.update(files))
        with Package(with_rows) as package:
            got, columns = next(package.answers())
        from exports import receipt

        files["kuitansi.json"] = json.dumps(
            {**told, "content_hash": receipt.content_hash(columns, got.question, got.build_id)}
        ).encode()

    with pytest.raises(ContractError, match="gives other numbers"):
        verify(rewritten(world, forged), read())


def test_files_put_in_or_taken_out_are_named(world):
    with pytest.raises(ContractError, match=r"more\.txt"):
        verify(rewritten(world, lambda files: files.update({"more.txt": b"x"}), mend=False), read())
    with pytest.raises(ContractError, match=r"data\.xlsx"):
        verify(rewritten(world, lambda files: files.pop("data.xlsx"), mend=False), read())


def test_a_build_that_is_not_kept_is_told_as_that(world):
    for path in (world.parent / "build").glob("warehouse-kept-1.*"):
        path.unlink()
    builders.build(world.parent, rows(), build_id="kept-2")
    with pytest.raises(WarehouseError, match="not kept here; checksums are right"):
        verify(world, read())


def test_a_build_that_was_deleted_is_told_as_that(world):
    folder = world.parent / "build"
    manifest = {"built_at": "2015-01-31T03:15:00Z", "content_hash": "a"}
    (folder / "warehouse-kept-1.json").write_text(json.dumps(manifest))
    (folder / "warehouse-kept-1.duckdb").unlink()
    builders.build(world.parent, rows(), build_id="kept-2")
    with pytest.raises(
        WarehouseError, match=r"2015-01-31 .* deleted under the rules of retention; checksums are right"
    ):
        verify(world, read())


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip"])
def test_what_is_no_package_is_a_source_error(world, content):
    world.write_bytes(content)
    with pytest.raises(SourceError):
        verify(world, read())


def test_a_zip_without_checksums_or_receipt_is_a_source_error(world):
    with pytest.raises(SourceError):
        verify(rewritten(world, lambda files: files.pop("kuitansi.json")), read())
    with zipfile.ZipFile(world, "w") as packed:
        packed.writestr("a", b"b")
    with pytest.raises(SourceError):
        verify(world, read())


def test_the_command_says_what_was_found(world):
    def run(path):
        return subprocess.run(
            [sys.executable, "-m", "etl", "verify", str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    good = run(world)
    assert (good.returncode, "verified" in good.stdout) == (0, True)
    bad = run(rewritten(world, raised))
    assert bad.returncode == 11
    assert "not those of the receipt" in bad.stdout + bad.stderr
    assert run(world.parent / "nothing.zip").returncode == 10

"""Deleting is recorded first, whole or not at all, and leaves the word that the build was there."""

import json
import subprocess
import sys
from datetime import date

import pytest

from audit.reading import entries, log_file
from audit.verdict import verify
from errors import ContractError
from etl.building.publish import publishing, rollback
from etl.retention.policy import judged
from etl.retention.pruning import prune
from settings import ROOT
from tests.etl.retention.conftest import name
from warehouse.builds import manifests

TODAY = date(2036, 11, 26)
DAYS = ["2015-03-01", "2016-03-01", "2017-03-01", "2036-01-01", "2036-11-25"]


def there(settings):
    return {path.stem.removeprefix("warehouse-") for path in settings.build.glob("*.duckdb")}


def test_what_is_over_goes_and_its_manifest_stays(place):
    settings = place(DAYS, keep_builds=0)
    heard = []
    gone = prune(
        settings,
        TODAY,
        lambda manifest: heard.append((manifest.build_id, manifest.build_id in there(settings))),
    )
    assert [manifest.build_id for manifest in gone] == [name(0), name(1), name(2)]
    assert heard == [(name(0), True), (name(1), True), (name(2), True)], "before, and the oldest first"
    assert there(settings) == {name(3), name(4)}
    assert manifests.deleted(settings, name(0)).built_at.startswith("2015-03-01")
    assert manifests.deleted(settings, name(4)) is None
    assert [kept.build_id for kept in manifests.kept(settings)] == [name(4), name(3)]
    assert prune(settings, TODAY) == ()


def test_the_way_back_still_leads_back(place):
    settings = place(DAYS, keep_builds=0, keep_years=0)
    prune(settings, TODAY)
    assert rollback(settings.build).build_id == name(3)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_run_that_dies_has_deleted_whole_builds_and_the_next_one_does_the_rest(place, after):
    settings, heard = place(DAYS, keep_builds=0), []

    def dies(manifest):
        if len(heard) == after:
            raise KeyboardInterrupt
        heard.append(manifest.build_id)

    with pytest.raises(KeyboardInterrupt):
        prune(settings, TODAY, dies)
    assert there(settings) == {name(number) for number in range(after, 5)}
    assert len(prune(settings, TODAY)) == 3 - after
    assert there(settings) == {name(3), name(4)}


def test_nothing_is_deleted_while_something_is_published(place, monkeypatch):
    settings = place(DAYS, keep_builds=0)
    monkeypatch.setattr("etl.building.publish.WAIT_SECONDS", 0)
    with publishing(settings.build), pytest.raises(ContractError, match="Another build is running"):
        prune(settings, TODAY)
    assert len(there(settings)) == 5


def test_the_commands_list_then_delete_and_record_it(place, monkeypatch):
    settings = place(["2001-03-01", "2002-03-01", "2003-03-01"])
    environment = {"NETRA_DATA": str(settings.data), "NETRA_KEY_FILE": str(settings.key_file)}

    def run(*words):
        # The list of corrections is that of the repository here.
        ended = subprocess.run(
            [sys.executable, "-m", "etl", "builds", *words, "--json"],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return json.loads(ended.stdout.splitlines()[-1])

    settings.key_file.write_bytes(b"k" * 32)
    settings.key_file.chmod(0o600)
    assert [row["kept"].split(" / ")[0] for row in run("list")["builds"]] == [
        "sekarang",
        "tujuan rollback",
        "termasuk yang terbaru",
    ]
    environment["NETRA_KEEP_BUILDS"] = "0"
    assert run("list")["builds"][2]["kept"].startswith("LEWAT MASA")
    assert there(settings) == {name(0), name(1), name(2)}
    assert run("prune")["builds"] == name(0)
    assert there(settings) == {name(1), name(2)}
    assert [(entry.kind, dict(entry.about)) for entry in entries(log_file(settings))] == [
        ("prune", {"build": name(0), "content": "c" * 64})
    ]
    assert not verify(settings).breaks
    assert len(judged(settings, TODAY)) == 2

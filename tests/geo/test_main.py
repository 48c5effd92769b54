import runpy
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import settings
from errors import ContractError, SourceError
from geo import __main__ as command
from geo import boundaries


@pytest.fixture
def run(monkeypatch):
    def call(build, *options):
        monkeypatch.setattr(boundaries, "build", build)
        return CliRunner().invoke(command.app, ["build", *options])

    return call


def test_the_new_files_are_named(run):
    asked = []

    def build(*folders):
        asked.append(folders)
        return {"overview": "kalimantan-overview.0123456789.geojson"}

    result = run(build)
    assert (result.exit_code, result.stdout) == (0, "static/geo/kalimantan-overview.0123456789.geojson\n")
    ((wheels, table, target, neighbours),) = asked
    assert not wheels.exists()
    facts = settings.ROOT / "data" / "reference"
    assert (table, target, neighbours) == (
        facts / "regions.csv",
        settings.ROOT / "static" / "geo",
        facts / "neighbours.csv",
    )


def test_downloads_can_be_kept(run, tmp_path):
    asked = []
    run(lambda *folders: asked.append(folders) or {}, "--wheels", str(tmp_path))
    assert asked[0][0] == Path(tmp_path)


@pytest.mark.parametrize(("kind", "code"), [(SourceError, 10), (ContractError, 11)])
def test_an_error_gives_its_message_and_exit_code(run, kind, code):
    def build(*_):
        raise kind("went wrong.", "some file", "Do this.")

    result = run(build)
    assert (result.exit_code, result.stderr.strip()) == (code, "some file: went wrong. Do this.")
    assert not result.stdout


def test_wrong_usage(run, tmp_path):
    assert run(dict, "--wheels", str(tmp_path / "none")).exit_code == 2


def test_the_room_is_a_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["geo", "build", "--help"])
    monkeypatch.delitem(sys.modules, "geo.__main__")
    with pytest.raises(SystemExit) as end:
        runpy.run_module("geo", run_name="__main__")
    assert end.value.code == 0
    assert "python -m geo build" in capsys.readouterr().out

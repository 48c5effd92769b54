"""A secret in the repository, or one that others can read, keeps the server from starting."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from errors import DefinitionError
from settings import ROOT
from ui.serving.guarding.secrecy import demand

PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def written(path, text="secret", mode=0o600):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_secret_of_its_owner_outside_the_repository_is_in_order(tmp_path):
    key = written(tmp_path / "keys" / "key")
    demand({"NETRA_KEY_FILE": key, "OTHER": tmp_path / "not-yet"}, tmp_path / "repository")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_secret_that_others_can_read_is_refused(tmp_path, mode):
    key = written(tmp_path / "keys" / "key", mode=mode)
    with pytest.raises(DefinitionError) as caught:
        demand({"NETRA_KEY_FILE": key}, tmp_path / "repository")
    assert caught.value.where == "NETRA_KEY_FILE"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".env", "A=1"),
        (".streamlit/secrets.toml", ""),
        (".streamlit/config.toml", '[server]\ncookieSecret = "x"'),
        (".streamlit/config.toml", '[server]\nsslKeyFile = "key.pem"'),
        ("key", "secret"),
    ],
)
def test_a_secret_in_the_repository_is_refused(tmp_path, name, text):
    path = written(tmp_path / name, text)
    with pytest.raises(DefinitionError):
        demand({"NETRA_KEY_FILE": path}, tmp_path)


def test_this_repository_holds_none():
    demand({})
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in tracked.splitlines()]
    assert len(files) > 100
    for path in filter(Path.is_file, files):
        assert not PRIVATE_KEY.search(path.read_bytes()), path


@pytest.mark.parametrize(("mode", "code"), [(0o600, 0), (0o644, 12)])
def test_the_server_says_so_and_does_not_start(tmp_path, mode, code):
    key = written(tmp_path / "key", mode=mode)
    line = "from ui.serving.guarding import begin; begin()"
    done = subprocess.run(
        [sys.executable, "-c", line],
        check=False, cwd=ROOT, env={"NETRA_KEY_FILE": str(key), "PATH": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == code
    assert ("NETRA_KEY_FILE" in done.stderr) == bool(code)
    assert "Traceback" not in done.stderr

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT, Settings
from tests.etl.commanding import listening
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv


@pytest.fixture
def netra(tmp_path, monkeypatch):
    """Runs a command as a user does; returns exit code, output and errors."""
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: object) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "etl", *map(str, words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def test_load_build_look_and_go_back(netra, tmp_path):
    roster = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1)), person("1,98E+17")])
    code, out, _ = netra(
        "load", "roster", roster, "--government", "6408", "--as-of", "2024-11-30", "--expect-pns", 1
    )
    assert code == 0
    assert "cocok" in out
    register = write_csv(tmp_path / "k.csv", [CASE_HEADER, case()])
    assert netra("load", "cases", register, "--publisher", "Bawaslu Kaltim")[0] == 0
    assert netra("build")[0] == 0
    code, out, _ = netra("sources")
    assert code == 0
    assert "roster-6408-2024-11-30" in out
    assert nip(1) not in out
    assert netra("export", "--format", "parquet", "--out", tmp_path / "out")[0] == 0
    assert netra("rollback")[0] == 13
    assert nip(1) not in (tmp_path / "data" / "log" / "etl.log").read_text("utf-8")


@pytest.fixture
def ask(tmp_path, monkeypatch, capfd):
    """The same in this process."""
    monkeypatch.setenv("COLUMNS", "200")
    with listening(Settings(data=tmp_path / "data", key_file=tmp_path / "key"), capfd) as run:
        yield run


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("load", "roster", "none.csv", "--government", "6408", "--as-of", "2024-11-30"), 10, "none.csv"),
        (
            ("load", "roster", "none.csv", "--government", "9999", "--as-of", "2024-11-30"),
            11,
            "Kode Kemendagri|kode Kemendagri",
        ),
        (("load", "roster", "none.csv", "--government", "6408", "--as-of", "30-11-2024"), 2, "as-of"),
        (("load", "roster", "none.csv"), 2, "government"),
        (("load", "cases", "none.csv"), 10, "none.csv"),
        (("load", "prevention", "none.csv", "--government", "64"), 10, "none.csv"),
        (("load", "prevention", "none.csv", "--government", "9999"), 11, "Kode Kemendagri|kode Kemendagri"),
        (("load", "batch", "none.csv"), 10, "none.csv"),
        (("rollback",), 13, "make data"),
        (("export", "--out", "x"), 13, "make data"),
        (("nothing",), 2, "nothing"),
    ],
)
def test_exit_codes_and_cures(ask, words, code, message):
    found, _, err = ask(*words)
    assert found == code
    assert any(part in err for part in message.split("|")), err
    assert "Traceback" not in err


def test_a_broken_card_is_a_wrong_definition(ask, tmp_path):
    folder = Path(tmp_path / "data" / "sources")
    folder.mkdir(parents=True)
    (folder / "x.yml").write_text("kind: roster\n", "utf-8")
    code, _, err = ask("build")
    assert code == 12
    assert "x.yml" in err


def test_a_dry_run_leaves_nothing(ask, tmp_path):
    roster = write_csv(tmp_path / "r.csv", [HEADER, person(nip(1))])
    code, out, _ = ask("load", "roster", roster, "--government", "6408", "--as-of", "2024-11-30", "--dry-run")
    assert code == 0
    assert "Dry run" in out
    assert not (tmp_path / "data" / "sources").exists()


def test_a_number_in_a_file_name_does_not_reach_the_log(netra, tmp_path):
    path = tmp_path / f"Daftar {nip(1)}.csv"
    path.write_text("", "utf-8")
    assert netra("load", "roster", path, "--government", "6408", "--as-of", "2024-11-30")[0] == 10
    log = (tmp_path / "data" / "log" / "etl.log").read_text("utf-8")
    assert "SourceError" in log
    assert nip(1) not in log

"""Whoever is killed leaves the warehouse as it was, nothing temporary, and a next command that works."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from settings import ROOT

MOST = os.environ.get("NETRA_KILL_POINTS", "2")
"""At how many points each command is killed; 0 is every point, which takes minutes."""


MOMENTS = os.environ.get("NETRA_KILL_MOMENTS", "2")
"""At how many moments loading, building and rolling back are killed, wherever an engine is writing then."""


@pytest.mark.parametrize(
    ("words", "commands"), [((MOST,), 8), (("moments", MOMENTS, "load", "build", "rollback"), 3)]
)
def test_a_killed_command_changes_nothing_or_all(words, commands):
    done = subprocess.run(
        [sys.executable, "-m", "tests.etl.withstanding.killing", *words],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "UNWELL" not in done.stdout, done.stdout
    told = [line for line in done.stdout.splitlines() if line.endswith(" 0 unwell")]
    assert len(told) == commands, done.stdout

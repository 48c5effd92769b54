"""Whoever is killed leaves the warehouse as it was, nothing temporary, and a next command that works."""

from __future__ import annotations

import os
import subprocess
import sys

from settings import ROOT

MOST = os.environ.get("NETRA_KILL_POINTS", "2")
"""At how many points each command is killed; 0 is every point, which takes minutes."""


MOMENTS = os.environ.get("NETRA_KILL_MOMENTS", "2")
"""At how many moments loading, building and rolling back are killed, wherever an engine is writing then."""


def test_a_killed_command_changes_nothing_or_all():
    """Eight commands at points, three of them at moments as well."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.etl.withstanding.killing", MOST, "moments", MOMENTS, "load", "build", "rollback"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "UNWELL" not in done.stdout, done.stdout
    told = [line for line in done.stdout.splitlines() if line.endswith(" 0 unwell")]
    assert len(told) == 8 + 3, done.stdout

"""No damaged file brings a reader down: it is read or refused. A crash of native code would end the child, not the tests."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys

from settings import ROOT

SECONDS = os.environ.get("NETRA_FUZZ_SECONDS", "4")
SEED = os.environ.get("NETRA_FUZZ_SEED", "1")


def test_damaged_files_are_read_or_refused(tmp_path):
    most = 8 * 1024**3

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.etl.withstanding.fuzzing", str(tmp_path), SECONDS, SEED],
        cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit,
    )  # fmt: skip
    assert done.returncode == 0, f"{sorted(path.name for path in tmp_path.iterdir())} {done.stderr[-3000:]}"
    tried, read = map(int, re.findall(r"\d+", done.stdout))
    assert tried > 20
    assert read > 0
    assert not list(tmp_path.iterdir())

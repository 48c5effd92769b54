"""The process that reads XLS and ODS is bounded in time as well as in memory."""

from __future__ import annotations

import signal
import subprocess
import sys

from settings import ROOT


def test_a_reader_that_never_ends_is_ended():
    words = "from etl.reading.apart.__main__ import bound; bound(1)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=False)
    assert done.returncode in (-signal.SIGXCPU, -signal.SIGKILL)

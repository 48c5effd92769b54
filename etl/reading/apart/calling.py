"""Asks the process of its own for the sheets of a workbook."""

from __future__ import annotations

import json
import subprocess
import sys

from settings import ROOT

MOST_SECONDS = 120
"""Of the processor's time. The largest sheets take a tenth of it; a damaged one can keep a reader busy for ever."""


def read_apart(packed: bytes) -> dict[str, list[list[str]]]:
    """The sheets of an XLS or ODS: each name with its columns of text. A ValueError where the process could not read it.

    The bytes go and come through pipes, so nothing touches the disk.
    """
    words = [sys.executable, "-m", "etl.reading.apart", str(MOST_SECONDS)]
    done = subprocess.run(words, cwd=ROOT, input=packed, capture_output=True, check=False)
    if done.returncode:
        raise ValueError("the workbook cannot be read")
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return found

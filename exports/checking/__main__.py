"""`python -m exports.checking FILE`: one line of JSON, and the exit code of what was found."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import settings
from errors import AppError
from exports.checking.verdict import verify


def main(path: Path) -> int:
    """Says what was found; returns the exit code."""
    try:
        told = asdict(verify(path, settings.read()))
    except AppError as fault:
        told = {"what": fault.what, "where": fault.where, "cure": fault.cure}
        sys.stdout.write(json.dumps(told) + "\n")
        return fault.exit_code
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

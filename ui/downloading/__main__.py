"""`python -m ui.downloading BUILD FILE`: writes the package of all data of a build, telling its progress from 0 to 1, a line each.

A process of its own, so that the readers of the app neither wait for it nor share its memory. Its last line is the SHA-256 of the file.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from errors import AppError
from ui.access import run
from ui.downloading import everything

STEP = 0.01


def main(build_id: str, path: Path) -> None:
    """Writes the file; an error of ours ends with its exit code."""
    run.begin(build_id)
    shown = 0.0

    def tell(share: float) -> None:
        nonlocal shown
        if share >= shown + STEP:
            shown = share
            sys.stdout.write(f"{share:.3f}\n")
            sys.stdout.flush()

    with path.open("wb") as sink:
        everything.write(sink, tell)
    with path.open("rb") as file:
        sys.stdout.write(hashlib.file_digest(file, "sha256").hexdigest() + "\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except AppError as fault:
        sys.exit(fault.exit_code)

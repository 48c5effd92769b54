"""Where packages of all data lie until nobody asks for them: one process makes one package, and the last few are kept."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from settings import ROOT

COMMAND: Final = (sys.executable, "-m", "ui.downloading")
KEPT: Final = 2
"""Packages kept on disk; one of today is ten megabytes."""
_DIGEST: Final = 64
GENTLE: Final = 10
# The steward's key is none of the child's business.
_SECRET: Final = "NETRA_STEWARD_KEY"  # noqa: S105 - the name of a variable


@dataclass
class Making:
    """A package being made: how far it is, and, when it is done, its file and checksum; `failed` where it never will be."""

    path: Path
    share: float = 0.0
    digest: str | None = None
    failed: bool = False


class Shelf:
    """Makes packages one at a time, and gives those that are made; safe for all threads."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command, self._guard, self._turn = command, threading.Lock(), threading.Lock()
        self._made: OrderedDict[tuple[str, int], Making] = OrderedDict()
        self._folder: Path | None = None

    def ask(self, build_id: str, suppress_below: int) -> Making:
        """The package of a build; whoever asks first starts it, and one that failed is tried again."""
        key = (build_id, suppress_below)
        with self._guard:
            found = self._made.get(key)
            if found is None or found.failed:
                found = self._made[key] = Making(self._place(key))
                threading.Thread(
                    target=self._make, args=(build_id, found), daemon=True, name="netra-package"
                ).start()
            self._made.move_to_end(key)
            self._forget()
            return found

    def seen(self, build_id: str, suppress_below: int) -> Making | None:
        """The package of a build where somebody has asked for it."""
        with self._guard:
            return self._made.get((build_id, suppress_below))

    def _place(self, key: tuple[str, int]) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="netra-packages-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder / f"{key[0]}-{key[1]}.zip"

    def _forget(self) -> None:
        while len(self._made) > KEPT:
            key = next((key for key, making in self._made.items() if making.digest or making.failed), None)
            if key is None:
                return
            # Whoever is reading the file keeps it to the end.
            self._made.pop(key).path.unlink(missing_ok=True)

    def _make(self, build_id: str, making: Making) -> None:
        with self._turn, self._begun(build_id, making) as process:
            digest = ""
            for line in process.stdout or ():
                told = line.strip()
                if len(told) == _DIGEST:
                    digest = told
                else:
                    making.share = float(told)
        if process.returncode == 0 and digest:
            making.share, making.digest = 1.0, digest
        else:
            making.path.unlink(missing_ok=True)
            making.failed = True

    def _begun(self, build_id: str, making: Making) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if name != _SECRET}
        process = subprocess.Popen(
            [*self._command, build_id, str(making.path)], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0,
        )  # fmt: skip
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, GENTLE)
        return process


@cache
def shelf() -> Shelf:
    """The shelf of this server."""
    return Shelf()

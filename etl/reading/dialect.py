"""Tells how a text file is written: its encoding, its separator and its first lines."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from errors import SourceError

SAMPLE_BYTES = 262_144
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Dialect:
    """Encoding, separator, and the first rows as text."""

    encoding: str
    separator: str
    rows: list[list[str]]


def _decode(sample: bytes, *, whole: bool, where: str) -> tuple[str, str]:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", sample[: len(sample) // 2 * 2].decode("utf-16", errors="ignore")
    if b"\x00" in sample:
        raise SourceError(
            "Ini bukan berkas teks. / This is not a text file.",
            where,
            "Simpan sebagai CSV atau XLSX lalu muat lagi.",
        )
    try:
        return "utf-8", sample.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        if not whole and broken.start > len(sample) - 4:
            return "utf-8", sample[: broken.start].decode("utf-8-sig")
        return "cp1252", sample.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The separator that cuts the lines most often and most evenly."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    best, best_score = ",", -1.0
    for separator in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        width, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        score = 0.0 if width < 2 else times * min(width, 12)
        if score > best_score:
            best, best_score = separator, score
    return best


def read_dialect(path: Path) -> Dialect:
    """The dialect of a text file; an empty or binary file is a SourceError with its cure."""
    where = path.name
    size = path.stat().st_size
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if not sample.strip():
        raise SourceError(
            "Berkas kosong. / The file is empty.", where, "Periksa ekspor lalu muat ulang berkasnya."
        )
    encoding, text = _decode(sample, whole=size <= SAMPLE_BYTES, where=where)
    separator = _separator(text)
    rows = [row for _, row in zip(range(200), csv.reader(StringIO(text), delimiter=separator), strict=False)]
    return Dialect(encoding, separator, [[cell.strip() for cell in row] for row in rows])

"""Tells how a text file is written: its encoding, its separator, its line ends and its first rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from errors import SourceError
from etl.reading.content import Content

SAMPLE_BYTES = 262_144
SAMPLE_ROWS = 200
SEPARATORS = (",", ";", "\t", "|")
QUOTED = re.compile(r'"[^"]*"')
LONGEST_CELL = 4_000_000
MARKS = (("utf-8-sig", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_LE), ("utf-16", codecs.BOM_UTF16_BE))


@dataclass(frozen=True)
class Dialect:
    """Encoding (a codec of Python), separator, line end, and the first rows; `ends` counts the lines up to each row."""

    encoding: str
    separator: str
    newline: str
    rows: list[list[str]]
    ends: list[int]

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes can be read as they are."""
        return self.encoding in ("utf-8", "utf-8-sig")


def read_dialect(content: Content) -> Dialect:
    """The dialect of a text file; an empty or binary file is a SourceError with its cure."""
    with content.open() as file:
        sample = file.read(SAMPLE_BYTES + 1)
    encoding, text = _decode(sample[:SAMPLE_BYTES], len(sample) <= SAMPLE_BYTES, content.name)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise SourceError(
            "Berkas kosong. / The file is empty.", content.name, "Periksa ekspor lalu muat ulang berkasnya."
        )
    newline = "\r" if "\r" in text and "\n" not in text else "\n"
    if newline == "\r":
        text = text.replace("\r", "\n")
    separator = _separator(text)
    rows, ends = _first_rows(text, separator, content.name)
    return Dialect(encoding, separator, newline, rows, ends)


def _decode(sample: bytes, whole: bool, where: str) -> tuple[str, str]:
    for encoding, mark in MARKS:
        if sample.startswith(mark):
            even = len(sample) // 2 * 2 if encoding == "utf-16" else len(sample)
            return encoding, sample[:even].decode(encoding, errors="ignore")
    for wide, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if len(sample) >= 16 and high.count(b"\x00") > len(high) * 0.4 and b"\x00" not in low:
            return wide, sample[: len(sample) // 2 * 2].decode(wide, errors="ignore")
    if b"\x00" in sample:
        raise SourceError(
            "Ini bukan berkas teks. / This is not a text file.",
            where,
            "Simpan sebagai CSV atau XLSX lalu muat lagi.",
        )
    try:
        return "utf-8", sample.decode("utf-8")
    except UnicodeDecodeError as broken:
        if not whole and broken.start > len(sample) - 4:
            return "utf-8", sample[: broken.start].decode("utf-8")
        return "cp1252", sample.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The separator that cuts the lines most often and most evenly; titles, which it does not cut, and quotes do not count."""
    lines = [QUOTED.sub("", line) for line in text.split("\n")[:60]]
    best, best_score = ",", 0
    for separator in SEPARATORS:
        widths = Counter(line.count(separator) + 1 for line in lines if separator in line)
        score = max((times * min(width, 12) for width, times in widths.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _first_rows(text: str, separator: str, where: str) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(StringIO(text), delimiter=separator)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append([cell.strip().lstrip("\ufeff") for cell in row])
            ends.append(reader.line_num)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:
        raise SourceError(
            f"Baris {len(rows) + 1} tidak terbaca sebagai tabel. / The row cannot be read as a table.",
            where,
            "Periksa tanda kutip dan pemisah kolom, atau simpan ulang sebagai CSV UTF-8.",
        ) from None
    return rows, ends

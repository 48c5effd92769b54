"""The file as received: where its bytes are, under which name, and whether it stayed the same while it was read."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from errors import SourceError

TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
SHEET_ENDINGS = {".xlsx", ".xlsm", ".xls", ".ods"}
ENDINGS = {*TEXT_ENDINGS, *SHEET_ENDINGS, ".parquet"}
CHUNK = 1 << 22
LARGEST_MEMBER = 4 * 1024**3
LARGEST_RATIO = 250
"""A table of text packs to a tenth or a fortieth of its size; a bomb to a thousandth."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
"""What a broken archive raises; RuntimeError covers a way of packing that is not known."""


@dataclass(frozen=True)
class Content:
    """Bytes to read: `path` where they lie as they are, else only `open` (a member of an archive)."""

    name: str
    ending: str
    open: Callable[[], BinaryIO]
    path: Path | None = None
    state: tuple[int, int, int] = field(default=(0, 0, 0))

    def read(self) -> bytes:
        """All bytes in memory."""
        with self.open() as stream:
            return stream.read()


def received(path: Path, name: str | None = None) -> Content:
    """The content of a file, or of the one table inside a ZIP; `name` stands in for a path without a speaking name.

    Raises SourceError: no such file, unknown kind, archive that is encrypted, oversized or holds several tables.
    """
    ending = PurePosixPath(name or path.name).suffix.lower()
    shown = printable(name or path.name)
    if not path.exists() or path.is_dir():
        raise SourceError("Berkas tidak ditemukan. / No such file.", shown, "Periksa nama dan foldernya.")
    if path.stat().st_size == 0:
        raise SourceError(
            "Berkas kosong. / The file is empty.", shown, "Periksa ekspor lalu muat ulang berkasnya."
        )
    if ending == ".zip":
        return _member(path, shown)
    if ending not in ENDINGS:
        raise SourceError(
            f"Jenis berkas '{ending}' tidak dikenal. / Unknown kind of file.",
            shown,
            "Pakai CSV, TSV, TXT, XLSX, XLS, ODS, Parquet, atau ZIP yang berisi salah satunya.",
        )
    return Content(shown, ending, lambda: path.open("rb"), path, _state(path))


@lru_cache(maxsize=8)
def checksum(content: Content) -> str:
    """The SHA-256 of a content, read once from end to end."""
    digest = hashlib.sha256()
    with content.open() as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def count_line_ends(content: Content) -> int:
    """How many line ends a content has; one is added where the last line has none."""
    lines, last = 0, b"\n"
    with content.open() as stream:
        while chunk := stream.read(CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")


def _broken(shown: str) -> SourceError:
    return SourceError(
        "ZIP rusak. / The ZIP is broken.", shown, "Buat ulang ZIP-nya, atau muat isinya langsung."
    )


def refuse_changed(content: Content) -> None:
    """A file that changed since `received` looked at it is a SourceError: what was read is of no one state."""
    if content.path is not None and (not content.path.exists() or _state(content.path) != content.state):
        raise SourceError(
            "Berkas berubah selagi dibaca. / The file changed while it was read.",
            content.name,
            "Tunggu sampai penyalinan atau penyimpanan selesai, lalu muat lagi.",
        )


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _member(path: Path, shown: str) -> Content:
    """The one table inside an archive. Nothing is unpacked to the disk, so names with `..` in them lead nowhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if _is_table(info)]
    except BROKEN:
        raise _broken(shown) from None
    if len(members) != 1:
        names = ", ".join(_clean(info.filename) for info in members[:20]) or "-"
        raise SourceError(
            f"ZIP harus berisi tepat satu tabel; yang ada: {names}. / The ZIP must hold exactly one table.",
            shown,
            "Muat satu per satu: satu ZIP, satu berkas CSV, XLSX, XLS, ODS atau Parquet.",
        )
    info = members[0]
    if info.flag_bits & 0x1:
        raise SourceError(
            "ZIP bersandi. / The ZIP is encrypted.", shown, "Buka sandinya dulu, lalu muat isinya."
        )
    refuse_bomb(info, shown)

    def unpack() -> BinaryIO:
        return zipfile.ZipFile(path).open(info)  # type: ignore[return-value]

    try:
        with unpack() as member:  # to its end, which checks every byte before one of them is believed
            while member.read(CHUNK):
                pass
    except BROKEN:
        raise _broken(shown) from None
    return Content(f"{shown} > {_clean(info.filename)}", _ending(info), unpack, None, _state(path))


def refuse_bomb(info: zipfile.ZipInfo, shown: str) -> None:
    """A member that unpacks to more than any table of people does is a SourceError, before a byte is unpacked."""
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > LARGEST_MEMBER or (info.file_size > 50 * 1024**2 and ratio > LARGEST_RATIO):
        raise SourceError(
            f"Isinya mengembang menjadi {info.file_size / 1024**2:,.0f} MiB ({ratio:,.0f} kali). "
            "/ The content unpacks to an implausible size.",
            shown,
            "Ini bukan ekspor yang wajar. Minta berkas baru dari sumbernya.",
        )


def _is_table(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not info.is_dir() and not hidden and _ending(info) in ENDINGS


def _ending(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename).suffix.lower()


def printable(text: str) -> str:
    """A text from outside without what a terminal would obey."""
    return "".join(letter for letter in text if letter.isprintable())


def _clean(name: str) -> str:
    """The last part of a member's name, printable."""
    return printable(PurePosixPath(name).name)[:80]

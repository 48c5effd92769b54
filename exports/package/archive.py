"""A ZIP whose bytes depend on its contents alone."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, Final

SUMS: Final = "SHA256SUMS"
# One moment for all entries, so that the same view gives the same bytes.
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
# These are compressed already.
_PACKED: Final = (".parquet", ".xlsx")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in their order, and a last one with their checksums."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            add(archive, name, [content])
        add(archive, SUMS, [sums({name: digest(content) for name, content in files.items()})])
    return packed.getvalue()


def add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[str, int]:
    """Writes one file piece by piece; returns its SHA-256 and its size."""
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    hashed, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=False) as file:
        for piece in pieces:
            hashed.update(piece)
            size += file.write(piece)
    return hashed.hexdigest(), size


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sums(digests: Mapping[str, str]) -> bytes:
    """Checksums as `sha256sum --check` reads them."""
    return "".join(f"{value}  {name}\n" for name, value in digests.items()).encode()


def described(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """What a resource of a data package says of its file."""
    return {"path": name, "bytes": len(files[name]), "hash": f"sha256:{digest(files[name])}"}

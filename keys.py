"""The secret for pseudonyms: one or, after rotations, several keys in a file outside the repository."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from errors import ContractError
from settings import ROOT

KEY_BYTES = 32
"""Each key is 32 characters of 64 kinds: 192 random bits, as text that every library of HMAC takes."""


def new_key() -> bytes:
    """A new secret of KEY_BYTES bytes."""
    return secrets.token_urlsafe(KEY_BYTES * 3 // 4).encode("ascii")


def read_keys(path: Path) -> tuple[bytes, ...]:
    """The keys, oldest first; the first is made on first use with mode 0600, never inside the repository.

    A pseudonym is made with every key in turn. A file that others may read, or of a wrong length, is a ContractError.
    """
    if path.resolve().is_relative_to(ROOT):
        raise ContractError(
            "Kunci tidak boleh berada di dalam repositori. / The key must lie outside the repository.",
            "NETRA_KEY_FILE",
            "Pilih tempat lain.",
        )
    while not path.exists():
        # Another run may sweep the draft away as a leftover, or be first; then this one looks again.
        with suppress(FileNotFoundError):
            write_keys(path, (new_key(),), first=True)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ContractError(
            "Kunci terbuka bagi orang lain. / Others can read the key.", path.name, "chmod 600."
        )
    held = path.read_bytes()
    if not held or len(held) % KEY_BYTES:
        raise ContractError("Kunci rusak. / The key is damaged.", path.name, "Pulihkan kunci dari cadangan.")
    return tuple(held[start : start + KEY_BYTES] for start in range(0, len(held), KEY_BYTES))


def write_keys(path: Path, keys: tuple[bytes, ...], *, first: bool = False) -> None:
    """Writes the key file, whole or not at all, readable by its owner only; a `first` key never replaces another."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"".join(keys))
            file.flush()
            os.fsync(file.fileno())
        if first:
            with suppress(FileExistsError):
                os.link(draft, path)
        else:
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def key_id(keys: tuple[bytes, ...]) -> str:
    """A short name of the keys that tells nothing of them."""
    return hashlib.sha256(b"netra key id" + b"".join(keys)).hexdigest()[:12]

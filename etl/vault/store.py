"""The vault: folders that only their owner may read, and writes that are whole or not there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from errors import ContractError


def open_vault(vault: Path) -> Path:
    """The vault folder, made with mode 0700; a vault that others may read is refused."""
    vault.mkdir(parents=True, exist_ok=True, mode=0o700)
    mode = stat.S_IMODE(vault.stat().st_mode)
    if mode & 0o077:
        raise ContractError(
            f"Brankas terbuka bagi orang lain (mode {mode:04o}). / The vault is open to others.",
            str(vault.name),
            "Jalankan chmod 700 pada folder itu.",
        )
    return vault


@contextmanager
def whole_file(target: Path, mode: int = 0o600) -> Iterator[Path]:
    """A temporary path beside `target` that takes its place, flushed and with `mode`, when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        yield draft
        draft.chmod(mode)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)

"""A file on its way from the browser to the command line: in memory, or for a moment in the vault's inbox."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

INBOX: Final = "inbox"


@dataclass(frozen=True)
class Parcel:
    """A file as received; `name` is fit to be shown, `content` is never printed."""

    name: str
    content: bytes = field(repr=False)


@contextmanager
def handed_over(parcel: Parcel, vault: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A path that a process opens the file under, and the descriptors it must inherit; both end with the block.

    The bytes stay in memory where the platform has memory files; elsewhere they lie in the vault's inbox, 0600.
    """
    if hasattr(os, "memfd_create"):
        descriptor = _in_memory(parcel.content)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)
        return
    path = _in_inbox(parcel, vault)
    try:
        yield str(path), ()
    finally:
        path.unlink(missing_ok=True)


def sweep(vault: Path) -> None:
    """Remove what a server that died left in the inbox; only while no job runs."""
    for path in (vault / INBOX).glob("*"):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        (vault / INBOX).rmdir()


def _in_memory(content: bytes) -> int:
    descriptor = os.memfd_create("netra", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(content)
        # Nobody changes the file while it is read.
        seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _in_inbox(parcel: Parcel, vault: Path) -> Path:
    inbox = vault / INBOX
    for folder in (vault, inbox):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = inbox / f"{secrets.token_hex(8)}{Path(parcel.name).suffix}"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(parcel.content)
    return path

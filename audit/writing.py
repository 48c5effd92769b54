"""Appends to the log: one writer at a time, whole and on the disk before the call returns. The file never shrinks.

Whoever changes something records it first: an entry without its change is possible, a change without its entry is not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from audit.anchor import Head, read_anchors, write_anchor
from audit.entries import START, Entry, checked, code, moment
from audit.reading import Tail, log_file, tail
from audit.secret import Secrets, open_secrets
from errors import StorageError
from settings import Settings

WAIT_SECONDS = 30


def record(settings: Settings, kind: str, *, account: str | None = None, **about: str | int | None) -> Entry:
    """Writes one entry and returns it; `account` is the settings' own unless given, and what may be said is in `entries.KINDS`.

    Raises StorageError when the entry cannot be kept: then whatever it was about must not happen.
    """
    secrets = _secrets(settings)
    said = checked(kind, about, secrets.first)
    who = code(account or settings.account, secrets.first)
    with _alone(settings) as path:
        return _append(settings, path, secrets, (kind, who, said))


def _append(
    settings: Settings, path: Path, secrets: Secrets, event: tuple[str, str, dict[str, str | int]]
) -> Entry:
    end, anchors = tail(path, secrets), read_anchors(settings)
    anchor = max(anchors, key=lambda head: head.number, default=None)
    head = Head(end.last.number, end.last.hash) if end.last else Head(0, START)
    is_torn = bool(end.loose) and not end.loose.endswith(b"\n")
    text = b"\n" if is_torn or not end.is_ended else b""
    found = _oddity(end, head, anchor)
    if found:
        if anchor and anchor.number > head.number:
            head = anchor
        odd = _sealed(secrets, head, (found[0], "system", found[1]))
        text, head = text + odd.line(), Head(odd.number, odd.hash)
    entry = _sealed(secrets, head, event)
    _write(path, text + entry.line())
    write_anchor(settings, Head(entry.number, entry.hash))
    return entry


def _oddity(end: Tail, head: Head, anchor: Head | None) -> tuple[str, dict[str, str | int]] | None:
    """What the log has to say of itself before it goes on: a torn line is repaired, anything lost is told for ever."""
    reason = None
    if not end.is_ours:
        reason = "other-key"
    elif anchor is None and head.number > 1:
        reason = "anchor-missing"
    elif anchor and anchor.number > head.number:
        reason = "cut"
    elif anchor and anchor.number == head.number and anchor.hash != head.hash:
        reason = "replaced"
    if reason:
        expected = anchor.number if anchor else 0
        return "gap", {"reason": reason, "expected": expected, "found": head.number, "bytes": len(end.loose)}
    if end.loose:
        return "repair", {"bytes": len(end.loose), "sha256": hashlib.sha256(end.loose).hexdigest()}
    return None


def _sealed(secrets: Secrets, head: Head, event: tuple[str, str, dict[str, str | int]]) -> Entry:
    kind, account, about = event
    bare = Entry(head.number + 1, moment(), kind, account, about, secrets.name, head.hash, "")
    return replace(bare, hash=bare.seal(secrets.now))


def _secrets(settings: Settings) -> Secrets:
    try:
        return open_secrets(settings.key_file)
    except OSError as broken:
        raise _not_kept(broken.strerror or type(broken).__name__, "NETRA_KEY_FILE") from None


@contextmanager
def _alone(settings: Settings) -> Iterator[Path]:
    path = log_file(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS, mode=0o600, poll_interval=0.005)
        with lock:
            yield path
    except Timeout:
        raise _not_kept("terkunci / locked") from None
    except OSError as broken:
        raise _not_kept(broken.strerror or type(broken).__name__) from None


def _write(path: Path, text: bytes) -> None:
    """Appends in one write where the disk takes it; what a full disk leaves behind is repaired by the next entry."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        while text:
            text = text[os.write(descriptor, text) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_kept(reason: str, where: str = "log/audit.jsonl") -> StorageError:
    return StorageError(
        f"Catatan audit tidak dapat ditulis ({reason}). / The audit log cannot be written.",
        where,
        "Kosongkan ruang disk atau periksa izin folder, lalu ulangi; tidak ada yang berubah.",
    )

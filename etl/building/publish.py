"""Which warehouse is the current one: versioned files, one pointer, and the way back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from errors import ContractError, WarehouseError
from etl.vault.store import full_disk_told, sweep, whole_file

POINTER = "current"
HISTORY = "history"
WAIT_SECONDS = 30
NOTHING_TOLD: Final = ""
GIVEN_UP: Final = "given up"


@dataclass(frozen=True)
class Manifest:
    """What a finished warehouse says of itself; without it a file was never finished.

    `release` is the hash of the release in the vault that says what its readers were told of cases: NOTHING_TOLD where that is
    nothing, GIVEN_UP where the release was lost and the build deleted for it, None where it was made before manifests named one.
    """

    build_id: str
    file: str
    content_hash: str
    input_hash: str
    built_at: str
    release: str | None = None

    def as_json(self) -> str:
        """The manifest as text."""
        return json.dumps(self.__dict__, indent=1, sort_keys=True)


def read_manifest(folder: Path, build_id: str) -> Manifest | None:
    """The manifest of a build, or None when it was never finished."""
    path = manifest_file(folder, build_id)
    if not path.is_file():
        return None
    found = _read(path)
    return found if (folder / found.file).is_file() else None


def manifest_file(folder: Path, build_id: str) -> Path:
    """Where the manifest of a build lies."""
    return folder / f"warehouse-{build_id}.json"


def _read(path: Path) -> Manifest:
    """What is written there; what only a later version says is passed over."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Manifest(**{field.name: told[field.name] for field in fields(Manifest) if field.name in told})


def manifests(folder: Path) -> tuple[Manifest, ...]:
    """Every manifest that can be read, also of a build that was deleted; the latest first."""
    found = []
    for path in folder.glob("warehouse-*.json"):
        with suppress(ValueError, TypeError, KeyError):
            found.append(_read(path))
    return tuple(sorted(found, key=lambda one: (one.built_at, one.build_id), reverse=True))


def finished(folder: Path) -> tuple[Manifest, ...]:
    """Every build that can be opened, the latest first; a manifest that cannot be read is none."""
    return tuple(one for one in manifests(folder) if (folder / one.file).is_file())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes a manifest, whole or not at all, in place of the one that was there."""
    with whole_file(manifest_file(folder, manifest.build_id), 0o644) as path:
        path.write_text(manifest.as_json(), encoding="utf-8")


def current(folder: Path) -> Manifest | None:
    """The manifest of the current build, or None."""
    pointer = folder / POINTER
    if not pointer.is_file():
        return None
    name = pointer.read_text("utf-8").strip()
    return read_manifest(folder, name.removeprefix("warehouse-").removesuffix(".duckdb"))


def swap_in(folder: Path, draft: Path, manifest: Manifest) -> None:
    """Gives a finished draft its name, writes its manifest, and points to it last, each step whole."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    target = folder / manifest.file
    if target.exists():
        draft.unlink()
    else:
        draft.replace(target)
    write_manifest(folder, manifest)
    _point_to(folder, manifest.build_id)


@contextmanager
def publishing(folder: Path) -> Iterator[None]:
    """Alone among those who publish into a folder; sweeps what a killed one has left. A full disk is a StorageError."""
    with full_disk_told("data/build"):
        folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", timeout=WAIT_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise ContractError(
            "Pembangunan lain sedang berjalan. / Another build is running.",
            "data/build",
            "Tunggu lalu ulangi.",
        ) from None
    try:
        sweep(folder)
        with full_disk_told("data/build"):
            yield
    finally:
        lock.release()


def rollback(folder: Path, before: Callable[[Manifest], object] = lambda manifest: None) -> Manifest:
    """Points back to the build before the current one; without one it is a WarehouseError.

    `before` hears of it first; what it raises stops it.
    """
    with publishing(folder):
        found = before_current(folder)
        if found is None:
            raise WarehouseError(
                "Tidak ada bangunan sebelumnya. / There is no earlier build.", None, "Jalankan make data."
            )
        before(found)
        _point(folder, found.build_id)
        return found


def before_current(folder: Path) -> Manifest | None:
    """Where a rollback leads, or None."""
    history = [line for line in _history(folder) if read_manifest(folder, line)]
    now = current(folder)
    earlier = (
        history[: len(history) - 1 - history[::-1].index(now.build_id)]
        if now and now.build_id in history
        else history
    )
    earlier = [line for line in earlier if now is None or line != now.build_id]
    return read_manifest(folder, earlier[-1]) if earlier else None


def drop_earlier(folder: Path) -> int:
    """Removes every build but the current one, and the way back to them; returns how many."""
    with publishing(folder):
        return _drop_earlier_alone(folder)


def _drop_earlier_alone(folder: Path) -> int:
    now = current(folder)
    assert now is not None, "a build was just published"
    others = [path for path in folder.glob("warehouse-*.duckdb") if path.name != now.file]
    with whole_file(folder / HISTORY, 0o644) as path:
        path.write_text(f"{now.build_id}\n", encoding="utf-8")
    for other in others:
        other.with_suffix(".json").unlink(missing_ok=True)
        other.unlink()
    return len(others)


def _history(folder: Path) -> list[str]:
    path = folder / HISTORY
    return path.read_text("utf-8").split() if path.is_file() else []


def _point_to(folder: Path, build_id: str) -> None:
    history = _history(folder)
    now = current(folder)
    if now and now.build_id in history:
        history = history[: len(history) - history[::-1].index(now.build_id)]
    if not history or history[-1] != build_id:
        with whole_file(folder / HISTORY, 0o644) as path:
            path.write_text("\n".join([*history, build_id]) + "\n", encoding="utf-8")
    _point(folder, build_id)


def _point(folder: Path, build_id: str) -> None:
    with whole_file(folder / POINTER, 0o644) as path:
        path.write_text(f"warehouse-{build_id}.duckdb\n", encoding="utf-8")

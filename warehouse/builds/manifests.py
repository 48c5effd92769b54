"""The builds that are kept, read from the manifests beside them; the files themselves are not opened."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from settings import Settings
from warehouse.connection import current_version

_BUILD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Kept:
    """A finished build: its id, when it was made, the hash of its content, and whether the pointer names it."""

    build_id: str
    built_at: str
    content_hash: str
    is_current: bool


def kept(settings: Settings) -> tuple[Kept, ...]:
    """All finished builds, the current one first, then the latest; no usable warehouse is a WarehouseError.

    Another engine holds one build only, and says nothing of its day before it is asked.
    """
    now = current_version(settings)
    if settings.engine_url:
        return (Kept(now, "", "", True),)
    found = [_read(path, now) for path in settings.build.glob("warehouse-*.json")]
    finished = [build for build in found if build]
    if not any(build.is_current for build in finished):
        finished.append(Kept(now, "", "", True))
    latest = sorted(finished, key=lambda build: (build.built_at, build.build_id), reverse=True)
    return tuple(sorted(latest, key=lambda build: not build.is_current))


def is_kept(settings: Settings, build_id: str) -> bool:
    """Whether a build can be opened; a text that could not name one is none."""
    if settings.engine_url or not _BUILD_ID.fullmatch(build_id):
        return build_id == current_version(settings)
    return (settings.build / f"warehouse-{build_id}.duckdb").is_file()


def deleted(settings: Settings, build_id: str) -> Kept | None:
    """What is still known of a build that was kept until its time was over; None of any other."""
    if settings.engine_url or not _BUILD_ID.fullmatch(build_id) or is_kept(settings, build_id):
        return None
    return _told(settings.build / f"warehouse-{build_id}.json", "")


def _read(path: Path, now: str) -> Kept | None:
    """What a manifest says; None where it or its file is broken or gone."""
    return _told(path, now) if path.with_suffix(".duckdb").is_file() else None


def _told(path: Path, now: str) -> Kept | None:
    build_id = path.stem.removeprefix("warehouse-")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Kept(build_id, str(told["built_at"]), str(told["content_hash"]), build_id == now)
    except (OSError, ValueError, KeyError, TypeError):
        return None

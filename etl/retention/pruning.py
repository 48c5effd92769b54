"""Deletes builds whose time is over: one file each, and never the word that they were there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from etl.building.publish import Manifest, publishing
from etl.retention.policy import judged
from settings import Settings


def prune(
    settings: Settings, today: date, before: Callable[[Manifest], object] = lambda manifest: None
) -> tuple[Manifest, ...]:
    """Deletes what the policy lets go, the oldest first; returns it. `before` hears of each first, and what it raises stops it.

    The manifest of a deleted build stays: it says when the build was made and what its content's hash was. A run that is
    killed has deleted some of them whole and none in part; the next one deletes the rest.
    """
    with publishing(settings.build):
        over = [found.manifest for found in judged(settings, today) if not found.stays]
        for manifest in reversed(over):
            before(manifest)
            (settings.build / manifest.file).unlink()
    return tuple(reversed(over))

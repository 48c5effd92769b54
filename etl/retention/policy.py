"""The policy: what must stay, what may go. A receipt is promised ten years, so that the default deletes nothing younger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from errors import WarehouseError
from etl.building.publish import Manifest, before_current, current, finished
from etl.correcting.listing import Correction, read_corrections
from settings import Settings

Reason = Literal["current", "previous", "corrected", "young", "recent", "over"]
STAYS: Final[tuple[Reason, ...]] = ("current", "previous", "corrected")
"""What no setting can make go: what readers see, where a rollback leads, and what a correction speaks of."""


@dataclass(frozen=True)
class Judged:
    """A finished build and why it stays; `over` is the one reason to go."""

    manifest: Manifest
    reason: Reason

    @property
    def stays(self) -> bool:
        """Whether it is kept."""
        return self.reason != "over"


def judged(settings: Settings, today: date) -> tuple[Judged, ...]:
    """Every finished build with the first reason that holds, the latest first.

    `young` is younger than `keep_years`, `recent` one of the latest `keep_builds`. A build whose day cannot be read is young.
    Without a current build nothing can be judged: a WarehouseError.
    """
    folder = settings.build
    now, before = current(folder), before_current(folder)
    if now is None:
        raise WarehouseError(
            "Tidak ada bangunan sekarang. / There is no current build.", "data/build", "Jalankan make data."
        )
    corrections = read_corrections(settings)
    found = []
    for place, manifest in enumerate(finished(folder)):
        held: dict[Reason, bool] = {
            "current": manifest == now,
            "previous": manifest == before,
            "corrected": _is_spoken_of(manifest, corrections),
            "young": _is_young(manifest, settings.keep_years, today),
            "recent": place < settings.keep_builds,
            "over": True,
        }
        found.append(Judged(manifest, next(reason for reason, holds in held.items() if holds)))
    return tuple(found)


def _is_spoken_of(manifest: Manifest, corrections: Sequence[Correction]) -> bool:
    """Whether a correction names the build or a receipt of it, or names none and was wrong on its day."""
    made = _day(manifest)
    return any(
        manifest.build_id in (*one.named_builds, one.last_build)
        or (
            not one.named_builds
            and made is not None
            and one.wrong_since <= made
            and (one.corrected_on is None or made < one.corrected_on)
        )
        for one in corrections
    )


def _is_young(manifest: Manifest, years: int, today: date) -> bool:
    made = _day(manifest)
    return made is None or (today.year - made.year, today.month, today.day) < (years, made.month, made.day)


def _day(manifest: Manifest) -> date | None:
    try:
        return date.fromisoformat(manifest.built_at[:10])
    except ValueError:
        return None

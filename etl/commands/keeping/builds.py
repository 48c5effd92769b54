"""`builds list`, `builds prune`: which builds are kept and why, and the deletion of those whose time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import typer

from audit import record
from etl.building.publish import Manifest
from etl.commands.desk import desk_of
from etl.retention.policy import judged
from etl.retention.pruning import prune
from etl.telling.log import log
from language import words

HEADINGS = ("build_id", "built_at", "megabytes", "kept")
builds = typer.Typer(
    no_args_is_help=True,
    help="Bangunan yang disimpan: lihat, hapus yang lewat masanya / kept builds: list, prune.",
)


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(builds, name="builds")


@builds.command("list")
def list_builds(context: typer.Context) -> None:
    """Bangunan, terbaru di atas, dan mengapa disimpan / builds, the latest first, and why each is kept; it deletes nothing."""
    desk = desk_of(context)
    folder = desk.settings.build
    rows = [
        (
            found.manifest.build_id,
            found.manifest.built_at,
            f"{(folder / found.manifest.file).stat().st_size / 1e6:.1f}",
            " / ".join(words(lang)(f"retention.reason.{found.reason}") for lang in ("id", "en")),
        )
        for found in judged(desk.settings, _today())
    ]
    desk.teller.table("builds", HEADINGS, rows)


@builds.command("prune")
def prune_builds(context: typer.Context) -> None:
    """Hapus bangunan yang lewat masa simpannya / delete builds whose time is over (NETRA_KEEP_YEARS, NETRA_KEEP_BUILDS)."""
    desk = desk_of(context)

    def noted(manifest: Manifest) -> None:
        record(desk.settings, "prune", build=manifest.build_id, content=manifest.content_hash)

    gone = prune(desk.settings, _today(), noted)
    log.info("prune builds=%s", len(gone))
    named = " ".join(manifest.build_id for manifest in gone)
    desk.teller.done(
        f"{len(gone)} bangunan dihapus. / {len(gone)} builds deleted. {named}".rstrip(),
        {"changed": bool(gone), "builds": named},
    )


def _today() -> date:
    return datetime.now(UTC).date()

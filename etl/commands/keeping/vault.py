"""`rotate-key` and `forget`: what concerns the vault alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.building.build import build
from etl.building.publish import drop_earlier
from etl.commands.desk import desk_of
from etl.mending.forgetting import forget as forget_persons
from etl.mending.forgetting import read_numbers, refuse_unproven
from etl.retention.memory import check_memory
from etl.telling.log import log
from etl.vault.rotation import rotate_key as rotate


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command("rotate-key")(rotate_key)
    app.command("forget")(forget)


def rotate_key(context: typer.Context) -> None:
    """Ganti kunci nama samaran; semua nama samaran dibuat ulang / a new key, every pseudonym made anew."""
    desk = desk_of(context)
    with desk.teller.steps("ganti kunci / rotate key") as tell:
        files = rotate(desk.settings, tell)
    log.info("rotate-key files=%s", files)
    desk.teller.done(
        f"Kunci diganti, {files} berkas dibuat ulang. Cadangkan berkas kunci yang baru. "
        f"/ The key is new, {files} files were re-keyed. Back up the new key file.",
        {"changed": True, "files": files},
    )


def forget(
    context: typer.Context,
    nip_file: Annotated[Path, typer.Option("--nip-file", help="Satu NIP per baris / one NIP per line")],
) -> None:
    """Hapus orang dari semua data dan buktikan / remove persons everywhere, and prove it."""
    desk = desk_of(context)
    numbers = read_numbers(nip_file)
    check_memory(desk.settings)
    with desk.teller.steps("hapus / forget") as tell:
        found = forget_persons(desk.settings, numbers, tell)
        manifest, _ = build(desk.settings, tell)
        dropped = drop_earlier(desk.settings.build) if found.case_rows else 0
        looked_at = refuse_unproven(desk.settings.data, numbers)
    log.info("forget persons=%s rows=%s", len(numbers), found.rows)
    desk.teller.done(
        f"{len(numbers)} orang: {found.rows} baris dihapus dari semua versi ({found.case_rows} baris perkara); "
        f"{found.files_checked} berkas brankas dan {looked_at} berkas data diperiksa, tidak ada sisa; "
        f"bangunan {manifest.build_id}, {dropped} bangunan lama dihapus. Hapus juga berkas daftar NIP-nya. "
        f"/ {found.rows} rows removed, {looked_at} files searched, nothing remains. Delete the list of NIP as well.",
        {"changed": found.rows > 0, "rows": found.rows, "build_id": manifest.build_id},
    )

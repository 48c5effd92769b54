"""`build`, `rollback`, `export`, `prepare`, `sample`, `dictionary`, `verify`: from what is loaded to what is published.

To ask a build for its numbers is the business of the other tower, which this one does not import: `verify` starts it as a process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from audit import record
from errors import AppError, ContractError, SourceError, WarehouseError
from etl.building.build import build as build_warehouse
from etl.building.dictionary import as_markdown, read_dictionary
from etl.building.export import export_parquet
from etl.building.publish import rollback as roll_back
from etl.commands.desk import desk_of
from etl.meaning.regions import government_of_code
from etl.preparing import prepare as prepare_warehouse
from etl.retention.memory import Loss
from etl.sample.write import write_sample
from etl.telling.log import log
from settings import ROOT, Settings

CHECKING: Final = (sys.executable, "-m", "exports.checking")
FAULTS: Final[dict[int, type[AppError]]] = {
    fault.exit_code: fault for fault in (SourceError, ContractError, WarehouseError)
}
GIVEN_UP: Final = (
    "\nTerbitan yang hilang dicatat di catatan audit dan bangunannya dihapus. Salinan pada pembaca tetap ada: selisihnya dengan "
    "terbitan ini dan berikutnya tidak terlindung."
    "\nWhat was lost stands in the audit log, and its builds are deleted. Copies that readers have stay out there: differences "
    "between them and this release or later ones are not protected."
)
Out = Annotated[Path, typer.Option("--out", help="Folder tujuan / target folder")]


class Format(StrEnum):
    """Forms of export."""

    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (build, rollback, export, prepare, sample, dictionary, verify):
        app.command(command.__name__)(command)


def build(
    context: typer.Context,
    accept_lost_releases: Annotated[
        bool,
        typer.Option(
            "--accept-lost-releases",
            help="Lanjut tanpa terbitan yang hilang untuk selamanya / go on without releases that are lost for good",
        ),
    ] = False,
) -> None:
    """Bangun gudang data, periksa, lalu terbitkan / build, check and publish the warehouse."""
    desk = desk_of(context)
    given_up: list[Loss] = []

    def accepts(settings: Settings, loss: Loss) -> bool:
        given_up.extend([loss] * accept_lost_releases)
        return accept_lost_releases

    with desk.teller.steps("bangun / build") as tell:
        manifest, changed = build_warehouse(desk.settings, tell, accepts)
    log.info("build %s changed=%s", manifest.build_id, changed)
    word = "dibangun / built" if changed else "sudah mutakhir / already current"
    desk.teller.done(
        f"Gudang data {manifest.build_id} {word}. content_hash {manifest.content_hash}"
        + (GIVEN_UP if given_up else ""),
        {"changed": changed, "build_id": manifest.build_id},
    )


def rollback(context: typer.Context) -> None:
    """Kembali ke bangunan sebelumnya / back to the previous build."""
    desk = desk_of(context)
    manifest = roll_back(
        desk.settings.build,
        before=lambda to: record(desk.settings, "rollback", build=to.build_id, content=to.content_hash),
    )
    log.info("rollback %s", manifest.build_id)
    desk.teller.done(
        f"Gudang data sekarang / now current: {manifest.build_id}",
        {"changed": True, "build_id": manifest.build_id},
    )


def export(
    context: typer.Context, out: Out, form: Annotated[Format, typer.Option("--format")] = Format.PARQUET
) -> None:
    """Tabel inti sebagai Parquet / core tables as Parquet."""
    desk = desk_of(context)
    record(desk.settings, "download", what="core_tables")
    names = export_parquet(desk.settings, out)
    desk.teller.done(
        f"{len(names)} tabel ditulis sebagai {form.value}. / {len(names)} tables written.",
        {"tables": len(names)},
    )


def prepare(context: typer.Context) -> None:
    """Siapkan gudang data: simulasi bila belum ada sumber / make a warehouse, simulated where nothing is loaded."""
    desk = desk_of(context)
    with desk.teller.steps("siapkan / prepare") as tell:
        manifest, changed = prepare_warehouse(desk.settings, tell)
    desk.teller.done(
        f"Gudang data {manifest.build_id} {'dibangun / built' if changed else 'mutakhir / current'}.",
        {"changed": changed, "build_id": manifest.build_id},
    )


def sample(
    context: typer.Context,
    out: Out,
    government: Annotated[
        list[str] | None,
        typer.Option("--government", help="Kode pemerintah, boleh berulang / may be repeated"),
    ] = None,
    scale: Annotated[float, typer.Option("--scale", min=0.001)] = 1.0,
    seed: Annotated[int, typer.Option("--seed")] = 2024,
) -> None:
    """Tulis berkas simulasi / write simulated input files."""
    desk = desk_of(context)
    codes = [government_of_code(code) for code in government] if government else None
    with desk.teller.steps("simulasi / sample") as tell:
        manifest = write_sample(out, governments=codes, scale=scale, seed=seed, progress=tell)
    desk.teller.done(
        f"Data simulasi ditulis. Muat dengan / load with: python -m etl load batch {manifest}",
        {"changed": True},
    )


def dictionary() -> None:
    """Kamus data sebagai halaman / the data dictionary as a page."""
    sys.stdout.write(as_markdown(read_dictionary()))


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="ZIP dari halaman Unduh / a ZIP of the page of downloads")],
) -> None:
    """Periksa ZIP yang diunduh terhadap bangunannya / check a downloaded ZIP against its build."""
    ended = subprocess.run(
        [*CHECKING, str(file.resolve())], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = json.loads(ended.stdout) if ended.stdout.strip() else {}
    if ended.returncode:
        kind = FAULTS.get(ended.returncode, AppError)
        raise kind(
            str(told.get("what") or "Pemeriksaan gagal. / The check failed."),
            told.get("where"),
            told.get("cure"),
        )
    desk_of(context).teller.done(
        f"Cocok dengan bangunan {told['build_id']} / verified: {told['files']} berkas / files, "
        f"{told['answers']} jawaban / answers.",
        {"changed": False, **told},
    )

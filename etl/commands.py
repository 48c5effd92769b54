"""The commands of the contract: load roster, load cases, load batch, build, sample, sources, rollback, export, prepare."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import settings as settings_module
from etl import console, registers
from etl.building.build import build as build_warehouse
from etl.building.dictionary import as_markdown, read_dictionary
from etl.building.export import export_parquet
from etl.building.publish import rollback as roll_back
from etl.describing import describe
from etl.loading.batch import load_batch
from etl.loading.card import read_cards
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.meaning.regions import government_of_code
from etl.options import CodeSystem, DryRun, FileArgument, Sheet, System
from etl.preparing import prepare as prepare_warehouse
from etl.sample.write import write_sample

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Netra Kalimantan: data masuk dan gudang data / data in and the warehouse.",
)
load = typer.Typer(no_args_is_help=True, help="Muat berkas / take in a file.")
app.add_typer(load, name="load")


class Format(StrEnum):
    """Forms of export."""

    PARQUET = "parquet"


def main() -> None:
    """Runs a command; errors become messages and the contract's exit codes."""
    chosen = settings_module.read()
    with console.exit_codes(chosen):
        console.open_log(chosen)
        app()


@load.command("roster")
def roster(  # noqa: PLR0913, PLR0917 - the contract names these options
    file: FileArgument,
    government: Annotated[str, typer.Option("--government", help="Kode pemerintah / government code")],
    as_of: Annotated[
        datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Tanggal potret / date of the snapshot")
    ],
    expect_pns: Annotated[int | None, typer.Option("--expect-pns", min=0)] = None,
    expect_pppk: Annotated[int | None, typer.Option("--expect-pppk", min=0)] = None,
    code_system: System = CodeSystem.KEMENDAGRI,
    sheet: Sheet = None,
    accept_mismatch: Annotated[
        str | None,
        typer.Option("--accept-mismatch", help="Nama petugas yang menerima selisih / who accepts a mismatch"),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Muat satu daftar pegawai / take in one roster."""
    code = government_of_code(government, code_system.value)
    request = RosterRequest(file, code, as_of.date(), expect_pns, expect_pppk, sheet, accept_mismatch)
    session = open_session(settings_module.read(), dry_run)
    card, changed = load_roster(session, request)
    console.log.info(
        "load roster %s changed=%s rejected=%s", card.source_id, changed and not dry_run, card.rows_rejected
    )
    describe(card, changed, dry_run)


load.command("cases")(registers.cases)
load.command("discipline")(registers.discipline)
app.command("differences")(registers.differences)


@load.command("batch")
def batch(manifest: Annotated[Path, typer.Argument(help="manifest.csv")]) -> None:
    """Muat semua berkas dalam manifest / take in all files of a manifest."""
    with console.steps("muat / load") as tell:
        loaded, unchanged = load_batch(settings_module.read(), manifest, tell)
    console.out.print(
        f"{loaded} berkas dimuat, {unchanged} tidak berubah. / {loaded} files loaded, {unchanged} unchanged."
    )


@app.command("build")
def build() -> None:
    """Bangun gudang data, periksa, lalu terbitkan / build, check and publish the warehouse."""
    with console.steps("bangun / build") as tell:
        manifest, changed = build_warehouse(settings_module.read(), tell)
    console.log.info("build %s changed=%s", manifest.build_id, changed)
    word = "dibangun / built" if changed else "sudah mutakhir / already current"
    console.out.print(f"Gudang data {manifest.build_id} {word}. content_hash {manifest.content_hash}")


@app.command("sample")
def sample(
    out: Annotated[Path, typer.Option("--out", help="Folder tujuan / target folder")],
    government: Annotated[
        list[str] | None,
        typer.Option("--government", help="Kode pemerintah, boleh berulang / may be repeated"),
    ] = None,
    scale: Annotated[float, typer.Option("--scale", min=0.001)] = 1.0,
    seed: Annotated[int, typer.Option("--seed")] = 2024,
) -> None:
    """Tulis berkas simulasi / write simulated input files."""
    codes = [government_of_code(code) for code in government] if government else None
    with console.steps("simulasi / sample") as tell:
        manifest = write_sample(out, governments=codes, scale=scale, seed=seed, progress=tell)
    console.out.print(f"Data simulasi ditulis. Muat dengan / load with: python -m etl load batch {manifest}")


@app.command("sources")
def sources() -> None:
    """Daftar berkas yang dimuat / what is loaded."""
    cards = read_cards(settings_module.read().sources)
    rows = [
        (
            c.source_id,
            c.file_name,
            c.sha256[:12],
            c.rows_read,
            c.rows_loaded,
            c.rows_rejected,
            c.pns_active,
            c.pppk_active,
            c.control_verdict,
            "simulasi" if c.is_simulated else "",
        )
        for c in cards
    ]
    console.show(
        f"{len(cards)} sumber / sources",
        ["sumber", "berkas", "sha256", "baca", "muat", "tolak", "PNS", "PPPK", "kendali", ""],
        rows,
    )


@app.command("rollback")
def rollback() -> None:
    """Kembali ke bangunan sebelumnya / back to the previous build."""
    manifest = roll_back(settings_module.read().build)
    console.log.info("rollback %s", manifest.build_id)
    console.out.print(f"Gudang data sekarang / now current: {manifest.build_id}")


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="Folder tujuan / target folder")],
    form: Annotated[Format, typer.Option("--format")] = Format.PARQUET,
) -> None:
    """Tabel inti sebagai Parquet / core tables as Parquet."""
    names = export_parquet(settings_module.read(), out)
    console.out.print(f"{len(names)} tabel ditulis sebagai {form.value}. / {len(names)} tables written.")


@app.command("prepare")
def prepare() -> None:
    """Siapkan gudang data: simulasi bila belum ada sumber / make a warehouse, simulated where nothing is loaded."""
    with console.steps("siapkan / prepare") as tell:
        manifest, changed = prepare_warehouse(settings_module.read(), tell)
    console.out.print(
        f"Gudang data {manifest.build_id} {'dibangun / built' if changed else 'mutakhir / current'}."
    )


@app.command("dictionary")
def dictionary() -> None:
    """Kamus data sebagai halaman / the data dictionary as a page."""
    console.out.file.write(as_markdown(read_dictionary()))

"""`load roster`, `cases`, `discipline`, `prevention`, `numbers`, `corrections`, `batch`: files come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from etl.cards.card import Card
from etl.commands.desk import Desk, desk_of
from etl.commands.options import (
    CodeSystem,
    Count,
    DryRun,
    FileArgument,
    Mapping,
    MaybeGovernment,
    MaybeSystem,
    Name,
    Original,
    Publisher,
    Register,
    Replace,
    Sheet,
    System,
)
from etl.loading.batch import load_batch
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.prevention import PreventionRequest, load_prevention
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import Session, open_session
from etl.meaning.regions import government_of_code
from etl.mending.corrections import load_corrections
from etl.mending.renumbering import NumbersRequest, load_numbers
from etl.reading.headers import read_mapping
from etl.telling.log import log


def add_to(load: typer.Typer) -> None:
    """Adds the commands of this module."""
    load.command("roster")(roster)
    load.command("cases")(cases)
    load.command("discipline")(discipline)
    load.command("prevention")(prevention)
    load.command("numbers")(numbers)
    load.command("corrections")(corrections)
    load.command("batch")(batch)


def roster(  # noqa: PLR0913, PLR0917 - the contract names these options
    context: typer.Context,
    file: FileArgument,
    government: Annotated[str, typer.Option("--government", help="Kode pemerintah / government code")],
    as_of: Annotated[
        datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Tanggal potret / date of the snapshot")
    ],
    expect_pns: Count = None,
    expect_pppk: Count = None,
    code_system: System = CodeSystem.KEMENDAGRI,
    sheet: Sheet = None,
    columns: Mapping = None,
    accept_mismatch: Annotated[
        str | None,
        typer.Option("--accept-mismatch", help="Nama petugas yang menerima selisih / who accepts a mismatch"),
    ] = None,
    keep_original: Original = False,
    dry_run: DryRun = False,
    name: Name = None,
) -> None:
    """Muat satu daftar pegawai / take in one roster."""
    desk = desk_of(context)
    request = RosterRequest(
        file, government_of_code(government, code_system.value), as_of.date(), expect_pns, expect_pppk, sheet,
        accept_mismatch, read_mapping(columns or [], "roster"), keep_original, name,
    )  # fmt: skip
    _run(desk, dry_run, lambda session: load_roster(session, request, desk.teller.understood))


def cases(  # noqa: PLR0913, PLR0917 - the contract names these options
    context: typer.Context,
    file: FileArgument,
    publisher: Publisher = None,
    code_system: MaybeSystem = None,
    sheet: Sheet = None,
    register: Register = None,
    replace: Replace = False,
    columns: Mapping = None,
    keep_original: Original = False,
    dry_run: DryRun = False,
    name: Name = None,
) -> None:
    """Muat satu register perkara / take in one register of cases."""
    desk = desk_of(context)
    request = CasesRequest(
        file, publisher, code_system.value if code_system else None, sheet, register, replace,
        read_mapping(columns or [], "cases"), keep_original, name,
    )  # fmt: skip
    _run(desk, dry_run, lambda session: load_cases(session, request, desk.teller.understood))


def discipline(  # noqa: PLR0913, PLR0917 - as for cases
    context: typer.Context,
    file: FileArgument,
    publisher: Publisher = None,
    government: MaybeGovernment = None,
    code_system: MaybeSystem = None,
    sheet: Sheet = None,
    register: Register = None,
    replace: Replace = False,
    columns: Mapping = None,
    keep_original: Original = False,
    dry_run: DryRun = False,
    name: Name = None,
) -> None:
    """Muat satu riwayat hukuman disiplin SIASN / take in one SIASN history of discipline."""
    desk = desk_of(context)
    system = code_system.value if code_system else None
    place = government_of_code(government, system or "kemendagri") if government else None
    request = DisciplineRequest(
        file, publisher, system, sheet, register, replace, read_mapping(columns or [], "discipline"), keep_original, name, place,
    )  # fmt: skip
    _run(desk, dry_run, lambda session: load_discipline(session, request, desk.teller.understood))


def prevention(  # noqa: PLR0913, PLR0917 - as for cases
    context: typer.Context,
    file: FileArgument,
    publisher: Publisher = None,
    government: MaybeGovernment = None,
    code_system: MaybeSystem = None,
    sheet: Sheet = None,
    register: Register = None,
    replace: Replace = False,
    columns: Mapping = None,
    keep_original: Original = False,
    dry_run: DryRun = False,
    name: Name = None,
) -> None:
    """Muat satu daftar kegiatan pencegahan / take in one list of socialisation, circulars and pledges."""
    desk = desk_of(context)
    system = code_system.value if code_system else None
    place = government_of_code(government, system or "kemendagri") if government else None
    request = PreventionRequest(
        file, publisher, system, sheet, register, replace, read_mapping(columns or [], "prevention"), keep_original, name, place,
    )  # fmt: skip
    _run(desk, dry_run, lambda session: load_prevention(session, request, desk.teller.understood))


def corrections(
    context: typer.Context, file: FileArgument, sheet: Sheet = None, dry_run: DryRun = False
) -> None:
    """Muat baris tolakan yang sudah dibetulkan / take in refused rows that were corrected."""
    desk = desk_of(context)
    _run(desk, dry_run, lambda session: load_corrections(session, file, desk.teller.understood, sheet))


def numbers(  # noqa: PLR0913, PLR0917 - as for cases
    context: typer.Context,
    file: FileArgument,
    publisher: Publisher = None,
    sheet: Sheet = None,
    dry_run: DryRun = False,
    name: Name = None,
) -> None:
    """Muat daftar nomor lama dan baru / take in which numbers of persons have changed."""
    desk = desk_of(context)
    request = NumbersRequest(file, publisher, sheet, name)
    _run(desk, dry_run, lambda session: load_numbers(session, request, desk.teller.understood))


def batch(context: typer.Context, manifest: Annotated[Path, typer.Argument(help="manifest.csv")]) -> None:
    """Muat semua berkas dalam manifest / take in all files of a manifest."""
    desk = desk_of(context)
    with desk.teller.steps("muat / load") as tell:
        loaded, unchanged = load_batch(desk.settings, manifest, tell)
    desk.teller.done(
        f"{loaded} berkas dimuat, {unchanged} tidak berubah. / {loaded} files loaded, {unchanged} unchanged.",
        {"changed": loaded > 0, "loaded": loaded, "unchanged": unchanged},
    )


def _run(desk: Desk, dry_run: bool, load: Callable[[Session], tuple[Card, bool]]) -> None:
    """One load from opening to the last sentence."""
    session = open_session(desk.settings, dry_run)
    try:
        card, changed = load(session)
    finally:
        session.close()
    written = changed and not dry_run
    log.info("load %s changed=%s rejected=%s", card.source_id, written, card.rows_rejected)
    sentence = f"{card.source_id}: dimuat. Terbitkan dengan / publish with: python -m etl build"
    if not changed:
        sentence = "Berkas ini sudah dimuat; tidak ada yang berubah. / Already loaded; nothing changed."
    elif dry_run:
        sentence = "Hanya diperiksa; tidak ada yang ditulis. / Dry run; nothing was written."
    desk.teller.done(sentence, {"changed": changed, "dry_run": dry_run, "source_id": card.source_id})

"""The commands about registers of cases and histories of discipline: take one in, and list where they differ."""

from __future__ import annotations

from typing import Annotated

import typer

import settings as settings_module
from etl import console
from etl.building.differences import list_differences
from etl.describing import describe
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.session import open_session
from etl.meaning.regions import government_of_code
from etl.options import DryRun, FileArgument, MaybeSystem, Publisher, Register, Replace, Sheet


def cases(  # noqa: PLR0913, PLR0917 - the contract names these options
    file: FileArgument,
    publisher: Publisher = None,
    code_system: MaybeSystem = None,
    sheet: Sheet = None,
    register: Register = None,
    replace: Replace = False,
    dry_run: DryRun = False,
) -> None:
    """Muat satu register perkara / take in one register of cases."""
    system = code_system.value if code_system else None
    session = open_session(settings_module.read(), dry_run)
    card, changed = load_cases(session, CasesRequest(file, publisher, system, sheet, register, replace))
    console.log.info(
        "load cases %s changed=%s rejected=%s", card.source_id, changed and not dry_run, card.rows_rejected
    )
    describe(card, changed, dry_run)


def discipline(  # noqa: PLR0913, PLR0917 - as for cases
    file: FileArgument,
    publisher: Publisher = None,
    government: Annotated[
        str | None, typer.Option("--government", help="Pemerintah seluruh baris / government of all rows")
    ] = None,
    code_system: MaybeSystem = None,
    sheet: Sheet = None,
    register: Register = None,
    replace: Replace = False,
    dry_run: DryRun = False,
) -> None:
    """Muat satu riwayat hukuman disiplin SIASN / take in one SIASN history of discipline."""
    system = code_system.value if code_system else None
    place = government_of_code(government, system or "kemendagri") if government else None
    session = open_session(settings_module.read(), dry_run)
    request = DisciplineRequest(file, publisher, system, sheet, register, replace, place)
    card, changed = load_discipline(session, request)
    console.log.info(
        "load discipline %s changed=%s rejected=%s",
        card.source_id,
        changed and not dry_run,
        card.rows_rejected,
    )
    describe(card, changed, dry_run)


def differences() -> None:
    """Selisih antarregister dan putusan tanpa perkara / where registers differ, and decisions without a case."""
    found = list_differences(settings_module.read())
    console.log.info(
        "differences %s doubtful %s unmatched %s",
        len(found.differences),
        len(found.doubtful),
        len(found.unmatched),
    )
    console.show(
        f"{len(found.differences)} selisih / differences",
        ["perkara", "orang", "kolom", "dipakai", "nomor", "nilai", "berbeda", "nomor", "nilai"],
        found.differences,
    )
    console.show(
        f"{len(found.doubtful)} perkara mungkin ganda / possible duplicates",
        ["perkara", "orang", "pemerintah", "sumber", "nomor", "kejadian"],
        found.doubtful,
    )
    console.show(
        f"{len(found.unmatched)} putusan netralitas tanpa perkara / decisions without a case",
        ["catatan", "pemerintah", "tanggal SK", "sanksi", "tingkat", "dibatalkan", "nomor SK", "sumber"],
        found.unmatched,
    )

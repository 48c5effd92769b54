"""The commands about registers of cases and histories of discipline: take one in, and list where they differ."""

from __future__ import annotations

import settings as settings_module
from etl import console
from etl.describing import describe
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.session import open_session
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

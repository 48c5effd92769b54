"""What several commands ask the operator: the file, its code system, its sheet, its publisher."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class CodeSystem(StrEnum):
    """Systems of region codes that look alike and disagree."""

    KEMENDAGRI = "kemendagri"
    BPS = "bps"
    BKN = "bkn"


FileArgument = Annotated[Path, typer.Argument(help="Berkas / file")]
System = Annotated[CodeSystem, typer.Option("--code-system", help="Sistem kode wilayah / code system")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Periksa saja / only look")]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Nama lembar / sheet")]
MaybeSystem = Annotated[
    CodeSystem | None, typer.Option("--code-system", help="Sistem kode wilayah / code system")
]
Publisher = Annotated[
    str | None, typer.Option("--publisher", help="Penerbit register / who keeps the register")
]
Register = Annotated[
    str | None, typer.Option("--register", help="Nama register, bila bukan penerbitnya / its name")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Gantikan register bernama sama / replace the register of that name")
]

"""What several commands ask the operator: the file, its form, its code system, its keeper."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from etl.meaning.numbers import whole_number


class CodeSystem(StrEnum):
    """Systems of region codes that look alike and disagree."""

    KEMENDAGRI = "kemendagri"
    BPS = "bps"
    BKN = "bkn"


FileArgument = Annotated[Path, typer.Argument(help="Berkas / file")]
System = Annotated[CodeSystem, typer.Option("--code-system", help="Sistem kode wilayah / code system")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Periksa saja / only look")]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Nama lembar / sheet")]
Name = Annotated[str | None, typer.Option("--name", help="Nama asli berkas / its own name", hidden=True)]
Mapping = Annotated[
    list[str] | None, typer.Option("--map", help='"Kolom=bidang", boleh berulang / may be repeated')
]
Original = Annotated[
    bool, typer.Option("--keep-original", help="Simpan berkas utuh di brankas / keep the file as received")
]
Count = Annotated[int | None, typer.Option(parser=whole_number, metavar="N")]
MaybeSystem = Annotated[
    CodeSystem | None, typer.Option("--code-system", help="Sistem kode wilayah / code system")
]
MaybeGovernment = Annotated[
    str | None,
    typer.Option("--government", help="Pemerintah baris yang tidak menyebutnya / of rows that name none"),
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

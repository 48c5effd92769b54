"""`audit verify`, `audit list`, `audit head`: is the log whole, what does it say, and where does it end."""

from __future__ import annotations

from typing import Annotated

import typer

from audit.anchor import Head, read_head
from audit.entries import code
from audit.reading import entries, log_file
from audit.secret import open_secrets
from audit.verdict import Finding, verify
from errors import ContractError
from etl.commands.desk import desk_of
from etl.telling.log import log
from language import words

HEADINGS = ("number", "at", "kind", "account", "about")
SHOWN = 10
Last = Annotated[
    int, typer.Option("--last", min=1, help="Berapa entri terakhir / how many of the last entries")
]
Kind = Annotated[str | None, typer.Option("--kind", help="Hanya jenis ini / only this kind")]
Account = Annotated[str | None, typer.Option("--account", help="Hanya akun ini / only this account")]
audit = typer.Typer(
    no_args_is_help=True,
    help="Catatan audit: periksa, lihat, catat ujungnya / the audit log: verify, list, head.",
)


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(audit, name="audit")


@audit.command("verify")
def verify_log(
    context: typer.Context,
    head: Annotated[
        str | None, typer.Option("--head", help="Ujung yang dicatat di tempat lain / a head noted elsewhere")
    ] = None,
) -> None:
    """Periksa seluruh catatan / verify the whole log; 11 where anything was changed, removed, inserted or reordered."""
    desk = desk_of(context)
    verdict = verify(desk.settings, _noted(head))
    log.info("audit verify entries=%s breaks=%s", verdict.entries, len(verdict.breaks))
    if verdict.breaks:
        raise ContractError(
            "Catatan audit tidak utuh. / The audit log is not whole:\n  "
            + "\n  ".join(map(_told, verdict.breaks[:SHOWN])),
            "log/audit.jsonl",
            "Simpan salinan berkas ini sebagaimana adanya, lalu baca docs/audit.md. / Keep a copy as it is, then read docs/audit.md.",
        )
    notes = "".join(f"\n  {_told(found)}" for found in verdict.findings[:SHOWN])
    desk.teller.done(
        f"Catatan audit utuh: {verdict.entries} entri. / The audit log is whole: {verdict.entries} entries. "
        f"Ujung / head {verdict.head}{notes}",
        {"changed": False, "entries": verdict.entries, "head": str(verdict.head)},
    )


@audit.command("list")
def list_entries(context: typer.Context, last: Last = 50, kind: Kind = None, account: Account = None) -> None:
    """Entri terakhir / the last entries, oldest first. It does not verify them."""
    desk = desk_of(context)
    who = account and code(account, open_secrets(desk.settings.key_file).first)
    found = [
        entry
        for entry in entries(log_file(desk.settings))
        if (kind is None or entry.kind == kind) and (who is None or entry.account == who)
    ]
    rows = [
        (
            entry.number,
            entry.at,
            entry.kind,
            entry.account,
            " ".join(f"{k}={v}" for k, v in entry.about.items()),
        )
        for entry in found[-last:]
    ]
    desk.teller.table("audit", HEADINGS, rows)


@audit.command("head")
def head_of_log(context: typer.Context) -> None:
    """Ujung catatan: jumlah dan hash entri terakhir, untuk dicatat di tempat lain / the head, to be noted elsewhere."""
    desk = desk_of(context)
    head = verify(desk.settings).head
    desk.teller.done(
        f"{head}\nCatat di luar mesin ini; kelak periksa dengan / note it off this machine; later: "
        f"python -m etl audit verify --head {head}",
        {"changed": False, "head": str(head)},
    )


def _noted(text: str | None) -> Head | None:
    if text is None:
        return None
    head = read_head(text)
    if head is None:
        raise typer.BadParameter(
            "Tulis seperti dicetak audit head / write it as audit head prints it: 123:abc…"
        )
    return head


def _told(found: Finding) -> str:
    named = {"number": str(found.number), "line": str(found.line)}
    return " / ".join(words(lang)(f"audit.findings.{found.kind}", **named) for lang in ("id", "en"))

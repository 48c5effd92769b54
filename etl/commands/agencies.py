"""`agencies` and `agencies decide`: names that a human should look at, and what the human says."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from etl.agencies.deciding import Verdict, decide
from etl.agencies.listing import Undecided, is_seen, undecided
from etl.agencies.review import Question
from etl.commands.desk import desk_of
from etl.meaning.regions import government_of_code, name_of
from etl.telling.log import log

HEADINGS = ("government", "name", "persons", "reason", "proposals", "source_id")
Government = Annotated[
    str | None, typer.Option("--government", help="Kode pemerintah, misalnya 6408 / government code")
]
agencies = typer.Typer(
    help="Nama perangkat daerah: daftar periksa dan putusan / names of agencies, to review and decide."
)


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.add_typer(agencies, name="agencies")


@agencies.callback(invoke_without_command=True)
def review(context: typer.Context, government: Government = None) -> None:
    """Nama yang mirip atau tidak dikenal dan belum diputuskan / names that are near or unknown, and undecided."""
    if context.invoked_subcommand is not None:
        return
    desk = desk_of(context)
    only = government_of_code(government) if government else None
    found: Undecided = undecided(desk.settings, only)
    desk.teller.table("agencies", HEADINGS, [_row(question) for question in found.questions])
    desk.teller.done(
        f"{len(found.questions)} nama menunggu putusan, {found.decided} sudah diputuskan. / {len(found.questions)} names wait for "
        f'a decision, {found.decided} are decided. python -m etl agencies decide "NAMA" --government 6408 --same "…" | --different "…" '
        '| --known | --renamed-to "…" --on 2020-01-01',
        {"undecided": len(found.questions), "decided": found.decided},
    )


@agencies.command("decide")
def decide_name(  # noqa: PLR0913, PLR0917 - one option for each thing that can be said of a name
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Nama seperti tertulis / name as written")],
    government: Annotated[str, typer.Option("--government", help="Kode pemerintah / government code")],
    same: Annotated[str | None, typer.Option("--same", help="Sama dengan / is the same as")] = None,
    different: Annotated[
        list[str] | None, typer.Option("--different", help="Bukan, boleh berulang / is not; may be repeated")
    ] = None,
    known: Annotated[
        bool, typer.Option("--known", help="Perangkat daerah tersendiri / an agency of its own")
    ] = False,
    renamed_to: Annotated[str | None, typer.Option("--renamed-to", help="Menjadi / became")] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Hari pertama nama baru / first day of the new name"),
    ] = None,
) -> None:
    """Catat putusan atas satu nama / remember what a human decides on a name."""
    if sum((same is not None, bool(different), known, renamed_to is not None)) != 1:
        raise typer.BadParameter("Pilih satu / choose one: --same, --different, --known, --renamed-to")
    if (renamed_to is None) != (on is None):
        raise typer.BadParameter("--renamed-to dan --on harus bersama / go together")
    desk = desk_of(context)
    code = government_of_code(government)
    verdict = Verdict(name, same, tuple(different or ()), renamed_to, on.date() if on else None)
    changed = decide(desk.settings, code, verdict)
    seen = is_seen(desk.settings, code, name)
    log.info("agencies decide %s changed=%s", code, changed)
    word = "dicatat di / written to" if changed else "sudah tercatat di / already in"
    hint = (
        ""
        if seen
        else " Nama itu belum ada pada berkas yang dimuat; periksa ejaannya. / No loaded file has this name."
    )
    desk.teller.done(
        f"{name_of(code)}: {word} data/agencies/{code}.yml.{hint} Terbitkan dengan / publish with: python -m etl build",
        {"changed": changed, "government": code, "seen": seen},
    )


def _row(question: Question) -> list[object]:
    proposals = "; ".join(f"{proposal.name} ({proposal.score})" for proposal in question.proposals)
    reason = "unknown" if question.is_unknown else "near"
    return [question.government, question.name, question.persons, reason, proposals, question.source_id]

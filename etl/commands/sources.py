"""`sources` and `restore`: what is loaded, what was refused, and the way back to an earlier version."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from audit import record
from etl.building.differences import list_differences
from etl.cards.card import Card, earlier_cards, read_cards, restore_card
from etl.cards.entering import tell_of
from etl.commands.desk import desk_of
from etl.mending.refused import write_refused
from etl.telling.log import log
from etl.vault.store import open_vault, writing
from settings import Settings

HEADINGS = (
    "source_id", "kind", "file_name", "as_of", "sha256", "rows_read", "rows_loaded", "rows_rejected", "pns_active", "pppk_active",
    "control_verdict", "is_simulated", "versions", "original_kept",
)  # fmt: skip

DIFFERENCES = (
    "perkara",
    "orang",
    "kolom",
    "dipakai",
    "nomor",
    "nilai",
    "berbeda",
    "nomor lain",
    "nilai lain",
)
DOUBTFUL = ("perkara", "orang", "pemerintah", "sumber", "nomor", "kejadian")
UNMATCHED = ("catatan", "pemerintah", "tanggal SK", "sanksi", "tingkat", "dibatalkan", "nomor SK", "sumber")


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command("sources")(sources)
    app.command("restore")(restore)
    app.command("differences")(differences)


def sources(
    context: typer.Context,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", help="Tulis baris tolakan ke XLSX / write refused rows to a spreadsheet"),
    ] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Sumber / source")] = None,
    every: Annotated[bool, typer.Option("--all", help="Dengan versi lama / with earlier versions")] = False,
) -> None:
    """Daftar berkas yang dimuat / what is loaded."""
    desk = desk_of(context)
    cards = [card for card in read_cards(desk.settings.sources) if not source or card.source_id in source]
    if rejected is not None:
        refused = sum(card.rows_rejected for card in cards)
        record(desk.settings, "download", what="refused_rows", rows=refused)
        rows = write_refused(open_vault(desk.settings), cards, rejected)
        desk.teller.done(
            f"{rows} baris tolakan ditulis. Betulkan, lalu muat dengan / correct and load with: python -m etl load corrections "
            f"{rejected}. Berkas ini memuat NIP; hapus setelah dipakai. / It holds NIP; delete it after use.",
            {"changed": False, "rows": rows},
        )
        return
    desk.teller.table("sources", HEADINGS, _rows(desk.settings, cards, every))


def _rows(settings: Settings, cards: list[Card], every: bool) -> list[list[object]]:
    rows = []
    for card in cards:
        earlier = earlier_cards(settings.sources, card.source_id)
        for version in [*(earlier if every else ()), card]:
            facts = version.model_dump(mode="json")
            facts["sha256"] = version.sha256[:12]
            facts["versions"] = len(earlier) + 1 if version is card else f"lama / earlier ({version.edition})"
            rows.append([facts[name] for name in HEADINGS])
    return rows


def restore(
    context: typer.Context, source_id: Annotated[str, typer.Argument(help="Sumber / source")]
) -> None:
    """Kembalikan versi sebelumnya dari satu sumber / bring back the earlier version of a source."""
    desk = desk_of(context)
    with writing(desk.settings):
        told = partial(tell_of, desk.settings, kind="restore")
        card = restore_card(desk.settings.sources, source_id, before=told)
    log.info("restore %s %s", card.source_id, card.sha256[:12])
    desk.teller.done(
        f"{card.source_id}: versi {card.sha256[:12]} berlaku lagi. Terbitkan dengan / publish with: python -m etl build",
        {"changed": True, "source_id": card.source_id},
    )


def differences(context: typer.Context) -> None:
    """Selisih antarregister dan putusan tanpa perkara / where registers differ, and decisions without a case."""
    desk = desk_of(context)
    record(desk.settings, "download", what="differences")
    found = list_differences(desk.settings)
    log.info(
        "differences %s doubtful %s unmatched %s",
        len(found.differences),
        len(found.doubtful),
        len(found.unmatched),
    )
    desk.teller.table("differences", DIFFERENCES, found.differences)
    desk.teller.table("possible_duplicates", DOUBTFUL, found.doubtful)
    desk.teller.table("decisions_without_case", UNMATCHED, found.unmatched)

"""The moment at which a source comes into force: told to the audit log first, then its card is written."""

from __future__ import annotations

from typing import Literal

from audit import record
from etl.cards.card import Card, write_card
from settings import Settings


def enter_card(settings: Settings, card: Card, kind: Literal["load", "corrections"] = "load") -> None:
    """Records that a source is loaded or corrected, then writes its card; whoever calls holds the vault's lock."""
    tell_of(settings, card, kind)
    write_card(settings.sources, card)


def tell_of(settings: Settings, card: Card, kind: Literal["load", "corrections", "restore"]) -> None:
    """Records what is about to happen to a source."""
    said: dict[str, str | int] = {"source": card.source_id, "sha256": card.sha256}
    counts = {"rows": card.rows_loaded, "refused": card.rows_rejected}
    record(settings, kind, account=settings.account, **said, **counts)

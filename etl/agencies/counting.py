"""How many agencies of a roster nobody has seen before, counted while it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.agencies.decisions import read_decisions_of
from etl.agencies.review import count_unknown, published_names
from etl.agencies.settling import settle
from etl.cards.card import read_card_file
from etl.loading.session import Session


def unknown_agencies(session: Session, government: str, as_of: date, names: Sequence[str]) -> int:
    """The number of different `names` of a roster that no list, no earlier roster and no decision has.

    It is what was known at that moment; the build works it out anew in core_agency_review.
    """
    decided = settle(read_decisions_of(session.settings.agencies, government), government)
    published = published_names(session.settings.published).get(government, ())
    return count_unknown(names, _earlier_names(session, government, as_of), published, decided)


def _earlier_names(session: Session, government: str, as_of: date) -> list[str]:
    """The names in the vault's earlier rosters of this government; a dry run has no key and looks in every folder."""
    cards = [read_card_file(path) for path in session.settings.sources.glob(f"roster-{government}-*.yml")]
    earlier = [card.vault_name for card in cards if card.as_of and card.as_of < as_of]
    found = (session.settings.vault.glob(f"people-*/workforce/{name}") for name in earlier)
    files = [str(path) for paths in found for path in paths]
    query = "SELECT DISTINCT agency_name FROM read_parquet(?)"
    return _texts(session, query, [files]) if files else []


def _texts(session: Session, query: str, values: list[object]) -> list[str]:
    return [row[0] for row in session.con.execute(query, values).fetchall()]

"""The undecided names of everything that is loaded, read from cards and vault without building."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from etl.agencies.laying import lay_out_names, names_seen, open_questions, settled_cards
from etl.agencies.names import normalise
from etl.agencies.review import Question, Seen, published_names
from etl.building.reconciling import reconcile
from etl.building.staging import lay_out_registers, lay_out_views, open_rooms
from etl.cards.card import read_cards
from etl.vault.store import open_vault
from settings import Settings


@dataclass(frozen=True)
class Undecided:
    """What waits for a decision, and how many names the cards mention already."""

    questions: tuple[Question, ...]
    decided: int


def undecided(settings: Settings, government: str | None = None) -> Undecided:
    """The open questions of all governments, or of one; a wrong card is a DefinitionError."""
    settled = settled_cards(settings)
    asked = open_questions(_seen(settings), published_names(settings.published), settled)
    return Undecided(
        tuple(question for question in asked if government in (None, question.government)),
        sum(len(card.mentioned) for code, card in settled.items() if government in (None, code)),
    )


def is_seen(settings: Settings, government: str, name: str) -> bool:
    """Whether a loaded file writes this name, in whatever case and punctuation."""
    key = normalise(name)
    return any(one.government == government and normalise(one.name) == key for one in _seen(settings))


def _seen(settings: Settings) -> list[Seen]:
    cards = read_cards(settings.sources)
    if not cards:
        return []
    con = duckdb.connect()
    try:
        people = open_vault(settings).people
        open_rooms(con, cards)
        lay_out_registers(con, people, cards)
        lay_out_views(con, people, cards, ("workforce",))
        reconcile(con)
        lay_out_names(con)
        return names_seen(con)
    finally:
        con.close()

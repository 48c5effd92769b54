"""Cards that were read before are not parsed again, and are what they were."""

from __future__ import annotations

import hashlib

import pytest

from errors import DefinitionError
from etl.cards.card import read_cards, read_known_cards
from tests.etl.parts.world import World


@pytest.fixture
def sources(tmp_path):
    world = World(tmp_path)
    world.roster("6401")
    world.roster("6408")
    return world.room.sources


def test_known_cards_are_the_cards(sources):
    cards, known = read_known_cards(sources, {})
    assert cards == read_cards(sources)
    assert read_known_cards(sources, known) == (cards, known)
    assert set(known) == {hashlib.sha256(path.read_bytes()).hexdigest() for path in sources.glob("*.yml")}


def test_a_known_card_is_not_parsed(sources, monkeypatch):
    cards, known = read_known_cards(sources, {})
    monkeypatch.setattr("etl.cards.card.read_card_file", lambda path: pytest.fail("parsed"))
    assert read_known_cards(sources, known)[0] == cards


def test_a_card_that_is_edited_is_not_known_any_more(sources):
    _, known = read_known_cards(sources, {})
    path = sources / "roster-6408-2024-11-30.yml"
    path.write_text(path.read_text("utf-8").replace("expect_pns: null", "expect_pns: 7"), "utf-8")
    assert [card.expect_pns for card in read_known_cards(sources, known)[0]] == [None, 7]
    path.write_text("source_id: x", "utf-8")
    with pytest.raises(DefinitionError):
        read_known_cards(sources, known)

from __future__ import annotations

from datetime import date

import settings
from bench.national.nation import Nation, write_nation
from etl.cards.card import read_cards
from etl.loading.batch import load_batch


def test_every_government_has_its_people_and_every_case_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    manifest = write_nation(tmp_path / "nation", Nation(61 * 40, 100, (date(2024, 11, 30),)))
    chosen = settings.read()
    assert load_batch(chosen, manifest)[0] == 61 + 5
    cards = read_cards(chosen.sources)
    rosters = [card for card in cards if card.kind == "roster"]
    registers = [card for card in cards if card.kind == "cases"]
    assert len({card.government_code for card in rosters}) == 61
    assert sum(card.rows_read for card in rosters) == 61 * 40
    assert sum(card.rows_loaded for card in registers) == 100
    assert all(card.is_simulated for card in cards)

from __future__ import annotations

from datetime import date

import settings
from bench.national.nation import Nation, write_nation
from etl.cards.card import read_cards
from etl.loading.batch import load_batch

SOME = ("roster-64.csv", "roster-6408.csv", "register-64.csv")


def test_every_government_has_its_people_and_every_case_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("NETRA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETRA_KEY_FILE", str(tmp_path / "key"))
    manifest = write_nation(tmp_path / "nation", Nation(61 * 40, 100, (date(2024, 11, 30),)))
    head, *lines = manifest.read_text("utf-8").splitlines()
    assert sum(line.startswith("roster,") for line in lines) == 61
    some = [line for line in lines if line.split(",")[1] in SOME]
    manifest.write_text("\n".join([head, *some]) + "\n", encoding="utf-8")
    chosen = settings.read()
    assert load_batch(chosen, manifest)[0] == len(SOME)
    cards = read_cards(chosen.sources)
    assert sorted(card.rows_read for card in cards) == [20, 40, 40]
    assert next(card for card in cards if card.kind == "cases").rows_loaded == 20
    assert all(card.is_simulated for card in cards)

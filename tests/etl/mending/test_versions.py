"""Late and corrected files, the way back, persons who are forgotten, and a new key."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from errors import ContractError
from etl.building.build import build
from etl.building.publish import current
from etl.cards.card import earlier_cards, read_card, restore_card
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.forgetting import forget, read_numbers, refuse_unproven
from etl.vault.rotation import rotate_key
from etl.vault.store import open_vault, writing
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

pytestmark = pytest.mark.usefixtures("on_facts")

SNAPSHOT = date(2024, 11, 30)
SOURCE = "roster-6408-2024-11-30"


def load(room, path, serials=(1, 2, 3), refused=(), **wish):
    rows = [HEADER, *(person(nip(serial)) for serial in serials), *(person(text) for text in refused)]
    opened = open_session(room)
    try:
        return load_roster(opened, RosterRequest(write_csv(path, rows), "6408", SNAPSHOT, **wish))
    finally:
        opened.close()


def bring_back(room):
    with writing(room):
        return restore_card(room.sources, SOURCE)


def heads(room):
    manifest, _ = build(room)
    with duckdb.connect(str(room.build / manifest.file), read_only=True) as con:
        return con.execute("SELECT coalesce(sum(headcount), 0) FROM core_workforce").fetchall()[0][0]


def pseudonyms(room):
    vault = open_vault(room)
    found = duckdb.sql(f"SELECT person FROM read_parquet('{vault.people}/rosters/*.parquet')").fetchall()
    return {person for (person,) in found}


def everything(room):
    return b"".join(path.read_bytes() for path in sorted(room.data.rglob("*")) if path.is_file())


def test_a_corrected_file_can_be_taken_back_and_back_again(room, tmp_path):
    path = tmp_path / "r.csv"
    load(room, path)
    assert heads(room) == 3
    load(room, path, (1, 2, 3, 4))
    assert heads(room) == 4
    assert [card.rows_loaded for card in earlier_cards(room.sources, SOURCE)] == [3]
    assert bring_back(room).rows_loaded == 3
    assert heads(room) == 3
    assert bring_back(room).rows_loaded == 4
    assert heads(room) == 4
    load(room, path, (1, 2, 3, 4, 5))
    assert {card.rows_loaded for card in earlier_cards(room.sources, SOURCE)} == {3, 4}


def test_without_an_earlier_version_nothing_is_restored(room, tmp_path):
    load(room, tmp_path / "r.csv")
    with pytest.raises(ContractError, match="Tidak ada versi sebelumnya"):
        bring_back(room)


def test_a_person_who_is_forgotten_is_gone_from_every_version(room, tmp_path):
    path = tmp_path / "r.csv"
    load(room, path, refused=[f"{nip(1)}9"])
    load(room, path, (1, 2, 3, 4), [f" {nip(1)[:8]} {nip(1)[8:]}"], keep_original=True, expect_pns=4)
    opened = open_session(room)
    load_cases(
        opened,
        CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, case(), case(NIP=nip(2), No="2")]), "B"),
    )
    opened.close()
    assert heads(room) == 4
    assert nip(1).encode() in everything(room)
    found = forget(room, [nip(1)])
    assert found.rows >= 4
    assert found.case_rows == 1
    assert refuse_unproven(room.data, [nip(1)])
    assert nip(1).encode() not in everything(room)
    assert len(pseudonyms(room)) == 3
    card = read_card(room.sources, SOURCE)
    assert card.control_matches
    assert (card.pns_active, card.pns_forgotten, card.original_kept) == (3, 1, False)
    assert heads(room) == 3
    assert bring_back(room).rows_loaded == 2
    assert heads(room) == 2


def test_a_forgotten_person_stays_out_when_the_file_is_loaded_again(room, tmp_path):
    path = tmp_path / "r.csv"
    load(room, path, expect_pns=3)
    forget(room, [nip(1)])
    card, changed = load(room, path, (1, 2, 3, 4), expect_pns=4)
    assert changed
    assert (card.rows_loaded, card.pns_active, card.skipped["forgotten"]) == (3, 3, 1)
    assert card.control_verdict == "match"
    assert heads(room) == 3
    rotate_key(room)
    card, _ = load(room, path, (1, 2, 3, 4, 5), expect_pns=5)
    assert (card.rows_loaded, card.pns_active) == (4, 4)


def test_forgetting_twice_and_forgetting_nobody_are_harmless(room, tmp_path):
    load(room, tmp_path / "r.csv")
    assert forget(room, [nip(1)]).rows == 1
    assert forget(room, [nip(1)]).rows == 0
    assert forget(room, [nip(77)]).rows == 0
    assert heads(room) == 2


def test_a_list_of_numbers_is_read_as_people_write_it(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text(f"{nip(1)[:8]} {nip(1)[8:]}\n\n'{nip(2)}\n", "utf-8-sig")
    assert read_numbers(path) == [nip(1), nip(2)]


def test_a_new_key_changes_every_pseudonym_and_no_figure(room, tmp_path):
    path = tmp_path / "r.csv"
    load(room, path, refused=["12"])
    load(room, path, (1, 2, 3, 4))
    opened = open_session(room)
    load_cases(opened, CasesRequest(write_csv(tmp_path / "k.csv", [CASE_HEADER, case()]), "B"))
    opened.close()
    first = build(room)[0]
    before = pseudonyms(room)
    rotate_key(room)
    assert not before & pseudonyms(room)
    assert len(pseudonyms(room)) == len(before)
    rotate_key(room)
    (room.build / "current").unlink()
    assert build(room)[0].build_id == first.build_id
    known = pseudonyms(room)
    assert load(room, path, (1, 2, 3, 4))[1] is False
    load(room, tmp_path / "s.csv", (1, 2, 3))
    assert pseudonyms(room) == known
    assert current(room.build).build_id == first.build_id


def test_an_empty_vault_gets_a_new_key_all_the_same(room):
    open_vault(room)
    before = room.key_file.read_bytes()
    assert rotate_key(room) == 0
    assert room.key_file.read_bytes() != before
    assert open_vault(room)

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from errors import ContractError
from etl.building.build import build
from etl.building.publish import current
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.renumbering import NumbersRequest, load_numbers
from etl.vault.rotation import rotate_key
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

pytestmark = pytest.mark.usefixtures("on_facts")

OLD, NEW, NEWEST = nip(1, since="202021"), nip(5, since="202321"), nip(9, since="202403")


def ask(room, query):
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        return con.execute(query).fetchall()


def load_all(room, tmp_path, pairs):
    """A roster that knows the newest number, a case under the oldest, and the pairs between them."""
    session = open_session(room)
    roster = [
        HEADER,
        person(NEWEST, Jabatan="Camat Sangatta", **{"Jenis Jabatan": "Administrator"}),
        person(nip(2)),
    ]
    load_roster(session, RosterRequest(write_csv(tmp_path / "r.csv", roster), "6408", date(2024, 11, 30)))
    register = [CASE_HEADER, case(NIP=OLD, Jabatan="")]
    load_cases(session, CasesRequest(write_csv(tmp_path / "k.csv", register), "Bawaslu Kaltim"))
    if pairs:
        path = write_csv(tmp_path / "n.csv", [("NIP Lama", "NIP Baru"), *pairs])
        load_numbers(session, NumbersRequest(path))
    session.close()
    build(room)
    return ask(room, "SELECT position_class, contains(caveats, 'person_not_on_roster') FROM core_case")


def test_without_the_pairs_a_person_is_not_found(room, tmp_path):
    assert load_all(room, tmp_path, []) == [("unknown", True)]


@pytest.mark.parametrize("pairs", [[(OLD, NEW), (NEW, NEWEST)], [(NEW, NEWEST), (OLD, NEW)], [(OLD, NEWEST)]])
def test_a_chain_of_changed_numbers_leads_to_the_present_one(room, tmp_path, pairs):
    assert load_all(room, tmp_path, pairs) == [("administrator", False)]


def test_numbers_that_lead_back_to_themselves_are_left_alone(room, tmp_path):
    assert load_all(room, tmp_path, [(OLD, NEW), (NEW, OLD)]) == [("unknown", True)]


def test_the_pairs_are_re_keyed_with_the_people(room, tmp_path):
    load_all(room, tmp_path, [(OLD, NEWEST)])
    before = current(room.build)
    rotate_key(room)
    (room.build / "current").unlink()
    assert build(room)[0].build_id == before.build_id


def test_a_pair_that_cannot_be_used_is_refused_with_its_row(session, tmp_path):
    rows = [("NIP Lama", "NIP Baru"), (OLD, NEW), ("131234567", NEW), (OLD, "1,98E+17"), (OLD, OLD), ("", "")]
    heard = []
    card, changed = load_numbers(session, NumbersRequest(write_csv(tmp_path / "n.csv", rows)), heard.append)
    assert changed
    assert (card.rows_read, card.rows_loaded, card.rows_rejected) == (4, 1, 3)
    assert [(row.row_number, row.rule) for row in heard[0].refused] == [
        (3, "number_old"),
        (4, "number_new"),
        (5, "number_same"),
    ]
    assert load_numbers(session, NumbersRequest(tmp_path / "n.csv"))[1] is False


def test_a_list_without_a_usable_pair_changes_nothing(session, room, tmp_path):
    path = write_csv(tmp_path / "n.csv", [("NIP Lama", "NIP Baru"), (OLD, "")])
    with pytest.raises(ContractError, match=r"n\.csv.*NIP Lama"):
        load_numbers(session, NumbersRequest(path))
    assert not room.sources.exists()

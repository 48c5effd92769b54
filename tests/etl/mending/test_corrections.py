"""Refused rows go out as a spreadsheet, come back corrected, and the accounting holds all the way."""

from __future__ import annotations

from datetime import date

import duckdb
import fastexcel
import pytest

from errors import ContractError
from etl.building.build import build
from etl.building.publish import current
from etl.cards.card import read_card, read_cards
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from etl.mending.corrections import load_corrections
from etl.mending.forgetting import forget
from etl.mending.refused import write_refused
from tests.etl.files import HEADER, nip, person, write_csv, write_xlsx

pytestmark = pytest.mark.usefixtures("on_facts")

SNAPSHOT = date(2024, 11, 30)
SOURCE = "roster-6408-2024-11-30"


@pytest.fixture
def refused(session, room, tmp_path):
    """A source with three people and four refused rows (5 to 8), and its sheet of refused rows as lists of cells."""
    rows = [
        HEADER,
        *(person(nip(i)) for i in (1, 2, 3)),
        person("1,98E+17", OPD="=2+5"),
        person("123"),
        person("77"),
        person(""),
    ]
    load_roster(session, RosterRequest(write_csv(tmp_path / "r.csv", rows), "6408", SNAPSHOT, expect_pns=3))
    write_refused(session.vault, read_cards(room.sources), tmp_path / "refused.xlsx")
    return cells(tmp_path / "refused.xlsx")


def cells(path) -> list[list[str]]:
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string")
    return [
        [cell or "" for cell in row]
        for row in zip(*(c.to_pylist() for c in sheet.to_arrow().columns), strict=True)
    ]


def bring_back(session, tmp_path, rows, name="mended.xlsx"):
    return load_corrections(session, write_xlsx(tmp_path / name, rows))


def with_number(rows, changes):
    """The sheet with other numbers in the rows of the file that `changes` names."""
    place = rows[0].index("NIP")
    line = rows[0].index("Baris Netra")
    return [
        [changes.get(row[line], cell) if at == place else cell for at, cell in enumerate(row)] for row in rows
    ]


def counts(room):
    card = read_card(room.sources, SOURCE)
    return card.rows_read, card.rows_loaded, card.rows_rejected, card.pns_active


def balanced(room):
    """The build checks rows read = loaded + refused, the refused rows listed, heads and control totals."""
    build(room)
    with duckdb.connect(str(room.build / current(room.build).file), read_only=True) as con:
        return con.execute("SELECT sum(headcount) FROM core_workforce").fetchall()[0][0]


def test_the_sheet_names_rows_reasons_and_inert_cells(refused, tmp_path):
    head, *rows = refused
    assert [row[head.index("Baris Netra")] for row in rows] == ["5", "6", "7", "8"]
    assert {row[head.index("Sumber Netra")] for row in rows} == {SOURCE}
    assert "notasi ilmiah" in rows[0][head.index("Alasan")]
    assert rows[0][head.index("Unit Kerja")] == "=2+5"
    assert (tmp_path / "refused.xlsx").stat().st_mode & 0o777 == 0o600


def test_corrected_rows_join_their_source(session, room, refused, tmp_path):
    balance = with_number(refused, {"5": nip(4), "6": nip(5), "7": "78"})
    with pytest.raises(ContractError, match="jumlah kendali tidak cocok: PNS 5"):
        bring_back(session, tmp_path, balance)
    assert counts(room) == (7, 3, 4, 3)
    rows = [
        HEADER,
        *(person(nip(i)) for i in (1, 2, 3)),
        person("1,98E+17"),
        person("123"),
        person("77"),
        person(""),
    ]
    path = write_csv(tmp_path / "again.csv", rows)
    load_roster(session, RosterRequest(path, "6408", SNAPSHOT, expect_pns=5, accepted_by="Petugas"))
    card, changed = bring_back(session, tmp_path, balance)
    assert changed
    assert card.control_verdict == "match"
    assert counts(room) == (7, 5, 2, 5)
    assert balanced(room) == 5
    left = write_refused(session.vault, read_cards(room.sources), tmp_path / "left.xlsx")
    assert left == 2
    assert [row[1] for row in cells(tmp_path / "left.xlsx")[1:]] == ["7", "8"]


@pytest.fixture
def free(session, room, tmp_path):
    """The same without control totals."""
    rows = [
        HEADER,
        *(person(nip(i)) for i in (1, 2, 3)),
        person("1,98E+17"),
        person("123"),
        person("77"),
        person(""),
    ]
    load_roster(session, RosterRequest(write_csv(tmp_path / "r.csv", rows), "6408", SNAPSHOT))
    write_refused(session.vault, read_cards(room.sources), tmp_path / "refused.xlsx")
    return cells(tmp_path / "refused.xlsx")


def test_the_same_corrections_twice_change_nothing(session, room, free, tmp_path):
    sheet = with_number(free, {"5": nip(4)})
    assert bring_back(session, tmp_path, sheet)[1]
    before = counts(room)
    assert bring_back(session, tmp_path, sheet)[1] is False
    assert counts(room) == before == (7, 4, 3, 4)


def test_a_corrected_number_of_somebody_present_is_counted_once(session, room, free, tmp_path):
    bring_back(session, tmp_path, with_number(free, {"5": nip(1), "6": nip(6), "7": nip(6)}))
    assert counts(room) == (7, 6, 1, 4)
    assert balanced(room) == 4


def test_a_row_that_is_still_wrong_stays_refused(session, room, free, tmp_path):
    _, changed = bring_back(session, tmp_path, with_number(free, {"5": "999"}))
    assert counts(room) == (7, 3, 4, 3)
    assert changed is False
    assert balanced(room) == 3


def test_rows_that_come_back_empty_stay_refused(session, room, free, tmp_path):
    sheet = with_number(free, {"5": nip(4)})
    emptied = [row if row[1] != "6" else [*row[:2], *[""] * (len(row) - 2)] for row in sheet]
    bring_back(session, tmp_path, emptied)
    assert counts(room) == (7, 4, 3, 4)
    assert balanced(room) == 4


def test_a_sheet_without_its_marks_or_of_rows_long_loaded_is_refused(session, room, free, tmp_path):
    with pytest.raises(ContractError, match="bukan lembar baris tolakan"):
        bring_back(session, tmp_path, [HEADER, person(nip(4))], "other.xlsx")
    bring_back(session, tmp_path, with_number(free, dict(zip("5678", map(nip, (4, 5, 6, 7)), strict=True))))
    assert counts(room) == (7, 7, 0, 7)
    with pytest.raises(ContractError, match="Tidak satu pun baris"):
        bring_back(session, tmp_path, with_number(free, {"5": nip(9)}), "late.xlsx")


def test_a_dry_run_of_corrections_changes_nothing(room, free, tmp_path):
    before = counts(room)
    dry = open_session(room, dry_run=True)
    card, _ = load_corrections(dry, write_xlsx(tmp_path / "m.xlsx", with_number(free, {"5": nip(4)})))
    dry.close()
    assert card.rows_loaded == 4
    assert counts(room) == before


def test_a_corrected_number_of_somebody_forgotten_stays_out(session, room, free, tmp_path):
    forget(room, [nip(44)])
    bring_back(session, tmp_path, with_number(free, {"5": nip(44), "6": nip(5)}))
    assert counts(room) == (6, 4, 2, 4)
    assert read_card(room.sources, SOURCE).pns_forgotten == 1
    assert balanced(room) == 4

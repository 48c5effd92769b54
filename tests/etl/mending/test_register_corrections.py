"""Refused rows of registers and histories go out as a spreadsheet and come back corrected."""

from __future__ import annotations

from datetime import date

import fastexcel
import pytest
import xlsxwriter

from errors import ContractError, SourceError
from etl.building.build import build
from etl.cards.card import read_card, read_cards
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.discipline import DisciplineRequest, load_discipline
from etl.loading.roster import RosterRequest, load_roster
from etl.mending.corrections import load_corrections
from etl.mending.refused import write_refused
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv
from tests.etl.test_discipline import history, record
from tests.etl.test_numbers import ask

pytestmark = pytest.mark.usefixtures("on_facts")

REGISTER = "cases-bawaslu-kaltim"


def given_back(session, tmp_path, changes, sheet=None):
    """Writes the refused rows, changes cells by (row of the file, heading), and writes the sheet anew."""
    out = tmp_path / "tolak.xlsx"
    write_refused(session.vault, read_cards(session.settings.sources), out)
    book = fastexcel.read_excel(out)
    frame = book.load_sheet(sheet or 0, header_row=None, dtypes="string").to_arrow()
    rows = [[cell or "" for cell in row.values()] for row in frame.to_pylist()]
    for row in rows[1:]:
        for (number, heading), cell in changes.items():
            if row[1] == str(number):
                row[rows[0].index(heading)] = cell
    back = xlsxwriter.Workbook(str(tmp_path / "betul.xlsx"))
    page = back.add_worksheet()
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    back.close()
    return tmp_path / "betul.xlsx"


def load_register(session, tmp_path):
    wrong = case(
        **{"Nomor Register": "002/LP/PB/KAB/X/2024", "NIP": nip(2), "Instansi": "Pemkab Negeri Lain"}
    )
    late = case(**{"Nomor Register": "003/LP/PB/KAB/X/2024", "NIP": nip(3), "Tanggal Kejadian": "31-02-2024"})
    path = write_csv(tmp_path / "k.csv", [CASE_HEADER, case(), wrong, late])
    return load_cases(session, CasesRequest(path, "Bawaslu Kaltim"))[0]


def test_a_corrected_case_joins_its_register(session, room, tmp_path):
    assert load_register(session, tmp_path).rows_rejected == 2
    back = given_back(session, tmp_path, {(3, "Instansi"): "Pemkab Kutai Timur"})
    card, changed = load_corrections(session, back)
    assert changed
    assert (card.rows_read, card.rows_loaded, card.rows_rejected, card.edition) == (3, 2, 1, 1)
    assert card.corrections[0].rows_loaded == 1
    assert load_corrections(session, back) == (card, False)
    build(room)
    assert ask(room, "SELECT count(*) FROM core_case") == [(2,)]
    assert ask(room, "SELECT row_number, rule FROM core_rejection") == [(4, "date_impossible")]


def test_a_row_that_is_still_wrong_or_empty_stays_refused(session, room, tmp_path):
    load_register(session, tmp_path)
    changes = {(3, "Instansi"): "Pemkab Entah"} | {
        (4, heading): "" for heading in ("Instansi", "NIP", "Tanggal Kejadian")
    }
    card, changed = load_corrections(session, given_back(session, tmp_path, changes))
    assert not changed
    assert card == read_card(room.sources, REGISTER)


def test_a_row_that_the_register_has_already_is_not_doubled(session, room, tmp_path):
    load_register(session, tmp_path)
    changes = {
        (3, "Instansi"): "Pemkab Kutai Timur", (3, "NIP"): nip(), (3, "Nomor Register"): "001/LP/PB/KAB/X/2024",
    }  # fmt: skip
    card, changed = load_corrections(session, given_back(session, tmp_path, changes))
    assert not changed
    assert card.rows_rejected == 2
    build(room)
    assert ask(room, "SELECT count(*) FROM core_case") == [(1,)]


def test_a_corrected_decision_joins_its_history(session, room, tmp_path):
    path = history(tmp_path, record(), record(skTanggal="", id="X2", skNomor="9/SK/2024"))
    card, _ = load_discipline(session, DisciplineRequest(path, "BKPSDM Kutai Timur", government="6408"))
    assert (card.rows_loaded, card.rows_rejected) == (1, 1)
    book = tmp_path / "tolak.xlsx"
    write_refused(session.vault, read_cards(room.sources), book)
    names = [str(c) for c in fastexcel.read_excel(book).load_sheet(0).to_arrow().column_names]
    heading = next(
        name
        for name in names
        if name.lower().replace(" ", "") in ("sktanggal", "tanggalsk", "tanggalkeputusan")
    )
    after, changed = load_corrections(session, given_back(session, tmp_path, {(3, heading): "20-12-2024"}))
    assert changed
    assert (after.rows_loaded, after.rows_rejected) == (2, 0)
    assert sum(after.counted.values()) > sum(card.counted.values())
    build(room)


def test_rows_of_several_kinds_stand_in_sheets_of_their_own(session, tmp_path):
    load_register(session, tmp_path)
    roster = [HEADER, person(nip(1)), person("1,98E+17")]
    load_roster(session, RosterRequest(write_csv(tmp_path / "r.csv", roster), "6408", date(2024, 11, 30)))
    out = tmp_path / "tolak.xlsx"
    assert write_refused(session.vault, read_cards(session.settings.sources), out) == 3
    assert fastexcel.read_excel(out).sheet_names == ["Pegawai", "Perkara"]
    with pytest.raises(SourceError, match="Pegawai, Perkara"):
        load_corrections(session, out)
    assert load_corrections(session, out, sheet="Perkara")[1] is False


def test_a_sheet_of_something_else_is_told_so(session, tmp_path):
    path = write_csv(tmp_path / "x.csv", [("Sumber Netra", "Baris Netra"), ("cases-nowhere", "1")])
    with pytest.raises(ContractError, match="--rejected"):
        load_corrections(session, path)

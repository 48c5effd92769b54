"""What decisions do to a warehouse: names become agencies, heads are kept, names of persons stay out."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import DefinitionError
from etl.agencies.decisions import decision_file
from etl.agencies.laying import lay_out_agencies
from etl.building.build import build
from etl.building.publish import current
from etl.cards.card import read_cards
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from settings import ROOT, Settings
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv

pytestmark = pytest.mark.usefixtures("on_facts")

OLD, NEW = date(2018, 6, 30), date(2024, 11, 30)
PERSON = "Drs. H. CONTOH SIMULASI, M.Si"


@pytest.fixture
def office(room, tmp_path):
    """Loads rosters by date and a register, and writes the card, of Kutai Timur."""
    return Office(room, tmp_path)


class Office:
    def __init__(self, room: Settings, folder):
        self.room, self.folder = room, folder

    def roster(self, day: date, **agencies: int):
        return self.rows(day, [name for name, count in agencies.items() for _ in range(count)])

    def rows(self, day: date, names: list[str]):
        rows = [HEADER, *(person(nip(number), OPD=name) for number, name in enumerate(names, start=1))]
        session = open_session(self.room)
        card, _ = load_roster(session, RosterRequest(write_csv(self.folder / "r.csv", rows), "6408", day))
        session.close()
        return card

    def cases(self, *rows):
        session = open_session(self.room)
        load_cases(session, CasesRequest(write_csv(self.folder / "k.csv", [CASE_HEADER, *rows]), "Bawaslu"))
        session.close()

    def card(self, text: str):
        path = decision_file(self.room.agencies, "6408")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def ask(self, query: str):
        manifest, _ = build(self.room)
        with duckdb.connect(str(self.room.build / manifest.file), read_only=True) as con:
            return con.execute(query).fetchall()


HEADS = "SELECT as_of, agency_id, sum(headcount) FROM core_workforce GROUP BY ALL ORDER BY ALL"


def test_without_a_card_every_spelling_stays_an_agency(office):
    office.rows(NEW, ["DINKES", "DINKES", "Dinas Kesehatan"])
    assert office.ask(HEADS) == [(NEW, "6408-dinas-kesehatan", 1), (NEW, "6408-dinkes", 2)]
    assert office.ask(
        "SELECT count(*) FROM core_agency WHERE successor_id IS NOT NULL OR lineage_id <> agency_id"
    ) == [(0,)]


def test_a_card_written_after_the_build_makes_a_new_one(office):
    office.rows(NEW, ["DINKES", "DINKES", "Dinas Kesehatan"])
    first, _ = build(office.room)
    office.card("same: {dinkes: Dinas Kesehatan}")
    assert office.ask(HEADS) == [(NEW, "6408-dinas-kesehatan", 3)]
    assert current(office.room.build) != first
    assert build(office.room)[1] is False
    names = "SELECT name FROM core_agency WHERE agency_id LIKE '6408-din%' ORDER BY ALL"
    assert office.ask(names) == [("Dinas Kesehatan",)]


def test_the_card_of_one_government_says_nothing_of_another(office):
    office.rows(NEW, ["DINKES"])
    office.card("same: {dinkes: Dinas Kesehatan}")
    decision_file(office.room.agencies, "6408").rename(decision_file(office.room.agencies, "6409"))
    assert office.ask(HEADS) == [(NEW, "6408-dinkes", 1)]


def test_a_card_that_only_moves_to_another_government_is_a_new_input(office):
    office.rows(NEW, ["DINKES"])
    office.card("same: {dinkes: Dinas Kesehatan}")
    assert office.ask(HEADS) == [(NEW, "6408-dinas-kesehatan", 1)]
    decision_file(office.room.agencies, "6408").rename(decision_file(office.room.agencies, "6409"))
    assert office.ask(HEADS) == [(NEW, "6408-dinkes", 1)]


def test_a_wrong_card_stops_the_build_and_the_previous_one_stays(office):
    office.rows(NEW, ["DINKES"])
    before, _ = build(office.room)
    office.card("same: {DINKES: A, dinkes: B}")
    with pytest.raises(DefinitionError, match=r"data/agencies/6408\.yml"):
        build(office.room)
    assert current(office.room.build) == before


def test_a_renamed_agency_has_a_successor_and_counts_with_it(office):
    office.rows(OLD, ["Dinas Pendidikan", "Dinas Kebudayaan", "Dinas Sosial"])
    office.rows(NEW, ["Dinas Dikbud", "DINAS PENDIDIKAN", "Dinas Sosial"])
    office.card("renamed: [{from: [Dinas Pendidikan, Dinas Kebudayaan], to: Dinas Dikbud, on: 2020-01-01}]")
    assert office.ask(HEADS) == [
        (OLD, "6408-dinas-kebudayaan", 1), (OLD, "6408-dinas-pendidikan", 1), (OLD, "6408-dinas-sosial", 1),
        (NEW, "6408-dinas-dikbud", 2), (NEW, "6408-dinas-sosial", 1),
    ]  # fmt: skip
    chain = "SELECT name, successor_id, valid_until, lineage_id FROM core_agency WHERE agency_id LIKE '6408-dinas-%' ORDER BY ALL"
    assert office.ask(chain) == [
        ("Dinas Dikbud", None, None, "6408-dinas-dikbud"),
        ("Dinas Kebudayaan", "6408-dinas-dikbud", date(2019, 12, 31), "6408-dinas-dikbud"),
        ("Dinas Pendidikan", "6408-dinas-dikbud", date(2019, 12, 31), "6408-dinas-dikbud"),
        ("Dinas Sosial", None, None, "6408-dinas-sosial"),
    ]
    series = "SELECT as_of, sum(headcount)::BIGINT FROM mart_workforce WHERE agency_id = '6408-dinas-dikbud' GROUP BY 1 ORDER BY 1"
    assert office.ask(series) == [(OLD, 2), (NEW, 2)]


def test_a_case_belongs_to_the_agency_of_its_day(office):
    office.rows(OLD, ["Dinas Pendidikan"])
    office.card(
        "same: {DISDIK: Dinas Pendidikan}\nrenamed: [{from: Dinas Pendidikan, to: Dinas Dikbud, on: 2024-10-01}]"
    )
    office.cases(
        case(**{"Nomor Register": "1", "Unit Kerja/OPD": "DISDIK", "Tanggal Kejadian": "30-09-2024"}),
        case(
            **{"Nomor Register": "2", "Unit Kerja/OPD": "Dinas Pendidikan", "Tanggal Kejadian": "01-10-2024"}
        ),
        case(**{"Nomor Register": "3", "Unit Kerja/OPD": "", "Tanggal Kejadian": "02-10-2024"}),
    )
    assert office.ask("SELECT day(occurred_on), agency_id FROM core_case ORDER BY 1 DESC") == [
        (30, "6408-dinas-pendidikan"), (2, "6408-dinas-dikbud"), (1, "6408-dinas-dikbud"),
    ]  # fmt: skip
    assert office.ask("SELECT DISTINCT agency_id FROM mart_case") == [("6408-dinas-dikbud",)]


def test_a_decision_on_names_that_nobody_writes_breaks_nothing(office):
    office.card("same: {A: B}\nrenamed: [{from: C, to: D, on: 2020-01-01}]\nknown: [E]\ndifferent: [[F, G]]")
    names = "SELECT name FROM core_agency WHERE government_code = '6408' AND length(name) = 1 ORDER BY 1"
    assert office.ask(names) == [("C",), ("D",)]


def test_the_content_depends_neither_on_the_key_nor_on_the_order_of_loading(tmp_path):
    contents = set()
    for number, days in enumerate([(OLD, NEW), (NEW, OLD)]):
        room = Settings(data=tmp_path / f"data{number}", key_file=tmp_path / f"key{number}")
        office = Office(room, tmp_path)
        for day in days:
            office.rows(
                day, ["DINKES", "Dinas Kesehatan", "Inspektorat"] if day == NEW else ["Dinas Kesehatn"]
            )
        office.card("same: {DINKES: Dinas Kesehatan}")
        contents.add(build(room)[0].content_hash)
    assert len(contents) == 1


def test_names_to_review_stand_in_the_warehouse_until_they_are_decided(office):
    office.rows(OLD, ["Dinas Kesehatan", "Dinas Sosial"])
    card = office.rows(NEW, ["Dinas Kehutanan", "Dinas Kehutanan", "Dinas Sosial", "Inspektorat"])
    assert card.unknown_agencies == 2
    review = "SELECT agency_name, reason, persons, nearest_name, score FROM core_agency_review ORDER BY 1"
    assert office.ask(review) == [
        ("Dinas Kehutanan", "unknown", 2, "Dinas Kesehatan", 73), ("Inspektorat", "unknown", 1, None, None),
    ]  # fmt: skip
    office.card("different: [[Dinas Kehutanan, Dinas Kesehatan]]\nknown: [Inspektorat]")
    assert office.ask(review) == []
    assert office.rows(NEW, ["Dinas Kehutanan", "Dinas Hutan"]).unknown_agencies == 1


def test_a_dry_run_counts_unknown_agencies_too(office):
    office.rows(OLD, ["Dinas Kesehatan"])
    session = open_session(office.room, dry_run=True)
    rows = [HEADER, person(nip(1), OPD="Inspektorat"), person(nip(2), OPD="DINAS KESEHATAN")]
    card, _ = load_roster(session, RosterRequest(write_csv(office.folder / "d.csv", rows), "6408", NEW))
    session.close()
    assert card.unknown_agencies == 1


def written_outside_the_vault(room: Settings) -> bytes:
    files = [path for path in room.data.rglob("*") if path.is_file() and room.vault not in path.parents]
    return b"".join(path.read_bytes() for path in files)


def test_the_name_of_a_person_is_no_agency(office):
    card = office.rows(NEW, ["Dinas Sosial", PERSON, "RSUD dr. H. Jusuf SK"])
    assert card.warnings == {"agency_is_person": 1}
    assert office.ask(HEADS) == [
        (NEW, "6408-dinas-sosial", 1), (NEW, "6408-rsud-dr-h-jusuf-sk", 1), (NEW, "6408-tidak-diketahui", 1),
    ]  # fmt: skip
    assert office.ask("SELECT row_number, masked_value FROM core_warning") == [
        (3, "xxx. x. xxxxxx xxxxxxxx, x.xx")
    ]
    assert b"CONTOH" not in written_outside_the_vault(office.room)


@pytest.mark.parametrize("name", [PERSON, f"Dinas Sosial {nip()}"])
def test_a_register_that_names_a_person_as_agency_leaves_it_unknown(office, name):
    office.cases(case(**{"Unit Kerja/OPD": name, "NIP": ""}))
    assert office.ask("SELECT agency_id FROM core_case") == [(None,)]
    assert office.ask("SELECT count(*) FROM core_agency WHERE name = 'Tidak diketahui'") == [(0,)]
    written = written_outside_the_vault(office.room)
    assert b"CONTOH" not in written
    assert nip().encode() not in written


PERSONS = (
    PERSON,
    "BUDI, S.Pd",
    "Ir. CONTOH",
    "CONTOH S.Sos., M.Si",
    "Hj. CONTOH, SE",
    "dr. CONTOH, Sp.A",
    "CONTOH, A.Md.Kep",
)
OFFICES = (
    *(
        "RSUD dr. Doris Sylvanus",
        "UPTD Puskesmas dr. Soetomo",
        "Dinas Perindustrian, Perdagangan, Koperasi",
        "DINAS P & K",
    ),
    *(
        "SDN 001 Ir. Soekarno",
        "Sekretariat DPRD",
        "Badan A.M.D.",
        "Kec. Sungai Raya, Kubu Raya",
        "Inspektorat",
        "Perumda H2O",
        "",
    ),
)


@pytest.mark.parametrize(
    ("name", "is_person"), [*((name, True) for name in PERSONS), *((name, False) for name in OFFICES)]
)
def test_which_cells_are_names_of_persons(name, is_person):
    con = duckdb.connect()
    con.execute((ROOT / "etl" / "sql" / "load" / "agency_macros.sql").read_text("utf-8"))
    assert con.execute("SELECT names_a_person(?)", [name]).fetchall() == [(is_person,)]
    con.close()


def test_cards_stay_as_they_are_when_a_build_reads_them(office):
    office.rows(NEW, ["DINKES"])
    office.card("# ours\nsame: {DINKES: Dinas Kesehatan}\n")
    build(office.room)
    assert (
        decision_file(office.room.agencies, "6408").read_text("utf-8")
        == "# ours\nsame: {DINKES: Dinas Kesehatan}\n"
    )
    assert [card.source_id for card in read_cards(office.room.sources)] == ["roster-6408-2024-11-30"]


LETTERS = st.sampled_from(["A", "B", "C", "D", "a.", "Dinas E", PERSON])
DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
CARDS = st.fixed_dictionaries(
    {
        "same": st.dictionaries(LETTERS, LETTERS, max_size=2),
        "renamed": st.lists(st.tuples(LETTERS, LETTERS, DAYS), max_size=3),
    }
)


@given(card=CARDS, heads=st.lists(st.tuples(LETTERS, DAYS, st.integers(1, 9)), max_size=9))
def test_no_mapping_loses_or_doubles_a_head(tmp_path_factory, card, heads):
    room = Settings(data=tmp_path_factory.mktemp("law"))
    room.agencies.mkdir()
    lines = [f"same: {card['same']}", "renamed:"]
    lines += [f"- {{from: '{a}', to: '{b}', on: {day}}}" for a, b, day in card["renamed"]]
    decision_file(room.agencies, "6408").write_text("\n".join(lines), "utf-8")
    con = duckdb.connect()
    con.execute("CREATE SCHEMA staging; CREATE SCHEMA published")
    columns = ("province_code", "regency_code", "agency_name", "agency_type", "url")
    con.execute(f"CREATE TABLE published.agencies ({', '.join(f'{name} VARCHAR' for name in columns)})")
    build_sql = ROOT / "etl" / "sql" / "build"
    for name, shape in (("workforce", "empty_workforce"), ("case_person", "empty_cases")):
        con.execute(f"CREATE TABLE staging.{name} AS {(build_sql / f'{shape}.sql').read_text('utf-8')}")
    into = "staging.workforce (agency_name, as_of, headcount, government_code, is_active, source_id)"
    for name, day, count in heads:
        con.execute(
            f"INSERT INTO {into} VALUES (?, ?, ?, '6408', true, ?)", [name, day, count, f"roster-{day}"]
        )
    con.execute((build_sql / "macros.sql").read_text("utf-8"))
    try:
        lay_out_agencies(con, room)
    except DefinitionError:
        return
    finally:
        decision_file(room.agencies, "6408").unlink()
    core = ROOT / "etl" / "sql" / "core"
    counted = con.execute(
        f"SELECT agency_id, sum(headcount) FROM ({(core / 'core_workforce.sql').read_text('utf-8')}) GROUP BY 1"
    ).fetchall()
    assert sum(count for _, count in counted) == sum(count for _, _, count in heads)
    agencies = con.execute(
        f"SELECT agency_id, lineage_id, successor_id FROM ({(core / 'core_agency.sql').read_text('utf-8')})"
    ).fetchall()
    ids = [row[0] for row in agencies]
    assert len(ids) == len(set(ids))
    assert {agency for agency, _ in counted} <= set(ids)
    assert {lineage for _, lineage, _ in agencies} | {after for _, _, after in agencies if after} <= set(ids)
    con.close()

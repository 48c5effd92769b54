"""The same case from two registers becomes one; whatever is not certain stays two and says so."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from etl.building.build import SQL, build
from etl.building.reconciling import reconcile
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from language.catalogue import catalogue
from settings import Settings
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv
from tests.etl.stories import PLACES, ask, on, retold

pytestmark = pytest.mark.usefixtures("on_facts")

MORE = ("Nomor Register Bawaslu", "Nomor Surat Penerusan", "Tanggal Berlaku", "Penandatangan")
BAWASLU, BKD = "Bawaslu Kaltim", "BKPSDM Kutai Timur"
NUMBER = "001/LP/PB/KAB/X/2024"


def row(**changes: str):
    """A row of a register with the columns that two sides share."""
    more = {name: changes.pop(name, "") for name in MORE}
    return (*case(**changes), *more.values())


def theirs(**changes: str):
    """The same case as the personnel side writes it: its own number, Bawaslu's number beside it."""
    own = {
        "Nomor Register": "800/17/BKPSDM/2024",
        "Nomor Register Bawaslu": NUMBER,
        "Tanggal Registrasi": "",
        "Pemilihan": "",
    }
    return row(**(own | changes))


def loaded(room, tmp_path, registers):
    session = open_session(room)
    for number, (publisher, rows) in enumerate(registers):
        path = write_csv(tmp_path / f"{number}-{abs(hash(publisher))}.csv", [(*CASE_HEADER, *MORE), *rows])
        load_cases(session, CasesRequest(path, publisher))
    session.close()
    manifest, _ = build(room)
    return manifest


def built(room, tmp_path, *registers, query="SELECT * FROM core_case"):
    loaded(room, tmp_path, registers)
    return ask(room, query)


def shape(room, codes=("6408",)):
    """How many cases, persons and origins there are in these governments, and who is doubtful."""
    here = f"WHERE government_code IN {(*codes, '')}"
    return ask(
        room,
        f"""SELECT count(DISTINCT case_id), count(*),
        (SELECT count(*) FROM core_case_origin WHERE case_id IN (SELECT case_id FROM core_case {here})),
        count(*) FILTER (contains(caveats, 'possible_duplicate')) FROM core_case {here}""",
    )[0]


def test_one_case_from_two_sides_is_one_with_both_origins_and_each_side_believed_where_it_knows(
    room, tmp_path
):
    supervisor = row(
        **{
            "Tanggal Penerusan": "10-10-2024",
            "Tanggal Rekomendasi": "12-12-2024",
            "Rekomendasi Sanksi": "Teguran lisan",
        }
    )
    personnel = theirs(
        **{
            "Tanggal Kejadian": "02-10-2024", "Tanggal Rekomendasi": "10-12-2024", "Tanggal Keputusan PPK": "10-01-2025",
            "Sanksi Dijatuhkan": "Teguran tertulis", "Unit Kerja/OPD": "Dinas Kesehatan", "Dugaan Pelanggaran": "DIS-07",
        }
    )  # fmt: skip
    query = """SELECT occurred_on, registered_on, forwarded_on, violation_code, recommended_on, recommended_sanction_code,
        ppk_decided_on, imposed_sanction_code, status, source_id, caveats FROM core_case"""
    assert built(room, tmp_path, (BAWASLU, [supervisor]), (BKD, [personnel]), query=query) == [
        (
            date(2024, 10, 1), date(2024, 10, 4), date(2024, 10, 10), "DIS-06", date(2024, 12, 10), "L_ORAL",
            date(2025, 1, 10), "L_WRITTEN", "decided", "cases-bawaslu-kaltim", "person_not_on_roster",
        )
    ]  # fmt: skip
    assert ask(room, "SELECT source_id, role FROM core_case_origin ORDER BY 1") == [
        ("cases-bawaslu-kaltim", "supervisor"),
        ("cases-bkpsdm-kutai-timur", "personnel"),
    ]
    differences = "SELECT column_name, source_id, value, other_source_id, other_value FROM core_case_difference ORDER BY 1"
    assert ask(room, differences) == [
        ("claimed_violation_code", "cases-bawaslu-kaltim", "DIS-06", "cases-bkpsdm-kutai-timur", "DIS-07"),
        ("occurred_on", "cases-bawaslu-kaltim", "2024-10-01", "cases-bkpsdm-kutai-timur", "2024-10-02"),
        ("recommended_on", "cases-bkpsdm-kutai-timur", "2024-12-10", "cases-bawaslu-kaltim", "2024-12-12"),
    ]


OTHER = "002/LP/PB/KAB/X/2024"
ARCHIVE, SECOND = "Arsip LSM", "Bawaslu Kutai Timur"
TWO_ROWS = [
    ({}, True, 0),
    # Their column of Bawaslu's number is empty; the letter, or the date, tells.
    ({"Nomor Register Bawaslu": "", "Nomor Surat Penerusan": "123/K.KI/10/2024", "Tanggal Kejadian": ""}, True, 0),
    ({"Nomor Register Bawaslu": "", "Tanggal Kejadian": "08-10-2024"}, True, 0),
    # Eight days apart and nothing else: two acts.
    ({"Nomor Register Bawaslu": "", "Tanggal Kejadian": "09-10-2024"}, False, 0),
    # Near in time, but Bawaslu's number is another: not merged, and not in silence.
    ({"Nomor Register Bawaslu": "2/LP/PB/KAB/X/2024"}, False, 2),
    ({"Nomor Register Bawaslu": "2/LP/PB/KAB/X/2024", "Tanggal Kejadian": "01-12-2024"}, False, 0),
    # The same number and person, another government.
    ({"Instansi": "Pemkab Paser"}, False, 2),
    # Without a person on one side the number must do, and each side must have one person.
    ({"NIP": ""}, True, 0),
    ({"NIP": "", "Nomor Register Bawaslu": ""}, False, 0),
    ({"NIP": "", "Status Kepegawaian": "Tenaga honorer"}, False, 0),
    # Another person of the same case is not a duplicate.
    ({"NIP": nip(2)}, False, 0),
    # A bare serial number stands in every register.
    ({"Nomor Register Bawaslu": "1", "NIP": ""}, False, 0),
]  # fmt: skip
TWICE = [row(), row(**{"Nomor Register": OTHER, "Tanggal Kejadian": "04-10-2024"})]
STORIES = {
    # The same person twice within a week on one side: which of them the other side means, nobody knows.
    "two candidates are never chosen from": (
        {BAWASLU: TWICE, BKD: [theirs(**{"Nomor Register Bawaslu": ""})]}, (3, 3, 3, 3),
    ),
    "a number breaks the tie and nothing stays doubtful": (
        {
            BAWASLU: TWICE,
            BKD: [theirs(), theirs(**{"Nomor Register": "800/18/BKPSDM/2024", "Nomor Register Bawaslu": "2/LP/PB/KAB/X/2024"})],
        },
        (2, 2, 4, 0),
    ),
    "a case without numbers of persons and with several of them is doubtful": (
        {BAWASLU: [row(NIP=""), row(NIP="")], BKD: [theirs()]}, (2, 3, 3, 3),
    ),
    # BKPSDM knows a second person of Bawaslu's case: one case, two persons, each once.
    "another person of a merged case joins that case": (
        {BAWASLU: [row()], BKD: [theirs(), theirs(NIP=nip(2))]}, (1, 2, 3, 0),
    ),
    "one personnel file for two cases of the supervisor does not make them one": (
        {
            BAWASLU: [row(), row(NIP=nip(2), **{"Nomor Register": OTHER})],
            BKD: [theirs(), theirs(NIP=nip(2), **{"Nomor Register Bawaslu": OTHER}), theirs(NIP=nip(3), **{"Nomor Register Bawaslu": ""})],
        },
        (3, 3, 5, 0),
    ),
    "three registers make one case and keep three origins": (
        {
            BAWASLU: [row()], BKD: [theirs()],
            ARCHIVE: [row(**{"Nomor Register": "B/5/KASN/2024", "Nomor Register Bawaslu": NUMBER, "Tanggal Rekomendasi": "10-12-2024"})],
        },
        (1, 1, 3, 0),
    ),
    # Two persons cannot be one although a third register, without the person, carries the number of both.
    "a chain that ends in a contradiction is undone": (
        {
            BAWASLU: [row()], BKD: [theirs(NIP="")],
            ARCHIVE: [row(NIP=nip(2), **{"Nomor Register": "B/5/X/2024", "Nomor Register Bawaslu": NUMBER})],
        },
        (3, 3, 3, 3),
    ),
    "two supervisors of one case are led by the first name": (
        {SECOND: [row()], BAWASLU: [row(**{"Tanggal Laporan": "02-10-2024"})]}, (1, 1, 2, 0),
    ),
    **{
        f"two rows: {changes}": (
            {BAWASLU: [row(**{"Nomor Surat Penerusan": "123/K.KI/10/2024"})], BKD: [theirs(**changes)]},
            (None, 1 if merged else 2, 2, doubtful),
        )
        for changes, merged, doubtful in TWO_ROWS
    },
}  # fmt: skip
PLACE = {story: place for place, story in enumerate(STORIES)}


@pytest.fixture(scope="module")
def told(tmp_path_factory, facts):
    """All stories in one warehouse."""
    folder = tmp_path_factory.mktemp("stories")
    settings = on(facts, folder)
    registers = [
        (
            name,
            [
                retold(cells, PLACE[story])
                for story, (rows, _) in STORIES.items()
                for cells in rows.get(name, ())
            ],
        )
        for name in (BAWASLU, BKD, ARCHIVE, SECOND)
    ]
    loaded(settings, folder, registers)
    assert len(ask(settings, "FROM core_case")) == sum(persons for _, (_, persons, *_) in STORIES.values())
    return settings


@pytest.mark.parametrize("story", STORIES)
def test_how_many_cases_and_persons_rows_of_several_registers_make(told, story):
    cases, *others = STORIES[story][1]
    found = shape(told, (PLACES[PLACE[story]][0], *(("6401",) if "Paser" in story else ())))
    assert list(found[1:]) == others
    assert found[0] == cases or cases is None


@pytest.mark.parametrize(
    ("story", "query", "expected"),
    [
        (
            "another person of a merged case joins that case", "SELECT person_number, source_id FROM core_case",
            [(1, "cases-bawaslu-kaltim"), (2, "cases-bkpsdm-kutai-timur")],
        ),
        (
            "three registers make one case and keep three origins",
            "SELECT role FROM core_case_origin JOIN core_case USING (case_id, person_number)",
            [("other",), ("personnel",), ("supervisor",)],
        ),
        (
            "two supervisors of one case are led by the first name", "SELECT source_id, reported_on FROM core_case",
            [("cases-bawaslu-kaltim", date(2024, 10, 2))],
        ),
    ],
)  # fmt: skip
def test_which_source_stands_where(told, story, query, expected):
    assert ask(told, f"{query} WHERE government_code = '{PLACES[PLACE[story]][0]}' ORDER BY 1") == expected


def test_a_second_source_does_not_change_the_number_of_the_case(room, tmp_path):
    rows = [row(), row(NIP=nip(2)), row(NIP=nip(3), **{"Nomor Register": "009/TM/PB/KAB/X/2024"})]
    numbers = (
        "SELECT case_id, person_number FROM core_case WHERE source_id = 'cases-bawaslu-kaltim' ORDER BY ALL"
    )
    before = built(room, tmp_path, (BAWASLU, rows), query=numbers)
    loaded(room, tmp_path, [(BKD, [theirs(), theirs(NIP=nip(9))])])
    assert ask(room, numbers) == before
    assert len(ask(room, "SELECT * FROM core_case")) == 4


def test_the_order_of_loading_does_not_matter(tmp_path, facts):
    registers = [
        (BAWASLU, [row(), row(NIP=nip(2)), row(NIP="", **{"Nomor Register": "009/TM/PB/KAB/X/2024"})]),
        (BKD, [theirs(), theirs(NIP=nip(2), **{"Tanggal Keputusan PPK": "10-01-2025"})]),
        ("Arsip LSM", [row(NIP=nip(2))]),
    ]
    contents = set()
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 0, 2])):
        own = Settings(data=tmp_path / f"data{number}", key_file=tmp_path / f"key{number}")
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copytree(facts, own.build)
        session = open_session(own)
        for place in order:
            publisher, rows = registers[place]
            path = write_csv(folder / f"register-{place}.csv", [(*CASE_HEADER, *MORE), *rows])
            load_cases(session, CasesRequest(path, publisher))
        session.close()
        contents.add(build(own)[0].content_hash)
    assert len(contents) == 1


def test_a_person_who_moved_is_on_another_roster(room, tmp_path):
    session = open_session(room)
    roster = write_csv(
        tmp_path / "r.csv", [HEADER, person(nip(1), Jabatan="Camat", **{"Jenis Jabatan": "Administrator"})]
    )
    load_roster(session, RosterRequest(roster, "6401", date(2024, 11, 30)))
    session.close()
    moved = row(**{"Unit Kerja/OPD": "", "Jabatan": ""})
    query = "SELECT caveats, position_class, agency_id FROM core_case ORDER BY 1"
    found = built(
        room, tmp_path, (BAWASLU, [moved, row(NIP=nip(2), **{"Nomor Register": "2/A/B"})]), query=query
    )
    assert found == [
        ("person_not_on_roster", "unknown", "6408-dinas-kesehatan"),
        ("person_on_other_roster", "unknown", None),
    ]


def test_a_register_that_an_earlier_reader_wrote_is_built_and_replaced(room, tmp_path):
    """Its vault file has none of the columns for numbers; it merges by date, and a longer list still replaces it."""
    session = open_session(room)
    ours = write_csv(tmp_path / "a.csv", [(*CASE_HEADER, *MORE), row()])
    load_cases(session, CasesRequest(ours, BAWASLU))
    load_cases(session, CasesRequest(write_csv(tmp_path / "b.csv", [(*CASE_HEADER, *MORE), theirs()]), BKD))
    (old,) = room.vault.rglob("cases/cases-bawaslu*.parquet")
    new = "register_key, bawaslu_key, forwarding_key, recommendation_key, decision_key, annulment_key, register_text, bawaslu_text"
    session.con.execute(f"CREATE TABLE old AS SELECT * EXCLUDE ({new}) FROM read_parquet('{old}')")
    session.con.execute(f"COPY old TO '{old}' (FORMAT parquet)")
    old.chmod(0o600)
    build(room)
    assert shape(room) == (1, 1, 2, 0)
    longer = write_csv(
        tmp_path / "c.csv", [(*CASE_HEADER, *MORE), row(), row(NIP=nip(2), **{"Nomor Register": "2/A/B"})]
    )
    assert load_cases(session, CasesRequest(longer, BAWASLU))[1]
    session.close()


def test_the_publisher_of_a_loaded_register_can_be_corrected(room, tmp_path):
    session = open_session(room)
    path = write_csv(tmp_path / "a.csv", [(*CASE_HEADER, *MORE), row()])
    assert load_cases(session, CasesRequest(path, register="Kaltim"))[1]
    assert not load_cases(session, CasesRequest(path, register="Kaltim"))[1]
    assert load_cases(session, CasesRequest(path, BAWASLU, register="Kaltim"))[1]
    session.close()
    build(room)
    assert ask(room, "SELECT source_id, role FROM core_case_origin") == [("cases-kaltim", "supervisor")]


@pytest.mark.parametrize(
    ("publisher", "role"),
    [
        ("Bawaslu Provinsi Kalimantan Timur (simulasi)", "supervisor"),
        ("PANWASLU Kota Banjarmasin", "supervisor"),
        ("BKD Provinsi Kalbar", "personnel"),
        ("BKPSDM Kutai Timur", "personnel"),
        ("Badan Kepegawaian Daerah", "personnel"),
        ("Inspektorat", "personnel"),
        ("KASN", "personnel"),
        ("PPK Kab. Paser", "personnel"),
        ("Arsip LSM", "other"),
        ("Pusat kajian PPKN", "other"),
    ],
)
def test_the_side_of_a_register_follows_its_publisher(publisher, role):
    con = duckdb.connect()
    con.execute((SQL / "build" / "macros.sql").read_text("utf-8"))
    assert con.execute("SELECT publisher_role(?)", [publisher]).fetchall() == [(role,)]


def test_every_note_on_a_case_has_its_words():
    steps = [
        SQL / "load" / "case_people.sql",
        SQL / "staging" / "reconciled.sql",
        SQL / "core" / "core_case.sql",
    ]
    notes = {
        name
        for path in steps
        for name in re.findall(r"THEN '([a-z_]+)' (?:END|WHEN)", path.read_text("utf-8"))
    }
    notes -= {"acting", "laporan", "temuan"}
    known = {key.removeprefix("note.") for key in catalogue() if key.startswith("note.")}
    codes = {
        "possible_duplicate",
        "person_on_other_roster",
        "person_not_on_roster",
        "register_number_unusable",
    }
    assert codes <= notes & known
    assert {name for name in notes if "_" in name} - known <= {
        "no_election",
        "under_examination",
        "code_of_ethics",
        "not_proven",
    }


SOUND = """
CREATE SCHEMA staging;
CREATE TABLE staging.discipline AS
    SELECT 'p' AS person, DATE '2025-01-10' AS decided_on, 'MORAL_OPEN' AS sanction_code, true AS is_sanction;
CREATE TABLE core_source AS FROM (VALUES ('a', 'cases', 1), ('b', 'cases', 1)) t(source_id, kind, rows_loaded);
CREATE TABLE core_sanction AS SELECT 'MORAL_OPEN' AS sanction_code, 'moral' AS severity;
CREATE TABLE core_case AS SELECT 'K1' AS case_id, 1 AS person_number, 'a' AS source_id, DATE '2025-02-01' AS annulled_on;
CREATE TABLE core_case_origin AS FROM (VALUES ('K1', 1, 'a'), ('K1', 1, 'b')) t(case_id, person_number, source_id);
CREATE TABLE core_case_difference AS
    SELECT 'K1' AS case_id, 1 AS person_number, 'occurred_on' AS column_name, 'a' AS source_id, '1' AS value,
    'b' AS other_source_id, '2' AS other_value;
CREATE TABLE core_discipline AS
    SELECT 'D1' AS record_id, 'K1' AS case_id, 1 AS person_number, 'd' AS source_id, 'MORAL_OPEN' AS sanction_code, 'moral' AS severity,
    true AS is_neutrality, true AS is_annulled;
"""


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("every_register_row_once", "DELETE FROM core_case_origin WHERE source_id = 'b'"),
        ("every_register_row_once", "UPDATE core_case_origin SET case_id = 'K2' WHERE source_id = 'b'"),
        ("every_register_row_once", "UPDATE core_case SET source_id = 'c'"),
        ("merged_cases_have_two_registers", "INSERT INTO core_case_origin VALUES ('K1', 1, 'b')"),
        ("differences_are_of_that_case", "UPDATE core_case_difference SET other_source_id = 'c'"),
        ("differences_are_of_that_case", "UPDATE core_case_difference SET other_value = '1'"),
        (
            "one_decision_per_case",
            "INSERT INTO core_discipline SELECT 'D2', * EXCLUDE (record_id) FROM core_discipline",
        ),
        ("one_decision_per_case", "UPDATE core_discipline SET is_neutrality = NULL"),
        ("one_decision_per_case", "UPDATE core_discipline SET case_id = 'K9'"),
        ("one_decision_per_case", "UPDATE core_case SET annulled_on = NULL"),
        ("moral_is_not_light", "UPDATE core_discipline SET severity = 'light'"),
        ("every_decision_once", "DELETE FROM core_discipline"),
    ],
)
def test_each_check_of_cases_catches_its_planted_fault(rule, fault):
    con = duckdb.connect()
    con.execute(SOUND)
    query = (SQL / "checks" / f"{rule}.sql").read_text("utf-8")
    assert con.execute(query).fetchall() == []
    con.execute(fault)
    assert con.execute(query).fetchall() != []


# Laws of merging, on the steps themselves: registers of a few persons, numbers and days, so that likenesses abound.

ROLES = ("Bawaslu A", "BKD B", "Arsip C")
KEYS = st.sampled_from([None, "a", "b"])


@st.composite
def entries(draw):
    days = st.none() | st.integers(0, 12).map(lambda n: date(2024, 10, 1) + timedelta(days=n))
    return {
        "register_hash": draw(st.sampled_from("xyz")),
        "person": draw(st.sampled_from([None, b"p", b"q"])),
        "employment_type": "PNS",
        "government_code": draw(st.sampled_from(["6408", "6401"])),
        "position_class": "unknown",
        "channel": "unknown",
        "occurred_on": draw(days),
        "reported_on": date(2024, 10, 20),
        "ppk_decided_on": draw(st.none() | st.just(date(2025, 1, 1)) | st.just(date(2025, 1, 2))),
        "caveats": "",
        "register_key": draw(KEYS),
        "bawaslu_key": draw(KEYS),
        "forwarding_key": draw(KEYS),
        "is_simulated": False,
    }


REGISTERS = st.fixed_dictionaries({name: st.lists(entries(), max_size=4) for name in ROLES})


def reconciled(registers, order):
    """Runs the steps over generated registers, laid out in the given order."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA staging; CREATE TABLE staging.source (source_id VARCHAR, publisher VARCHAR)")
    for view in ("cases", "discipline"):
        con.execute(
            f"CREATE TABLE staging.{view} AS {(SQL / 'build' / f'empty_{view}.sql').read_text('utf-8')}"
        )
    for name in order:
        con.execute("INSERT INTO staging.source VALUES ($1, $1)", [name])
        for number, entry in enumerate(registers[name]):
            cells = entry | {"row_number": number, "source_id": name}
            marks = ", ".join(f"${key}" for key in cells)
            con.execute(f"INSERT INTO staging.cases ({', '.join(cells)}) VALUES ({marks})", cells)
    con.execute((SQL / "build" / "macros.sql").read_text("utf-8"))
    reconcile(con)
    return con


@example_settings(max_examples=20)
@given(REGISTERS, st.permutations(ROLES))
def test_merging_loses_nobody_doubles_nobody_and_knows_no_order(registers, order):
    con = reconciled(registers, ROLES)
    rows = sum(len(entries) for entries in registers.values())
    members = con.execute(
        "SELECT case_id, person_number, source_id, row_number, is_doubtful FROM staging.member"
    ).fetchall()
    assert len({member[2:4] for member in members}) == len(members) == rows
    people = con.execute("SELECT case_id, person_number FROM staging.case_person").fetchall()
    knots = {}
    for case_id, number, source, row_number, doubtful in members:
        knots.setdefault((case_id, number), []).append((source, row_number, doubtful))
    merged = sum(len(knot) - 1 for knot in knots.values())
    assert len(people) == len(set(people)) == len(knots) == rows - merged
    for knot in knots.values():
        found = [registers[source][number] for source, number, _ in knot]
        assert len({source for source, _, _ in knot}) == len(knot)
        assert len({entry["person"] for entry in found} - {None}) <= 1
        assert len({entry["government_code"] for entry in found}) == 1
    taken = dict(
        con.execute("SELECT (case_id, person_number), ppk_decided_on FROM staging.case_person").fetchall()
    )
    for key, knot in knots.items():
        stated = {registers[source][number]["ppk_decided_on"] for source, number, _ in knot} - {None}
        assert taken[key] in (stated or {None})
    again = reconciled(registers, order)
    for table in ("member", "case_person", "difference"):
        query = f"SELECT * FROM staging.{table} ORDER BY ALL"
        assert con.execute(query).fetchall() == again.execute(query).fetchall()

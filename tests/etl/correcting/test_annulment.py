"""A case that was annulled or overturned changes its status everywhere on the next build: in every table and every answer."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from etl.building.build import build
from etl.loading.cases import CasesRequest, load_cases
from etl.loading.roster import RosterRequest, load_roster
from etl.loading.session import open_session
from metrics.answer import answer
from metrics.definition import definitions
from settings import Settings
from tests import builders
from tests.etl.files import CASE_HEADER, HEADER, case, nip, person, write_csv
from warehouse.access.sealed import SEALED
from warehouse.connection import Warehouse, open_warehouse
from warehouse.selection import Selection

HEAD = (*CASE_HEADER, "Tanggal Berlaku", "Tanggal Keberatan")
PEOPLE, TOUCHED = range(1, 13), range(9, 13)
K = 3


def rows(annulled: str = "", appealed: str = ""):
    """Twelve persons with an effective sanction; the decisions on the last four are annulled or appealed."""
    for serial in PEOPLE:
        is_last = serial in TOUCHED
        cells = {
            "No": str(serial), "Nomor Register": f"{serial:03}/LP/PB/KAB/X/2024", "NIP": nip(serial), "Status Kepegawaian": "PNS",
            "Tanggal Penerusan": "20-10-2024", "Tanggal Rekomendasi": "20-11-2024", "Rekomendasi Sanksi": "Teguran tertulis",
            "Tanggal Keputusan PPK": "10-01-2025", "Sanksi Dijatuhkan": "Teguran tertulis",
            "Tanggal Pembatalan": annulled if is_last else "",
        }  # fmt: skip
        yield (*case(**cells), "01-02-2025", appealed if is_last else "")


STATES = {
    "effective": {},
    "annulled": {"annulled": "15-03-2025"},
    "appealed": {"appealed": "20-02-2025"},
    "annulled again": {"annulled": "15-03-2025"},
    "overturned": {"appealed": "20-02-2025", "annulled": "01-06-2025"},
    "upheld": {},
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The register in one state after the other, loaded and built each time, and opened as readers see it then."""
    folder = tmp_path_factory.mktemp("annulment")
    # Protected so that every count of this register may be published.
    room = Settings(data=folder / "data", key_file=folder / "key", suppress_below=K)
    opened: dict[str, Warehouse] = {}
    session = open_session(room)
    write_csv(folder / "r.csv", [HEADER, *(person(nip(serial)) for serial in range(1, 200))])
    for year in (2024, 2025):
        load_roster(session, RosterRequest(folder / "r.csv", "6408", date(year, 10, 1)))
    for name, state in STATES.items():
        path = write_csv(folder / "k.csv", [HEAD, *rows(**state)])
        load_cases(session, CasesRequest(path, "Bawaslu Kutai Timur", replace=True))
        assert build(room)[1]
        opened[name] = open_warehouse(room)
    session.close()
    yield opened
    for one in opened.values():
        one.close()


def statuses(warehouse: Warehouse, table: str) -> list[str]:
    # The tables themselves: the public's connection does not reach core_case.
    with duckdb.connect(str(warehouse.path), read_only=True, config=dict(SEALED)) as con:
        rows = con.execute(f"SELECT DISTINCT case_id, status FROM {table}").fetchall()
    return sorted(status for _, status in rows)


def counted(warehouse: Warehouse, metric: str, **chosen) -> int:
    """Persons that a metric counts in all Kalimantan."""
    frame = answer(warehouse, metric, Selection(**chosen), "kalimantan").frame
    (events,) = frame["events"]
    return int(events)


def test_before_all_are_effective(published):
    now = published["effective"]
    for table in ("core_case", "mart_case", "mart_followup"):
        assert statuses(now, table) == ["effective"] * 12
    assert counted(now, "decided_persons") == counted(now, "followed_up_share") == 12


def test_an_annulled_decision_changes_tables_and_answers(published):
    before, after = published["effective"], published["annulled"]
    for table in ("core_case", "mart_case", "mart_followup"):
        assert statuses(after, table) == [*["annulled"] * 4, *["effective"] * 8]
    assert counted(after, "decided_persons") == 8
    assert counted(after, "followed_up_share") == 8
    assert counted(after, "as_recommended_share") == counted(before, "as_recommended_share") - 4
    room = Settings(data=after.path.parents[1], suppress_below=K)
    whole = builders.in_full(room, after.version)
    assert counted(whole, "alleged_persons", statuses=("effective",)) == 8
    whole.close()
    # What was alleged and recommended did happen, and stays told.
    for metric in ("alleged_persons", "recommended_persons"):
        assert counted(after, metric) == counted(before, metric) == 12


def test_an_appeal_shows_and_its_outcome_follows(published):
    appealed, overturned = published["appealed"], published["overturned"]
    assert statuses(appealed, "mart_case") == [*["appealed"] * 4, *["effective"] * 8]
    assert counted(appealed, "decided_persons") == 12
    assert statuses(overturned, "mart_case") == [*["annulled"] * 4, *["effective"] * 8]
    assert counted(overturned, "decided_persons") == 8
    assert statuses(published["upheld"], "mart_case") == ["effective"] * 12


def test_every_metric_is_the_same_whatever_was_said_of_the_decision_in_between(published):
    after, again = published["annulled"], published["annulled again"]
    assert published["appealed"].version != after.version == again.version
    query = "SELECT content_hash FROM core_build"
    assert again.backend().con.execute(query).fetchall() == after.backend().con.execute(query).fetchall()
    for metric in definitions():
        left, right = (answer(one, metric, Selection(), "government").frame for one in (after, again))
        assert left.equals(right), metric

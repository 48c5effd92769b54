"""A case that was annulled or overturned changes its status everywhere on the next build: in every table and every answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

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


@pytest.fixture
def published(room: Settings, tmp_path: Path):
    """`published(...)`: loads the register in its present state, builds, and opens what readers see then."""
    opened: list[Warehouse] = []
    session = open_session(room)
    write_csv(tmp_path / "r.csv", [HEADER, *(person(nip(serial)) for serial in range(1, 200))])
    for year in (2024, 2025):
        load_roster(session, RosterRequest(tmp_path / "r.csv", "6408", date(year, 10, 1)))

    def go_on(**state: str) -> Warehouse:
        path = write_csv(tmp_path / "k.csv", [HEAD, *rows(**state)])
        load_cases(session, CasesRequest(path, "Bawaslu Kutai Timur", replace=True))
        # Protected so that every count of this register may be published.
        assert build(replace(room, suppress_below=K))[1]
        opened.append(open_warehouse(room))
        return opened[-1]

    yield go_on
    session.close()
    for one in opened:
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
    now = published()
    for table in ("core_case", "mart_case", "mart_followup"):
        assert statuses(now, table) == ["effective"] * 12
    assert counted(now, "decided_persons") == counted(now, "followed_up_share") == 12


def test_an_annulled_decision_changes_tables_and_answers(published, room):
    before, after = published(), published(annulled="15-03-2025")
    for table in ("core_case", "mart_case", "mart_followup"):
        assert statuses(after, table) == [*["annulled"] * 4, *["effective"] * 8]
    assert counted(after, "decided_persons") == 8
    assert counted(after, "followed_up_share") == 8
    assert counted(after, "as_recommended_share") == counted(before, "as_recommended_share") - 4
    whole = builders.in_full(room, after.version)
    assert counted(whole, "alleged_persons", statuses=("effective",)) == 8
    whole.close()
    # What was alleged and recommended did happen, and stays told.
    for metric in ("alleged_persons", "recommended_persons"):
        assert counted(after, metric) == counted(before, metric) == 12


def test_an_appeal_shows_and_its_outcome_follows(published):
    appealed = published(appealed="20-02-2025")
    assert statuses(appealed, "mart_case") == [*["appealed"] * 4, *["effective"] * 8]
    assert counted(appealed, "decided_persons") == 12
    overturned = published(appealed="20-02-2025", annulled="01-06-2025")
    assert statuses(overturned, "mart_case") == [*["annulled"] * 4, *["effective"] * 8]
    assert counted(overturned, "decided_persons") == 8
    upheld = published()
    assert statuses(upheld, "mart_case") == ["effective"] * 12


def test_every_metric_is_the_same_as_if_the_decision_had_been_annulled_from_the_start(
    published, tmp_path, room
):
    published()
    after = published(annulled="15-03-2025")
    content = after.backend().con.execute("SELECT content_hash FROM core_build").fetchall()
    published()
    again = published(annulled="15-03-2025")
    assert again.backend().con.execute("SELECT content_hash FROM core_build").fetchall() == content
    for metric in definitions():
        left, right = (answer(one, metric, Selection(), "government").frame for one in (after, again))
        assert left.equals(right), metric

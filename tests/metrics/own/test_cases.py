"""The list of cases: own cases as the filters narrow them, with the stage they wait in; no list without a scope."""

from datetime import date

import pytest

from metrics.own.cases import Case, cases
from tests import builders
from warehouse.access.scope import Scope
from warehouse.connection import open_warehouse
from warehouse.selection import Selection

CITY = Scope("official", governments=("6472",))


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    rows = [
        builders.case(case_id="A", status="recommended", event_on=date(2024, 9, 1)),
        builders.case(case_id="B", status="reported", event_on=date(2024, 10, 1), agency_id="6472-rsud"),
        builders.case(case_id="C", status="decided", event_on=date(2024, 8, 1), election_code="none"),
        builders.case("6402", case_id="FOREIGN"),
    ]
    steps = [
        step("A", "review", "done"),
        step("A", "decision", "open", days=40, holder="ppk", timing="overdue"),
        step("A", "block", "open", days=99),
        step("B", "intake", "open", days=3, holder="bawaslu", timing="within", agency_id="6472-rsud"),
        step("C", "decision", "done", election_code="none"),
        step("FOREIGN", "intake", "open", government_code="6402"),
    ]
    return builders.build(
        tmp_path_factory.mktemp("cases"), {"mart_case": rows, "mart_followup": steps}, k=None
    )


def step(case_id, stage, state, **other):
    return {
        "case_id": case_id, "person_number": 1, "stage": stage, "state": state, "province_code": "64",
        "government_code": "6472", "agency_id": "6472-dinas-pendidikan", "from_on": date(2024, 10, 2),
        "employment_type": "PNS", "violation_code": "DIS-01", "election_code": "PILKADA2024",
        "event_on": date(2024, 10, 15), "status": "reported",
    } | other  # fmt: skip


@pytest.fixture(scope="module")
def own(settings):
    return open_warehouse(settings, scope=CITY)


def test_the_list_holds_every_own_person_with_the_stage_that_is_waited_in(own):
    found = cases(own, Selection())
    assert [one.case_id for one in found] == ["B", "A", "C"]
    told = {one.case_id: (one.stage, one.days, one.holder, one.timing) for one in found}
    assert told["A"] == ("decision", 40, "ppk", "overdue")
    assert told["B"] == ("intake", 3, "bawaslu", "within")
    assert told["C"] == (None, None, None, None)


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(agencies=("6472-rsud",)), ["B"]),
        (Selection(elections=("PILKADA2024",)), ["B", "A"]),
        (Selection(governments=("6402",)), []),
        (Selection(provinces=("64",)), ["B", "A", "C"]),
        (Selection(statuses=("decided",)), ["C"]),
        (Selection(until=date(2024, 8, 31)), ["C"]),
    ],
)
def test_the_filters_of_the_address_narrow_the_list(own, selection, ids):
    assert [one.case_id for one in cases(own, selection)] == ids


def test_a_row_names_nobody():
    assert not {"name", "nip", "nik", "birth", "narrative"} & set(Case.__dataclass_fields__)


def test_the_public_has_no_list(settings):
    with pytest.raises(AssertionError, match="belongs to a scope"):
        cases(open_warehouse(settings), Selection())

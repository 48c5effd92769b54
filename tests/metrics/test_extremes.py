"""Every metric and way of asking at its edges, against the slow second implementation: zeros, nulls, one unit, huge units."""

import random
from datetime import date, timedelta

import pytest

from tests import builders
from tests.metrics.test_oracle import WAYS, compare
from warehouse.selection import Selection

DAY = date(2024, 1, 10)
KINDS = (
    {"status": "reported"},
    {"status": "recommended", "is_recommended": True, "recommended_severity": "light"},
    {"status": "decided", "is_recommended": True, "is_decided": True, "recommended_severity": "light",
     "imposed_severity": "heavy", "comparison": "heavier"},
    {"status": "decided", "is_recommended": True, "is_decided": True, "recommended_severity": "heavy",
     "imposed_severity": "unknown", "comparison": "unknown", "roster_match": "absent"},
)  # fmt: skip


def persons(code, many, kinds=KINDS, **other):
    return [
        builders.case(
            code,
            **{"agency_id": f"{code}-dinas", "election_code": "E1", "event_on": DAY}
            | kinds[n % len(kinds)]
            | other,
        )
        for n in range(many)
    ]


def staff(code, headcount, as_of=DAY, agency="dinas", **other):
    return builders.heads(headcount, code, as_of, agency_id=f"{code}-{agency}", **other)


def zeros():
    """A government without staff on its roster, one without events, one whose every share is 0 or 1."""
    rows = [
        staff("6402", 0),
        staff("6472", 900),
        staff("6171", 700),
        staff("6171", 0, employment_type="PPPK"),
    ]
    return rows, persons("6402", 7) + persons("6171", 12, KINDS[1:2]) + persons("64", 9, KINDS[2:3])


def nulls():
    """Persons without agency, employment or election, and agencies that nobody works in."""
    rows = [staff("6472", 900, agency="rsud"), staff("6402", 800)]
    unknown = persons("6472", 11, agency_id=None) + persons("6402", 9, employment_type="unknown")
    return rows, unknown + persons("6472", 8, election_code="none") + persons("6171", 6, agency_id=None)


def one_unit():
    """One government with one agency, one roster and the persons of one day."""
    return [staff("6472", 1)], persons("6472", 8)


def huge():
    """Two thousand million civil servants on one roster and one on the next; more persons than a factorial can hold."""
    rows = [
        staff("6472", 2_000_000_000),
        staff("6472", 1, DAY + timedelta(days=400)),
        staff("6402", 1),
        staff("6171", 10**9),
    ]
    return rows, persons("6472", 300) + persons("6402", 180) + persons("6171", 1)


WORLDS = {"zeros": zeros, "nulls": nulls, "one unit": one_unit, "huge": huge}
WISHES = (
    Selection(),
    Selection(elections=("E1",)),
    Selection(governments=("6472",), employment=("PNS",)),
    Selection(provinces=("61",), since=DAY),
)


def world(name):
    heads, cases = WORLDS[name]()
    codes = ("6472",) if name == "one unit" else ("61", "6171", "64", "6402", "6472")
    election = {
        "election_code": "E1",
        "name_id": "E1",
        "name_en": "E1",
        "election_type": "pilkada",
        "voting_on": DAY,
    }
    return {
        "core_election": [election | {"window_start_on": DAY - timedelta(days=30), "window_end_on": DAY + timedelta(days=5)}],
        "core_election_region": [
            {"election_code": "E1", "region_code": code, "contest": "governor"} for code in codes if len(code) > 2
        ],
        "core_agency": [
            {"agency_id": f"{code}-{agency}", "government_code": code, "name": agency}
            for code in codes
            for agency in (("dinas",) if name == "one unit" else ("dinas", "rsud"))
        ],
        "core_government": [
            {"government_code": code, "name": code, "short_name": code, "province_code": code[:2]}
            | {"level": "province" if len(code) == 2 else "regency"}
            for code in codes
        ],
        "core_build": [{"build_id": builders.BUILD_ID, "as_of": max(row["as_of"] for row in heads)}],
        "mart_workforce": heads,
        "mart_case": cases,
    }  # fmt: skip


@pytest.mark.parametrize("name", WORLDS)
def test_every_way_of_asking_equals_the_oracle_at_its_edges(tmp_path, name):
    rows = world(name)
    warehouse = builders.in_full(builders.build(tmp_path, rows, k=None))
    wishes = random.Random(name)
    for way in WAYS:
        compare(warehouse, rows, way, wishes.choice(WISHES))
    warehouse.close()

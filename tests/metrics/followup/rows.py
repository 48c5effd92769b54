"""Rows of mart_followup written by hand."""

import itertools
from datetime import date

from tests import builders
from warehouse.access.scope import Scope
from warehouse.connection import open_warehouse

PROVINCES = ("61", "62", "63", "64", "65")
_numbers = itertools.count(1)


def counted(settings, k=5):
    """The warehouse of somebody who may see every place: counted from the rows of persons, and then rounded all the same."""
    opened = open_warehouse(settings, scope=Scope("official", provinces=PROVINCES))
    opened.suppress_below = k
    return opened


def step(stage="review", state="done", **other):
    """A row: one person at one stage, done in 20 days in the regional election of 2024."""
    government = other.get("government_code", "6472")
    row = {
        "case_id": f"F{next(_numbers):06}",
        "person_number": 1,
        "stage": stage,
        "province_code": government[:2],
        "government_code": government,
        "agency_id": None,
        "employment_type": "PNS",
        "violation_code": "DIS-01",
        "election_code": "PILKADA2024",
        "phase": "campaign",
        "event_on": date(2024, 10, 1),
        "status": "forwarded",
        "state": state,
        "from_on": date(2024, 10, 3),
        "to_on": date(2024, 10, 23) if state == "done" else None,
        "days": 20 if state in ("done", "open", "ended") else None,
        "working_days": 14,
        "timing": "not_judged",
        "is_overdue": False,
        "holder": "none" if stage.startswith("to_") else "bawaslu",
        "other_end": "none",
        "as_of": builders.AS_OF,
        "is_simulated": True,
    }
    return row | other


def many(count, *args, **other):
    """`count` persons with the same row."""
    return [step(*args, **other) for _ in range(count)]


def everywhere(persons=12):
    """All 61 governments, each with persons that wait, are past a limit, and have been decided after 10 to 300 days."""
    codes = [row["government_code"] for row in builders.completed({})["core_government"]]
    rows = []
    for place, code in enumerate(codes):
        rows += many(persons, "intake", government_code=code)
        rows += many(
            persons, "review", "open", government_code=code, timing="overdue", is_overdue=True, limit_days=5
        )
        rows += many(persons, "decision", government_code=code, holder="ppk", days=10 + 5 * (place % 50))
        rows += many(persons, "decision", "open", government_code=code, holder="ppk", days=200)
        for span in ("to_forwarded", "to_recommended", "to_decided", "to_effective"):
            rows += many(persons, span, government_code=code, days=10 + 5 * (place % 50))
            rows += many(persons // 2, span, "ended", government_code=code, days=3, other_end="not_proven")
            rows += many(persons // 2, span, "open", government_code=code, days=400)
    rows += many(6, "block", government_code=codes[0], holder="ppk") + many(9, "review", "undated_end")
    return rows
